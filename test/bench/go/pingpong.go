// Two goroutines send a number to and fro over channels without a buffer.
package main

import "fmt"

const size = 500_000

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	v := 0
	for i := 0; i < size; i++ {
		ping <- v
		v = <-pong
	}
	close(ping)
	fmt.Println(v)
}
