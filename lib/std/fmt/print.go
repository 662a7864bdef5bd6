// Package fmt formats values as text and reads them back.
package fmt

import (
	"errors"
	"internal/rtype"
	"io"
	"os"
	"strconv"
	"sync"
	"unicode/utf8"
)

// Stringer gives its own text for %v and %s.
type Stringer interface{ String() string }

// GoStringer gives its own text for %#v.
type GoStringer interface{ GoString() string }

// State is what a Formatter prints to and asks about the verb.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

// Formatter controls its own formatting.
type Formatter interface{ Format(f State, verb rune) }

type printer struct {
	buf  []byte
	wid  int
	prec int
	// Flags of the verb being printed.
	widPresent, precPresent, minus, plus, sharp, space, zero bool
	// %+v and %#v: plus and sharp mean more than for single values.
	plusV, sharpV bool
	// panicking inside a method: no further rescue.
	panicking bool
	// erroring: printing a value with a wrong verb, without its methods.
	erroring bool
	// %w is allowed; what it wrapped.
	wrapErrs bool
	wrapped  []int
	// The operand, or the part of it, that is printed; and the operand where
	// rtype.Values of it point.
	arg, top any
	// Where short texts are made before they are padded.
	small [68]byte
}

var printers = sync.Pool{New: func() any { return new(printer) }}

func newPrinter() *printer {
	p := printers.Get().(*printer)
	p.panicking = false
	p.erroring = false
	p.wrapErrs = false
	p.clearFlags()
	return p
}

func (p *printer) free() {
	if cap(p.buf) > 64*1024 {
		p.buf = nil
	} else {
		p.buf = p.buf[:0]
	}
	p.arg, p.top = nil, nil
	p.wrapped = p.wrapped[:0]
	printers.Put(p)
}

// What was printed goes to a writer, to a string or behind other bytes, and the printer back to the others.
func (p *printer) into(w io.Writer) (int, error) {
	n, err := w.Write(p.buf)
	p.free()
	return n, err
}

func (p *printer) text() string {
	s := string(p.buf)
	p.free()
	return s
}

func (p *printer) behind(b []byte) []byte {
	b = append(b, p.buf...)
	p.free()
	return b
}

func (p *printer) clearFlags() {
	p.wid, p.prec = 0, 0
	p.widPresent, p.precPresent, p.minus, p.plus, p.sharp, p.space, p.zero = false, false, false, false, false, false, false
	p.plusV, p.sharpV = false, false
}

// Write appends to what is printed: a printer is a State.
func (p *printer) Write(b []byte) (int, error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString appends to what is printed.
func (p *printer) WriteString(s string) (int, error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

func (p *printer) Width() (int, bool)     { return p.wid, p.widPresent }
func (p *printer) Precision() (int, bool) { return p.prec, p.precPresent }
func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

// Fprintf formats to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	return p.into(w)
}

// Printf formats to standard output.
func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }

// Sprintf formats to a string.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.printf(format, a)
	return p.text()
}

// Appendf formats to the end of b.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.printf(format, a)
	return p.behind(b)
}

// Fprint prints operands to w, with spaces between those that are not strings.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	return p.into(w)
}

// Print prints operands to standard output.
func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

// Sprint prints operands to a string.
func Sprint(a ...any) string {
	p := newPrinter()
	p.print(a)
	return p.text()
}

// Append prints operands to the end of b.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.print(a)
	return p.behind(b)
}

// Fprintln prints operands to w, separated by spaces, and a newline.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	return p.into(w)
}

// Println prints operands to standard output, separated by spaces, and a newline.
func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

// Sprintln prints operands to a string, separated by spaces, and a newline.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.println(a)
	return p.text()
}

// Appendln prints operands to the end of b, separated by spaces, and a newline.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.println(a)
	return p.behind(b)
}

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

// Errorf gives an error with the formatted text that wraps the operands of %w.
func Errorf(format string, a ...any) error {
	p := newPrinter()
	p.wrapErrs = true
	p.printf(format, a)
	s := format
	if string(p.buf) != format {
		s = string(p.buf)
	}
	var err error
	switch len(p.wrapped) {
	case 0:
		err = errors.New(s)
	case 1:
		w := &wrapError{msg: s}
		w.err, _ = a[p.wrapped[0]].(error)
		err = w
	default:
		for i := 1; i < len(p.wrapped); i++ {
			for j := i; j > 0 && p.wrapped[j] < p.wrapped[j-1]; j-- {
				p.wrapped[j], p.wrapped[j-1] = p.wrapped[j-1], p.wrapped[j]
			}
		}
		var errs []error
		for i, n := range p.wrapped {
			if i > 0 && p.wrapped[i-1] == n {
				continue
			}
			if e, ok := a[n].(error); ok {
				errs = append(errs, e)
			}
		}
		err = &wrapErrors{s, errs}
	}
	p.free()
	return err
}

// FormatString rebuilds the verb a Formatter was called for.
func FormatString(state State, verb rune) string {
	b := []byte{'%'}
	const flags = " +-#0"
	for i := range len(flags) {
		if f := flags[i]; state.Flag(int(f)) {
			b = append(b, f)
		}
	}
	width, given := state.Width()
	if given {
		b = strconv.AppendInt(b, int64(width), 10)
	}
	if prec, given := state.Precision(); given {
		b = strconv.AppendInt(append(b, '.'), int64(prec), 10)
	}
	return string(utf8.AppendRune(b, verb))
}

func isString(a any) bool {
	t := rtype.TypeOf(a)
	return t != nil && t.Kind == rtype.String
}

func (p *printer) print(a []any) {
	prev := false
	for i, x := range a {
		str := isString(x)
		if i > 0 && !str && !prev {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(x, 'v')
		prev = str
	}
}

func (p *printer) println(a []any) {
	for i, x := range a {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(x, 'v')
	}
	p.buf = append(p.buf, '\n')
}

// number reads digits of format from i.
func number(format string, i int) (n int, found bool, next int) {
	for i < len(format) && '0' <= format[i] && format[i] <= '9' {
		if n > 1e6 {
			return 0, false, len(format)
		}
		n = n*10 + int(format[i]-'0')
		found = true
		i++
	}
	return n, found, i
}

// argNumber reads an explicit index [n] at i.
func argNumber(format string, i, nargs int) (index int, found, ok bool, next int) {
	if i >= len(format) || format[i] != '[' {
		return 0, false, true, i
	}
	for j := i + 1; j < len(format); j++ {
		if format[j] == ']' {
			n, numeric, end := number(format, i+1)
			if !numeric || end != j || n < 1 || n > nargs {
				return 0, true, false, j + 1
			}
			return n - 1, true, true, j + 1
		}
	}
	return 0, true, false, i + 1
}

func intArg(a []any, i int) (n int, ok bool, next int) {
	if i >= len(a) {
		return 0, false, i
	}
	v := rtype.Of(&a[i])
	if v.Type != nil {
		switch k := v.Type.Kind; {
		case rtype.Int <= k && k <= rtype.Int64:
			n64 := v.Int()
			n, ok = int(n64), true
		case rtype.Uint <= k && k <= rtype.Uintptr:
			u := v.Uint()
			n, ok = int(u), int64(u) >= 0
		}
	}
	if n > 1e6 || n < -1e6 {
		return 0, false, i + 1
	}
	return n, ok, i + 1
}

func (p *printer) printf(format string, a []any) {
	argNum := 0
	reordered := false
	end := len(format)
	for i := 0; i < end; {
		start := i
		for i < end && format[i] != '%' {
			i++
		}
		p.buf = append(p.buf, format[start:i]...)
		if i >= end {
			break
		}
		i++
		p.clearFlags()
		goodIndex := true
		afterIndex := false
		for ; i < end; i++ {
			switch format[i] {
			case '#':
				p.sharp = true
				continue
			case '0':
				p.zero = true
				continue
			case '+':
				p.plus = true
				continue
			case '-':
				p.minus = true
				continue
			case ' ':
				p.space = true
				continue
			}
			break
		}
		takeIndex := func() {
			n, found, ok, next := argNumber(format, i, len(a))
			if !found {
				return
			}
			reordered = true
			afterIndex = true
			i = next
			if ok {
				argNum = n
			} else {
				goodIndex = false
			}
		}
		takeIndex()
		if i < end && format[i] == '*' {
			i++
			p.wid, p.widPresent, argNum = intArg(a, argNum)
			if !p.widPresent {
				p.buf = append(p.buf, "%!(BADWIDTH)"...)
			}
			if p.wid < 0 {
				p.wid = -p.wid
				p.minus = true
				p.zero = false
			}
			afterIndex = false
		} else {
			p.wid, p.widPresent, i = number(format, i)
			if afterIndex && p.widPresent {
				goodIndex = false
			}
		}
		if i+1 <= end && i < end && format[i] == '.' {
			i++
			if afterIndex {
				goodIndex = false
			}
			takeIndex()
			if i < end && format[i] == '*' {
				i++
				p.prec, p.precPresent, argNum = intArg(a, argNum)
				if p.prec < 0 {
					p.prec = 0
					p.precPresent = false
				}
				if !p.precPresent {
					p.buf = append(p.buf, "%!(BADPREC)"...)
				}
				afterIndex = false
			} else {
				p.prec, p.precPresent, i = number(format, i)
				if !p.precPresent {
					p.prec = 0
					p.precPresent = true
				}
			}
		}
		if !afterIndex {
			takeIndex()
		}
		if i >= end {
			p.buf = append(p.buf, "%!(NOVERB)"...)
			break
		}
		verb, size := rune(format[i]), 1
		if verb >= utf8.RuneSelf {
			verb, size = utf8.DecodeRuneInString(format[i:])
		}
		i += size
		switch {
		case verb == '%':
			p.buf = append(p.buf, '%')
		case !goodIndex:
			p.bad(verb, "BADINDEX")
		case argNum >= len(a):
			p.bad(verb, "MISSING")
		default:
			if verb == 'w' {
				if _, ok := a[argNum].(error); ok && p.wrapErrs {
					p.wrapped = append(p.wrapped, argNum)
					verb = 'v'
				} else {
					p.badVerbArg(verb, a[argNum])
					argNum++
					continue
				}
			}
			if verb == 'v' {
				p.sharpV, p.sharp = p.sharp, false
				p.plusV, p.plus = p.plus, false
			}
			p.printArg(a[argNum], verb)
			argNum++
		}
	}
	if !reordered && argNum < len(a) {
		p.clearFlags()
		p.buf = append(p.buf, "%!(EXTRA "...)
		for i, x := range a[argNum:] {
			if i > 0 {
				p.buf = append(p.buf, ", "...)
			}
			if x == nil {
				p.buf = append(p.buf, "<nil>"...)
			} else {
				p.buf = append(p.buf, rtype.TypeOf(x).String()...)
				p.buf = append(p.buf, '=')
				p.printArg(x, 'v')
			}
		}
		p.buf = append(p.buf, ')')
	}
}

func (p *printer) bad(verb rune, what string) {
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, '(')
	p.buf = append(p.buf, what...)
	p.buf = append(p.buf, ')')
}
