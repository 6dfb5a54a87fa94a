/** This file makes source texts for the laws of the front end: any characters, fragments of the language, and programs with damage. */
import fc from 'fast-check';

const fragments = [
  'package main\n', 'import "fmt"\n', 'func main() {\n', 'func (t *T) m(a, b int, c ...string) (x int, err error) {', '}\n', '}', '{', '(', ')', '[', ']',
  'var x, y = 1, 2\n', 'const (\n\tA = iota\n\tB\n)\n', 'type T struct {\n\ta, b int `tag`\n\t*E\n}\n', 'type P[K comparable, V any] map[K]V\n',
  'machine { cores = 4; quantum = 4ms }\n', 'process p(id int) {\n', 'thread f(x)\n', 'spawn p(1)\n', 'pipe c = make(chan int)\n', 'shared n int\n',
  'go f(x)\n', 'defer mu.Unlock()\n', 'select {\ncase v, ok := <-c:\ncase c <- 1:\ndefault:\n}\n', 'switch x := y.(type) {\ncase int, *T:\n', 'case', 'default:',
  'for i := 0; i < n; i++ {\n', 'for range ch {\n', 'for k, v := range m {', 'if x := f(); x > 1 {\n', '} else if y {\n', '} else {', 'L:\n', 'goto L\n', 'break', 'continue L\n', 'return x, y\n',
  'x', 'y.z', 'a[i]', 'a[1:2:3]', 'f(', 'g(x...)', '[]int{1, 2}', 'map[string]int{"a": 1}', '&T{a: 1}', 'func() {', 'chan<- int', '<-chan', '<-', ':=', '=', '+=', '++', '+', '*', '&', ',', ';', ':', '.', '...', '\n', '\t', ' ',
  '1', '0x1F', '1.5', '10us', '64KB', '2i', "'a'", '"s"', '"open', '`raw', '/* c */', '// c\n', '/*', '#', '\0', '\ud800', 'ü', '😀', '\r\n', 'interface{ m(); ~int | string }', 'fallthrough',
]; // prettier-ignore

const program = `package main

import "fmt"

machine {
	cores   = 4
	quantum = 4ms
}

type Account struct {
	mu      sync.Mutex
	balance int
}

func (a *Account) add(n int) (total int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	return a.balance
}

func main() {
	jobs := make(chan int, 3)
	done := make(chan bool)
	for w := 0; w < 2; w++ {
		go func(id int) {
			for j := range jobs {
				work(10us)
				fmt.Println(id, j*2, map[string][]int{"a": {1, 2}})
			}
			done <- true
		}(w)
	}
	select {
	case v, ok := <-done:
		if !ok && v {
			panic("closed")
		}
	default:
	}
}
`;

/** The program with pieces cut out, doubled, or replaced by fragments. */
const damaged = fc
  .array(fc.tuple(fc.nat(program.length), fc.nat(12), fc.option(fc.constantFrom(...fragments))), { maxLength: 6 })
  .map((cuts) =>
    cuts.reduce((text, [at, length, insert]) => text.slice(0, at) + (insert ?? '') + text.slice(at + length), program),
  );

/** Any text at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join('')),
  damaged,
  fc.nat(program.length).map((length) => program.slice(0, length)),
);
