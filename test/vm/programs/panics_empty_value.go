package main

type notFound struct{}

func (notFound) Error() string { return "not found" }

func main() {
	defer func() {
		panic(notFound{})
	}()
	panic("first")
}

// prints:
// ends: panic: first
// ends: 	panic: not found
