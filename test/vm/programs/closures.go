package main

import "fmt"

type counter struct{ n int }

func (c *counter) inc() int      { c.n++; return c.n }
func (c counter) get() int       { return c.n }
func (c counter) add(k int) int  { return c.n + k }

type embedded struct {
	*counter
	name string
}

func adder() func(int) int {
	sum := 0
	return func(x int) int { sum += x; return sum }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func ret() (int, string, error) { return 1, "a", nil }

type fn func(int) int

func (f fn) twice(x int) int { return f(f(x)) }

func main() {
	a, b := adder(), adder()
	a(1)
	a(2)
	b(10)
	fmt.Println(a(3), b(20))
	var fs [3]func() int
	for i := 0; i < 3; i++ {
		fs[i] = func() int { i += 10; return i }
	}
	fmt.Println(fs[0](), fs[1](), fs[2](), fs[0]())
	var gs []func() (int, string)
	for i, s := range []string{"x", "y"} {
		gs = append(gs, func() (int, string) { return i, s })
	}
	for _, g := range gs {
		fmt.Println(g())
	}
	c := counter{5}
	inc := c.inc
	get := c.get
	inc()
	inc()
	fmt.Println(c.n, get(), c.get())
	add := counter.add
	pinc := (*counter).inc
	fmt.Println(add(c, 3), pinc(&c), c.n)
	e := embedded{&c, "e"}
	e.inc()
	f := e.inc
	f()
	fmt.Println(e.n, e.get(), e.counter.n, embedded.get(e))
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * 2 })(5))
	var rec func(int) int
	rec = func(n int) int {
		if n <= 1 {
			return 1
		}
		return n * rec(n-1)
	}
	fmt.Println(rec(10), fn(func(x int) int { return x * 3 }).twice(2))
	x, y, z := ret()
	fmt.Println(x, y, z)
	outer := 1
	func() {
		inner := outer
		func() {
			outer += 5
			inner++
		}()
		fmt.Println(outer, inner)
	}()
	pc := &c
	bound := pc.get
	pc.n += 100
	fmt.Println(bound(), pc.get())
	pc.n -= 100
	func() {
		defer func() { fmt.Println(recover()) }()
		var none *counter
		_ = none.get
	}()
	words := []int{1, 2, 3}
	fmt.Println([2]int(words), *(*[3]int)(words))
	var iface interface{ inc() int } = &c
	h := iface.inc
	fmt.Println(h(), h())
	p := &outer
	*p = 77
	fmt.Println(outer)
	func(vals ...int) { fmt.Println(len(vals), vals) }(1, 2, 3)
	big := struct{ a, b, c string }{"1", "2", "3"}
	k := func() string { return big.a + big.b + big.c }
	fmt.Println(k())
	defer func(s string) { fmt.Println(s, outer) }("deferred")
	outer = 78
	var nf func()
	defer func() { fmt.Println(recover()) }()
	nf()
}

// prints:
// 6 30
// 10 11 12 20
// 0 x
// 1 y
// 7 5 7
// 10 8 8
// 10 10 10 10
// 12
// 3628800 18
// 1 a <nil>
// 6 2
// 10 110
// runtime error: invalid memory address or nil pointer dereference
// [1 2] [1 2 3]
// 11 12
// 77
// 3 [1 2 3]
// 123
// runtime error: invalid memory address or nil pointer dereference
// deferred 78
