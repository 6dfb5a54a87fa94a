package main

import (
	"errors"
	"fmt"
)

func named() (n int) {
	defer func() { n *= 2 }()
	n = 3
	return n + 1
}

func loop() {
	for i := 0; i < 3; i++ {
		defer fmt.Println("defer", i)
	}
}

func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("caught: %v", r)
		}
	}()
	f()
	return nil
}

func deep(n int) {
	if n == 0 {
		panic("deep")
	}
	defer func() {
		if n%2 == 0 {
			fmt.Println("unwind", n)
		}
	}()
	deep(n - 1)
}

func helper() any { return recover() }

func notDirect() (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("outer ", r)
		}
	}()
	defer func() {
		if helper() != nil {
			s = "helper recovered"
		}
	}()
	panic("p")
}

type T struct{ name string }

func (t T) rec()   { fmt.Println(t.name, recover()) }
func (t *T) prec() { fmt.Println(t.name, recover()) }

type R interface{ rec() }
type W struct{ T }

func byMethod(f func()) { f() }

func repanic() (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	defer func() {
		r := recover()
		panic(fmt.Sprint("again ", r))
	}()
	panic("first")
}

func inner() {
	defer func() { fmt.Println("inner recovered", recover()) }()
	panic("inner")
}

func nested() {
	defer func() { fmt.Println("outer recovered", recover()) }()
	defer inner()
	panic("outer")
}

func replaced() (r any) {
	defer func() { r = recover() }()
	defer func() { panic("second") }()
	panic("first")
}

func args() {
	x := 1
	defer fmt.Println("x was", x)
	x = 2
	func() {
		defer func() { x++ }()
	}()
	fmt.Println("x is", x)
}

func afterRecover() (n int) {
	defer func() { n++ }()
	defer func() { recover(); n = 10 }()
	defer func() { n = 5 }()
	panic(1)
}

func main() {
	fmt.Println(named())
	loop()
	fmt.Println(safe(func() { panic("boom") }))
	fmt.Println(safe(func() { var m map[string]int; m["a"] = 1 }))
	fmt.Println(safe(func() { var p *T; _ = p.name }))
	fmt.Println(safe(func() { a := []int{1}; i := 5; _ = a[i] }))
	fmt.Println(safe(func() { z := 0; _ = 1 / z }))
	fmt.Println(safe(func() { panic(errors.New("an error")) }))
	fmt.Println(safe(func() { var x any = "s"; _ = x.(int) }))
	fmt.Println(safe(func() { var x any; _ = x.(int) }))
	fmt.Println(safe(func() { var x any = 3; _ = x.(fmt.Stringer) }))
	fmt.Println(safe(func() { var e error; _ = e.Error() }))
	fmt.Println(safe(func() { panic(nil) }))
	fmt.Println(safe(func() {}))
	fmt.Println(safe(func() { deep(4) }))
	fmt.Println(notDirect())
	fmt.Println(repanic())
	nested()
	fmt.Println(replaced())
	args()
	fmt.Println(afterRecover())
	func() {
		defer T{"value"}.rec()
		panic(1)
	}()
	func() {
		defer (&T{"pointer"}).prec()
		panic(2)
	}()
	func() {
		var r R = W{T{"interface"}}
		defer r.rec()
		panic(3)
	}()
	func() {
		f := T{"bound"}.rec
		defer f()
		panic(4)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var f func()
		defer f()
		fmt.Println("nil func deferred")
	}()
	func() {
		defer func() { fmt.Println("builtin", recover()) }()
		defer panic("deferred panic")
	}()
	err := safe(func() {
		var e error = fmt.Errorf("wrapped: %v", errors.New("inner"))
		panic(e)
	})
	fmt.Println(err)
	var re interface{ RuntimeError() }
	func() {
		defer func() { re, _ = recover().(interface{ RuntimeError() }) }()
		var a []int
		_ = a[0]
	}()
	fmt.Println(re)
}

// prints:
// 8
// defer 2
// defer 1
// defer 0
// caught: boom
// caught: assignment to entry in nil map
// caught: runtime error: invalid memory address or nil pointer dereference
// caught: runtime error: index out of range [5] with length 1
// caught: runtime error: integer divide by zero
// caught: an error
// caught: interface conversion: interface {} is string, not int
// caught: interface conversion: interface {} is nil, not int
// caught: interface conversion: int is not fmt.Stringer: missing method String
// caught: runtime error: invalid memory address or nil pointer dereference
// caught: panic called with nil argument
// <nil>
// unwind 2
// unwind 4
// caught: deep
// outer p
// again first
// inner recovered inner
// outer recovered outer
// second
// x is 3
// x was 1
// 11
// value 1
// pointer 2
// interface 3
// bound 4
// nil func deferred
// runtime error: invalid memory address or nil pointer dereference
// builtin deferred panic
// caught: wrapped: inner
// runtime error: index out of range [0] with length 0
