/** This file writes programs that end in a ring of goroutines, each waiting for the lock of the next. */

/** @param goroutines 2 or more */
export function ringOf(goroutines: number): string {
  return `var forks [${goroutines}]sync.Mutex

func eat(i int, ready, dead *sync.WaitGroup) {
	defer dead.Done()
	forks[i].Lock()
	ready.Done()
	ready.Wait()
	forks[(i+1)%${goroutines}].Lock()
}

func main() {
	var ready, dead sync.WaitGroup
	ready.Add(${goroutines})
	dead.Add(${goroutines})
	for i := range ${goroutines} {
		go eat(i, &ready, &dead)
	}
	dead.Wait()
}
`;
}
