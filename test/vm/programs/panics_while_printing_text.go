package main

import "fmt"

type calm struct{ n int }

func (c calm) String() string {
	defer func() { fmt.Println("recovered", recover()) }()
	panic("inside")
}

type loud struct{}

func (loud) String() string { panic("no text") }

func main() {
	defer func() { panic(calm{1}) }()
	panic(loud{})
}

// prints:
// recovered inside
// ends: fatal error: panic while printing panic value: no text
