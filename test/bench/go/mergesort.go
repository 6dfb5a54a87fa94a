// A slice is sorted by merging, its halves at once.
package main

import (
	"fmt"
	"sync"
)

const size = 1_000_000

// Shorter parts are sorted by the goroutine that has them.
const alone = 10_000

func sort(a, b []int) {
	if len(a) < 2 {
		return
	}
	middle := len(a) / 2
	if len(a) > alone {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			sort(a[:middle], b[:middle])
		}()
		sort(a[middle:], b[middle:])
		wg.Wait()
	} else {
		sort(a[:middle], b[:middle])
		sort(a[middle:], b[middle:])
	}
	merge(a, b, middle)
}

func merge(a, b []int, middle int) {
	copy(b, a)
	i, j := 0, middle
	for k := range a {
		if j == len(b) || i < middle && b[i] <= b[j] {
			a[k] = b[i]
			i++
		} else {
			a[k] = b[j]
			j++
		}
	}
}

func main() {
	a := make([]int, size)
	x := 1
	for i := range a {
		x = (x*1103515245 + 12345) % 2147483648
		a[i] = x
	}
	sort(a, make([]int, size))
	sum := 0
	for i := range a {
		if i > 0 && a[i] < a[i-1] {
			fmt.Println("not sorted")
		}
		sum = (sum*31 + a[i]) % 1000000007
	}
	fmt.Println(sum)
}
