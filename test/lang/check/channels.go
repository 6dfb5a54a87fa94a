package main

func producer(out chan<- int) {
	out <- 1
	<-out                 // ERROR "cannot receive from send-only channel chan<- int out"
	for v := range out {  // ERROR "cannot range over out \(variable of type chan<- int\): receive from send-only channel chan<- int"
		_ = v
	}
	close(out)
}

func consumer(in <-chan int) {
	in <- 1   // ERROR "cannot send to receive-only channel <-chan int in"
	close(in) // ERROR "cannot close receive-only channel in \(variable of type <-chan int\)"
	v, ok := <-in
	_, _ = v, ok
	for range in {
	}
}

func main() {
	c := make(chan int, 1.5) // ERROR "1.5 \(untyped float constant\) truncated to int"
	producer(c)
	consumer(c)
	var in <-chan int = c
	producer(in)         // ERROR "cannot use in \(variable of type <-chan int\) as chan<- int value in argument to producer"
	c <- "a"             // ERROR "cannot use \"a\" \(untyped string constant\) as int value in send"
	cc := make(chan chan<- int)
	cc <- c
	(<-cc) <- 2
	select {
	case v := <-c:
		_ = v
	case v, ok := <-in:
		_, _ = v, ok
	case c <- 1 + 2:
	case 5:              // ERROR "select case must be send or receive"
	default:
	default:             // ERROR "multiple defaults"
	}
	var d <-chan int = <-c // ERROR "cannot use <-c \(comma, ok expression of type int\) as <-chan int value in variable declaration"
	_ = d
	select {}
}
