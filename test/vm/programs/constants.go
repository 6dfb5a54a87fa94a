package main

import "fmt"

const (
	huge   = 1e400
	third  = 1.0 / 3
	tenth  = 1e400 / 1e401
	far    = 1e100000000 / 1e99999999
	factor = 3 * third
)

const size = 1<<32 + 2

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	fmt.Println(huge/1e399, int(huge/1e399), far, int64(factor), tenth == 0.1)
	fmt.Println(0.1+0.2, 0.1+0.2 == 0.3, float32(0.1)+float32(0.2), third)
	var f32 float32 = 0x1.000001000000000001p0
	fmt.Println(f32 == 1+1.0/(1<<23), float64(f32), 1<<53+1.0, float64(1<<53+1))
	var x float64 = 0.1
	fmt.Println(x+0.2 == 0.3, -1e-400 == 0, float64(1e-400), 5e-324/2 > 0)
	switch x * 10 {
	case huge / 1e400:
		fmt.Println("one")
	}
	fmt.Println(len([5e-1 * 6]int{}), "abcdef"[1.0], 1.0<<3, len([...]int{1e0: 7}))

	t := make([]int, 10)
	s := "abc"
	try("slice", func() { fmt.Println(len(t[:size])) })
	try("low", func() { fmt.Println(len(t[size:])) })
	try("index", func() { fmt.Println(t[size]) })
	try("store", func() { t[1<<40] = 1 })
	try("text", func() { fmt.Println(s[size]) })
	try("make", func() { fmt.Println(len(make([]int, 1<<50+5))) })
	try("sparse", func() {
		x := []int{1 << 20: 7, 5, 3: 1}
		fmt.Println(len(x), x[0], x[3], x[1<<20], x[1<<20+1])
	})
	try("most", func() { fmt.Println(t[1<<63-1]) })
}

// prints:
// 10 10 10 1 true
// 0.3 true 0.3 0.3333333333333333
// true 1.0000001192092896 9.007199254740992e+15 9.007199254740992e+15
// false false 0 true
// one
// 3 98 8 2
// slice runtime error: slice bounds out of range [:4294967298] with capacity 10
// low runtime error: slice bounds out of range [4294967298:10]
// index runtime error: index out of range [4294967298] with length 10
// store runtime error: index out of range [1099511627776] with length 10
// text runtime error: index out of range [4294967298] with length 3
// make runtime error: makeslice: len out of range
// 1048578 0 1 7 5
// sparse <nil>
// most runtime error: index out of range [9223372036854775807] with length 10
