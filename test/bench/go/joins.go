// In every round every goroutine hears from every other, and reads what all of them have written.
package main

import (
	"fmt"
	"sync"
)

const size = 100

func main() {
	const rounds = 10
	var pairs [size][size]chan int
	for from := range pairs {
		for to := range pairs {
			pairs[from][to] = make(chan int, 1)
		}
	}
	exchange := func(me int) {
		for to := range pairs {
			pairs[me][to] <- me
		}
		for from := range pairs {
			<-pairs[from][me]
		}
	}
	board := make([]int, size)
	sums := make([]int, size)
	var wg sync.WaitGroup
	for me := 0; me < size; me++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for round := 0; round < rounds; round++ {
				board[me] = round + me
				exchange(me)
				for _, v := range board {
					sums[me] += v
				}
				exchange(me)
			}
		}()
	}
	wg.Wait()
	sum := 0
	for _, v := range sums {
		sum += v
	}
	fmt.Println(sum)
}
