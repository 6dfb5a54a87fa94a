// Elements of an array of the function are read and written in a loop.
package main

import "fmt"

const size = 30_000_000

func main() {
	var a [256]int
	for i := 0; i < size; i++ {
		a[i&255] += i
	}
	sum := 0
	for _, v := range a {
		sum += v
	}
	fmt.Println(sum)
}
