// Package log writes lines of text with a header.
package log

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"
)

// What the header holds.
const (
	Ldate         = 1 << iota // 2009/01/23
	Ltime                     // 01:23:23
	Lmicroseconds             // 01:23:23.123123
	Llongfile                 // /a/b/c/d.go:23
	Lshortfile                // d.go:23
	LUTC                      // date and time in UTC
	Lmsgprefix                // prefix before the message, not at the line's start
	LstdFlags     = Ldate | Ltime
)

// Logger writes lines to a Writer, one call of Write each.
type Logger struct {
	mu     sync.Mutex
	prefix string
	flags  int
	out    io.Writer
	buf    []byte
}

// New gives a logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	return &Logger{out: out, prefix: prefix, flags: flag}
}

var std = New(os.Stderr, "", LstdFlags)

// Default is the logger of the package's functions.
func Default() *Logger { return std }

func (l *Logger) Flags() int            { return l.flags }
func (l *Logger) SetFlags(flag int)     { l.flags = flag }
func (l *Logger) Prefix() string        { return l.prefix }
func (l *Logger) SetPrefix(p string)    { l.prefix = p }
func (l *Logger) Writer() io.Writer     { return l.out }
func (l *Logger) SetOutput(w io.Writer) { l.out = w }

// digits appends n with at least width digits.
func digits(b []byte, n, width int) []byte {
	div := 1
	for d := 1; d < width || n/div >= 10; d++ {
		div *= 10
	}
	for ; div > 0; div /= 10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}

func (l *Logger) header(b []byte, t time.Time, file string, line int) []byte {
	if l.flags&Lmsgprefix == 0 {
		b = append(b, l.prefix...)
	}
	if l.flags&LUTC != 0 {
		t = t.UTC()
	}
	if l.flags&Ldate != 0 {
		y, m, d := t.Date()
		b = append(digits(b, y, 4), '/')
		b = append(digits(b, int(m), 2), '/')
		b = append(digits(b, d, 2), ' ')
	}
	if l.flags&(Ltime|Lmicroseconds) != 0 {
		h, m, s := t.Clock()
		b = append(digits(b, h, 2), ':')
		b = append(digits(b, m, 2), ':')
		b = digits(b, s, 2)
		if l.flags&Lmicroseconds != 0 {
			b = digits(append(b, '.'), t.Nanosecond()/1e3, 6)
		}
		b = append(b, ' ')
	}
	if l.flags&(Lshortfile|Llongfile) != 0 {
		if l.flags&Lshortfile != 0 {
			for i := len(file) - 1; i >= 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(append(b, file...), ':')
		b = append(digits(b, line, 1), ": "...)
	}
	if l.flags&Lmsgprefix != 0 {
		b = append(b, l.prefix...)
	}
	return b
}

// write writes one line; depth counts the calls between the caller of the package and write.
func (l *Logger) write(depth int, text func([]byte) []byte) error {
	if l.out == io.Discard {
		return nil
	}
	now := time.Now()
	file, line := "???", 0
	if l.flags&(Lshortfile|Llongfile) != 0 {
		if _, f, n, ok := runtime.Caller(depth + 1); ok {
			file, line = f, n
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := text(l.header(l.buf[:0], now, file, line))
	if len(b) == 0 || b[len(b)-1] != '\n' {
		b = append(b, '\n')
	}
	l.buf = b
	_, err := l.out.Write(b)
	return err
}

func (l *Logger) print(v []any) {
	l.write(2, func(b []byte) []byte { return fmt.Append(b, v...) })
}
func (l *Logger) println(v []any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}
func (l *Logger) printf(format string, v []any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}
func (l *Logger) panic(s string) {
	l.write(2, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

// Output writes s; calldepth 1 is the caller of Output.
func (l *Logger) Output(calldepth int, s string) error {
	return l.write(calldepth, func(b []byte) []byte { return append(b, s...) })
}

func (l *Logger) Print(v ...any)                 { l.print(v) }
func (l *Logger) Printf(format string, v ...any) { l.printf(format, v) }
func (l *Logger) Println(v ...any)               { l.println(v) }
func (l *Logger) Fatal(v ...any)                 { l.print(v); os.Exit(1) }
func (l *Logger) Fatalf(format string, v ...any) { l.printf(format, v); os.Exit(1) }
func (l *Logger) Fatalln(v ...any)               { l.println(v); os.Exit(1) }
func (l *Logger) Panic(v ...any)                 { l.panic(fmt.Sprint(v...)) }
func (l *Logger) Panicf(format string, v ...any) { l.panic(fmt.Sprintf(format, v...)) }
func (l *Logger) Panicln(v ...any)               { l.panic(fmt.Sprintln(v...)) }

func Flags() int                           { return std.flags }
func SetFlags(flag int)                    { std.flags = flag }
func Prefix() string                       { return std.prefix }
func SetPrefix(p string)                   { std.prefix = p }
func Writer() io.Writer                    { return std.out }
func SetOutput(w io.Writer)                { std.out = w }
func Output(calldepth int, s string) error { return std.Output(calldepth+1, s) }
func Print(v ...any)                       { std.print(v) }
func Printf(format string, v ...any)       { std.printf(format, v) }
func Println(v ...any)                     { std.println(v) }
func Fatal(v ...any)                       { std.print(v); os.Exit(1) }
func Fatalf(format string, v ...any)       { std.printf(format, v); os.Exit(1) }
func Fatalln(v ...any)                     { std.println(v); os.Exit(1) }
func Panic(v ...any)                       { std.panic(fmt.Sprint(v...)) }
func Panicf(format string, v ...any)       { std.panic(fmt.Sprintf(format, v...)) }
func Panicln(v ...any)                     { std.panic(fmt.Sprintln(v...)) }
