/** This file lists bodies that use names, fields and methods, known and unknown. */
import { each, inMain, statements, type Shape } from './shape';

export const uses: readonly Shape[] = [
  statements('body expressions', () => 'f()\n', '', 'func f() {}\n'),
  statements('body one line', () => 'f();', '', 'func f() {}\n'),
  statements('body semicolons', () => ';'),
  statements('body undefined', () => 'a;'),
  statements('body undefined lines', (i) => `a${i}()\n`),
  statements('body undefined near', (i) => `bad${i} = abcde${i}\n`, '', 'var abcdf1, abcdf2, abcdf3 int\n'),
  {
    name: 'body undefined, all near',
    suggests: true,
    text: (n) => `${each(n, (i) => `var name${i} int\n`)}${inMain(each(n, (i) => `nane${i} = 1\n`))}`,
  },
  {
    name: 'body undefined, none near',
    suggests: true,
    text: (n) => `${each(n, (i) => `var name${i} int\n`)}${inMain(each(n, (i) => `othr${i} = 1\n`))}`,
  },
  {
    name: 'body undefined fields',
    suggests: true,
    text: (n) =>
      `type T struct {\n${each(n, (i) => `name${i} int\n`)}}\nvar t T\n${inMain(each(n, (i) => `t.nane${i} = 1\n`))}`,
  },
  {
    name: 'body undefined keys',
    suggests: true,
    text: (n) =>
      `type T struct {\n${each(n, (i) => `name${i} int\n`)}}\n${inMain(`_ = T{${each(n, (i) => `nane${i}: 1, `)}}`)}`,
  },
  {
    name: 'body undefined members',
    text: (n) => `package main\nimport "strings"\n${inMain(each(n, (i) => `strings.Splitt${i}()\n`))}`,
  },
  {
    name: 'body fields',
    text: (n) =>
      `type T struct {\n${each(n, (i) => `a${i} int\n`)}}\nvar t T\n${inMain(each(n, (i) => `t.a${i} = 1\n`))}`,
  },
  {
    name: 'body keyed fields',
    text: (n) =>
      `type T struct {\n${each(n, (i) => `a${i} int\n`)}}\n${inMain(`_ = T{${each(n, (i) => `a${i}: 1, `)}}`)}`,
  },
  {
    name: 'body fields of a literal',
    text: (n) => `type T struct {\n${each(n, (i) => `a${i} int\n`)}}\n${inMain(`_ = T{${each(n, (i) => `${i}, `)}}`)}`,
  },
  {
    name: 'body too many in a literal',
    text: (n) => `type T struct { a int }\n${inMain(`_ = T{${each(n, (i) => `${i}, `)}}`)}`,
  },
  {
    name: 'body methods',
    text: (n) =>
      `type T int\n${each(n, (i) => `func (t T) a${i}() {}\n`)}var t T\n${inMain(each(n, (i) => `t.a${i}()\n`))}`,
  },
  {
    name: 'body interface methods',
    text: (n) =>
      `type T interface {\n${each(n, (i) => `a${i}()\n`)}}\nvar t T\n${inMain(each(n, (i) => `t.a${i}()\n`))}`,
  },
  {
    name: 'body implements',
    text: (n) =>
      `type T int\n${each(n, (i) => `func (t T) a${i}() {}\n`)}type I interface {\n${each(n, (i) => `a${i}()\n`)}}\nvar t T\nvar u I\n${inMain(each(n, () => `u = t\n`))}`,
  },
  {
    name: 'body struct copies',
    text: (n) => `var t, u struct {\n${each(n, (i) => `a${i} int\n`)}}\n${inMain(each(n, () => `u = t\n`))}`,
  },
  {
    name: 'body struct identity',
    text: (n) =>
      `var t struct {\n${each(n, (i) => `a${i} int\n`)}}\nvar u struct {\n${each(n, (i) => `a${i} int\n`)}}\n${inMain(each(n, () => `u = t\n`))}`,
  },
  {
    name: 'body struct mistakes',
    text: (n) =>
      `var t struct {\n${each(n, (i) => `a${i} int\n`)}}\nvar u struct {\n${each(n, (i) => `b${i} int\n`)}}\n${inMain(each(n, () => `u = t\n`))}`,
  },
  {
    name: 'body struct comparisons',
    text: (n) =>
      `var t, u struct {\n${each(n, (i) => `a${i} int\n`)}}\nvar b bool\n${inMain(each(n, () => `b = t == u\n`))}`,
  },
  {
    name: 'body calls of many',
    text: (n) => `func f(${each(n, (i) => `a${i} int,`)}) {}\n${inMain(each(n, () => `f()\n`))}`,
  },
  {
    name: 'body struct in any',
    text: (n) => `var t struct {\n${each(n, (i) => `a${i} int\n`)}}\nvar u any\n${inMain(each(n, () => `u = t\n`))}`,
  },
];
