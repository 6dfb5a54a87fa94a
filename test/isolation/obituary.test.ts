/** This file tests what a dead process is said to have died of. */
import assert from 'node:assert/strict';
import { obituary } from '../../src/host/obituary';

suite('obituary', () => {
  const OUT_OF_MEMORY = [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    '#\n# Fatal JavaScript invalid size error 169220804\n#\n#FailureMessage Object: 0x7ffc',
    '# Fatal JavaScript invalid array length error',
    'FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal\nFatal process out of memory: Zone',
    'RangeError: Array buffer allocation failed',
  ];
  for (const output of OUT_OF_MEMORY) {
    test(`out of memory: ${output.split('\n').find((line) => /[a-z]/.test(line))}`, () => {
      const { cause, detail } = obituary({ code: null, signal: 'SIGTRAP' }, output);
      assert.equal(cause, 'out-of-memory');
      assert.ok(detail.startsWith('it was ended by SIGTRAP'));
      assert.ok(detail.includes(output.trim()));
    });
  }

  test('anything else is a crash, and is told how', () => {
    assert.deepEqual(obituary({ code: 1, signal: null }, 'Error: Cannot find module'), {
      cause: 'crashed',
      detail: 'it exited with status 1; it had printed:\nError: Cannot find module',
    });
    assert.deepEqual(obituary({ code: null, signal: 'SIGKILL' }, ' \n'), {
      cause: 'crashed',
      detail: 'it was ended by SIGKILL',
    });
  });
});
