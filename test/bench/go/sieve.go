// The first primes by a chain of goroutines, each of which filters the multiples of one.
package main

import "fmt"

const size = 1_000

func generate(out chan<- int) {
	for i := 2; ; i++ {
		out <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if i := <-in; i%prime != 0 {
			out <- i
		}
	}
}

func main() {
	in := make(chan int)
	go generate(in)
	prime := 0
	for i := 0; i < size; i++ {
		prime = <-in
		out := make(chan int)
		go filter(in, out, prime)
		in = out
	}
	fmt.Println(prime)
}
