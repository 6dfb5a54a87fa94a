package main

import (
	"fmt"
	"os" // ERROR "\"os\" imported and not used"
	"sync"
	"time"
)

type Number int

func (n Number) String() string { return fmt.Sprint(int(n)) }

type Stack struct {
	mu    sync.Mutex
	items []int
}

func (s *Stack) Push(x int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = append(s.items, x)
}

type Named interface {
	Name() string
	fmt.Stringer
}

type dog struct{ name string }

func (d *dog) Name() string  { return d.name }
func (d dog) String() string { return d.name }

type pack struct {
	*dog
	Number
	tags map[string][]int
}

func variadic(format string, rest ...any) int { return len(rest) }

func named() (n int, err error) {
	n = 3
	return
}

func good() {
	var s Stack
	s.Push(1)
	p := pack{&dog{"rex"}, 4, map[string][]int{"a": {1, 2}}}
	fmt.Println(p.Name(), p.name, p.tags["a"][1:], p.Number.String())
	var n Named = p.dog
	if d, ok := n.(*dog); ok {
		fmt.Println(d.name)
	}
	switch v := any(n).(type) {
	case fmt.Stringer:
		fmt.Println(v.String())
	case nil, int:
		fmt.Println(v)
	}
	f := p.Name
	g := (*dog).Name
	fmt.Println(f(), g(p.dog), variadic("", []any{1, "a"}...))
	x, err := named()
	x, y := 5, x
	fmt.Println(x, y, err)
	timeout := 3 * time.Second
	fmt.Println(timeout.Seconds(), time.Duration(x)*time.Millisecond)
	for i := range 3 {
		defer fmt.Println(i)
	}
	const big = 1 << 40
	var u8 uint8 = big >> 38
	var f32 float32 = 1
	fmt.Println(u8<<1, f32/3, 'a'+1, len("héllo"), [...]int{5: 1}[5])
	func() {
		defer func() { _ = recover() }()
		panic("x")
	}()
}

func bad(s *Stack, d dog) {
	s.push(1)              // ERROR "s.push undefined \(type \*Stack has no field or method push, but does have method Push\)"
	var n Named = d        // ERROR "cannot use d \(variable of struct type dog\) as Named value in variable declaration: dog does not implement Named \(method Name has pointer receiver\)"
	_ = n
	s.mu.state = 1         // ERROR "s.mu.state undefined \(cannot refer to unexported field state\)"
	fmt.Printn("x")        // ERROR "undefined: fmt.Printn"
	time.Sleep(1.5)        // ERROR "cannot use 1.5 \(untyped float constant\) as time.Duration value in argument to time.Sleep \(truncated\)"
	var w sync.WaitGroup
	w.Add()                // ERROR "not enough arguments in call to w.Add\n\thave \(\)\n\twant \(int\)"
	time.Sleep(time.Second * s.items[0]) // ERROR "mismatched types time.Duration and int"
	unknown.Call(1)        // ERROR "undefined: unknown"
	_ = undefinedName + 1  // ERROR "undefined: undefinedName"
	work(1)                // ERROR "undefined: work \(work is built into .lane files"
	x := 5                 // ERROR "declared and not used: x"
	if s == nil {
		y := 1             // ERROR "declared and not used: y"
		y = 2
	}
}

func main() {
	good()
	bad(nil, dog{})
}
