// This file holds what a simulated process has of the package os.

package os

// Exit ends the program with the status code; deferred functions are not run.
func Exit(code int)

// Args holds the arguments of the program; a simulated program has none.
var Args []string

// Getenv gives the value of an environment variable; a simulated process has an empty environment.
func Getenv(key string) string { return "" }

// write writes to the stream 1 or 2.
func write(stream int, text string)

// A File is one of the two output streams.
type File struct {
	fd int
}

// Stdout and Stderr are the program's output.
var (
	Stdout = &File{1}
	Stderr = &File{2}
)

// Write writes b.
func (f *File) Write(b []byte) (n int, err error) { return f.WriteString(string(b)) }

// WriteString writes s.
func (f *File) WriteString(s string) (n int, err error) {
	write(f.fd, s)
	return len(s), nil
}
