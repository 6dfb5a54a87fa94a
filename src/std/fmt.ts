/** This file holds the package fmt: formatting is done by the runtime, which knows the types of the values. */
export const fmt = `package fmt

import "errors"

// A Stringer describes itself.
type Stringer interface {
	String() string
}

// Print writes its arguments, with blanks between those that are not strings.
func Print(a ...any) (n int, err error)

// Println writes its arguments with blanks between them and a newline after them.
func Println(a ...any) (n int, err error)

// Printf writes its arguments as format says.
func Printf(format string, a ...any) (n int, err error)

// Sprint formats as Print does.
func Sprint(a ...any) string

// Sprintln formats as Println does.
func Sprintln(a ...any) string

// Sprintf formats as Printf does.
func Sprintf(format string, a ...any) string

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

// Errorf gives an error with the formatted text; with the verb %w it wraps its argument.
func Errorf(format string, a ...any) error {
	msg := Sprintf(format, a...)
	n := wrappedArgument(format)
	if n >= 0 && n < len(a) {
		if err, ok := a[n].(error); ok {
			return &wrapError{msg, err}
		}
	}
	return errors.New(msg)
}

// wrappedArgument gives the index of the argument of the first %w, or -1.
func wrappedArgument(format string) int {
	n := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && (format[i] < 'A' || format[i] > 'Z') && (format[i] < 'a' || format[i] > 'z') && format[i] != '%'; i++ {
		}
		if i < len(format) && format[i] == '%' {
			continue
		}
		if i < len(format) && format[i] == 'w' {
			return n
		}
		n++
	}
	return -1
}
`;
