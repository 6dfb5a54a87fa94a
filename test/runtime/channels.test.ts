/** This file tests channels on programs assembled by hand. */
import assert from 'node:assert/strict';
import { assemble, T } from './assembler';
import { run } from './harness';

/** main makes a channel and a goroutine that sends 0..n-1; main receives n and stores the sum in global 0. */
export const sum = (n: number, capacity: number) =>
  assemble({
    functions: {
      main: {
        slots: 8,
        lines: [
          ['Const', 5, capacity, 0],
          ['MakeChan', 0, 5, T.chanInt],
          ['FuncValue', 1, 'sender'],
          ['Go', 1, 0, 1],
          ['Const', 2, 0, 0],
          ['Const', 3, 0, 0],
          'loop:',
          ['Recv', 4, 0, -1],
          ['AddInt', 3, 3, 4],
          ['AddI', 2, 2, 1],
          ['JltI', 2, n, 'loop'],
          ['StoreG', 0, 3],
          ['Return'],
        ],
      },
      sender: {
        slots: 2,
        params: 1,
        lines: [['Const', 1, 0, 0], 'loop:', ['Send', 0, 1], ['AddI', 1, 1, 1], ['JltI', 1, n, 'loop'], ['Return']],
      },
    },
  });

suite('channels', () => {
  test('an unbuffered channel hands every value over, in order', () => {
    for (const seed of [1, 2, 3]) {
      const { outcome, machine, recorder } = run(sum(10, 0), { seed });
      assert.equal(outcome.kind, 'exit', JSON.stringify(outcome));
      const values = recorder.of('ChanRecv').map((line) => line.split(' ')[8]);
      assert.deepEqual(
        values,
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((v) => `v=0:${v}`),
      );
      assert.equal(recorder.of('Write').length, 1);
      assert.equal(machine.stats.goroutines, 2);
    }
  });
  test('a buffered channel too', () => {
    const { outcome, recorder } = run(sum(10, 3));
    assert.equal(outcome.kind, 'exit');
    assert.equal(recorder.of('ChanSend').length, 10);
    assert.equal(recorder.of('ChanRecv').length, 10);
  });
  test('waiting for ever is a deadlock', () => {
    const code = assemble({
      functions: { main: { slots: 3, lines: [['MakeChan', 0, -1, T.chanInt], ['Recv', 1, 0, -1], ['Return']] } },
    });
    const { outcome, machine } = run(code);
    assert.equal(outcome.kind, 'deadlock');
    assert.equal(outcome.text, 'fatal error: all goroutines are asleep - deadlock!');
    assert.equal(machine.goroutines()[0]!.status, 'chan receive');
  });
});
