package main

import "fmt"

type stack struct{ items []int }

func (s *stack) push(v int) { s.items = append(s.items, v) }
func (s *stack) pop() (v int, ok bool) {
	if len(s.items) == 0 {
		return
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

type op struct {
	name string
	f    func(a, b int) int
}

var ops = []op{
	{"+", func(a, b int) int { return a + b }},
	{"-", func(a, b int) int { return a - b }},
	{"*", func(a, b int) int { return a * b }},
}

func eval(src string) int {
	var s stack
	num, in := 0, false
	for _, c := range src + " " {
		switch {
		case c >= '0' && c <= '9':
			num, in = num*10+int(c-'0'), true
			continue
		case in:
			s.push(num)
			num, in = 0, false
		}
		for _, o := range ops {
			if o.name == string(c) {
				b, _ := s.pop()
				a, _ := s.pop()
				s.push(o.f(a, b))
			}
		}
	}
	v, ok := s.pop()
	if !ok {
		panic("empty")
	}
	return v
}

type grid [8][8]bool

func (g *grid) safe(row, col int) bool {
	for r := 0; r < row; r++ {
		for c := range g[r] {
			if g[r][c] && (c == col || c-col == r-row || c-col == row-r) {
				return false
			}
		}
	}
	return true
}

func queens(g *grid, row int) (n int) {
	if row == len(g) {
		return 1
	}
	for c := range g[row] {
		if g.safe(row, c) {
			g[row][c] = true
			n += queens(g, row+1)
			g[row][c] = false
		}
	}
	return
}

func permutations(xs []int, emit func([]int)) {
	var rec func(int)
	rec = func(k int) {
		if k == len(xs) {
			emit(xs)
			return
		}
		for i := k; i < len(xs); i++ {
			xs[k], xs[i] = xs[i], xs[k]
			rec(k + 1)
			xs[k], xs[i] = xs[i], xs[k]
		}
	}
	rec(0)
}

func sort(xs []string) {
	for i := range xs {
		for j := i; j > 0 && xs[j] < xs[j-1]; j-- {
			xs[j], xs[j-1] = xs[j-1], xs[j]
		}
	}
}

func main() {
	fmt.Println(eval("3 4 + 5 * 2 -"), eval("10 2 8 * + 3 -"))
	fmt.Println(queens(&grid{}, 0))
	count, sum := 0, 0
	permutations([]int{1, 2, 3, 4, 5}, func(p []int) {
		count++
		if p[0] > p[4] {
			sum += p[2]
		}
	})
	fmt.Println(count, sum)
	words := []string{"pear", "apple", "fig", "äpfel", "Zebra", ""}
	sort(words)
	fmt.Printf("%q\n", words)
	memo := map[[2]int]int{}
	var paths func(r, c int) int
	paths = func(r, c int) int {
		if r == 0 || c == 0 {
			return 1
		}
		k := [2]int{r, c}
		if v, ok := memo[k]; ok {
			return v
		}
		memo[k] = paths(r-1, c) + paths(r, c-1)
		return memo[k]
	}
	fmt.Println(paths(16, 16), len(memo))
	var fibs [90]uint64
	fibs[1] = 1
	for i := 2; i < len(fibs); i++ {
		fibs[i] = fibs[i-1] + fibs[i-2]
	}
	fmt.Println(fibs[89], fibs[89]*fibs[89])
}

// prints:
// 33 23
// 92
// 120 180
// ["" "Zebra" "apple" "fig" "pear" "äpfel"]
// 601080390 256
// 1779979416004714189 7743695342867984425
