package main

// Method sets of interfaces that embed each other, before and after they are declared, twice and in a diamond.

type narrow interface {
	one() int
	two()
}
type middle interface {
	wide
	two()
}
type wide interface {
	narrow
	three(string)
}
type diamond interface {
	middle
	wide
	narrow
	three(string)
}

type twice interface {
	one() int
	wide
	one() int // ERROR "duplicate method one"
}
type ring interface { // ERROR "anonymous interface refers to itself"
	self() interface{ ring }
}
type outer interface {
	inner() interface{ inner }
}
type inner interface {
	outer() outer
}

type all struct{}

func (all) one() int     { return 1 }
func (all) two()         {}
func (all) three(string) {}

type some struct{}

func (some) one() int { return 1 }
func (some) two()     {}

func main() {
	var x diamond = all{}
	x.three("")
	var y narrow = x
	_ = y.one() + x.one()
	y.three("") // ERROR "y.three undefined"
	var z middle = x
	z = y // ERROR "narrow does not implement middle .missing method three"
	z.three("")
	y = some{}
	x = some{} // ERROR "some does not implement diamond .missing method three"
}
