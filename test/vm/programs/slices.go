package main

import "fmt"

type big struct {
	a, b, c int
	s    string
}

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func variadic(prefix string, xs ...int) (int, int) {
	if len(xs) > 0 {
		xs[0] = 100
	}
	return len(xs), cap(xs)
}

func anys(xs ...any) int { return len(xs) }

var (
	s []int
	t []string
	u []byte
	v []big
)

func main() {
	var caps []int
	last := -1
	for i := 0; i < 5000; i++ {
		s = append(s, i)
		if cap(s) != last {
			last = cap(s)
			caps = append(caps, last)
		}
	}
	fmt.Println(caps)
	caps = nil
	last = -1
	for i := 0; i < 2000; i++ {
		t = append(t, "")
		if cap(t) != last {
			last = cap(t)
			caps = append(caps, last)
		}
	}
	fmt.Println(caps)
	caps = nil
	last = -1
	for i := 0; i < 3000; i++ {
		u = append(u, 1)
		if cap(u) != last {
			last = cap(u)
			caps = append(caps, last)
		}
	}
	fmt.Println(caps)
	caps = nil
	last = -1
	for i := 0; i < 500; i++ {
		v = append(v, big{a: i})
		if cap(v) != last {
			last = cap(v)
			caps = append(caps, last)
		}
	}
	fmt.Println(caps, v[499].a)
	a := append([]int{1, 2, 3}, 4, 5, 6, 7)
	fmt.Println(len(a), cap(a), cap(append(s, 1)))
	b := a[1:3]
	b = append(b, 99)
	fmt.Println(a, b, len(b), cap(b))
	c := a[1:3:3]
	c = append(c, 77)
	fmt.Println(a, c)
	copy(a[1:], a)
	fmt.Println(a)
	var nilS []int
	fmt.Println(nilS == nil, len(nilS), append(nilS, nilS...) == nil, []int{} == nil, nilS[:0] == nil)
	arr := [5]int{1, 2, 3, 4, 5}
	d := arr[1:4]
	d[0] = 20
	fmt.Println(arr, d, len(d), cap(d))
	xs := []int{1, 2, 3}
	fmt.Println(variadic("a", xs...))
	fmt.Println(xs)
	fmt.Println(variadic("a"))
	fmt.Println(variadic("a", 1, 2, 3, 4, 5))
	fmt.Println(anys(), anys(1, "a", nil), anys([]any{1, 2}...))
	m := make([]int, 2, 10)
	m2 := m[:5]
	m2[4] = 3
	fmt.Println(m, m2, len(m[2:]), cap(m[2:]))
	nested := [][]int{{1}, {2, 3}, nil}
	nested[2] = append(nested[2], nested[1]...)
	fmt.Println(nested, len(nested))
	five := 5
	neg := -1
	try(func() { _ = xs[five] })
	try(func() { _ = xs[neg] })
	try(func() { _ = xs[:five] })
	try(func() { _ = xs[five:] })
	try(func() { two := 2; _ = xs[two:1] })
	try(func() { _ = xs[neg:] })
	try(func() { _ = xs[:neg] })
	try(func() { _ = xs[0:1:five] })
	try(func() { two := 2; _ = xs[0:two:1] })
	try(func() { _ = arr[five] })
	try(func() { _ = arr[five+1:] })
	try(func() { _ = make([]int, neg) })
	try(func() { _ = make([]int, five, 2+neg) })
	try(func() { _ = "abc"[five] })
	try(func() { _ = "abc"[five:] })
	try(func() { var p *[5]int; _ = p[2] })
	try(func() { var p *[5]int; for i := range p { fmt.Print(i) }; fmt.Println(len(p)) })
	clear(xs)
	fmt.Println(xs)
	ptrs := []*big{{a: 1}, {a: 2}}
	for _, p := range ptrs {
		p.b = p.a * 10
	}
	fmt.Println(*ptrs[1])
	pe := &xs[1]
	*pe = 42
	pa := &arr[2]
	*pa++
	fmt.Println(xs, arr)
	idx := []string{2: "c", 0: "a"}
	fmt.Println(len(idx), idx)
}

// prints:
// [1 2 4 8 16 32 64 128 256 512 848 1280 1792 2560 3408 5120]
// [1 2 4 8 16 32 71 143 303 591 1023 1535 2560]
// [8 16 32 64 128 256 512 896 1408 2048 3072]
// [1 2 4 8 17 35 76 153 307 614] 499
// 7 8 5120
// [1 2 3 99 5 6 7] [2 3 99] 3 7
// [1 2 3 99 5 6 7] [2 3 77]
// [1 1 2 3 99 5 6]
// true 0 true false true
// [1 20 3 4 5] [20 3 4] 3 4
// 3 3
// [100 2 3]
// 0 0
// 5 5
// 0 3 2
// [0 0] [0 0 0 0 3] 0 8
// [[1] [2 3] [2 3]] 3
// runtime error: index out of range [5] with length 3
// runtime error: index out of range [-1]
// runtime error: slice bounds out of range [:5] with capacity 3
// runtime error: slice bounds out of range [5:3]
// runtime error: slice bounds out of range [2:1]
// runtime error: slice bounds out of range [-1:]
// runtime error: slice bounds out of range [:-1]
// runtime error: slice bounds out of range [::5] with capacity 3
// runtime error: slice bounds out of range [:2:1]
// runtime error: index out of range [5] with length 5
// runtime error: slice bounds out of range [6:5]
// runtime error: makeslice: len out of range
// runtime error: makeslice: cap out of range
// runtime error: index out of range [5] with length 3
// runtime error: slice bounds out of range [5:3]
// runtime error: invalid memory address or nil pointer dereference
// 012345
// <nil>
// [0 0 0]
// {2 20 0 }
// [0 42 0] [1 20 4 4 5]
// 3 [a  c]
