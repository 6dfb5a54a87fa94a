// A goroutine is started and waited for, again and again.
package main

import (
	"fmt"
	"sync"
)

const size = 100_000

func main() {
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < size; i++ {
		wg.Go(func() { n++ })
		wg.Wait()
	}
	fmt.Println(n)
}
