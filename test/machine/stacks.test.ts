/** This file tests which stacks a stopped machine tells. */
import assert from 'node:assert/strict';
import { SeededChooser } from '../../src/event/choice';
import { machineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import { compileSources } from '../../src/session/compile';
import { counted } from '../support/counted';

/** After a run in which so many goroutines wait for ever in `waits`, which they call; main waits last. */
function stuck(goroutines: number): Machine {
  const text = `func waits(c chan int) { <-c }
func main() {
	c := make(chan int)
	for i := 0; i < ${goroutines}; i++ { go func() { waits(c) }() }
	waits(c)
}`;
  const { code } = compileSources([{ name: 'stuck.lane', text }]);
  assert.ok(code);
  const machine = new Machine(code, machineConfig(), new SeededChooser(1), [], { detect: false });
  assert.equal(machine.run().kind, 'deadlock');
  return machine;
}

suite('stacks of a stopped machine', () => {
  test('those that are asked for and alive, innermost frame first', () => {
    const machine = stuck(3);
    const stacks = machine.stacks(new Set([1, 3, 99]));
    assert.deepEqual([...stacks.keys()], [1, 3]);
    const names = (g: number): string[] => stacks.get(g)!.map((frame) => machine.code.functions[frame.function]!.name);
    assert.deepEqual(names(1), ['main.waits', 'main.main', 'runtime.main']);
    assert.deepEqual(names(3), ['main.waits', 'main.main.func1']);
    assert.equal(machine.stacks(new Set()).size, 0);
  });

  test('a few of the oldest take no look at the others', () => {
    const [few, many] = [10, 1000].map((goroutines) => {
      const machine = stuck(goroutines);
      const { items, reads } = counted(machine.memory.i32);
      machine.memory.i32 = items;
      assert.equal(machine.stacks(new Set([1, 2])).size, 2);
      return reads();
    });
    assert.equal(many, few);
  });
});
