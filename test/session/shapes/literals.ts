/** This file lists composite literals with many elements. */
import { rowOf, type Shape } from './shape';

export const literals: readonly Shape[] = [
  rowOf('literal map', (i) => `${i}: 1,\n`, 'var m = map[int]int{\n', '}\nfunc main() {}\n'),
  rowOf('literal map same', () => `1: 1,\n`, 'var m = map[int]int{\n', '}\nfunc main() {}\n'),
  rowOf('literal map of strings', (i) => `"${i}": "x${i}",\n`, 'var m = map[string]string{\n', '}\nfunc main() {}\n'),
  rowOf('literal map of any', (i) => `${i}: 1,\n`, 'var m = map[any]int{\n', '}\nfunc main() {}\n'),
  rowOf(
    'literal map of structs',
    (i) => `{${i}}: {${i}},\n`,
    'var m = map[struct{ a int }]struct{ a int }{\n',
    '}\nfunc main() {}\n',
  ),
  rowOf('literal slice', (i) => `${i},`, 'var m = []int{', '}\nfunc main() {}\n'),
  rowOf('literal slice of strings', (i) => `"${i}",`, 'var m = []string{', '}\nfunc main() {}\n'),
  rowOf('literal slice of structs', (i) => `{${i}},`, 'var m = []struct{ a int }{', '}\nfunc main() {}\n'),
  rowOf('literal slice of pointers', (i) => `{${i}},`, 'type T struct { a int }\nvar m = []*T{', '}\nfunc main() {}\n'),
  rowOf('literal slice of functions', () => `func() {},`, 'var m = []func(){', '}\nfunc main() {}\n'),
  rowOf('literal array', (i) => `${i},`, 'var m = [...]int{', '}\nfunc main() {}\n'),
  rowOf('literal array too short', (i) => `${i},`, 'var m = [1]int{', '}\nfunc main() {}\n'),
  rowOf('literal array keyed', (i) => `${i}: ${i},`, 'var m = [...]int{', '}\nfunc main() {}\n'),
  rowOf('literal array in main', (i) => `${i},`, 'func main() {\n\tm := [...]int{', '}\n_ = m\n}\n'),
  rowOf('literal array of arrays', (i) => `{${i}, 2},`, 'var m = [...][2]int{', '}\nfunc main() {}\n'),
  rowOf('literal arrays almost empty', (i) => `var a${i} = [1 << 20]int{${i}: 1}\n`, '', 'func main() {}\n'),
  rowOf(
    'literal arrays almost empty in main',
    (i) => `a${i} := [1 << 12]int{${i % 4096}: 1}\n_ = a${i}\n`,
    'func main() {\n',
    '}\n',
  ),
];
