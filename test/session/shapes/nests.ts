/** This file lists brackets of all kinds, inside of each other. */
import { each, type Shape } from './shape';

/** Brackets of a kind: what opens them, what they hold, what closes them; `inside`: they stand in a function. */
interface Nest {
  readonly name: string;
  readonly open: string | ((i: number) => string);
  readonly middle?: string;
  readonly close?: string;
  readonly before?: string;
  readonly after?: string;
}

const opened = ({ open }: Nest, n: number): string => each(n, typeof open === 'string' ? () => open : open);

/** A nest in three states: whole, without what closes it, and closed far too often. */
function nested(nest: Nest): Shape[] {
  const { name, middle = '', close = '', before = '', after = '' } = nest;
  return [
    { name: `nest ${name}`, text: (n) => before + opened(nest, n) + middle + close.repeat(n) + after },
    { name: `open ${name}`, text: (n) => before + opened(nest, n) },
    { name: `next ${name}`, text: (n) => before + each(n, () => opened(nest, 3) + middle) + after },
  ];
}

const EXPRESSION = { before: 'func main() {\n\tx := ', after: '\n\t_ = x\n}\n' };
const TYPE = { before: 'type T ', after: '\nfunc main() {}\n' };
const STATEMENT = { before: 'func main() {\n', after: '\n}\n' };

const NESTS: readonly Nest[] = [
  { name: '(', open: '(', middle: '1', close: ')', ...EXPRESSION },
  { name: '!', open: '!', middle: 'true', ...EXPRESSION },
  { name: '- ', open: '- ', middle: '1', ...EXPRESSION },
  { name: '&', open: '& ', middle: 'y', ...EXPRESSION },
  { name: '*', open: '*', middle: 'y', ...EXPRESSION },
  { name: '<-', open: '<-', middle: 'y', ...EXPRESSION },
  { name: 'f(', open: 'f(', middle: '1', close: ')', ...EXPRESSION },
  { name: 'y[', open: 'y[', middle: '1', close: ']', ...EXPRESSION },
  { name: 'y[:', open: 'y[:', middle: '1', close: ']', ...EXPRESSION },
  { name: 'y.(', open: 'y.(', middle: 'int', close: ')', ...EXPRESSION },
  { name: 'int(', open: 'int(', middle: '1', close: ')', ...EXPRESSION },
  { name: '1+(', open: '1+(', middle: '1', close: ')', ...EXPRESSION },
  { name: 'T{', open: 'T{', close: '}', ...EXPRESSION },
  { name: '[]T{{', open: '{', close: '}', before: 'func main() {\n\tx := []T', after: '\n}\n' },
  { name: '[]int{', open: '[]int{', middle: '1', close: '}', ...EXPRESSION },
  { name: 'key:{', open: 'map[string]T{"a": ', middle: '1', close: '}', ...EXPRESSION },
  { name: 'struct literal', open: 'struct{x int}{', middle: '1', close: '}', ...EXPRESSION },
  { name: 'func literal', open: 'func() { x := ', middle: '1', close: '}', ...EXPRESSION },
  { name: 'func call', open: 'func() int { return ', middle: '1', close: '}()', ...EXPRESSION },
  { name: 'func parameter', open: 'func(a func', middle: '()', close: ') {}', ...EXPRESSION },
  { name: 'capture', open: (i) => `func() { v${i} := 1; _ = v${i};`, middle: 'v0 = 2', close: '}()', ...EXPRESSION },
  { name: 'T[', open: 'T[', middle: 'int', close: ']', ...TYPE },
  { name: '[]', open: '[]', middle: 'int', ...TYPE },
  { name: '[1]', open: '[1]', middle: 'int', ...TYPE },
  { name: '*T', open: '*', middle: 'int', ...TYPE },
  { name: '(T', open: '(', middle: 'int', close: ')', ...TYPE },
  { name: 'chan', open: 'chan ', middle: 'int', ...TYPE },
  { name: '<-chan', open: '<-chan ', middle: 'int', ...TYPE },
  { name: 'chan<-', open: 'chan<- ', middle: 'int', ...TYPE },
  { name: 'map value', open: 'map[int]', middle: 'int', ...TYPE },
  { name: 'map key', open: 'map[', middle: 'int', close: ']int', ...TYPE },
  { name: 'array length', open: '[len([', middle: '1', close: ']int{})]int', ...TYPE },
  { name: 'func type', open: 'func() ', middle: 'int', ...TYPE },
  { name: 'func( type', open: 'func(', middle: 'int', close: ')', ...TYPE },
  { name: 'struct{', open: 'struct { x ', middle: 'int', close: '}', ...TYPE },
  { name: 'struct{*(', open: '*(', middle: 'int', close: ')', before: 'type T struct { ', after: '}\n' },
  { name: 'struct{(', open: '(', middle: 'int', close: ')', before: 'type T struct { ', after: '}\n' },
  { name: 'interface{', open: 'interface { ', middle: 'f()', close: '}', ...TYPE },
  { name: 'interface method', open: 'interface { f(a ', middle: 'int', close: ') }', ...TYPE },
  { name: 'type parameter', open: 'T[', middle: 'any', close: ']', before: 'type T[P ', after: '] int\n' },
  {
    name: 'type parameters',
    open: 'interface { T[P ',
    middle: 'any',
    close: '] }',
    before: 'type T[P ',
    after: '] int\n',
  },
  { name: 'parameter', open: 'a, ', middle: 'b int', before: 'func f(', after: ') {}\n' },
  { name: 'parameter func', open: 'a func(', middle: 'int', close: ')', before: 'func f(', after: ') {}\n' },
  { name: 'receiver', open: '*(', middle: 'T', close: ')', before: 'func (r ', after: ') f() {}\n' },
  { name: '{', open: '{', close: '}', ...STATEMENT },
  { name: '{ new line', open: '{\n', close: '}\n', ...STATEMENT },
  { name: 'if', open: 'if x { ', close: '}', ...STATEMENT },
  { name: 'if func', open: 'if func() bool { ', middle: 'return x', close: '}() {}', ...STATEMENT },
  { name: 'else', open: 'if x {} else { ', close: '}', ...STATEMENT },
  { name: 'else if', open: 'if x {} else ', middle: '{}', ...STATEMENT },
  { name: 'else if new line', open: 'if x == 1 {\n\tf()\n} else ', middle: '{}', ...STATEMENT },
  { name: 'for', open: 'for { ', close: '}', ...STATEMENT },
  { name: 'for clause', open: 'for i := 0; i < 1; i++ { ', close: '}', ...STATEMENT },
  { name: 'range', open: 'for i := range 3 { ', close: '}', ...STATEMENT },
  { name: 'switch', open: 'switch { case x: ', close: '}', ...STATEMENT },
  { name: 'switch default', open: 'switch x { default: return; ', close: '}', ...STATEMENT },
  { name: 'type switch', open: 'switch y := x.(type) { case int: ', close: '}', ...STATEMENT },
  { name: 'select', open: 'select { case <-c: ', close: '}', ...STATEMENT },
  { name: 'select func', open: 'select { case <-func() chan int { ', close: '}(): }', ...STATEMENT },
  { name: 'label', open: (i) => `L${i}: `, middle: 'f()', ...STATEMENT },
  { name: 'label for', open: (i) => `L${i}: for { `, middle: 'break L0', close: '}', ...STATEMENT },
  { name: 'go func', open: 'go func() { ', close: '}()', ...STATEMENT },
  { name: 'defer func', open: 'defer func() { ', close: '}()', ...STATEMENT },
  { name: 'thread', open: 'thread func() { ', close: '}()', ...STATEMENT },
  { name: 'if :=', open: 'if y := x; y == 1 { ', close: '}', ...STATEMENT },
  { name: 'if x = y {', open: 'if {', close: '} = 1 {}', ...STATEMENT },
  { name: 'non-name :=', open: 'f(func() { ', close: '}) := 1;', ...STATEMENT },
  { name: 'import (', open: 'import (', close: ')' },
  { name: 'var (', open: 'var (', close: ')' },
  { name: 'machine {', open: 'machine {', close: '}' },
  { name: '/*', open: '/*', close: '*/' },
  { name: '}', open: '}' },
  { name: ')', open: ')' },
  { name: '} in main', open: '} ', ...STATEMENT },
];

export const nests: readonly Shape[] = NESTS.flatMap(nested);
