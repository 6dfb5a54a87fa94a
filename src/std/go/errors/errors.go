// This file holds the package errors.

package errors

type errorString struct{ s string }

func (e *errorString) Error() string { return e.s }

// New gives an error with the text; two errors with one text are not equal.
func New(text string) error { return &errorString{text} }

// Unwrap gives the error that err wraps, or nil.
func Unwrap(err error) error {
	u, ok := err.(interface{ Unwrap() error })
	if !ok {
		return nil
	}
	return u.Unwrap()
}

// Is reports whether err, or an error it wraps, is target.
func Is(err, target error) bool {
	for err != nil {
		if err == target {
			return true
		}
		if x, ok := err.(interface{ Is(error) bool }); ok && x.Is(target) {
			return true
		}
		if x, ok := err.(interface{ Unwrap() []error }); ok {
			for _, err := range x.Unwrap() {
				if Is(err, target) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return target == nil
}
