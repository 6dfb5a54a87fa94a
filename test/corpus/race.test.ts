/** This file runs a share of Go's race suite through the command line; all of it runs by `npm run test:corpus`. It is skipped where no Go tree is on the machine. */
import assert from 'node:assert/strict';
import { goRoot } from '../support/go-tree';
import { interlane } from './inProcess';
import { judge, raceFolder, raceTests, verdictTable, type CommandLine, type Judged } from './race';

/** Tests of which the verdict is known to be wrong, or that cannot be run, and why. */
const KNOWN: Readonly<Record<string, string>> = {
  TestRaceMutexOverwrite: 'locking is no access to the memory of the mutex',
};
const INTERNAL = 'use of internal package';

/** One test of so many runs here. */
const SHARE = 8;

suite("Go's race suite", function () {
  this.timeout(120_000);
  const root = goRoot();
  const folder = root === undefined ? undefined : raceFolder(root);

  test(`one test of ${SHARE} ends as Go says, or where it reaches what is not supported`, async function () {
    if (folder === undefined) this.skip();
    const judged: Judged[] = [];
    for (const [i, each] of raceTests(folder).entries()) if (i % SHARE === 0) judged.push(await judge(each, folder, interlane)); // prettier-ignore
    const fine = new Set(['right', 'skipped', 'unsupported']);
    const wrong = judged.filter(({ verdict, why }) => !fine.has(verdict) && !why.includes(INTERNAL));
    const known = judged.filter(({ name }) => name in KNOWN);
    assert.deepEqual(wrong.map(({ name }) => name), known.map(({ name }) => name), verdictTable(judged)); // prettier-ignore
    assert.ok(judged.filter(({ verdict }) => verdict === 'right').length >= judged.length * 0.9, verdictTable(judged));
  });

  test('is judged by its rule', async () => {
    const verdictFor = async (name: string, status: number, stderr: string, init = ''): Promise<string> => {
      const fake: CommandLine = (argv) =>
        Promise.resolve({ status, stdout: '', stderr: argv.includes('TestNothing') ? init : stderr });
      return (await judge({ name, file: 'a_test.go' }, __dirname, fake)).verdict;
    };
    const race = 'WARNING: DATA RACE\nWrite at 0x00c000002730 by goroutine 2:\n';
    assert.equal(await verdictFor('TestRaceX', 66, race), 'right');
    assert.equal(await verdictFor('TestRaceX', 0, ''), 'false negative');
    assert.equal(await verdictFor('TestRaceX', 2, 'fatal error: concurrent map writes\n'), 'right');
    assert.equal(await verdictFor('TestNoRaceX', 66, race), 'false positive');
    assert.equal(await verdictFor('TestNoRaceX', 66, race, race), 'right');
    assert.equal(await verdictFor('TestRaceX', 66, race, race), 'false negative');
    assert.equal(await verdictFor('TestNoRaceX', 1, ''), 'right');
    assert.equal(await verdictFor('TestNoRaceX', 69, 'a.go:3: unsupported: The run ends at line 3, where G1 reaches what Interlane does not have: complex numbers are not supported yet.\n'), 'unsupported'); // prettier-ignore
    assert.equal(await verdictFor('TestNoRaceX', 65, 'a.go:3:1: undefined: x\n'), 'refused');
    assert.equal(await verdictFor('TestNoRaceX', 70, 'interlane: internal error: x\n'), 'crash');
    assert.equal(await verdictFor('TestNoRaceX', 2, 'a.go:3: budget: The run was stopped\n'), 'stopped');
  });
});
