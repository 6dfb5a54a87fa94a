package main

type text string

func main() {
	defer func() {
		r := recover()
		panic(r)
	}()
	panic(text("custom"))
}

// prints:
// ends: panic: main.text("custom") [recovered, repanicked]
