// This file holds the package fmt. The runtime formats, for it knows the types of the values; methods that say how a value is printed are called from
// here, because methods are program code: they may wait, panic, print, or be preempted, as any other.

package fmt

import (
	"errors"
	"io"
)

// A Stringer describes itself.
type Stringer interface {
	String() string
}

// A GoStringer describes itself in Go syntax, for %#v.
type GoStringer interface {
	GoString() string
}

// A State is what a Formatter prints to, with the flags of the verb.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

// A Formatter prints itself.
type Formatter interface {
	Format(f State, verb rune)
}

// A printer has printed a part of what it is to print, and needs the result of a method to go on; 0 is none.
type printer uintptr

// sprint formats with blanks between operands when neither is a string; p is not 0 when there is more to print.
func sprint(a []any) (text string, p printer)

// sprintln formats with blanks between operands and a newline at the end.
func sprintln(a []any) (text string, p printer)

// sprintf formats as format says.
func sprintf(format string, a []any) (text string, p printer)

// errorf formats as format says, with the verb %w; wrapped are the indices of its operands.
func errorf(format string, a []any) (text string, p printer, wrapped []int)

// wanted gives the number of the method that p waits for, whose it is, and the verb; 0: p has printed all.
func (p printer) wanted() (v any, method int, verb rune)

// give tells p what the method has returned.
func (p printer) give(text string)

// fail tells p what the method panicked with; false: the panic is to go on.
func (p printer) fail(reason any) bool

// wrapped gives the indices of the operands of %w.
func (p printer) wrapped() []int

// text gives what p has printed, and ends p.
func (p printer) text() string

// run calls the methods that p waits for, one after the other, until p has printed all.
func (p printer) run() {
	for {
		v, method, verb := p.wanted()
		if method == 0 {
			return
		}
		p.call(v, method, verb)
	}
}

// finish gives all that p prints.
func (p printer) finish() string {
	p.run()
	return p.text()
}

func (p printer) call(v any, method int, verb rune) {
	defer p.catchPanic()
	switch method {
	case 1:
		p.give(v.(error).Error())
	case 2:
		p.give(v.(Stringer).String())
	case 3:
		p.give(v.(GoStringer).GoString())
	case 4:
		p.format(v.(Formatter), verb)
		p.give("")
	}
}

func (p printer) format(v Formatter, verb rune) {
	s := &state{p}
	defer s.end()
	v.Format(s, verb)
}

// A state is a printer while a Format method runs.
type state struct{ p printer }

func (s *state) end() { s.p = 0 }

func (s *state) Write(b []byte) (n int, err error) {
	s.p.write(string(b))
	return len(b), nil
}

// Width gives the width of the verb, and whether there is one.
func (s *state) Width() (wid int, ok bool)

// Precision gives the precision of the verb, and whether there is one.
func (s *state) Precision() (prec int, ok bool)

// Flag tells whether the verb has the flag c.
func (s *state) Flag(c int) bool

// write prints text; a p of 0 prints nothing.
func (p printer) write(text string)

func (p printer) catchPanic() {
	if reason := recover(); reason != nil && !p.fail(reason) {
		panic(reason)
	}
}

// write writes to standard output (1) or standard error (2).
func write(stream int, text string)

// Print writes its arguments, with blanks between those that are not strings.
func Print(a ...any) (n int, err error) { return out(Sprint(a...)) }

// Println writes its arguments with blanks between them and a newline after them.
func Println(a ...any) (n int, err error) { return out(Sprintln(a...)) }

// Printf writes its arguments as format says.
func Printf(format string, a ...any) (n int, err error) { return out(Sprintf(format, a...)) }

func out(text string) (n int, err error) {
	write(1, text)
	return len(text), nil
}

// Sprint formats as Print does.
func Sprint(a ...any) string {
	text, p := sprint(a)
	if p != 0 {
		return p.finish()
	}
	return text
}

// Sprintln formats as Println does.
func Sprintln(a ...any) string {
	text, p := sprintln(a)
	if p != 0 {
		return p.finish()
	}
	return text
}

// Sprintf formats as Printf does.
func Sprintf(format string, a ...any) string {
	text, p := sprintf(format, a)
	if p != 0 {
		return p.finish()
	}
	return text
}

// Fprint writes to w as Print does.
func Fprint(w io.Writer, a ...any) (n int, err error) { return w.Write([]byte(Sprint(a...))) }

// Fprintln writes to w as Println does.
func Fprintln(w io.Writer, a ...any) (n int, err error) { return w.Write([]byte(Sprintln(a...))) }

// Fprintf writes to w as Printf does.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	return w.Write([]byte(Sprintf(format, a...)))
}

// Append appends to b as Print writes.
func Append(b []byte, a ...any) []byte { return append(b, Sprint(a...)...) }

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }

// Errorf gives an error with the formatted text; with the verb %w it wraps its arguments.
func Errorf(format string, a ...any) error {
	text, p, wrapped := errorf(format, a)
	if p != 0 {
		p.run()
		wrapped = p.wrapped()
		text = p.text()
	}
	switch len(wrapped) {
	case 0:
		return errors.New(text)
	case 1:
		err, _ := a[wrapped[0]].(error)
		return &wrapError{text, err}
	}
	var errs []error
	for i, n := range wrapped {
		if i > 0 && wrapped[i-1] == n {
			continue
		}
		if err, ok := a[n].(error); ok {
			errs = append(errs, err)
		}
	}
	return &wrapErrors{text, errs}
}
