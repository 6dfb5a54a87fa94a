/** This file lists switches with many cases. */
import { each, rowOf, type Shape } from './shape';

export const cases: readonly Shape[] = [
  rowOf('body cases', (i) => `case ${i}: f()\n`, 'func f() {}\nfunc main() {\nx := 1\nswitch x {\n', '}\n}\n'),
  rowOf(
    'body cases of strings',
    (i) => `case "${i}": f()\n`,
    'func f() {}\nfunc main() {\nx := ""\nswitch x {\n',
    '}\n}\n',
  ),
  rowOf('body cases same', () => `case 1: f()\n`, 'func f() {}\nfunc main() {\nx := 1\nswitch x {\n', '}\n}\n'),
  rowOf(
    'body cases in any',
    (i) => `case ${i}: f()\n`,
    'func f() {}\nfunc main() {\nvar x any = 1\nswitch x {\n',
    '}\n}\n',
  ),
  rowOf(
    'body cases of one value and many types',
    (i) => `case T${i}(1): f()\n`,
    'func f() {}\nfunc main() {\nvar x any = 1\nswitch x {\n',
    '}\n}\n',
  ),
  {
    name: 'body cases of types',
    text: (n) =>
      `${each(n, (i) => `type T${i} int\n`)}func f() {}\nfunc main() {\nvar x any = 1\nswitch x.(type) {\n${each(n, (i) => `case T${i}: f()\n`)}}\n}\n`,
  },
  {
    name: 'body constants of many types',
    text: (n) =>
      `${each(n, (i) => `type T${i} int\n`)}func f() {}\nfunc main() {\nvar x any = 1\nswitch x {\n${each(n, (i) => `case T${i}(1): f()\n`)}}\n}\n`,
  },
  rowOf('body cases default', () => `default: f()\n`, 'func f() {}\nfunc main() {\nx := 1\nswitch x {\n', '}\n}\n'),
  rowOf(
    'body cases of select',
    () => `case <-c: f()\n`,
    'func f() {}\nfunc main() {\nc := make(chan int)\nselect {\n',
    '}\n}\n',
  ),
  rowOf(
    'body fallthrough',
    (i) => `case ${i}: fallthrough\n`,
    'func f() {}\nfunc main() {\nx := 1\nswitch x {\n',
    'default:\n}\n}\n',
  ),
];
