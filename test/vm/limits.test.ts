/** This file tests where the interpreter stops: limits of time and steps, visible operations, stacks, memory. */
import assert from 'node:assert/strict';
import { OPS } from '../../src/bytecode/op';
import { Trap } from '../../src/vm/trap';
import { SoloMachine, compileSource, solo } from './solo';

const COUNTER = `package main
var n int
func main() {
	for i := 0; i < 100; i++ {
		n++
	}
	println(n)
}`;

/** Runs in slices of `ns` virtual nanoseconds; the number of slices and the output. */
function sliced(text: string, ns: number): { slices: number; output: string; clock: number; steps: number } {
  const machine = new SoloMachine(compileSource(text));
  const { vm, g } = machine;
  let slices = 0;
  for (;;) {
    const trap = vm.run(g, vm.clock + ns);
    if (trap !== Trap.Limit) break;
    slices++;
  }
  const { clock, steps } = vm;
  return { slices, output: String(vm.memory.i32[vm.globals]), clock, steps };
}

suite('where the interpreter stops', () => {
  test('the clock advances by 1 ns an instruction and 3 ns a call, however often the run is interrupted', () => {
    const whole = sliced(COUNTER, 1e9);
    const often = sliced(COUNTER, 0);
    assert.equal(whole.slices, 0);
    assert.ok(often.slices > 100);
    assert.deepEqual([often.clock, often.steps, often.output], [whole.clock, whole.steps, '100']);
    assert.equal(whole.clock - whole.steps, 2); // one call: main.main
  });

  test('n++ on a package variable can be cut between load and store', () => {
    const machine = new SoloMachine(compileSource(COUNTER));
    const { vm, g } = machine;
    const seen = new Set<string>();
    while (vm.run(g, vm.clock) === Trap.Limit) {
      const op = vm.code.words[vm.pc]!;
      seen.add(String(op));
    }
    assert.ok(seen.size >= 3, 'stops before the load, before the store, and before the jump back');
  });

  test('elements of an array in the frame are stopped at, as whatever was once executed outside the loop; their bounds and addresses are not', () => {
    const machine = new SoloMachine(
      compileSource(`package main
var b [4]int
func main() {
	var a [4]int
	for i := 0; i < 4; i++ {
		a[i] = i / 2
		b[i] += a[i] << 1
	}
}`),
    );
    const { vm, g } = machine;
    const seen = new Set<string>();
    while (vm.run(g, vm.clock) === Trap.Limit) seen.add(OPS[vm.code.words[vm.pc]!]!.name);
    assert.deepEqual([...seen].sort(), ['GetAt', 'GlobalAddr', 'JltI', 'Load', 'SetAt', 'Store']);
  });

  test('an endless loop ends at the budget where an instruction takes no time', () => {
    const code = compileSource('package main\nfunc main() { for {} }');
    const machine = new SoloMachine(code, { stepBudget: 1000, costs: { simple: 0, call: 0 } });
    // The limit is where the clock stands.
    assert.equal(machine.vm.run(machine.g, 0), Trap.Budget);
    assert.equal(machine.vm.steps, 1000);
  });

  test('work in registers is not interrupted', () => {
    const { slices } = sliced('package main\nfunc main() { a := 1; b := a + 2; c := a * b; _ = c }', 0);
    assert.equal(slices, 0); // the call of main is the first instruction; nothing visible follows
  });

  test('the step budget ends an endless loop', () => {
    const { trap, vm } = solo('package main\nfunc main() { for {} }', { stepBudget: 1000 });
    assert.equal(trap, 'Budget');
    assert.equal(vm.steps, 1000);
  });

  test('a stack doubles from 2 KB, and values and panics survive the moves', () => {
    const machine = new SoloMachine(
      compileSource(`package main
func sum(n int) int {
	if n == 0 {
		panic(n)
	}
	defer func() {}()
	return n + sum(n-1)
}
func try() (r any) {
	defer func() { r = recover() }()
	sum(1000)
	return nil
}
func deep(n int) int {
	if n == 0 {
		return 0
	}
	return n + deep(n-1)
}
func main() {
	println(deep(1000), try().(int))
}`),
    );
    assert.equal(machine.run().output, '500500 0\n');
    const sizes = machine.stackSizes;
    assert.deepEqual(
      sizes,
      sizes.map((_, i) => 4096 * 2 ** i),
    );
    assert.ok(sizes.length >= 4);
  });

  test('memory that is spent is a trap', () => {
    const text = 'package main\nvar keep [][]int\nfunc main() { for { keep = append(keep, make([]int, 1000)) } }';
    assert.equal(solo(text, { memoryWords: 1 << 20 }).trap, 'OutOfMemory');
  });

  test('a backtrace names callers by the line of the call', () => {
    const machine = new SoloMachine(
      compileSource(`package main
func inner() { var p *int; *p = 1 }
func middle() {
	defer func() { panic("again") }()
	inner()
}
func main() {
	middle()
}`),
    );
    const { vm, g, trap } = machine.run();
    assert.equal(trap, 'Panic');
    const { code } = machine;
    const lines = vm.backtrace(g).map(({ function: f, pc }) => {
      const line = code.sources[0]!.position(code.spans[(pc / 4) * 3 + 1]!).line + 1;
      return code.functions[f]!.file < 0 ? code.functions[f]!.name : `${code.functions[f]!.name}:${line}`;
    });
    assert.deepEqual(lines, ['main.middle.func1:4', 'main.inner:2', 'main.middle:5', 'main.main:8', 'runtime.main']);
    assert.deepEqual(machine.panics, [
      'panic: runtime error: invalid memory address or nil pointer dereference',
      'panic: again',
    ]);
  });
});

suite('shared accesses', () => {
  /** Accesses of main.main of a program, as `R` and `W` with the number of slots. */
  function accesses(body: string): string {
    const machine = new SoloMachine(
      compileSource(`package main\ntype pair struct{ a, b int }\nvar g int\nvar p pair\nfunc main() { ${body} }`),
      { detect: true },
    );
    assert.equal(machine.run().trap, 'End');
    return machine.accesses.map((access) => `${access.write ? 'W' : 'R'}${access.slots}`).join(' ');
  }

  test('package variables are shared, locals are not', () => {
    assert.equal(accesses('g = 1'), 'W1');
    assert.equal(accesses('x := 1; x++; _ = x'), '');
    assert.equal(accesses('g++'), 'R1 W1');
    assert.equal(accesses('q := p; _ = q'), 'R2');
    assert.equal(accesses('p.b = 1; p = pair{}'), 'W1 W2');
  });

  test('a repeated access of one segment is told once; a write covers a read', () => {
    assert.equal(accesses('g = 1; g = 2; _ = g; g++'), 'W1');
    assert.equal(accesses('_ = g; _ = g; g = 1'), 'R1 W1');
  });

  test('variables behind pointers, captured and assigned ones are shared; the first value is no access', () => {
    assert.equal(accesses('x := 1; q := &x; *q = 2'), 'W1');
    assert.equal(accesses('x := 1; func() { x = 2 }(); _ = x'), 'W1');
    assert.equal(accesses('x := 1; func() { _ = x }()'), '');
  });

  test('elements of slices and the header of maps are shared', () => {
    assert.equal(accesses('s := make([]int, 3); s[1] = 1; s[2]++'), 'W1 R1 W1');
    assert.equal(accesses('m := map[int]int{}; m[1]++'), 'R1 W1');
    assert.equal(accesses('a := [3]int{}; i := 1; a[i]++; _ = a'), '');
    assert.equal(accesses('s := []int{1, 2}; t := append(s, 3); _ = t'), 'R2 W1');
  });
});
