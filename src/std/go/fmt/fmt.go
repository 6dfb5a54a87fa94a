// This file holds the package fmt. The runtime formats, for it knows the types of the values; what is here calls the
// Error and String methods of arguments first, where the verb asks for them, because methods are program code.

package fmt

import (
	"errors"
	"io"
)

// A Stringer describes itself.
type Stringer interface {
	String() string
}

// sprint formats with blanks between operands when neither is a string.
func sprint(a []any) string

// sprintln formats with blanks between operands and a newline at the end.
func sprintln(a []any) string

// sprintf formats as format says.
func sprintf(format string, a []any) string

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
	text := ""
	wasString := true
	for i := range a {
		_, isString := a[i].(string)
		if i > 0 && !isString && !wasString {
			text += " "
		}
		wasString = isString
		if said, ok := describe(a[i]); ok {
			text += said
		} else {
			text += sprint(a[i : i+1])
		}
	}
	return text
}

// Sprintln formats as Println does.
func Sprintln(a ...any) string { return sprintln(described(a)) }

// Sprintf formats as Printf does.
func Sprintf(format string, a ...any) string { return sprintf(format, describedFor(format, a)) }

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

// describe gives what an operand says of itself; ok is false when it has no such method.
func describe(v any) (text string, ok bool) {
	switch v := v.(type) {
	case error:
		return v.Error(), true
	case Stringer:
		return v.String(), true
	}
	return "", false
}

// described replaces operands that describe themselves by their text. a itself is not changed.
func described(a []any) []any {
	var b []any
	for i, v := range a {
		text, ok := describe(v)
		if !ok {
			continue
		}
		if b == nil {
			b = append([]any(nil), a...)
		}
		b[i] = text
	}
	if b == nil {
		return a
	}
	return b
}

// describedFor does the same where the verb calls methods: v, s, x, X and q, unless a # asks for Go syntax.
func describedFor(format string, a []any) []any {
	var b []any
	n := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		sharp := false
		i++
	flags:
		for i < len(format) {
			switch c := format[i]; {
			case c == '#':
				sharp = true
			case c == '*':
				n++
			case c == '[':
				index := 0
				for i++; i < len(format) && format[i] >= '0' && format[i] <= '9'; i++ {
					index = index*10 + int(format[i]-'0')
				}
				n = index - 1
			case c == '+' || c == '-' || c == ' ' || c == '.' || c >= '0' && c <= '9':
			default:
				break flags
			}
			i++
		}
		if i >= len(format) || format[i] == '%' {
			continue
		}
		verb := format[i]
		if n >= 0 && n < len(a) && (verb == 'v' && !sharp || verb == 's' || verb == 'q' || verb == 'x' || verb == 'X') {
			if text, ok := describe(a[n]); ok {
				if b == nil {
					b = append([]any(nil), a...)
				}
				b[n] = text
			}
		}
		n++
	}
	if b == nil {
		return a
	}
	return b
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

// Errorf gives an error with the formatted text; with the verb %w it wraps its argument.
func Errorf(format string, a ...any) error {
	plain, n := withoutWrap(format)
	msg := Sprintf(plain, a...)
	if n >= 0 && n < len(a) {
		if err, ok := a[n].(error); ok {
			return &wrapError{msg, err}
		}
	}
	return errors.New(msg)
}

// withoutWrap gives the format with %v for %w, and the index of the argument of the first %w, or -1.
func withoutWrap(format string) (string, int) {
	b := []byte(format)
	first := -1
	n := 0
	for i := 0; i < len(b); i++ {
		if b[i] != '%' {
			continue
		}
		for i++; i < len(b) && b[i] != '%' && (b[i] < 'A' || b[i] > 'Z') && (b[i] < 'a' || b[i] > 'z'); i++ {
		}
		if i >= len(b) || b[i] == '%' {
			continue
		}
		if b[i] == 'w' {
			b[i] = 'v'
			if first < 0 {
				first = n
			}
		}
		n++
	}
	return string(b), first
}
