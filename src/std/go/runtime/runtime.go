// This file holds the package runtime: what a program may ask of the simulated Go runtime.

package runtime

// Error is the type of run-time errors, as an index out of range.
type Error interface {
	error
	RuntimeError()
}

// errorString is the Error that the runtime panics with; its text comes after "runtime error: ".
type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

// Gosched lets other goroutines run.
func Gosched()

// Goexit ends the goroutine after its deferred calls.
func Goexit()

// NumGoroutine gives the number of goroutines that exist.
func NumGoroutine() int

// NumCPU gives the number of cores of the simulated machine.
func NumCPU() int

// GOMAXPROCS gives the number of goroutines that can run at once; in the simulation it is always the number of cores.
func GOMAXPROCS(n int) int

// GC runs a garbage collection.
func GC()

const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "interlane"
)
