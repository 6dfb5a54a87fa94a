/** This file lists the diagnostic codes of the scanner and the parser. */
import type { CodeTable } from './row';

export const syntaxCodes = {
  'syntax.unexpected-token': {
    sentence: 'A word or sign stands where the grammar has no place for it.',
    dialect: 'lane',
    example: 'func main() {\n\tx := 1 +\n}\n',
  },
  'syntax.invalid-character': {
    sentence: 'A character of the file cannot begin any token of the language.',
    dialect: 'lane',
    example: 'func main() { x := 1 # 2 }\n',
  },
  'syntax.invalid-number': {
    sentence:
      'A number is not written as the language writes numbers: a digit is missing, misplaced or too large for its base.',
    dialect: 'lane',
    example: 'const x = 0b102\n',
  },
  'syntax.invalid-escape': {
    sentence: 'A backslash in a string or rune literal is followed by something that is not an escape sequence.',
    dialect: 'lane',
    example: 'const s = "50\\%"\n',
  },
  'syntax.invalid-rune': {
    sentence: 'A rune literal holds exactly one character between its single quotes.',
    dialect: 'lane',
    example: "const r = 'ab'\n",
  },
  'syntax.unterminated': {
    sentence: 'A string, a rune literal or a comment is opened and not closed.',
    dialect: 'lane',
    example: 'const s = "hello\n',
  },
  'syntax.outside-function': {
    sentence: 'Only declarations may stand outside of functions; statements belong in a function body.',
    dialect: 'lane',
    example: 'x := 1\n\nfunc main() {}\n',
  },
  'syntax.import-order': {
    sentence: 'Imports come first in a file, before every other declaration.',
    dialect: 'go',
    example: 'package main\n\nvar x = 1\n\nimport "fmt"\n\nfunc main() { fmt.Println(x) }\n',
  },
  'syntax.package-clause': {
    sentence: 'A Go file begins with a package clause; in a .lane file the clause is optional, but it comes first.',
    dialect: 'go',
    example: 'func main() {}\n',
  },
  'syntax.brace-position': {
    sentence:
      'The opening brace of a body stands on the line of its header, because a line end would close the statement.',
    dialect: 'lane',
    example: 'func main()\n{\n}\n',
  },
  'syntax.missing-condition': {
    sentence: 'An if statement, or the middle part of a three-part for statement, needs a condition.',
    dialect: 'lane',
    example: 'func main() {\n\tif x := 1; {\n\t\tprintln(x)\n\t}\n}\n',
  },
  'syntax.go-parenthesized': {
    sentence: 'The call after go or defer is written without parentheses around it.',
    dialect: 'lane',
    example: 'func main() {\n\tgo (println(1))\n}\n',
  },
  'syntax.assignment-as-value': {
    sentence:
      'An assignment or ++ is a statement; it has no value and cannot be used inside an expression or as a condition.',
    dialect: 'lane',
    example: 'func main() {\n\tx := 1\n\tif x = 2 {\n\t}\n}\n',
  },
  'syntax.define-target': {
    sentence: 'On the left of := stand plain names.',
    dialect: 'lane',
    example: 'type T struct{ n int }\n\nfunc main() {\n\tvar t T\n\tt.n := 1\n}\n',
  },
  'syntax.composite-parens': {
    sentence: 'The type of a composite literal is written without parentheses.',
    dialect: 'lane',
    example: 'type P struct{ x int }\n\nvar p = (P){1}\n\nfunc main() {}\n',
  },
  'syntax.slice-index': {
    sentence: 'In a slice expression with two colons the middle and the last index are given.',
    dialect: 'lane',
    example: 'func main() {\n\ts := make([]int, 4)\n\tprintln(len(s[1::3]))\n}\n',
  },
  'syntax.parameter-list': {
    sentence: 'Either all parameters of a list have names or none has; only the last one may be variadic.',
    dialect: 'lane',
    example: 'func f(a int, string) {}\n\nfunc main() {}\n',
  },
  'syntax.type-parameters': {
    sentence: 'Type parameters belong to functions and types; methods, function types and function literals have none.',
    dialect: 'lane',
    example: 'type T struct{}\n\nfunc (t T) f[P any]() {}\n\nfunc main() {}\n',
  },
  'syntax.receiver': {
    sentence: 'A method has exactly one receiver.',
    dialect: 'lane',
    example: 'type T struct{}\n\nfunc (a T, b T) f() {}\n\nfunc main() {}\n',
  },
  'syntax.channel-type': {
    sentence: 'A channel type names the type of its elements, and an arrow before it fits its direction.',
    dialect: 'lane',
    example: 'var c chan\n\nfunc main() {}\n',
  },
  'syntax.type-switch-guard': {
    sentence: 'x.(type) may be used only as the guard of a switch statement.',
    dialect: 'lane',
    example: 'func main() {\n\tvar x any\n\ty := x.(type)\n}\n',
  },
  'syntax.range-clause': {
    sentence: 'A range clause belongs in a for statement and has at most two variables on its left.',
    dialect: 'lane',
    example: 'func main() {\n\tfor a, b, c := range []int{1} {\n\t}\n}\n',
  },
  'syntax.too-many-errors': {
    sentence: 'A file with hundreds of mistakes is not read to its end.',
    dialect: 'lane',
    example: '#\n'.repeat(300),
  },
  'syntax.too-deep': {
    sentence:
      'The program nests parentheses, brackets, blocks or types deeper than any reader, or this front end, follows.',
    dialect: 'lane',
    example: `const x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`,
  },
} as const satisfies CodeTable;
