package main

import "fmt"

type node struct{ next *node }

func follow(n *node, depth int) int {
	if depth > 0 {
		return follow(n.next, depth-1)
	}
	return 0
}

func main() {
	defer fmt.Println("deferred runs")
	fmt.Println(follow(&node{&node{}}, 3))
}

// prints:
// deferred runs
// ends: panic: runtime error: invalid memory address or nil pointer dereference
