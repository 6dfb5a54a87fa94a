// Two goroutines count without a lock: every access is of a race.
package main

import (
	"fmt"
	"sync"
)

const size = 1_000_000

func main() {
	var wg sync.WaitGroup
	n := 0
	for g := 0; g < 2; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < size/2; i++ {
				n++
			}
		}()
	}
	wg.Wait()
	fmt.Println(n > 0 && n <= size)
}
