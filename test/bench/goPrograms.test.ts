/** This file tests that the programs of `npm run bench -- go` do what they are measured for: small, they print what real Go prints. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { runText } from '../support/run';
import { GO_FOLDER, GO_PROGRAMS, goText } from './goPrograms';
import { row, type Cell } from './goTable';

suite('bench: programs of Go', () => {
  for (const { name, small } of GO_PROGRAMS) {
    test(`${name} prints what real Go prints`, () => {
      const { stdout, diagnostics, findings } = runText(goText(name, small.size), 'go');
      assert.deepEqual(diagnostics, []);
      assert.equal(stdout, `${small.prints}\n`);
      // Only one is there for its races.
      assert.deepEqual(findings.map(({ kind }) => kind), name === 'racy' ? ['data-race'] : []); // prettier-ignore
    });
  }

  test('there is a row for each file', () => {
    const files = readdirSync(GO_FOLDER).map((file) => file.replace(/\.go$/, ''));
    assert.deepEqual(files.sort(), GO_PROGRAMS.map(({ name }) => name).sort());
  });
});

suite('bench: the table beside Go', () => {
  const cell = (wall: number, cpu: number, more: Partial<Cell> = {}): Cell => ({ wall, cpu, peak: 100, prints: '7', ...more }); // prettier-ignore

  test('medians of what was measured, factors of the detector of Go without its sleep', () => {
    const cells = { ours: [cell(2, 3), cell(9, 9), cell(1, 1)], go: [cell(0.1, 0.1)], race: [cell(1.5, 0.5)], awake: [cell(0.5, 1.5)] }; // prettier-ignore
    assert.deepEqual(row('x', cells), ['x', '2.00', '3.00', '100', '0.10', '0.10', '100', '1.50', '0.50', '1.50', '100', '0.25', '0.50', '']); // prettier-ignore
  });

  test('columns without Go are empty', () => {
    assert.deepEqual(row('x', { ours: [cell(2, 3)] }), ['x', '2.00', '3.00', '100', ...Array<string>(9).fill(''), '']);
  });

  test('it is said who printed something else, and who died', () => {
    const died = cell(0.5, 0.5, { prints: '' });
    const cells = { ours: [cell(1, 1, { prints: '8' })], go: [cell(1, 1)], race: [died], awake: [died] };
    assert.equal(row('x', cells).at(-1), 'interlane prints "8", go -race prints nothing');
  });
});
