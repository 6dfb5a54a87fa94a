package main

import "fmt"

type failure struct{ code int }

func (f failure) Error() string { return fmt.Sprintf("failure %d\nsecond line", f.code) }

func main() {
	defer func() {
		panic(failure{3})
	}()
	defer func() {
		fmt.Println("recovered", recover())
		panic("after recover")
	}()
	defer func() {
		panic(fmt.Sprintf("second %d", 2))
	}()
	panic("first")
}

// prints:
// recovered second 2
// ends: panic: first
// ends: 	panic: second 2 [recovered]
// ends: 	panic: after recover
// ends: 	panic: failure 3
// ends: 	second line
