package main

import (
	"fmt"
	"runtime"
)

func main() {
	defer fmt.Println("main's deferred call runs")
	defer func() { fmt.Println("recover during Goexit:", recover()) }()
	func() {
		defer func() { recover() }()
		defer panic("a panic on the way is recovered, and Goexit goes on")
		runtime.Goexit()
	}()
	fmt.Println("not reached")
}

// prints:
// recover during Goexit: <nil>
// main's deferred call runs
