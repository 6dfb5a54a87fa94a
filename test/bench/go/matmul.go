// The product of two square matrices, each row of it by a goroutine.
package main

import (
	"fmt"
	"sync"
)

const size = 120

func matrix(f func(i, j int) float64) [][]float64 {
	m := make([][]float64, size)
	for i := range m {
		m[i] = make([]float64, size)
		for j := range m[i] {
			m[i][j] = f(i, j)
		}
	}
	return m
}

func main() {
	a := matrix(func(i, j int) float64 { return float64(i + j) })
	b := matrix(func(i, j int) float64 { return float64(i - j) })
	c := matrix(func(i, j int) float64 { return 0 })
	var wg sync.WaitGroup
	for i := 0; i < size; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < size; j++ {
				for k := 0; k < size; k++ {
					c[i][j] += a[i][k] * b[k][j]
				}
			}
		}()
	}
	wg.Wait()
	sum := 0.0
	for i := range c {
		for j := range c {
			sum += c[i][j] * float64(i-2*j)
		}
	}
	fmt.Println(sum)
}
