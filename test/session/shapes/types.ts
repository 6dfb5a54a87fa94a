/** This file lists rows of types, and types with many members. */
import { each, rowOf, type Shape } from './shape';

export const types: readonly Shape[] = [
  rowOf('rows fields', (i) => `a${i} int\n`, 'type T struct {\n', '}\nfunc main() {}\n'),
  rowOf('rows fields same', () => `a int\n`, 'type T struct {\n', '}\nfunc main() {}\n'),
  rowOf('rows fields one line', (i) => `a${i} int; `, 'type T struct { ', '}\nfunc main() {}\n'),
  rowOf('rows fields embedded unknown', (i) => `a${i}\n`, 'type T struct {\n', '}\nfunc main() {}\n'),
  {
    name: 'rows fields embedded',
    text: (n) =>
      `${each(n, (i) => `type a${i} struct { b${i} int }\n`)}type T struct {\n${each(n, (i) => `a${i}\n`)}}\nfunc main() { var t T; t.b1 = 1; t.c = 2 }\n`,
  },
  rowOf('rows interface methods', (i) => `f${i}()\n`, 'type T interface {\n', '}\nfunc main() {}\n'),
  rowOf('rows interface methods same', () => `f()\n`, 'type T interface {\n', '}\nfunc main() {}\n'),
  rowOf('rows interface methods with index', () => `a[b `, 'type T interface {\n', '}\nfunc main() {}\n'),
  {
    name: 'rows interface embedded',
    text: (n) =>
      `${each(n, (i) => `type a${i} interface { f${i}() }\n`)}type T interface {\n${each(n, (i) => `a${i}\n`)}}\nfunc main() { var t T; t.f1(); t.c() }\n`,
  },
  rowOf('rows type', (i) => `type T${i} int\n`, '', 'func main() {}\n'),
  rowOf('rows type same', () => `type T int\n`, '', 'func main() {}\n'),
  rowOf('rows type of before', (i) => `type T${i + 1} T${i}\n`, 'type T0 int\n', 'func main() {}\n'),
  rowOf('rows type of next', (i) => `type T${i} T${i + 1}\n`, '', 'func main() {}\n'),
  rowOf('rows type alias of before', (i) => `type T${i + 1} = T${i}\n`, 'type T0 int\n', 'func main() {}\n'),
  rowOf('rows struct of before', (i) => `type T${i + 1} struct { a T${i} }\n`, 'type T0 int\n', 'func main() {}\n'),
  rowOf(
    'rows struct of before, used',
    (i) => `type T${i + 1} struct { a T${i}; b int }\nvar v${i} T${i}\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf('rows struct of next', (i) => `type T${i} struct { a T${i + 1} }\n`, '', 'type T0 int\nfunc main() {}\n'),
  rowOf(
    'rows struct embeds before',
    (i) => `type T${i + 1} struct { T${i} }\n`,
    'type T0 int\nfunc (T0) f() {}\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows interface embeds before',
    (i) => `type T${i + 1} interface { T${i}; f${i}() }\n`,
    'type T0 interface {}\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows pointer to before',
    (i) => `type T${i + 1} *T${i}\nvar v${i} T${i}\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows alias pointer to before',
    (i) => `type T${i + 1} = *T${i}\nvar v${i} T${i}\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf('rows alias doubled', (i) => `type T${i + 1} = struct { a, b T${i} }\n`, 'type T0 int\n', 'func main() {}\n'),
  rowOf(
    'rows alias doubled, used',
    (i) => `type T${i + 1} = struct { a, b T${i} }\nvar v${i} = T${i}{}.c\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows alias func doubled, used',
    (i) => `type T${i + 1} = func(a, b T${i})\nvar v${i} T${i} = 1\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf('rows type local', (i) => `type T${i} int\n`, 'func main() {\n', '}\n'),
  rowOf(
    'rows type local same',
    (i) => `func f${i}() { type T int; var x any = T(1); _ = x }\n`,
    '',
    'func main() {}\n',
  ),
  rowOf(
    'rows struct type local',
    (i) => `{ type T struct { a${i} int }; var x any = T{}; _ = x }\n`,
    'func main() {\n',
    '}\n',
  ),
  rowOf(
    'rows struct doubled',
    (i) => `type T${i + 1} struct { a, b T${i} }\nvar v${i} *T${i}\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows alias interface doubled',
    (i) => `type T${i + 1} = interface { m(T${i}, T${i}) }\nvar v${i} T${i}\n`,
    'type T0 = interface {}\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows alias func in any',
    (i) => `type T${i + 1} = func(T${i}, T${i})\nvar v${i} any = T${i}(nil)\n`,
    'type T0 = func()\n',
    'func main() {}\n',
  ),
  rowOf(
    'rows array of before',
    (i) => `type T${i + 1} [2]T${i}\nvar v${i} *T${i}\n`,
    'type T0 int\n',
    'func main() {}\n',
  ),
  rowOf('rows array too large', (i) => `var v${i} [1 << 60]int\n`, '', 'func main() {}\n'),
  rowOf('rows array almost too large', (i) => `var v${i} *[1<<46 - ${i}]int\n`, '', 'func main() {}\n'),
  rowOf('rows channel of large', (i) => `var v${i} chan [1<<16 + ${i}]byte\n`, '', 'func main() {}\n'),
  rowOf(
    'rows embedded in a diamond',
    (i) => `type A${i} struct { *T${i} }\ntype B${i} struct { *T${i} }\ntype T${i + 1} struct { A${i}; B${i} }\n`,
    'type T0 struct { x int }\n',
    'func main() {}\n',
  ),
  {
    ...rowOf(
      'rows embedded, selected',
      (i) => `type T${i + 1} struct { T${i}; b${i} int }\nvar v${i} = T${i}{}.x\n`,
      'type T0 struct { x int }\n',
      'func main() {}\n',
    ),
    nests: true,
  },
  rowOf('rows frames too large', (i) => `func f${i}(x [1 << 27]int) {}\n`, '', 'func main() {}\n'),
  rowOf(
    'rows named by long names',
    (i) => `type ${'T'.repeat(300)}${i} struct { x int }\nvar v${i} ${'T'.repeat(300)}${i} = 1\n`,
    '',
    'func main() {}\n',
  ),
];
