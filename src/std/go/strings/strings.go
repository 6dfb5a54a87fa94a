// This file holds the package strings.

package strings

// Contains reports whether substr is in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsRune reports whether r is in s.
func ContainsRune(s string, r rune) bool { return Index(s, string(r)) >= 0 }

// ContainsAny reports whether one of the characters is in s.
func ContainsAny(s, chars string) bool {
	for _, c := range chars {
		if ContainsRune(s, c) {
			return true
		}
	}
	return false
}

// Index gives where substr begins in s, or -1.
func Index(s, substr string) int {
	n := len(substr)
	for i := 0; i+n <= len(s); i++ {
		if s[i:i+n] == substr {
			return i
		}
	}
	return -1
}

// IndexByte gives where c is in s, or -1.
func IndexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}

// LastIndex gives where substr begins in s for the last time, or -1.
func LastIndex(s, substr string) int {
	n := len(substr)
	for i := len(s) - n; i >= 0; i-- {
		if s[i:i+n] == substr {
			return i
		}
	}
	return -1
}

// Count counts substr in s.
func Count(s, substr string) int {
	if substr == "" {
		return len([]rune(s)) + 1
	}
	n := 0
	for {
		i := Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// TrimPrefix gives s without the prefix.
func TrimPrefix(s, prefix string) string {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix gives s without the suffix.
func TrimSuffix(s, suffix string) string {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// Trim gives s without the characters of cutset at both ends.
func Trim(s, cutset string) string { return TrimLeft(TrimRight(s, cutset), cutset) }

// TrimLeft gives s without the characters of cutset at its start.
func TrimLeft(s, cutset string) string {
	for i, r := range s {
		if !ContainsRune(cutset, r) {
			return s[i:]
		}
	}
	return ""
}

// TrimRight gives s without the characters of cutset at its end.
func TrimRight(s, cutset string) string {
	end := 0
	for i, r := range s {
		if !ContainsRune(cutset, r) {
			end = i + len(string(r))
		}
	}
	return s[:end]
}

const space = " \t\n\v\f\r\u0085\u00A0"

// TrimSpace gives s without white space at both ends.
func TrimSpace(s string) string { return Trim(s, space) }

// Fields splits s around white space.
func Fields(s string) []string {
	fields := []string{}
	start := -1
	for i, r := range s {
		if ContainsRune(space, r) {
			if start >= 0 {
				fields = append(fields, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:])
	}
	return fields
}

// Split splits s at every sep.
func Split(s, sep string) []string { return SplitN(s, sep, -1) }

// SplitN splits s at sep into at most n parts; n < 0 means all.
func SplitN(s, sep string, n int) []string {
	if n == 0 {
		return nil
	}
	parts := []string{}
	for n < 0 || len(parts) < n-1 {
		i := Index(s, sep)
		if sep == "" {
			i = 0
			for j := range s {
				if j > 0 {
					i = j
					break
				}
			}
			if i == 0 {
				break
			}
		}
		if i < 0 {
			break
		}
		parts = append(parts, s[:i])
		s = s[i+len(sep):]
	}
	if sep == "" && s == "" {
		return parts
	}
	return append(parts, s)
}

// Join puts sep between the elements.
func Join(elems []string, sep string) string {
	s := ""
	for i, e := range elems {
		if i > 0 {
			s += sep
		}
		s += e
	}
	return s
}

// Repeat gives s count times.
func Repeat(s string, count int) string {
	if count < 0 {
		panic("strings: negative Repeat count")
	}
	if s == "" {
		return ""
	}
	if count > (1<<63-1)/len(s) {
		panic("strings: Repeat output length overflow")
	}
	b := make([]byte, 0, len(s)*count)
	for i := 0; i < count; i++ {
		b = append(b, s...)
	}
	return string(b)
}

// Replace replaces old by new n times; n < 0 means always.
func Replace(s, old, new string, n int) string {
	out := ""
	for n != 0 && old != "" {
		i := Index(s, old)
		if i < 0 {
			break
		}
		out += s[:i] + new
		s = s[i+len(old):]
		n--
	}
	return out + s
}

// ReplaceAll replaces every old by new.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

// Map gives s with every character replaced; a negative one is left out.
func Map(mapping func(rune) rune, s string) string {
	out := ""
	for _, r := range s {
		if m := mapping(r); m >= 0 {
			out += string(m)
		}
	}
	return out
}

// ToUpper gives s in upper case (Latin letters without accents).
func ToUpper(s string) string {
	return Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// ToLower gives s in lower case (Latin letters without accents).
func ToLower(s string) string {
	return Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// Title gives s with words that begin with a capital.
func Title(s string) string {
	prev := ' '
	return Map(func(r rune) rune {
		first := prev == ' '
		prev = r
		if first && 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// EqualFold compares without regard to case.
func EqualFold(s, t string) bool { return ToLower(s) == ToLower(t) }

// Compare gives -1, 0 or +1.
func Compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

// A Builder collects text.
type Builder struct {
	buf []byte
}

func (b *Builder) String() string { return string(b.buf) }
func (b *Builder) Len() int       { return len(b.buf) }
func (b *Builder) Cap() int       { return cap(b.buf) }
func (b *Builder) Reset()         { b.buf = nil }
func (b *Builder) Grow(n int) {
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
}

func (b *Builder) Write(p []byte) (int, error) {
	b.buf = append(b.buf, p...)
	return len(p), nil
}

func (b *Builder) WriteByte(c byte) error {
	b.buf = append(b.buf, c)
	return nil
}

func (b *Builder) WriteRune(r rune) (int, error) { return b.WriteString(string(r)) }

func (b *Builder) WriteString(s string) (int, error) {
	b.buf = append(b.buf, s...)
	return len(s), nil
}
