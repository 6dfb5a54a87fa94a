// Messages by pointer pass through a long chain of goroutines: what is known of whom has to come all the way.
package main

import "fmt"

const size = 3_000

type message struct{ id, seen int }

func main() {
	const stages = 200
	first := make(chan *message)
	in := first
	for s := 0; s < stages; s++ {
		out := make(chan *message)
		go func(in <-chan *message, out chan<- *message) {
			for m := range in {
				m.seen++
				out <- m
			}
			close(out)
		}(in, out)
		in = out
	}
	go func() {
		for i := 0; i < size; i++ {
			first <- &message{id: i}
		}
		close(first)
	}()
	sum := 0
	for m := range in {
		sum += m.id + m.seen
	}
	fmt.Println(sum)
}
