// Calls of a function that calls itself twice.
package main

import "fmt"

const size = 35

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func main() {
	fmt.Println(fib(size))
}
