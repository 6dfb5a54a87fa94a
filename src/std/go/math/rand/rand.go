// This file holds the package math/rand: every number is a choice of the simulator, so that it can be replayed and explored.

package rand

// Seed does nothing: what is random is chosen by the simulator and its seed.
func Seed(seed int64)

func Int() int
func Int31() int32
func Int63() int64
func Uint32() uint32
func Uint64() uint64

// Intn gives a number in [0, n).
func Intn(n int) int

// Int31n gives a number in [0, n).
func Int31n(n int32) int32

// Int63n gives a number in [0, n).
func Int63n(n int64) int64

// Float64 gives a number in [0, 1).
func Float64() float64

// Float32 gives a number in [0, 1).
func Float32() float32 {
	for {
		if f := float32(Float64()); f < 1 {
			return f
		}
	}
}

// Shuffle exchanges elements so that every order is as likely.
func Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		swap(i, Intn(i+1))
	}
}

// Perm gives the numbers from 0 to n-1 in random order.
func Perm(n int) []int {
	m := make([]int, n)
	for i := 0; i < n; i++ {
		j := Intn(i + 1)
		m[i] = m[j]
		m[j] = i
	}
	return m
}

// A Source gives numbers.
type Source interface {
	Int63() int64
	Seed(seed int64)
}

type source struct{}

func (*source) Int63() int64    { return Int63() }
func (*source) Seed(seed int64) {}

// NewSource gives a Source; what it gives is chosen by the simulator, whatever the seed.
func NewSource(seed int64) Source { return &source{} }

// A Rand gives numbers.
type Rand struct {
	src Source
}

// New gives a Rand.
func New(src Source) *Rand { return &Rand{src} }

func (r *Rand) Seed(seed int64)                    { r.src.Seed(seed) }
func (r *Rand) Int() int                           { return Int() }
func (r *Rand) Int31() int32                       { return Int31() }
func (r *Rand) Int63() int64                       { return Int63() }
func (r *Rand) Uint32() uint32                     { return Uint32() }
func (r *Rand) Uint64() uint64                     { return Uint64() }
func (r *Rand) Intn(n int) int                     { return Intn(n) }
func (r *Rand) Int31n(n int32) int32               { return Int31n(n) }
func (r *Rand) Int63n(n int64) int64               { return Int63n(n) }
func (r *Rand) Float64() float64                   { return Float64() }
func (r *Rand) Float32() float32                   { return Float32() }
func (r *Rand) Perm(n int) []int                   { return Perm(n) }
func (r *Rand) Shuffle(n int, swap func(i, j int)) { Shuffle(n, swap) }
