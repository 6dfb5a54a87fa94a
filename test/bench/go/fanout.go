// Goroutines in rounds of a thousand read and write a table under a lock for readers and writers.
package main

import (
	"fmt"
	"sync"
)

const size = 100_000

func main() {
	const workers = 1000
	table := make([]int, workers)
	var mu sync.RWMutex
	sum := 0
	for round := 0; round < size/workers; round++ {
		var wg sync.WaitGroup
		for w := 0; w < workers; w++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				mu.RLock()
				x := table[w]
				mu.RUnlock()
				mu.Lock()
				table[w] = x + 1
				mu.Unlock()
			}()
		}
		wg.Wait()
		for _, v := range table {
			sum += v
		}
	}
	fmt.Println(sum)
}
