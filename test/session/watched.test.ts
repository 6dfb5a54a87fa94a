/** This file tests which memory a run is watched at a second time: what goroutines share, with at least one writing it. */
import assert from 'node:assert/strict';
import { Kind } from '../../src/event/kinds';
import { runText } from '../support/run';

/** Values of the writes of `x` that the trace tells. */
function writes(body: string): number[] {
  const { simulation } = runText(`var x int\n\nfunc main() {\n\tdone := make(chan bool)\n${body}\n\t<-done\n}\n`);
  const { columns, meta } = simulation!.trace;
  const x = meta.objects.find(({ name }) => name === 'x')?.id;
  return [...columns.kind.keys()]
    .filter((row) => columns.kind[row] === Kind.Write && columns.obj[row] === x)
    .map((row) => columns.lo[row]!);
}

suite('watched memory', () => {
  test('two goroutines that only write', () => {
    assert.deepEqual(writes('\tgo func() {\n\t\tx = 1\n\t\tdone <- true\n\t}()\n\tx = 2').sort(), [1, 2]);
  });

  test('one that writes and one that reads', () => {
    assert.deepEqual(writes('\tgo func() {\n\t\tprintln(x)\n\t\tdone <- true\n\t}()\n\tx = 2'), [2]);
  });

  test('not what one alone uses', () => {
    assert.deepEqual(writes('\tgo func() { done <- true }()\n\tx = 2\n\tx++'), []);
  });
});
