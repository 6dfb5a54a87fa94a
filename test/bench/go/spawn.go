// Goroutines that live for a moment, a thousand at once.
package main

import (
	"fmt"
	"sync"
)

const size = 1_000_000

func main() {
	const batch = 1000
	results := make([]int, batch)
	sum := 0
	for round := 0; round < size/batch; round++ {
		var wg sync.WaitGroup
		for i := 0; i < batch; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				results[i] = i
			}()
		}
		wg.Wait()
		for _, v := range results {
			sum += v
		}
	}
	fmt.Println(sum)
}
