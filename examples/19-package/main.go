// A package of two files: main.go starts the workers, store.go keeps the stock, and each file has a half of the race.
// Run either file: the finding stands in store.go, and the panel names the file of each line.
//
// verdict: data-race on (main.Store).total
package main

import (
	"fmt"
	"sync"
)

func main() {
	store := NewStore()
	var wg sync.WaitGroup
	for _, item := range []string{"nails", "screws", "bolts"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			store.Put(item, 100)
		}()
	}
	fmt.Println("so far:", store.Total())
	wg.Wait()
}
