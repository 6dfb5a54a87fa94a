/** This file lists programs with one mistake each, with the line and the text that Go's compiler reports first (Go 1.26). */

export interface Mistake {
  /** What follows the package clause and an empty line. */
  readonly text: string;
  readonly line: number;
  readonly message: string;
}

const mistake = (text: string, line: number, message: string): Mistake => ({
  text: `package main\n\n${text}`,
  line,
  message,
});

export const mistakes: readonly Mistake[] = [
  mistake('func main() {\n\tx := 1\n}\n', 4, 'declared and not used: x'),
  mistake('func main() {\n\tprintln(y)\n}\n', 4, 'undefined: y'),
  mistake(
    'func main() {\n\tvar x int = "a"\n\t_ = x\n}\n',
    4,
    'cannot use "a" (untyped string constant) as int value in variable declaration',
  ),
  mistake(
    'func main() {\n\tvar x uint8 = 300\n\t_ = x\n}\n',
    4,
    'cannot use 300 (untyped int constant) as uint8 value in variable declaration (overflows)',
  ),
  mistake(
    'func main() {\n\tvar x int = 1.5\n\t_ = x\n}\n',
    4,
    'cannot use 1.5 (untyped float constant) as int value in variable declaration (truncated)',
  ),
  mistake(
    'func main() {\n\tvar x string = 1\n\t_ = x\n}\n',
    4,
    'cannot use 1 (untyped int constant) as string value in variable declaration',
  ),
  mistake(
    'func main() {\n\tx, y := 1, "a"\n\tprintln(x + y)\n}\n',
    5,
    'invalid operation: x + y (mismatched types int and string)',
  ),
  mistake(
    'func main() {\n\tx := true\n\tprintln(x + x)\n}\n',
    5,
    'invalid operation: operator + not defined on x (variable of type bool)',
  ),
  mistake(
    'func main() {\n\tprintln(-"a")\n}\n',
    4,
    'invalid operation: operator - not defined on "a" (untyped string constant)',
  ),
  mistake('func main() {\n\tx := 1\n\tprintln(x / 0)\n}\n', 5, 'invalid operation: division by zero'),
  mistake('func main() {\n\ta, b := 1\n\t_, _ = a, b\n}\n', 4, 'assignment mismatch: 2 variables but 1 value'),
  mistake('func main() {\n\ta, b := 1, 2, 3\n\t_, _ = a, b\n}\n', 4, 'assignment mismatch: 2 variables but 3 values'),
  mistake(
    'func f() (int, int) { return 1, 2 }\n\nfunc main() {\n\ta := f()\n\t_ = a\n}\n',
    6,
    'assignment mismatch: 1 variable but f returns 2 values',
  ),
  mistake('func f() {}\n\nfunc main() {\n\tx := f()\n\t_ = x\n}\n', 6, 'f() (no value) used as value'),
  mistake('func f(x int, s string) {}\n\nfunc main() {\n\tf(1)\n}\n', 6, 'not enough arguments in call to f'),
  mistake('func f(x int, s string) {}\n\nfunc main() {\n\tf(1, "a", 2)\n}\n', 6, 'too many arguments in call to f'),
  mistake(
    'func f(x int, s string) {}\n\nfunc main() {\n\tf("a", "b")\n}\n',
    6,
    'cannot use "a" (untyped string constant) as int value in argument to f',
  ),
  mistake(
    'func f(xs ...int) {}\n\nfunc main() {\n\tf(1, "a")\n}\n',
    6,
    'cannot use "a" (untyped string constant) as int value in argument to f',
  ),
  mistake('func f(x int) {}\n\nfunc main() {\n\tf([]int{1}...)\n}\n', 6, 'cannot use ... in call to non-variadic f'),
  mistake('func f() int {\n}\n\nfunc main() {\n\tf()\n}\n', 4, 'missing return'),
  mistake('func f() int {\n\treturn\n}\n\nfunc main() {\n\tf()\n}\n', 4, 'not enough return values'),
  mistake('func f() int {\n\treturn 1, 2\n}\n\nfunc main() {\n\tf()\n}\n', 4, 'too many return values'),
  mistake('func f() (int, string) {\n\treturn 1\n}\n\nfunc main() {\n\tf()\n}\n', 4, 'not enough return values'),
  mistake('func f() {\n\treturn 1\n}\n\nfunc main() {\n\tf()\n}\n', 4, 'too many return values'),
  mistake('func f() int {\n\tfor {\n\t\tbreak\n\t}\n}\n\nfunc main() {\n\tf()\n}\n', 7, 'missing return'),
  mistake('func main() {\n\tvar x int\n\tvar x string\n\t_ = x\n}\n', 5, 'x redeclared in this block'),
  mistake('func main() {\n\tx := 1\n\tx := 2\n\t_ = x\n}\n', 5, 'no new variables on left side of :='),
  mistake('func main() {\n\tx := 1\n\tx == 1\n}\n', 5, 'x == 1 (untyped bool value) is not used'),
  mistake('func main() {\n\tx := int\n\t_ = x\n}\n', 4, 'int (type) is not an expression'),
  mistake('func main() {\n\tx := 1\n\tvar y x\n\t_ = y\n}\n', 5, 'x (local variable) is not a type'),
  mistake('func main() {\n\tx := nil\n\t_ = x\n}\n', 4, 'use of untyped nil in assignment'),
  mistake(
    'func main() {\n\tc := make(<-chan int)\n\tc <- 1\n}\n',
    5,
    'invalid operation: cannot send to receive-only channel <-chan int c (variable of type <-chan int)',
  ),
  mistake(
    'func main() {\n\tc := make(chan<- int)\n\t<-c\n}\n',
    5,
    'invalid operation: cannot receive from send-only channel chan<- int c (variable of type chan<- int)',
  ),
  mistake(
    'func main() {\n\tc := make(<-chan int)\n\tclose(c)\n}\n',
    5,
    'invalid operation: cannot close receive-only channel c (variable of type <-chan int)',
  ),
  mistake(
    'func main() {\n\tc := make(chan int)\n\tc <- "a"\n}\n',
    5,
    'cannot use "a" (untyped string constant) as int value in send',
  ),
  mistake(
    'func main() {\n\tx := 1\n\t<-x\n}\n',
    5,
    'invalid operation: cannot receive from non-channel int x (variable of type int)',
  ),
  mistake(
    'func main() {\n\tx := 1\n\tx <- 1\n}\n',
    5,
    'invalid operation: cannot send to non-channel int x (variable of type int)',
  ),
  mistake(
    'func main() {\n\tvar c chan int\n\tfor a, b := range c {\n\t\t_, _ = a, b\n\t}\n}\n',
    5,
    'range over c (variable of type chan int) permits only one iteration variable',
  ),
  mistake(
    'func main() {\n\tfor i := range 1.5 {\n\t\t_ = i\n\t}\n}\n',
    4,
    'cannot range over 1.5 (untyped float constant)',
  ),
  mistake('func main() {\n\tif 1 {\n\t}\n}\n', 4, 'non-boolean condition in if statement'),
  mistake(
    'func main() {\n\tx := 1\n\tswitch x {\n\tcase 1:\n\tcase 1:\n\t}\n}\n',
    7,
    'duplicate case 1 (constant of type int) in expression switch',
  ),
  mistake(
    'func main() {\n\tx := 1\n\tswitch x {\n\tcase "a":\n\t}\n}\n',
    6,
    'cannot convert "a" (untyped string constant) to type int',
  ),
  mistake('func main() {\n\tbreak\n}\n', 4, 'break is not in a loop, switch, or select'),
  mistake('func main() {\n\tcontinue\n}\n', 4, 'continue is not in a loop'),
  mistake('func main() {\n\tfor {\n\t\tbreak L\n\t}\n}\n', 5, 'break label not defined: L'),
  mistake('func main() {\n\tL:\n\tfor {\n\t}\n}\n', 4, 'label L defined and not used'),
  mistake('func main() {\n\tgo 1\n}\n', 4, 'expression in go must be function call'),
  mistake('func main() {\n\tdefer recover\n}\n', 4, 'expression in defer must be function call'),
  mistake('func main() {\n\tgo func() {}\n}\n', 4, 'expression in go must be function call'),
  mistake(
    'func main() {\n\tdefer int(3)\n}\n',
    4,
    'defer requires function call, not conversion int(3) (constant 3 of type int)',
  ),
  mistake(
    'func main() {\n\tx := 1\n\tx()\n}\n',
    5,
    'invalid operation: cannot call x (variable of type int): int is not a function',
  ),
  mistake('func main() {\n\tprintln(len(5))\n}\n', 4, 'invalid argument: 5 (untyped int constant) for built-in len'),
  mistake(
    'func main() {\n\tprintln(cap(map[int]int{}))\n}\n',
    4,
    'invalid argument: map[int]int{} (value of type map[int]int) for built-in cap',
  ),
  mistake('func main() {\n\tvar a [3]int\n\tprintln(a[3])\n}\n', 5, 'invalid argument: index 3 out of bounds [0:3]'),
  mistake(
    'func main() {\n\tvar a []int\n\tprintln(a[-1])\n}\n',
    5,
    'invalid argument: index -1 (constant of type int) must not be negative',
  ),
  mistake(
    'func main() {\n\tvar a []int\n\tprintln(a["x"])\n}\n',
    5,
    'cannot convert "x" (untyped string constant) to type int',
  ),
  mistake('func main() {\n\tx := 1\n\tprintln(x[0])\n}\n', 5, 'cannot index x (variable of type int)'),
  mistake('func main() {\n\tprintln("abc"[2:1])\n}\n', 4, 'invalid slice indices: 1 < 2'),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\t_ = P{1}\n}\n',
    6,
    'too few values in struct literal of type P',
  ),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\t_ = P{1, 2, 3}\n}\n',
    6,
    'too many values in struct literal of type P',
  ),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\t_ = P{z: 1}\n}\n',
    6,
    'unknown field z in struct literal of type P',
  ),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\t_ = P{x: 1, x: 2}\n}\n',
    6,
    'duplicate field name x in struct literal',
  ),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\tvar p P\n\tp.z = 1\n}\n',
    7,
    'p.z undefined (type P has no field or method z)',
  ),
  mistake(
    'type P struct{ x, y int }\n\nfunc main() {\n\tvar p P\n\tp.X = 1\n}\n',
    7,
    'p.X undefined (type P has no field or method X, but does have field x)',
  ),
  mistake(
    'type P struct{}\n\nfunc (p *P) M() {}\n\ntype I interface{ M() }\n\nfunc main() {\n\tvar i I = P{}\n\t_ = i\n}\n',
    10,
    'cannot use P{} (value of struct type P) as I value in variable declaration: P does not implement I (method M has pointer receiver)',
  ),
  mistake(
    'type P struct{}\n\ntype I interface{ M() }\n\nfunc main() {\n\tvar i I = P{}\n\t_ = i\n}\n',
    8,
    'cannot use P{} (value of struct type P) as I value in variable declaration: P does not implement I (missing method M)',
  ),
  mistake(
    'type P struct{}\n\nfunc (p P) M(x int) {}\n\ntype I interface{ M() }\n\nfunc main() {\n\tvar i I = P{}\n\t_ = i\n}\n',
    10,
    'cannot use P{} (value of struct type P) as I value in variable declaration: P does not implement I (wrong type for method M)',
  ),
  mistake(
    'func main() {\n\tvar i interface{}\n\tvar s string = i\n\t_ = s\n}\n',
    5,
    'cannot use i (variable of type interface{}) as string value in variable declaration: need type assertion',
  ),
  mistake(
    'func main() {\n\tx := 1\n\t_ = x.(int)\n}\n',
    5,
    'invalid operation: x (variable of type int) is not an interface',
  ),
  mistake(
    'type P struct{}\n\ntype I interface{ M() }\n\nfunc main() {\n\tvar i I\n\t_ = i.(P)\n}\n',
    9,
    'impossible type assertion: i.(P)',
  ),
  mistake('func main() {\n\tvar m map[[]int]int\n\t_ = m\n}\n', 4, 'invalid map key type []int'),
  mistake('type T struct{ t T }\n\nfunc main() {\n\t\n}\n', 3, 'invalid recursive type: T refers to itself'),
  mistake('type A B\n\ntype B A\n\nfunc main() {\n\t\n}\n', 3, 'invalid recursive type A'),
  mistake('var x = f()\n\nfunc f() int { return x }\n\nfunc main() {\n\t\n}\n', 3, 'initialization cycle for x'),
  mistake('const a = b\n\nconst b = a\n\nfunc main() {\n\t\n}\n', 3, 'initialization cycle for a'),
  mistake(
    'func f() int { return 0 }\n\nfunc main() {\n\tf() = 1\n}\n',
    6,
    'cannot assign to f() (neither addressable nor a map index expression)',
  ),
  mistake(
    'func main() {\n\tm := map[string]struct{ x int }{}\n\tm["a"].x = 1\n}\n',
    5,
    'cannot assign to struct field m["a"].x in map',
  ),
  mistake('func main() {\n\tprintln(&1)\n}\n', 4, 'invalid operation: cannot take address of 1 (untyped int constant)'),
  mistake(
    'func main() {\n\tx := 1\n\tprintln(*x)\n}\n',
    5,
    'invalid operation: cannot indirect x (variable of type int)',
  ),
  mistake(
    'func main() {\n\tprintln(1 << -1)\n}\n',
    4,
    'invalid operation: negative shift count -1 (untyped int constant)',
  ),
  mistake(
    'func main() {\n\tprintln(1.5 << 2)\n}\n',
    4,
    'invalid operation: shifted operand 1.5 (untyped float constant) must be integer',
  ),
  mistake(
    'func main() {\n\tx := 1.5\n\tprintln(x << 2)\n}\n',
    5,
    'invalid operation: shifted operand x (variable of type float64) must be integer',
  ),
  mistake('func main() {\n\tprintln(int8(200))\n}\n', 4, 'constant 200 overflows int8'),
  mistake('func main() {\n\tprintln(int("1"))\n}\n', 4, 'cannot convert "1" (untyped string constant) to type int'),
  mistake(
    'func main() {\n\tvar f func()\n\tprintln(f == f)\n}\n',
    5,
    'invalid operation: f == f (func can only be compared to nil)',
  ),
  mistake(
    'func main() {\n\tx := []int{1}\n\ty := []int{1}\n\tprintln(x == y)\n}\n',
    6,
    'invalid operation: x == y (slice can only be compared to nil)',
  ),
  mistake(
    'func main() {\n\tvar p *int\n\tprintln(p == 1)\n}\n',
    5,
    'invalid operation: p == 1 (mismatched types *int and untyped int)',
  ),
  mistake(
    'func main() {\n\tprintln(append(1, 2))\n}\n',
    4,
    'invalid append: argument must be a slice; have 1 (untyped int constant)',
  ),
  mistake(
    'func main() {\n\tx := append([]int{}, "a")\n\t_ = x\n}\n',
    4,
    'cannot use "a" (untyped string constant) as int value in argument to append',
  ),
  mistake('func main() {\n\tmake([]int)\n}\n', 4, 'invalid operation: make([]int) expects 2 or 3 arguments; found 1'),
  mistake(
    'func main() {\n\tx := make(int)\n\t_ = x\n}\n',
    4,
    'invalid argument: cannot make int: type must be slice, map, or channel',
  ),
  mistake(
    'func main() {\n\tx := new(5, 6)\n\t_ = x\n}\n',
    4,
    'invalid operation: too many arguments for new(5, 6) (expected 1, found 2)',
  ),
  mistake(
    'func main() {\n\tdelete([]int{}, 1)\n}\n',
    4,
    'invalid argument: []int{} (value of type []int) is not a map',
  ),
  mistake(
    'func main() {\n\tcopy([]int{}, []string{})\n}\n',
    4,
    'invalid copy: arguments []int{} (value of type []int) and []string{} (value of type []string) have different element types int and string',
  ),
  mistake(
    'func main() {\n\tselect {\n\tcase 1 + 2:\n\t}\n}\n',
    5,
    'select case must be send or receive (possibly with assignment)',
  ),
  mistake(
    'func main() {\n\tconst c int = 1 << 70\n\t_ = c\n}\n',
    4,
    'cannot use 1 << 70 (untyped int constant 1180591620717411303424) as int value in constant declaration (overflows)',
  ),
  mistake('func main() {\n\tvar x = 1\n\tconst c = x\n\t_ = c\n}\n', 5, 'x (variable of type int) is not constant'),
  mistake('func main() {\n\tprintln(iota)\n}\n', 4, 'cannot use iota outside constant declaration'),
  mistake('func main() {\n\t_ = []int{0: 1, 0: 2}\n}\n', 4, 'duplicate index 0 in array or slice literal'),
  mistake('func main() {\n\t_ = map[string]int{"a": 1, "a": 2}\n}\n', 4, 'duplicate key "a" in map literal'),
  mistake('func main() {\n\t_ = [2]int{1, 2, 3}\n}\n', 4, 'index 2 is out of bounds (>= 2)'),
  mistake('func (x int) f() {}\n\nfunc main() {\n\t\n}\n', 3, 'cannot define new methods on non-local type int'),
  mistake(
    'type T int\n\nfunc (t T) f() {}\n\nfunc (t T) f() {}\n\nfunc main() {\n\t\n}\n',
    7,
    'method T.f already declared at m.go:5:12',
  ),
  mistake('func f() {}\n\nvar f int\n\nfunc main() {\n\t\n}\n', 5, 'f redeclared in this block'),
  mistake('func main(x int) {}\n\nfunc g() {\n\n}\n', 3, 'func main must have no arguments and no return values'),
  mistake('func main() {\n\tvar x int = nil\n\t_ = x\n}\n', 4, 'cannot use nil as int value in variable declaration'),
  mistake('func main() {\n\tx, x := 1, 2\n\t_ = x\n}\n', 4, 'x repeated on left side of :='),
  mistake(
    'func main() {\n\tvar f func(int) = func(s string) {}\n\t_ = f\n}\n',
    4,
    'cannot use func(s string) {} (value of type func(s string)) as func(int) value in variable declaration',
  ),
  mistake(
    'type A struct{ n int }\n\ntype B struct{ n int }\n\ntype C struct {\n\tA\n\tB\n}\n\nfunc main() {\n\tvar c C\n\tprintln(c.n)\n}\n',
    14,
    'ambiguous selector c.n',
  ),
  mistake(
    'func f() (n int) {\n\t{\n\t\tn := 1\n\t\t_ = n\n\t\treturn\n\t}\n}\n\nfunc main() {\n\tf()\n}\n',
    7,
    'result parameter n not in scope at return',
  ),
  mistake('func main() {\n\tgoto L\n\tx := 1\n\t_ = x\nL:\n}\n', 4, 'goto L jumps over declaration of x at m.go:5:4'),
  mistake('func main() {\n\tswitch x := 5; x.(type) {\n\t}\n}\n', 4, 'x (variable of type int) is not an interface'),
  mistake('func main() {\n\tfallthrough\n}\n', 4, 'fallthrough statement out of place'),
  mistake('func main() {\n\tvar a, b int = 1\n\t_, _ = a, b\n}\n', 4, 'assignment mismatch: 2 variables but 1 value'),
  mistake(
    'func main() {\n\ts := "a"\n\ts[0] = \'b\'\n}\n',
    5,
    'cannot assign to s[0] (neither addressable nor a map index expression)',
  ),
  mistake(
    'func main() {\n\tconst c = 1\n\tc = 2\n}\n',
    5,
    'cannot assign to c (neither addressable nor a map index expression)',
  ),
  mistake(
    'func main() {\n\tfor i := 0; i < 3; i++ {\n\t\tfunc() { break }()\n\t}\n}\n',
    5,
    'break is not in a loop, switch, or select',
  ),
];
