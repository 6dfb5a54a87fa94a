package main

import "fmt"

type endless struct{ n int }

func (e endless) Error() string {
	defer fmt.Println("leaving", e.n)
	panic(endless{e.n + 1})
}

func main() {
	panic(endless{1})
}

// prints:
// leaving 1
// ends: fatal error: panic while printing panic value: type main.endless
