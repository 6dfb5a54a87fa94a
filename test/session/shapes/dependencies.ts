/** This file lists declarations that need each other: rows, rings, and squares in which everything needs everything. */
import { each, rowOf, square, type Shape } from './shape';

export const dependencies: readonly Shape[] = [
  rowOf(
    'rows initialisers of all functions',
    (i) => `func f${i}() int { return f${i + 1}() + v${i} }\nvar v${i} = 1\nvar w${i} = f${i}()\n`,
    '',
    'func main() {}\n',
  ),
  rowOf(
    'rows initialisers in a cycle',
    (i) => `var v${i} = f${i}()\nfunc f${i}() int { return v${i + 1} }\n`,
    '',
    'var vn = v0\nfunc main() {}\n',
  ),
  {
    name: 'rows initialisers in a ring',
    text: (n) =>
      `${each(n, (i) => `var v${i} = f${i}()\nfunc f${i}() int { return v${(i + 1) % n} }\n`)}func main() {}\n`,
  },
  {
    name: 'rows functions in a ring',
    text: (n) =>
      `${each(n, (i) => `var v${i} = f${i}()\nfunc f${i}() int { return f${(i + 1) % n}() + w }\n`)}var w = 1\nfunc main() {}\n`,
  },
  square(
    'initialisers',
    (k) =>
      `${each(k, (i) => `var v${i} = f${i}()\nfunc f${i}() int { return 0${each(i, (j) => `+v${j}`)} }\n`)}func main() {}\n`,
  ),
  square(
    'functions',
    (k) =>
      `${each(k, (i) => `func f${i}() int { return 0${each(k, (j) => `+f${j}()`)} }\nvar v${i} = f${i}()\n`)}func main() {}\n`,
  ),
  square(
    'interfaces',
    (k) =>
      `${each(k, (i) => `type I${i} interface { ${each(k, (j) => `m${j}();`)} }\n`)}func main() { var x I0\n${each(k, (i) => `var y${i} I${i} = x; _ = y${i}\n`)}}\n`,
  ),
  square(
    'structs',
    (k) =>
      `${each(k, (i) => `var s${i} struct { ${each(k, (j) => `m${j} int;`)} }\n`)}func main() {\n${each(k, (i) => `s${i} = s0\n`)}}\n`,
  ),
];
