package main

import (
	"fmt"
	"net/http"
	"reflect"
	"sync"
)

type List[T any] struct { // WARNING "generic types and functions are not supported yet"
	items []T
}

func (l *List[T]) Add(x T) { l.items = append(l.items, x) }

func Map[T, U any](xs []T, f func(T) U) []U { // WARNING "generic types and functions are not supported yet"
	return nil
}

func seq(yield func(int) bool) { yield(1) }

func main() {
	var l List[int]
	l.Add(1)
	fmt.Println(Map([]int{1}, func(x int) string { return "" }))
	http.Get("x")                 // WARNING "^package net/http is not supported: the program runs until it reaches this$"
	fmt.Println(reflect.TypeOf(1)) // WARNING "package reflect is not supported"
	var m sync.Map
	m.Swap(1, 2)                  // WARNING "sync.Map.Swap is not supported yet"
	fmt.Sscan("1")                // WARNING "fmt.Sscan is not supported yet"
	z := 1 + 2i                   // WARNING "complex numbers are not supported yet"
	fmt.Println(z)
	for x := range seq {          // WARNING "range over a function is not supported yet"
		fmt.Println(x)
	}
	fmt.Println(undefined)        // ERROR "undefined: undefined"
}
