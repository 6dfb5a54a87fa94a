package main

func a(x int) int { // all paths end
	switch {
	case x > 1:
		return 1
	default:
		panic("no")
	}
}

func b(c chan int) int {
	select {
	case v := <-c:
		return v
	}
}

func d(x int) int {
	for {
		if x > 2 {
			return x
		}
	}
}

func e(x int) int {
	if x > 1 {
		return 1
	}
} // ERROR "missing return"

func f(x int) int {
outer:
	for {
		for {
			break outer
		}
	}
} // ERROR "missing return"

func g() {
	goto end // ERROR "goto end jumps over declaration of x"
	x := 1 // ERROR "declared and not used: x"
end: // reached by the goto above, which is the mistake
}

func h(x int) {
unused: // ERROR "label unused defined and not used"
	for i := 0; i < 3; i++ {
		switch x {
		case 1:
			fallthrough
		case 2:
			continue
		case 3:
			fallthrough // ERROR "cannot fallthrough final case in switch"
		}
		func() {
			continue // ERROR "continue is not in a loop"
		}()
	}
	break // ERROR "break is not in a loop, switch, or select"
}

func main() {}
