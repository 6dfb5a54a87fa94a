package main

import "fmt"

type pair struct{ a, b int }

func (p pair) Error() string {
	fmt.Println("asked", recover())
	return fmt.Sprintf("pair %d\nand %d", p.a, p.b)
}

func main() {
	defer func() {
		r := recover()
		panic(r)
	}()
	panic(pair{1, 2})
}

// prints:
// asked <nil>
// ends: panic: pair 1
// ends: 	and 2 [recovered, repanicked]
