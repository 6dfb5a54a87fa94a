/** This file measures the interpreter alone: instructions per second of processor time, with and without the access filter. */
import { compile } from '../../src/bytecode/compile';
import type { Code } from '../../src/bytecode/code';
import { check } from '../../src/std/importer';
import { SoloMachine } from '../vm/solo';
import type { BenchCase } from './case';

const LOOP = `package main
func main() {
	s := 0
	for i := 0; i < 20000000; i++ {
		s += i
	}
	println(s)
}`;

const CALLS = `package main
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
func main() { println(fib(27)) }`;

const MEMORY = `package main
func main() {
	a := make([]int, 256)
	for i := 0; i < 8000000; i++ {
		a[i&255] += i
	}
	println(a[3])
}`;

function compiled(text: string): Code {
  return compile(check([{ name: 'main.go', text }]));
}

/** Million instructions per second of processor time (the wall clock would count what other programs take). */
function measured(name: string, text: string, detect: boolean, target: number): BenchCase {
  let code: Code | undefined;
  return {
    name,
    unit: 'M instr/s',
    better: 'higher',
    target,
    measure() {
      code ??= compiled(text);
      const machine = new SoloMachine(code, { detect, stepBudget: Number.MAX_SAFE_INTEGER });
      const before = process.cpuUsage();
      machine.run();
      const { user, system } = process.cpuUsage(before);
      return machine.vm.steps / (user + system);
    },
  };
}

export const cases: readonly BenchCase[] = [
  measured('vm-loop', LOOP, false, 150),
  measured('vm-calls', CALLS, false, 150),
  measured('vm-memory', MEMORY, false, 150),
  measured('vm-memory-detect', MEMORY, true, 120),
];
