// A million goroutines that all wait at once. The race detector of Go has room for 8,128.
package main

import (
	"fmt"
	"sync"
)

const size = 1_000_000

func main() {
	start := make(chan struct{})
	var ready, done sync.WaitGroup
	ready.Add(size)
	done.Add(size)
	for i := 0; i < size; i++ {
		go func() {
			ready.Done()
			<-start
			done.Done()
		}()
	}
	ready.Wait()
	close(start)
	done.Wait()
	fmt.Println(size)
}
