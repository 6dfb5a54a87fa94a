// This file holds the package strconv: integers and booleans.

package strconv

import "errors"

// ErrRange says that a value is out of range for its type.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a text is not written as its type is.
var ErrSyntax = errors.New("invalid syntax")

// A NumError says what went wrong with which text.
type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

// IntSize is the size of an int in bits.
const IntSize = 64

const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// Itoa gives i in decimal.
func Itoa(i int) string { return FormatInt(int64(i), 10) }

// FormatInt gives i in the base, 2 to 36.
func FormatInt(i int64, base int) string {
	if i < 0 {
		return "-" + FormatUint(-uint64(i), base)
	}
	return FormatUint(uint64(i), base)
}

// FormatUint gives i in the base, 2 to 36.
func FormatUint(i uint64, base int) string {
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	var buf [64]byte
	w := len(buf)
	for {
		w--
		buf[w] = digits[i%uint64(base)]
		i /= uint64(base)
		if i == 0 {
			return string(buf[w:])
		}
	}
}

// Atoi reads a decimal int.
func Atoi(s string) (int, error) {
	i, err := parse("Atoi", s, 10, 64)
	return int(i), err
}

// ParseInt reads an integer of bitSize bits; base 0 means that the text says which.
func ParseInt(s string, base int, bitSize int) (int64, error) {
	return parse("ParseInt", s, base, bitSize)
}

func parse(fn, s string, base, bitSize int) (int64, error) {
	text := s
	neg := false
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		neg = text[0] == '-'
		text = text[1:]
	}
	u, err := parseUint(fn, text, s, base)
	if err != nil && err.Err == ErrSyntax {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = 64
	}
	limit := uint64(1) << uint(bitSize-1)
	if !neg && (err != nil || u >= limit) {
		return int64(limit - 1), &NumError{fn, s, ErrRange}
	}
	if neg && (err != nil || u > limit) {
		return -int64(limit), &NumError{fn, s, ErrRange}
	}
	if neg {
		return -int64(u), nil
	}
	return int64(u), nil
}

// ParseUint reads an integer without sign.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	u, err := parseUint("ParseUint", s, s, base)
	if err != nil && err.Err == ErrSyntax {
		return 0, err
	}
	if bitSize != 0 && bitSize < 64 && (err != nil || u >= 1<<uint(bitSize)) {
		return 1<<uint(bitSize) - 1, &NumError{"ParseUint", s, ErrRange}
	}
	if err != nil {
		return u, err
	}
	return u, nil
}

func parseUint(fn, text, whole string, base int) (uint64, *NumError) {
	if base == 0 {
		base = 10
		if len(text) > 2 && text[0] == '0' {
			switch text[1] {
			case 'x', 'X':
				base, text = 16, text[2:]
			case 'b', 'B':
				base, text = 2, text[2:]
			case 'o', 'O':
				base, text = 8, text[2:]
			}
		}
	}
	if text == "" {
		return 0, &NumError{fn, whole, ErrSyntax}
	}
	var u uint64
	overflow := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		d := 36
		switch {
		case '0' <= c && c <= '9':
			d = int(c - '0')
		case 'a' <= c && c <= 'z':
			d = int(c-'a') + 10
		case 'A' <= c && c <= 'Z':
			d = int(c-'A') + 10
		}
		if d >= base {
			return 0, &NumError{fn, whole, ErrSyntax}
		}
		if u > (1<<64-1)/uint64(base) {
			overflow = true
		}
		next := u*uint64(base) + uint64(d)
		if next < u*uint64(base) {
			overflow = true
		}
		u = next
	}
	if overflow {
		return 1<<64 - 1, &NumError{fn, whole, ErrRange}
	}
	return u, nil
}

// FormatBool gives "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// ParseBool reads a boolean.
func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, &NumError{"ParseBool", str, ErrSyntax}
}

// Quote gives s as a Go string literal.
func Quote(s string) string {
	out := "\""
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out += "\\" + string(r)
		case r == '\n':
			out += "\\n"
		case r == '\t':
			out += "\\t"
		case r == '\r':
			out += "\\r"
		case r < ' ' || r == 0x7f:
			out += "\\x" + string(digits[r>>4]) + string(digits[r&15])
		default:
			out += string(r)
		}
	}
	return out + "\""
}
