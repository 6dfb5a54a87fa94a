/** This file tests the sandbox: a process that fails, hangs, grows or dies is told of as such, and the next job has another. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFailure, saveFailure } from './failures';
import { faultOf } from './hunt';
import { plainInput } from './inputs';
import { Sandbox } from './sandbox';

const of = (deed: string): ReturnType<typeof plainInput> => plainInput(deed, 'lane');

suite('sandbox', function () {
  this.timeout(120_000);
  const sandbox = new Sandbox(join(__dirname, 'toyChild.ts'), { stageMs: 400, growthBytes: 200 << 20 });
  suiteTeardown(() => sandbox.end());

  test('an input that passes has no fault, one that fails the one that it has', async () => {
    assert.equal(await faultOf(of('pass'), sandbox), undefined);
    assert.equal((await faultOf(of('fail'), sandbox))?.signature, 'a fault');
    assert.equal(await faultOf(of('pass'), sandbox), undefined);
  });

  const ENDS: Readonly<Record<string, RegExp>> = {
    hang: /^lost in svg: it hangs$/,
    die: /^lost in svg: the process ended with SIG\w+$/,
    ...(process.platform === 'linux' && { grow: /^lost in svg: it grows$/ }),
  };
  for (const [deed, signature] of Object.entries(ENDS)) {
    test(`a process that does ${deed} is lost with its stage, and replaced`, async () => {
      assert.match((await faultOf(of(deed), sandbox))?.signature ?? '', signature);
      assert.equal(await faultOf(of('pass'), sandbox), undefined);
    });
  }

  test('what a lost process had done is counted, and the input at which it was lost', async () => {
    const end = await sandbox.do({ type: 'judge', input: of('hang') });
    assert.deepEqual(end.tally, { inputs: 2, compiled: 1, ran: 0 });
    assert.ok(end.type === 'lost' && end.number === 7);
  });
});

suite('failures', () => {
  test('are kept so that they can be judged again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlane-failures-'));
    const fault = { signature: 'a fault', message: 'so', stack: 'here' };
    const failure = { fault, seed: 1, number: 2, input: of('text') };
    const file = saveFailure(failure, folder);
    assert.deepEqual(readFailure(file), failure);
    assert.equal(saveFailure({ ...failure, number: 3 }, folder), file);
    assert.notEqual(saveFailure({ ...failure, fault: { ...fault, signature: 'another' } }, folder), file);
    rmSync(folder, { recursive: true });
  });
});
