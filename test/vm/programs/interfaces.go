package main

import (
	"errors"
	"fmt"
)

type shape interface {
	area() float64
	name() string
}
type square struct{ s float64 }
type rect struct{ w, h float64 }
type unit struct{}

func (s square) area() float64 { return s.s * s.s }
func (s square) name() string  { return "square" }
func (r *rect) area() float64  { return r.w * r.h }
func (r *rect) name() string   { return "rect" }
func (unit) area() float64     { return 1 }
func (unit) name() string      { return "unit" }

type labeled struct {
	shape
	label string
}

func (l labeled) name() string { return l.label + " " + l.shape.name() }

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("code ", e.code) }

func mayFail(n int) error {
	if n > 0 {
		return &myErr{n}
	}
	return nil
}

type animal interface{ sound() string }
type dog struct{ n string }

func (d dog) sound() string { return d.n + " woof" }

type num int

func (n num) String() string { return fmt.Sprintf("num(%d)", int(n)) }

func classify(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int-like %v", v)
	case string:
		return "string " + v
	case []int:
		return fmt.Sprint("slice ", len(v))
	case error:
		return "error " + v.Error()
	case fmt.Stringer:
		return "stringer " + v.String()
	case func() int:
		return fmt.Sprint("func ", v())
	case shape:
		return "shape " + v.name()
	case *int:
		return fmt.Sprint("ptr ", *v)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func main() {
	shapes := []shape{square{2}, &rect{2, 3}, unit{}, labeled{square{3}, "big"}, &labeled{&rect{1, 1}, "tiny"}}
	for _, s := range shapes {
		fmt.Println(s.name(), s.area())
	}
	if err := mayFail(3); err != nil {
		me, ok := err.(*myErr)
		fmt.Println(err, me.code, ok)
	}
	fmt.Println(mayFail(0) == nil)
	var typed *myErr
	var e error = typed
	fmt.Println(e == nil, typed == nil)
	n := 5
	for _, x := range []any{nil, 1, int64(2), "s", []int{1}, errors.New("e"), num(3), func() int { return 4 }, unit{}, &n, 1.5, struct{}{}, map[string]int{}, [2]bool{}} {
		fmt.Println(classify(x))
	}
	var a animal = dog{"rex"}
	d, ok := a.(dog)
	fmt.Println(d.n, ok, a.sound())
	_, ok = a.(interface{ fly() })
	fmt.Println(ok)
	var s shape
	func() {
		defer func() { fmt.Println(recover()) }()
		s.area()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = any(dog{}).(shape)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = a.(interface{ fly() })
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = shapes[0].(*rect)
	}()
	var x any = 3
	switch y := x.(type) {
	case int:
		y++
		fmt.Println(y, x)
	}
	fmt.Println(num(7), []int{1, 2}, map[string]int{"a": 3}, struct{ N int }{4})
	base := errors.New("base")
	fmt.Println(base, errors.Is(base, base), base == errors.New("base"))
	switch {
	case n > 3 && ok:
		fmt.Println("no")
	case n > 3:
		fmt.Println("yes")
		fallthrough
	case false:
		fmt.Println("fell")
	default:
		fmt.Println("default")
	}
	switch n {
	case 1, 2, 3:
		fmt.Println("small")
	case 4, 5:
		fmt.Println("medium")
	}
	switch f := float64(n) / 2; {
	case f == 2.5:
		fmt.Println("half")
	}
	switch x {
	case "3":
		fmt.Println("string 3")
	case 3:
		fmt.Println("int 3")
	}
}

// prints:
// square 4
// rect 6
// unit 1
// big square 9
// tiny rect 1
// code 3 3 true
// true
// false true
// nil
// int-like 1
// int-like 2
// string s
// slice 1
// error e
// stringer num(3)
// func 4
// shape unit
// ptr 5
// other float64
// other struct {}
// other map[string]int
// other [2]bool
// rex true rex woof
// false
// runtime error: invalid memory address or nil pointer dereference
// interface conversion: main.dog is not main.shape: missing method area
// interface conversion: main.dog is not interface { main.fly() }: missing method fly
// interface conversion: main.shape is main.square, not *main.rect
// 4 3
// num(7) [1 2] map[a:3] {4}
// base true false
// yes
// fell
// medium
// half
// int 3
