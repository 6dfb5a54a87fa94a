/** This file tests who answers what a goroutine asks for while it runs: it goes on, stops, or fails as it does between two runs. */
import assert from 'node:assert/strict';
import { OutOfMemory } from '../../src/base/ledger';
import { Interrupted } from '../../src/base/interrupt';
import { Trap, type Answerer, type TrapCode } from '../../src/vm/trap';
import { SoloMachine, compileSource } from './solo';

const GREETINGS = `package main
var n int
func main() {
	for i := 0; i < 5; i++ {
		n += 2
		println(i)
	}
}`;

interface Seen {
  readonly trap: TrapCode;
  readonly clock: number;
  readonly steps: number;
  readonly pc: number;
}

/** Runs to the first trap with an answerer, which is told what the vm showed each time. */
function answered(answer: (machine: SoloMachine, seen: Seen) => boolean): { machine: SoloMachine; trap: TrapCode } {
  const machine = new SoloMachine(compileSource(GREETINGS), { detect: true });
  const { vm } = machine;
  const answerer: Answerer = {
    answer: (trap) => answer(machine, { trap, clock: vm.clock, steps: vm.steps, pc: vm.pc }),
  };
  vm.limit = vm.near = vm.far = Infinity;
  return { machine, trap: vm.resume(machine.g, answerer) };
}

/** What the vm shows at each trap when nobody answers them. */
function trapped(): { seen: Seen[]; machine: SoloMachine } {
  const machine = new SoloMachine(compileSource(GREETINGS), { detect: true });
  const { vm, g } = machine;
  const seen: Seen[] = [];
  for (let trap = vm.run(g, Infinity); trap !== Trap.End; trap = vm.run(g, Infinity)) {
    if (trap === Trap.Native) seen.push({ trap, clock: vm.clock, steps: vm.steps, pc: vm.pc });
  }
  return { seen, machine };
}

suite('answering what a goroutine asks for', () => {
  test('it goes on as after a trap: at the same times, after the same instructions, with the same end', () => {
    const seen: Seen[] = [];
    const { machine, trap } = answered((_, each) => seen.push(each) > 0);
    const apart = trapped();
    assert.equal(trap, Trap.End);
    assert.equal(seen.length, 5);
    assert.deepEqual(seen, apart.seen);
    assert.deepEqual([machine.vm.clock, machine.vm.steps], [apart.machine.vm.clock, apart.machine.vm.steps]);
    assert.deepEqual(machine.accesses, apart.machine.accesses);
  });

  test('it stops behind what was done when it is not simply to go on', () => {
    let left = 2;
    const { machine, trap } = answered(() => --left > 0);
    assert.equal(trap, Trap.Answered);
    assert.equal(machine.memory.i32[machine.vm.globals], 4);
    assert.equal(machine.vm.run(machine.g, Infinity), Trap.Native);
    assert.equal(machine.memory.i32[machine.vm.globals], 6);
  });

  test('a new segment begins at once: what is accessed again is told again', () => {
    const { machine } = answered(({ vm }) => ++vm.filter.segment > 0);
    assert.equal(machine.accesses.filter(({ write }) => write).length, 5);
  });

  test('memory that moves meanwhile is found where it is', () => {
    const { machine, trap } = answered(({ memory }) => memory.alloc(1 << 20, 0) > 0);
    assert.equal(trap, Trap.End);
    assert.equal(machine.memory.i32[machine.vm.globals], 10);
  });

  test('what the answerer throws is thrown, and no failure of the goroutine', () => {
    for (const error of [new OutOfMemory(1, 0), new Interrupted('wallTime'), new TypeError('answerer')]) {
      assert.throws(
        () =>
          answered(() => {
            throw error;
          }),
        (thrown) => thrown === error,
      );
    }
  });
});
