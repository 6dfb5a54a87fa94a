// This file holds the package log: the standard logger, on standard error, and loggers of one's own.

package log

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

const (
	Ldate = 1 << iota
	Ltime
	Lmicroseconds
	Llongfile
	Lshortfile
	LUTC
	Lmsgprefix
	LstdFlags = Ldate | Ltime
)

// A Logger writes lines, one at a time.
type Logger struct {
	mu     sync.Mutex
	out    io.Writer
	prefix string
	flag   int
}

// New gives a Logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	return &Logger{out: out, prefix: prefix, flag: flag}
}

var std = New(os.Stderr, "", LstdFlags)

// Default gives the standard logger.
func Default() *Logger { return std }

// Output writes one line.
func (l *Logger) Output(calldepth int, s string) error {
	t := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	head := ""
	if l.flag&Lmsgprefix == 0 {
		head = l.prefix
	}
	if l.flag&Ldate != 0 {
		head += t.Format("2006/01/02 ")
	}
	if l.flag&Lmicroseconds != 0 {
		head += t.Format("15:04:05.000000 ")
	} else if l.flag&Ltime != 0 {
		head += t.Format("15:04:05 ")
	}
	if l.flag&Lmsgprefix != 0 {
		head += l.prefix
	}
	if len(s) == 0 || s[len(s)-1] != '\n' {
		s += "\n"
	}
	_, err := l.out.Write([]byte(head + s))
	return err
}

// SetFlags sets what stands before each line.
func (l *Logger) SetFlags(flag int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flag = flag
}

// SetPrefix sets the text before each line.
func (l *Logger) SetPrefix(prefix string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prefix = prefix
}

// SetOutput sets where lines are written.
func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out = w
}

func (l *Logger) Print(v ...any)                 { l.Output(2, fmt.Sprint(v...)) }
func (l *Logger) Println(v ...any)               { l.Output(2, fmt.Sprintln(v...)) }
func (l *Logger) Printf(format string, v ...any) { l.Output(2, fmt.Sprintf(format, v...)) }

func (l *Logger) Fatal(v ...any) {
	l.Output(2, fmt.Sprint(v...))
	os.Exit(1)
}

func (l *Logger) Fatalln(v ...any) {
	l.Output(2, fmt.Sprintln(v...))
	os.Exit(1)
}

func (l *Logger) Fatalf(format string, v ...any) {
	l.Output(2, fmt.Sprintf(format, v...))
	os.Exit(1)
}

func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	l.Output(2, s)
	panic(s)
}

func (l *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	l.Output(2, s)
	panic(s)
}

func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.Output(2, s)
	panic(s)
}

func SetFlags(flag int)       { std.SetFlags(flag) }
func SetPrefix(prefix string) { std.SetPrefix(prefix) }
func SetOutput(w io.Writer)   { std.SetOutput(w) }

func Print(v ...any)                 { std.Print(v...) }
func Println(v ...any)               { std.Println(v...) }
func Printf(format string, v ...any) { std.Printf(format, v...) }
func Fatal(v ...any)                 { std.Fatal(v...) }
func Fatalln(v ...any)               { std.Fatalln(v...) }
func Fatalf(format string, v ...any) { std.Fatalf(format, v...) }
func Panic(v ...any)                 { std.Panic(v...) }
func Panicln(v ...any)               { std.Panicln(v...) }
func Panicf(format string, v ...any) { std.Panicf(format, v...) }
