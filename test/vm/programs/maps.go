package main

import "fmt"

type point struct{ x, y int }

type key struct {
	name string
	p    point
	v    any
}

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	m := map[int]int{}
	for i := 0; i < 1000; i++ {
		m[i*7919] = i
	}
	sum := 0
	for k, v := range m {
		sum += k - v
	}
	fmt.Println(len(m), sum, m[7919*999], m[1])
	for i := 0; i < 1000; i += 2 {
		delete(m, i*7919)
	}
	fmt.Println(len(m))
	v, ok := m[0]
	w, ok2 := m[7919]
	fmt.Println(v, ok, w, ok2)
	seen := 0
	for k := range m {
		delete(m, k)
		seen++
	}
	fmt.Println(len(m), seen)
	ks := map[key]string{{"a", point{1, 2}, 3}: "x"}
	ks[key{"a", point{1, 2}, "3"}] = "y"
	fmt.Println(ks[key{"a", point{1, 2}, 3}], ks[key{"a", point{1, 2}, "3"}], ks[key{"a", point{1, 2}, 3.0}] == "")
	is := map[any]int{1: 1, "1": 2, 1.0: 3, point{1, 1}: 4, [2]int{1, 2}: 5, nil: 6, true: 7}
	fmt.Println(is[1], is["1"], is[1.0], is[point{1, 1}], is[[2]int{1, 2}], is[nil], is[true], is[int8(1)])
	try(func() { is[[]int{1}] = 1 })
	try(func() { _ = is[map[int]int{}] })
	try(func() { var n map[any]int; _ = n[func() {}] })
	fs := map[float64]string{0: "zero"}
	z := 0.0
	fmt.Println(fs[-z])
	nan := z / z
	fs[nan] = "a"
	fs[nan] = "b"
	fmt.Println(len(fs), fs[nan] == "")
	var nilM map[string]int
	fmt.Println(nilM["a"], len(nilM), nilM == nil)
	delete(nilM, "a")
	for range nilM {
		fmt.Println("never")
	}
	try(func() { nilM["a"] = 1 })
	mm := map[string]map[string]int{"a": {"b": 1}}
	mm["a"]["c"] = 2
	mm["z"] = make(map[string]int, 10)
	mm["z"]["y"]++
	fmt.Println(mm)
	ms := map[string][]int{}
	ms["a"] = append(ms["a"], 1, 2)
	ms["a"][0] = 9
	fmt.Println(ms)
	mp := map[string]*point{"p": {1, 2}}
	mp["p"].x += 10
	fmt.Println(*mp["p"])
	grow := map[int]bool{0: true}
	n := 0
	for k := range grow {
		n++
		if k < 50 {
			grow[k+1000] = true
			delete(grow, k+1000)
		}
	}
	fmt.Println(n, len(grow))
	clear(grow)
	grow[5] = true
	fmt.Println(grow)
	a, b := any(point{1, 2}), any(point{1, 2})
	fmt.Println(a == b, a == any(point{2, 1}), any(1) == any(1.0), any(nil) == nil, [2]string{"a"} == [2]string{"a", ""})
	try(func() { fmt.Println(any([]int{}) == any([]int{})) })
	if v, ok := is["none"]; !ok {
		fmt.Println("absent", v)
	}
}

// prints:
// 1000 3955041000 999 0
// 500
// 0 false 1 true
// 0 500
// x y true
// 1 2 3 4 5 6 7 0
// runtime error: hash of unhashable type []int
// runtime error: hash of unhashable type map[int]int
// hash of unhashable type: func()
// zero
// 3 true
// 0 0 true
// assignment to entry in nil map
// map[a:map[b:1 c:2] z:map[y:1]]
// map[a:[9 2]]
// {11 2}
// 1 1
// map[5:true]
// true false false true true
// runtime error: comparing uncomparable type []int
// absent 0
