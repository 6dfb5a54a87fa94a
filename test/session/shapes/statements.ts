/** This file lists rows of statements in one body: variables, calls, labels, jumps. */
import { each, inMain, rowOf, statements, type Shape } from './shape';

export const statementRows: readonly Shape[] = [
  statements('body variables', (i) => `a${i} := ${i}; _ = a${i}\n`),
  statements('body variables unused', (i) => `a${i} := ${i}\n`),
  statements('body variables same', () => `a := 1\n`),
  statements('body variables shadowed', (i) => `{ a := ${i}; _ = a }\n`),
  statements('body assignments', () => 'a = a + 1\n', 'a := 1\n'),
  statements('body of mistakes', () => 'a = "x" + 1\n', 'a := 1\n'),
  statements('body unused expressions', () => 'a + 1\n', 'a := 1\n'),
  statements('body calls', (i) => `fmt.Println("line", ${i})\n`),
  statements('body if', () => 'if a == 1 { a++ }\n', 'a := 1\n'),
  statements('body for', () => 'for i := range 3 { a += i }\n', 'a := 1\n'),
  statements('body go', () => 'go f()\n', '', 'func f() {}\n'),
  statements('body go func', () => 'go func() { a++ }()\n', 'a := 1\n'),
  statements('body func captures', (i) => `v${i} := 1; go func() { v${i}++ }()\n`),
  {
    name: 'body func captures all',
    text: (n) =>
      inMain(
        `${each(n, (i) => `v${i} := 1\n`)}go func() { go func() { go func() {\n${each(n, (i) => `v${i}++\n`)}}() }() }()`,
      ),
  },
  statements('body defer', () => 'defer f()\n', '', 'func f() {}\n'),
  statements('body select', () => 'select { case <-c: default: }\n', 'c := make(chan int)\n'),
  statements('body labels', (i) => `L${i}: f()\n`),
  statements('body labels used', (i) => `L${i}: for { break L${i} }\n`),
  statements('body goto undefined', (i) => `goto L${i}\n`),
  {
    name: 'body goto over labels',
    text: (n) => inMain(`${each(n, (i) => `goto L${i}\n`)}${each(n, (i) => `L${i}: f()\n`)}`),
  },
  {
    name: 'body goto over variables',
    text: (n) =>
      inMain(`${each(n, (i) => `goto L${i}\n`)}${each(n, (i) => `a${i} := 1\n`)}${each(n, (i) => `L${i}: f()\n`)}`),
  },
  {
    name: 'body goto into block',
    text: (n) => inMain(`${each(n, (i) => `goto L${i}\n`)}{${each(n, (i) => `L${i}: f()\n`)}}`),
  },
  rowOf(
    'unsupported',
    (i) => `x${i} := reflect.ValueOf(${i}); _ = x${i}\n`,
    'package main\nimport "reflect"\nfunc main() {\n',
    '}\n',
  ),
  rowOf(
    'unsupported functions',
    (i) => `func f${i}() any { return reflect.ValueOf(${i}) }\n`,
    'package main\nimport "reflect"\n',
    'func main() {}\n',
  ),
  rowOf('unsupported complex', () => `x = 1i\n`, 'func main() {\nvar x complex128\n', '}\n'),
];
