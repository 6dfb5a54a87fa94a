package main

import "fmt"

const (
	A = iota
	B
	_
	D
	E = "e"
	F
	G = 1 << (10 * iota)
)

type weekday int

const (
	sun weekday = iota
	mon
)

func (d weekday) String() string { return [...]string{"Sun", "Mon"}[d] }

var (
	first  = second + 1
	second = compute()
	table  = map[string]func(int) int{"dbl": func(x int) int { return x * 2 }}
)

func compute() int { return 41 }

func init() { fmt.Println("init", first, second) }
func init() { fmt.Println("init 2") }

type node struct {
	val         int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{val: v}
	}
	if v < n.val {
		n.left = n.left.insert(v)
	} else {
		n.right = n.right.insert(v)
	}
	return n
}

func (n *node) walk(f func(int) bool) bool {
	return n == nil || n.left.walk(f) && f(n.val) && n.right.walk(f)
}

func find(grid [][]int, want int) (x, y int, found bool) {
outer:
	for y = range grid {
		for x = range grid[y] {
			switch {
			case grid[y][x] == want:
				found = true
				break outer
			case grid[y][x] < 0:
				continue outer
			}
		}
	}
	return
}

func gotos(n int) (steps int) {
again:
	steps++
	if n != 1 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		goto again
	}
	return
}

type matrix [2][2]int

func (m matrix) mul(o matrix) (r matrix) {
	for i := range m {
		for j := range o {
			for k := range 2 {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return
}

func main() {
	fmt.Println(A, B, D, E, F, G, mon, sun)
	fmt.Println(table["dbl"](21))
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	root.walk(func(v int) bool { fmt.Print(v, " "); return v < 8 })
	fmt.Println()
	fmt.Println(find([][]int{{1, 2}, {-1, 7}, {3, 7}}, 7))
	fmt.Println(gotos(27))
	m := matrix{{1, 1}, {1, 0}}
	r := m
	for i := 0; i < 10; i++ {
		r = r.mul(m)
	}
	fmt.Println(r, r == m, m != r)
	sieve := [100]bool{}
	count := 0
	for i := 2; i < len(sieve); i++ {
		if !sieve[i] {
			count++
			for j := i * i; j < len(sieve); j += i {
				sieve[j] = true
			}
		}
	}
	fmt.Println(count)
	i := 0
	for i < 3 {
		i++
		if i == 2 {
			continue
		}
		fmt.Print(i, ";")
	}
	for {
		i++
		if i > 6 {
			break
		}
	}
	fmt.Println(i)
block:
	switch {
	default:
		if i > 5 {
			break block
		}
		fmt.Println("not reached")
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	fmt.Println()
	var e1, e2 struct{}
	fmt.Println(e1 == e2, len([0]int{}), struct{ x [0]int }{})
	type T struct {
		a int
		b *T
	}
	t := &T{1, &T{2, nil}}
	t.b.b = t
	t.b.b.a = 9
	fmt.Println(t.a, t.b.a, t.b.b.b.a)
	if x := gotos(6); x > 100 {
		fmt.Println("big")
	} else if y := x * 2; y > 10 {
		fmt.Println("y", y)
	} else {
		fmt.Println(x, y)
	}
	ch := make([]chan int, 2)
	fmt.Println(ch[0] == nil, len(ch))
}

// prints:
// init 42 41
// init 2
// 0 1 3 e e 1152921504606846976 Mon Sun
// 42
// 1 2 3 5 8
// 1 2 true
// 112
// [[144 89] [89 55]] false true
// 25
// 1;3;7
// 0 10 1 8 2 6 3 4
// true 0 {[]}
// 9 2 2
// y 18
// true 2
