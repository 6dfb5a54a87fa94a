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

/** The same of an array in the frame, which nobody else can see. */
const ARRAY = MEMORY.replace('a := make([]int, 256)', 'var a [256]int');

/** Rows of a matrix, elements of two slots, bytes of a string. */
const ELEMENTS = `package main
type pair struct{ a, b int }
func main() {
	rows := make([][]int, 16)
	for i := range rows {
		rows[i] = make([]int, 16)
	}
	pairs := make([]pair, 16)
	text := "0123456789abcdef"
	for i := 0; i < 1500000; i++ {
		rows[i&15][i&7] += i
		pairs[i&15].b += int(text[i&15])
	}
	println(rows[3][3], pairs[5].b)
}`;

/** Slices are cut, grown where there is room, and walked. */
const SLICES = `package main
func main() {
	a := make([]int, 0, 64)
	s := 0
	for i := 0; i < 400000; i++ {
		a = append(a[:i&31], i, i+1)
		for _, v := range a[i&15:] {
			s += v
		}
	}
	println(s)
}`;

/** Structs behind pointers, in fields and as elements, copied and changed. */
const STRUCTS = `package main
type point struct{ x, y, z int }
type body struct {
	at, speed point
	next *body
}
func main() {
	bodies := make([]body, 8)
	for i := range bodies {
		bodies[i].speed = point{i, 1, 2}
		bodies[i].next = &bodies[(i+1)&7]
	}
	b := &bodies[0]
	for i := 0; i < 1000000; i++ {
		b.at.x += b.speed.x
		b.at.y += b.speed.y
		p := b.at
		p.z += i
		b.at = p
		b = b.next
	}
	println(bodies[3].at.x, bodies[3].at.z)
}`;

/** Methods called through interfaces, values put into them and asked for their types. */
const INTERFACES = `package main
type shape interface{ area() int }
type square struct{ side int }
type rect struct{ a, b int }
func (s *square) area() int { return s.side * s.side }
func (r *rect) area() int { return r.a * r.b }
func main() {
	shapes := []shape{&square{3}, &rect{2, 4}, &square{5}, &rect{1, 7}}
	s := 0
	for i := 0; i < 700000; i++ {
		one := shapes[i&3]
		s += one.area()
		if q, ok := one.(*square); ok {
			s += q.side
		}
		var v any = i
		switch v := v.(type) {
		case string:
			s--
		case int:
			s += v & 1
		}
	}
	println(s)
}`;

/** The inner loop of a product of matrices. */
const MATRICES = `package main
func matrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = float64(i - j)
		}
	}
	return m
}
func main() {
	const n = 90
	a, b, c := matrix(n), matrix(n), matrix(n)
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			for k := 0; k < n; k++ {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	println(int(c[3][5]))
}`;

/** Values, closures and deferred calls, each made and dropped. */
const OBJECTS = `package main
type node struct{ next *node; value int }
func deferred(p *int) {
	defer func() { *p++ }()
}
func main() {
	s := 0
	var list *node
	for i := 0; i < 150000; i++ {
		if i&63 == 0 { list = nil }
		list = &node{list, i}
		add := func(n int) { s += n }
		add(list.value)
		deferred(&s)
	}
	println(s)
}`;

/** Entries of maps, under numbers and strings, and strings that are compared and cut. */
const MAPS = `package main
func main() {
	numbers := make(map[int]int)
	words := map[string]int{"alpha": 1, "beta": 2, "gamma": 3}
	keys := []string{"alpha", "beta", "gamma", "delta"}
	s := 0
	for i := 0; i < 200000; i++ {
		numbers[i&127] += i
		key := keys[i&3]
		if n, ok := words[key]; ok { s += n }
		if key == "gamma" || key[1:3] == "el" { s++ }
		if i&1023 == 0 {
			for _, n := range numbers { s += n }
		}
	}
	println(s, len(numbers))
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
  measured('vm-memory-detect', MEMORY, true, 200),
  measured('vm-array-detect', ARRAY, true, 200),
  measured('vm-elements-detect', ELEMENTS, true, 200),
  measured('vm-slices-detect', SLICES, true, 200),
  measured('vm-structs-detect', STRUCTS, true, 200),
  measured('vm-interfaces-detect', INTERFACES, true, 200),
  measured('vm-matrices-detect', MATRICES, true, 200),
  measured('vm-objects-detect', OBJECTS, true, 100),
  measured('vm-maps-detect', MAPS, true, 100),
];
