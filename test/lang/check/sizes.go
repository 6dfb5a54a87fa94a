package main

type (
	tooLong  [1 << 62]*int // ERROR "^type \[4611686018427387904\]\*int larger than address space$"
	longest  [1<<50 - 1]byte
	oneMore  [1 << 50]byte // ERROR "type \[1125899906842624\]byte larger than address space"
	part     [1 << 30]int
	product  [1 << 30]part // ERROR "type \[1073741824\]part larger than address space"
	ofFaulty [2]product    // told once: of the part
	sum      struct {      // ERROR "type struct{a .*byte; b .*byte} too large"
		a [1 << 49]byte
		b [1 << 49]byte
	}
	fits struct {
		a [1 << 48]byte
		b [1 << 48]byte
	}
	empty     [1<<31 - 1]struct{}
	emptyMore [1 << 31]struct{} // ERROR "too large: an array has at most 2147483647 elements here"
	elements  chan [1<<16 - 1]byte
	large     chan [1 << 16]byte   // ERROR "channel element type too large .>64kB."
	narrow    chan [1 << 15]uint16 // ERROR "channel element type too large .>64kB."
	function  func(chan [8192]int) // ERROR "channel element type too large .>64kB."
	pointers  map[string]*[1 << 49]byte
)

// Doubled in each line: measured in as many steps as there are lines.
type (
	d0  = struct{ a, b [1 << 20]int }
	d1  = struct{ a, b d0 }
	d2  = struct{ a, b d1 }
	d3  = struct{ a, b d2 }
	d4  = struct{ a, b d3 }
	d5  = struct{ a, b d4 }
	d6  = struct{ a, b d5 }
	d7  = struct{ a, b d6 }
	d8  = struct{ a, b d7 }
	d9  = struct{ a, b d8 }
	d10 = struct{ a, b d9 }
	d11 = struct{ a, b d10 }
	d12 = struct{ a, b d11 }
	d13 = struct{ a, b d12 }
	d14 = struct{ a, b d13 }
	d15 = struct{ a, b d14 }
	d16 = struct{ a, b d15 }
	d17 = struct{ a, b d16 }
	d18 = struct{ a, b d17 }
	d19 = struct{ a, b d18 }
	d20 = struct{ a, b d19 }
	d21 = struct{ a, b d20 }
	d22 = struct{ a, b d21 }
	d23 = struct{ a, b d22 }
	d24 = struct{ a, b d23 }
	d25 = struct{ a, b d24 }
	d26 = struct{ a, b d25 } // ERROR "type struct{a .* too large"
)

func main() {
	_ = []int{1 << 40: 1}
	_ = []int{1 << 62: 1}      // ERROR "type \[4611686018427387904\]int larger than address space"
	_ = [...]int{1<<63 - 1: 1} // ERROR "type .*int larger than address space"
	_ = []int{1 << 63: 1}      // ERROR "1 << 63 .untyped int constant 9223372036854775808. overflows int"
	type local [1 << 60]int    // ERROR "type \[1152921504606846976\]int larger than address space"
	var p *[1 << 49]byte
	_ = p
}
