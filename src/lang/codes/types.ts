/** This file lists the diagnostic codes of the type checker. */
import type { CodeTable } from './row';

const inMain = (body: string, before = ''): string => `${before}func main() {\n${body}}\n`;
const goMain = (body: string, before = ''): string => `package main\n\n${before}func main() {\n${body}}\n`;

export const typeCodes = {
  'type.undefined': {
    sentence: 'A name is used that nothing in scope declares.',
    dialect: 'lane',
    example: inMain('\tprintln(cuonter)\n'),
  },
  'type.redeclared': {
    sentence: 'A name is declared twice in one block.',
    dialect: 'lane',
    example: inMain('\tvar x int\n\tvar x string\n\tprintln(x)\n'),
  },
  'type.unused-variable': {
    sentence: 'A variable is declared and its value is never read: an error in Go, a warning in .lane files.',
    dialect: 'go',
    example: goMain('\tx := 1\n'),
  },
  'type.unused-import': {
    sentence: 'A package is imported and not used: an error in Go, a warning in .lane files.',
    dialect: 'go',
    example: goMain('', 'import "sync"\n\n'),
  },
  'type.unused-label': {
    sentence: 'A label is defined and no statement jumps to it.',
    dialect: 'go',
    example: goMain('outer:\n\tfor {\n\t}\n'),
  },
  'type.assignment': {
    sentence: 'A value is assigned, passed, sent or returned where its type does not fit.',
    dialect: 'lane',
    example: inMain('\tvar x int = "one"\n\tprintln(x)\n'),
  },
  'type.overflow': {
    sentence: 'A constant is too large for the type it must have.',
    dialect: 'lane',
    example: inMain('\tvar x uint8 = 300\n\tprintln(x)\n'),
  },
  'type.too-large': {
    sentence: 'A type, a constant, the frame of a function or the whole program is larger than can be compiled.',
    dialect: 'lane',
    example: inMain('\tprintln(p == nil)\n', 'var p *[1 << 50]byte\n\n'),
  },
  'type.truncated': {
    sentence: 'A constant with a fraction is used where an integer is wanted.',
    dialect: 'lane',
    example: inMain('\tvar x int = 1.5\n\tprintln(x)\n'),
  },
  'type.conversion': {
    sentence: 'A value is converted to a type that it cannot be converted to.',
    dialect: 'lane',
    example: inMain('\tprintln(int("1"))\n'),
  },
  'type.mismatched': {
    sentence: 'The two operands of an operator have different types.',
    dialect: 'lane',
    example: inMain('\tx, y := 1, "a"\n\tprintln(x + y)\n'),
  },
  'type.operator': {
    sentence: 'An operator is applied to a type it is not defined for.',
    dialect: 'lane',
    example: inMain('\tprintln(-"a")\n'),
  },
  'type.shift': {
    sentence: 'A shift has an operand that is not an integer, or a count that is negative or too large.',
    dialect: 'lane',
    example: inMain('\tprintln(1.5 << 2)\n'),
  },
  'type.division': {
    sentence: 'An integer or a constant is divided by the constant zero.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tprintln(x / 0)\n'),
  },
  'type.assignment-count': {
    sentence: 'The number of variables differs from the number of values.',
    dialect: 'lane',
    example: inMain('\ta, b := 1\n\tprintln(a, b)\n'),
  },
  'type.argument-count': {
    sentence: 'A call has more or fewer arguments than the function has parameters.',
    dialect: 'lane',
    example: inMain('\tf(1, 2)\n', 'func f(x int) {}\n\n'),
  },
  'type.return-count': {
    sentence: 'A return statement has more or fewer values than the function has results.',
    dialect: 'lane',
    example: inMain('\treturn 1\n'),
  },
  'type.missing-return': {
    sentence: 'A function with results can reach its end without a return statement.',
    dialect: 'lane',
    example: inMain('\tprintln(f())\n', 'func f() int {\n}\n\n'),
  },
  'type.missing-body': {
    sentence: 'A function is declared without a body.',
    dialect: 'go',
    example: goMain('\tf()\n', 'func f()\n\n'),
  },
  'type.result-shadowed': {
    sentence: 'A bare return would return a named result that another variable of that name hides.',
    dialect: 'lane',
    example: inMain('\tprintln(f())\n', 'func f() (n int) {\n\tif n := 1; n > 0 {\n\t\treturn\n\t}\n\treturn\n}\n\n'),
  },
  'type.no-value': {
    sentence: 'A call that returns nothing is used as a value.',
    dialect: 'lane',
    example: inMain('\tx := f()\n\tprintln(x)\n', 'func f() {}\n\n'),
  },
  'type.multiple-value': {
    sentence: 'A call that returns several values is used where one is wanted.',
    dialect: 'lane',
    example: inMain('\tprintln(1 + f())\n', 'func f() (int, int) { return 1, 2 }\n\n'),
  },
  'type.not-used': {
    sentence: 'The value of an expression statement is thrown away.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tx == 2\n'),
  },
  'type.not-expression': {
    sentence: 'A type stands where a value is wanted.',
    dialect: 'lane',
    example: inMain('\tx := int\n\tprintln(x)\n'),
  },
  'type.not-type': {
    sentence: 'A value stands where a type is wanted.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tvar y x\n\tprintln(y)\n'),
  },
  'type.not-generic': {
    sentence: 'A type that has no type parameters is given type arguments.',
    dialect: 'lane',
    example: inMain('\tvar x T[int]\n\tprintln(x)\n', 'type T int\n\n'),
  },
  'type.nil': {
    sentence: 'nil has no type of its own; a variable that starts as nil must be given one.',
    dialect: 'lane',
    example: inMain('\tx := nil\n\tprintln(x)\n'),
  },
  'type.blank': {
    sentence: 'The blank identifier _ stands for no value.',
    dialect: 'lane',
    example: inMain('\tprintln(_)\n'),
  },
  'type.iota': {
    sentence: 'iota counts the lines of a constant declaration and exists only there.',
    dialect: 'lane',
    example: inMain('\tprintln(iota)\n'),
  },
  'type.constant': {
    sentence: 'A constant must have a constant value of a basic type.',
    dialect: 'lane',
    example: inMain('\tprintln(c)\n', 'var x = 1\n\nconst c = x\n\n'),
  },
  'type.package': {
    sentence: 'A package name stands alone; it can only be used to select a member.',
    dialect: 'lane',
    example: inMain('\tx := sync\n\tprintln(x)\n'),
  },
  'type.package-clause': {
    sentence: 'The files of one program name the same package, and it is not _.',
    dialect: 'go',
    example: 'package _\n\nfunc main() {}\n',
  },
  'type.import': {
    sentence: 'An import names a package that does not exist.',
    dialect: 'go',
    example: goMain('', 'import "snyc"\n\n'),
  },
  'type.unexported': {
    sentence: 'A name with a small first letter is private to its package.',
    dialect: 'lane',
    example: inMain('\tvar m = sync.Mutex{0}\n\tm.Lock()\n'),
  },
  'type.member': {
    sentence: 'A field or method is selected that the type does not have.',
    dialect: 'lane',
    example: inMain('\tvar mu sync.Mutex\n\tmu.Lok()\n'),
  },
  'type.not-assignable': {
    sentence: 'The left side of an assignment is not a variable, an element or a field.',
    dialect: 'lane',
    example: inMain('\tf() = 1\n', 'func f() int { return 0 }\n\n'),
  },
  'type.no-new-variables': {
    sentence: 'A := declares at least one new variable; to assign to old ones, use =.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tx := 2\n\tprintln(x)\n'),
  },
  'type.address': {
    sentence: 'Only variables, elements, fields and composite literals have an address.',
    dialect: 'lane',
    example: inMain('\tprintln(&f())\n', 'func f() int { return 0 }\n\n'),
  },
  'type.indirect': {
    sentence: 'Only pointers can be dereferenced.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tprintln(*x)\n'),
  },
  'type.receive': {
    sentence: 'A value is received from something that is not a channel, or from a send-only channel.',
    dialect: 'lane',
    example: inMain('\tvar c chan<- int\n\tprintln(<-c)\n'),
  },
  'type.send': {
    sentence: 'A value is sent to something that is not a channel, or to a receive-only channel.',
    dialect: 'lane',
    example: inMain('\tvar c <-chan int\n\tc <- 1\n'),
  },
  'type.close': {
    sentence: 'Only a channel that can be sent to can be closed.',
    dialect: 'lane',
    example: inMain('\tvar c <-chan int\n\tclose(c)\n'),
  },
  'type.select': {
    sentence: 'A case of select is a send or a receive.',
    dialect: 'lane',
    example: inMain('\tselect {\n\tcase 1 + 2:\n\t}\n'),
  },
  'type.range': {
    sentence: 'A value is ranged over that cannot be, or with more variables than it yields.',
    dialect: 'lane',
    example: inMain('\tfor i := range 1.5 {\n\t\tprintln(i)\n\t}\n'),
  },
  'type.condition': {
    sentence: 'The condition of if or for is not a boolean.',
    dialect: 'lane',
    example: inMain('\tif 1 {\n\t}\n'),
  },
  'type.for-post': {
    sentence: 'The post statement of a for loop declares no variables.',
    dialect: 'lane',
    example: inMain('\tfor i := 0; i < 3; j := 1 {\n\t}\n'),
  },
  'type.switch': {
    sentence: 'The value of a switch must be comparable.',
    dialect: 'lane',
    example: inMain('\tswitch (struct{ f func() }{}) {\n\t}\n'),
  },
  'type.duplicate': {
    sentence: 'A case, a key, a field or a default appears twice.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tswitch x {\n\tcase 1:\n\tcase 1:\n\t}\n'),
  },
  'type.branch': {
    sentence: 'break, continue, goto or fallthrough has no statement to act on.',
    dialect: 'lane',
    example: inMain('\tbreak\n'),
  },
  'type.go-defer': {
    sentence: 'go and defer take a call of a function.',
    dialect: 'lane',
    example: inMain('\tgo 1\n'),
  },
  'type.call': {
    sentence: 'Something is called that is not a function, or a built-in is not called.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tx()\n'),
  },
  'type.spread': {
    sentence: 'A slice is spread with ... where no variadic parameter takes it.',
    dialect: 'lane',
    example: inMain('\tf([]int{1}...)\n', 'func f(x int) {}\n\n'),
  },
  'type.builtin': {
    sentence: 'A built-in function is given an argument of a kind it does not take.',
    dialect: 'lane',
    example: inMain('\tprintln(len(5))\n'),
  },
  'type.index': {
    sentence: 'A value that has no elements is indexed, or an index is not an integer or out of range.',
    dialect: 'lane',
    example: inMain('\tvar a [3]int\n\tprintln(a[3])\n'),
  },
  'type.slice': {
    sentence: 'A value is sliced that cannot be, or with bounds that are the wrong way round.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tprintln(x[1:])\n'),
  },
  'type.literal': {
    sentence: 'A composite literal has no type, the wrong type, or the wrong elements.',
    dialect: 'lane',
    example: inMain('\tp := P{1}\n\tprintln(p.x)\n', 'type P struct{ x, y int }\n\n'),
  },
  'type.assertion': {
    sentence: 'A type assertion or type switch on a value that is no interface, or that can never hold.',
    dialect: 'lane',
    example: inMain('\tx := 1\n\tprintln(x.(int))\n'),
  },
  'type.array-length': {
    sentence: 'The length of an array is a constant that is not negative.',
    dialect: 'lane',
    example: inMain('\tn := 3\n\tvar a [n]int\n\tprintln(len(a))\n'),
  },
  'type.map-key': {
    sentence: 'The keys of a map must be comparable.',
    dialect: 'lane',
    example: inMain('\tvar m map[[]int]int\n\tprintln(len(m))\n'),
  },
  'type.embedded': {
    sentence:
      'An embedded field is a type name or a pointer to one, and not a pointer type or a pointer to an interface.',
    dialect: 'lane',
    example: 'type P *int\n\ntype S struct{ P }\n\nfunc main() {}\n',
  },
  'type.receiver': {
    sentence: 'Methods are declared for types of the same package that are neither pointers nor interfaces.',
    dialect: 'lane',
    example: 'func (x int) double() int { return 2 * x }\n\nfunc main() {}\n',
  },
  'type.cycle': {
    sentence: 'A declaration needs itself: a type that contains itself, or a constant or type defined by itself.',
    dialect: 'lane',
    example: 'type T struct{ t T }\n\nfunc main() {}\n',
  },
  'type.init-cycle': {
    sentence: 'The initial value of a variable depends on the variable.',
    dialect: 'lane',
    example: 'var x = f()\n\nfunc f() int { return x }\n\nfunc main() {}\n',
  },
  'type.main': {
    sentence:
      'A program starts in func main, which takes and returns nothing; init and main are names of functions only.',
    dialect: 'go',
    example: 'package main\n',
  },
  'type.empty-program': {
    sentence: 'There is nothing in the file yet; a program starts in func main.',
    dialect: 'lane',
    example: '// Here a program is to be.\n',
  },
  'machine.unknown-key': {
    sentence: 'The machine block sets a key that the simulated machine does not have.',
    dialect: 'lane',
    example: 'machine {\n\tcoers = 4\n}\n\nfunc main() {}\n',
  },
  'machine.duplicate': {
    sentence: 'A program has one machine block, and each key is set once in it.',
    dialect: 'lane',
    example: 'machine {\n\tcores = 4\n\tcores = 8\n}\n\nfunc main() {}\n',
  },
  'machine.value': {
    sentence: 'A key of the machine is set to a value of the wrong kind.',
    dialect: 'lane',
    example: 'machine {\n\tcores = 4ms\n}\n\nfunc main() {}\n',
  },
  'machine.range': {
    sentence: 'A key of the machine is set to a value outside of its limits.',
    dialect: 'lane',
    example: 'machine {\n\tcores = 0\n}\n\nfunc main() {}\n',
  },
  'unsupported.generics': {
    sentence: 'Generic types and functions are not supported yet.',
    dialect: 'lane',
    example: 'func id[T any](x T) T { return x }\n\nfunc main() {}\n',
  },
  'unsupported.complex': {
    sentence: 'Complex numbers are not supported yet.',
    dialect: 'lane',
    example: inMain('\tx := 2i\n\tprintln(x)\n'),
  },
  'unsupported.range-func': {
    sentence: 'Ranging over a function is not supported yet.',
    dialect: 'lane',
    example: inMain('\tfor range f {\n\t}\n', 'func f(yield func() bool) {}\n\n'),
  },
  'unsupported.results-as-arguments': {
    sentence: 'The several results of one call are passed straight to a built-in function, which is not supported yet.',
    dialect: 'lane',
    example: inMain('\tprintln(append(f()))\n', 'func f() ([]int, int) { return nil, 1 }\n\n'),
  },
  'unsupported.package': {
    sentence: 'A package of the standard library is used that the simulated program does not have.',
    dialect: 'go',
    example: goMain('\thttp.Get("x")\n', 'import "net/http"\n\n'),
  },
  'unsupported.symbol': {
    sentence: 'A member of a supported package is used that does not exist here yet.',
    dialect: 'lane',
    example: inMain('\tfmt.Sscan("1")\n'),
  },
} as const satisfies CodeTable;
