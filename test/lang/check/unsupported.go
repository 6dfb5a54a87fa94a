package main

import (
	"fmt"
	"net/http"
	"reflect"
	"sync"
)

type List[T any] struct { // ERROR "generic types and functions are not supported yet"
	items []T
}

func (l *List[T]) Add(x T) { l.items = append(l.items, x) }

func Map[T, U any](xs []T, f func(T) U) []U { // ERROR "generic types and functions are not supported yet"
	return nil
}

func seq(yield func(int) bool) { yield(1) }

func main() {
	var l List[int]
	l.Add(1)
	fmt.Println(Map([]int{1}, func(x int) string { return "" }))
	http.Get("x")                 // ERROR "package net/http is not supported: .* http.Get"
	fmt.Println(reflect.TypeOf(1)) // ERROR "package reflect is not supported"
	var m sync.Map
	m.Swap(1, 2)                  // ERROR "sync.Map.Swap is not supported yet"
	fmt.Sscan("1")                // ERROR "fmt.Sscan is not supported yet"
	z := 1 + 2i                   // ERROR "complex numbers are not supported yet"
	fmt.Println(z)
	for x := range seq {          // ERROR "range over a function is not supported yet"
		fmt.Println(x)
	}
	fmt.Println(undefined)        // ERROR "undefined: undefined"
}
