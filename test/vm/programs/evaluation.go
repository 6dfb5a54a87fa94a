package main

import "fmt"

var trace []string

func t(name string, v int) int { trace = append(trace, name); return v }

func two() (int, int) { trace = append(trace, "two"); return 1, 2 }

func swap(a, b int) (x, y int) { x, y = b, a; return }

type pair struct{ a, b int }

func main() {
	a := []int{1, 2, 3}
	i := 0
	i, a[i] = 1, 9
	fmt.Println(i, a)
	a[t("i", 0)], a[t("j", 1)] = t("x", 7), t("y", 8)
	fmt.Println(trace, a)
	trace = nil
	m := map[int]int{}
	m[t("k", 1)] = t("v", 2)
	m[t("k2", 1)] += t("v2", 3)
	fmt.Println(trace, m)
	x, y := swap(two())
	fmt.Println(x, y)
	x, y = y, x
	fmt.Println(x, y)
	a[0], a[1], a[2] = a[1], a[2], a[0]
	fmt.Println(a)
	p := pair{1, 2}
	p.a, p.b = p.b, p.a
	p = pair{p.b, p.a + 10}
	fmt.Println(p)
	q := &p
	q.a, q = 5, nil
	fmt.Println(p, q == nil)
	trace = nil
	_ = t("l", 0) == 1 && t("r", 1) == 1 || t("o", 2) == 2
	fmt.Println(trace)
	s := []int{1, 2, 3}
	for i, v := range s {
		s[2] = 10
		if i == 2 {
			fmt.Println("slice", v)
		}
	}
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println("array", v)
		}
	}
	for i, v := range &arr {
		arr[2] = 11
		if i == 2 {
			fmt.Println("pointer", v)
		}
	}
	n := 3
	for range n {
		n++
	}
	fmt.Println(n)
	var arr2 [2][3]int
	for i := 0; i < 2; i++ {
		for j := 0; j < 3; j++ {
			arr2[i][j] = i*10 + j
		}
	}
	arr3 := arr2
	arr3[1][1] = 99
	fmt.Println(arr2, arr3, arr2 == arr3, len(arr2[0]))
	type big struct {
		name string
		v    [4]int
		in   pair
	}
	bs := []big{{name: "a"}, {"b", [4]int{1, 2, 3, 4}, pair{5, 6}}}
	k := 1
	bs[k].v[k+1]++
	bs[k].in.b -= 3
	fmt.Println(bs)
	c := bs[1]
	c.v[0] = 100
	fmt.Println(bs[1].v[0], c.v[0])
	mb := map[string]big{"x": bs[1]}
	fmt.Println(mb["x"].v[2], mb["x"].in.b, mb["none"].name == "")
}

// prints:
// 1 [9 2 3]
// [i j x y] [7 8 3]
// [k v k2 v2] map[1:5]
// 2 1
// 1 2
// [8 3 7]
// {1 12}
// {5 12} true
// [l o]
// slice 10
// array 3
// pointer 11
// 6
// [[0 1 2] [10 11 12]] [[0 1 2] [10 99 12]] false 3
// [{a [0 0 0 0] {0 0}} {b [1 2 4 4] {5 3}}]
// 1 100
// 4 3 true
