/** This file tests that naming things at the end of a run costs as much as there is to name: reads are counted, for programs of one size and of twice it. */
import assert from 'node:assert/strict';
import type { Code } from '../../src/bytecode/code';
import { SeededChooser } from '../../src/event/choice';
import { machineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import { AddressBook } from '../../src/session/describe';
import { compileSources } from '../../src/session/compile';
import { counted } from '../support/counted';

function ran(text: string): { machine: Machine; code: Code } {
  const { code } = compileSources([{ name: 'many.lane', text }]);
  assert.ok(code);
  const machine = new Machine(code, machineConfig(), new SeededChooser(1), [], { detect: false });
  machine.run();
  return { machine, code };
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Elements read while each of `n` things is named. */
const NAMING: Readonly<Record<string, (n: number) => { reads: number; names: string[] }>> = {
  'package variables': (n) => {
    const { machine, code } = ran(`${range(n).map((i) => `var v${i} int\n`).join('')}func main() {}`);
    const { items, reads } = counted(code.globals);
    const [first] = machine.globals();
    const own = code.globals.filter(({ name }) => /^v\d/.test(name));
    const book = new AddressBook({ ...code, globals: items }, machine.memory, [first!]);
    const names = own.map(({ slot }) => book.describe((first! >> 1) + slot).name);
    return { reads: reads(), names };
  },
  'fields of a struct': (n) => {
    const { machine, code } = ran(`type t struct { ${range(n).map((i) => `v${i} int`).join('; ')} }\nvar s t\nfunc main() {}`);
    let reads = (): number => 0;
    const types = code.types.map((type) => {
      if (type.name !== 'main.t') return type;
      const { items, reads: count } = counted(type.fields!);
      reads = count;
      return { ...type, fields: items };
    });
    const [first] = machine.globals();
    const { slot } = code.globals.find(({ name }) => name === 's')!;
    const book = new AddressBook({ ...code, types }, machine.memory, [first!]);
    return { names: range(n).map((i) => book.describe((first! >> 1) + slot + i).name.slice(2)), reads: reads() };
  },
}; // prettier-ignore

suite('session: naming is linear', () => {
  for (const [name, count] of Object.entries(NAMING)) {
    test(name, () => {
      const [one, two] = [count(500), count(1000)];
      assert.deepEqual(two.names, range(1000).map((i) => `v${i}`)); // prettier-ignore
      assert.ok(two.reads <= one.reads * 2.5, `${one.reads} for 500, ${two.reads} for 1000`);
    });
  }

  test('frames between nested panics', () => {
    const nested = (n: number): number => {
      const { machine } = ran(`func f(n int) {
	defer func() {
		if n > 0 { panic(n) }
	}()
	if n > 0 { f(n - 1) } else { panic("innermost") }
}
func main() { f(${n}) }`);
      const { items, reads } = counted(machine.memory.i32);
      machine.memory.i32 = items;
      assert.ok(machine.stacks(new Set([1])).get(1)!.length > 100);
      return reads();
    };
    const [one, two] = [nested(500), nested(1000)];
    assert.ok(two <= one * 2.1, `${one} for 500, ${two} for 1000`);
  });
});
