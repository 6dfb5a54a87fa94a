// Entries of a map are counted under keys that are printed.
package main

import "fmt"

const size = 80_000

func main() {
	counts := make(map[string]int)
	for i := 0; i < size; i++ {
		counts[fmt.Sprintf("key-%d", i%1000)]++
	}
	sum := 0
	for _, n := range counts {
		sum += n
	}
	fmt.Println(len(counts), sum)
}
