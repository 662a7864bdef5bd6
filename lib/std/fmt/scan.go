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

// ScanState is what a Scanner reads from.
type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

// Scanner reads itself.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Scan reads space-separated values from standard input; newlines are space.
func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

// Scanln is Scan up to the end of a line.
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

// Scanf reads values as the format says.
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

// text is a string as a reader.
type text struct {
	s *string
	i int
	// As large as what real Go makes.
	_ [4]uintptr
}

func (t *text) Read(b []byte) (n int, err error) {
	if t.i >= len(*t.s) {
		return 0, io.EOF
	}
	n = copy(b, (*t.s)[t.i:])
	t.i += n
	return n, nil
}

func (t *text) ReadRune() (r rune, size int, err error) {
	if t.i >= len(*t.s) {
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRuneInString((*t.s)[t.i:])
	t.i += size
	return r, size, nil
}

// UnreadRune is never asked for twice in a row.
func (t *text) UnreadRune() error {
	_, size := utf8.DecodeLastRuneInString((*t.s)[:t.i])
	t.i -= size
	return nil
}

func Sscan(str string, a ...any) (n int, err error)   { return Fscan(&text{s: &str}, a...) }
func Sscanln(str string, a ...any) (n int, err error) { return Fscanln(&text{s: &str}, a...) }
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf(&text{s: &str}, format, a...)
}

// Fscan reads space-separated values from r.
func Fscan(r io.Reader, a ...any) (n int, err error) {
	s := newScan(r)
	s.newlineIsSpace = true
	n, err = s.all(a)
	s.done()
	return n, err
}

// Fscanln is Fscan up to the end of a line.
func Fscanln(r io.Reader, a ...any) (n int, err error) {
	s := newScan(r)
	s.newlineEnds = true
	n, err = s.all(a)
	s.done()
	return n, err
}

// Fscanf reads values from r as the format says.
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	s := newScan(r)
	n, err = s.format(format, a)
	s.done()
	return n, err
}

// scan reads runes, with one that can be put back.
type scan struct {
	r              io.Reader
	rr             io.RuneScanner
	last           rune
	lastSize       int
	pending        bool
	newlineIsSpace bool
	newlineEnds    bool
	// limited: at most left more runes belong to the value.
	limited bool
	left    int
	width   int
	buf     []byte
}

const eof = -1

var scans = sync.Pool{New: func() any { return new(scan) }}

func newScan(r io.Reader) *scan {
	s := scans.Get().(*scan)
	*s = scan{r: r, buf: s.buf[:0]}
	s.rr, _ = r.(io.RuneScanner)
	return s
}

// done gives s back for another scan.
func (s *scan) done() {
	if cap(s.buf) <= 1024 {
		s.r, s.rr = nil, nil
		scans.Put(s)
	}
}

// scanError carries an error up through the functions that read a value.
type scanError struct{ err error }

func fail(msg string) { panic(scanError{errors.New(msg)}) }

func (s *scan) ReadRune() (r rune, size int, err error) {
	switch {
	case s.limited && s.left <= 0:
		return 0, 0, io.EOF
	case s.pending:
		s.pending = false
		r, size = s.last, s.lastSize
	case s.rr != nil:
		r, size, err = s.rr.ReadRune()
	default:
		r, size, err = s.decode()
	}
	if err != nil {
		s.lastSize = 0
		return 0, 0, err
	}
	s.last, s.lastSize = r, size
	s.left--
	return r, size, nil
}

// decode reads a character byte by byte, so that nothing is taken that is not wanted.
func (s *scan) decode() (rune, int, error) {
	var b [utf8.UTFMax]byte
	n := 0
	for n < len(b) {
		m, err := io.ReadFull(s.r, b[n:n+1])
		if m == 0 {
			if n == 0 {
				if err == io.ErrUnexpectedEOF {
					err = io.EOF
				}
				return 0, 0, err
			}
			break
		}
		n++
		if utf8.FullRune(b[:n]) {
			break
		}
	}
	r, size := utf8.DecodeRune(b[:n])
	return r, size, nil
}

func (s *scan) UnreadRune() error {
	if s.rr != nil && !s.pending {
		s.rr.UnreadRune()
	} else {
		s.pending = true
	}
	s.left++
	return nil
}

func (s *scan) Read([]byte) (int, error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

func (s *scan) Width() (int, bool) { return s.width, s.limited }

// get is the next rune, or eof.
func (s *scan) get() rune {
	r, _, err := s.ReadRune()
	if err != nil {
		if err == io.EOF {
			return eof
		}
		panic(scanError{err})
	}
	return r
}

// must is the next rune; its absence is an error.
func (s *scan) must() rune {
	r := s.get()
	if r == eof {
		panic(scanError{io.ErrUnexpectedEOF})
	}
	return r
}

func (s *scan) back() { s.UnreadRune() }

func space(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// SkipSpace skips space; a newline only if it counts as space.
func (s *scan) SkipSpace() {
	for {
		r := s.get()
		if r == '\r' {
			if n := s.get(); n == '\n' {
				r = n
			} else if n != eof {
				s.back()
			}
		}
		switch {
		case r == eof:
			return
		case r == '\n' && s.newlineIsSpace:
		case r == '\n':
			fail("unexpected newline")
		case !space(r):
			s.back()
			return
		}
	}
}

// Token reads runes that satisfy f; those that are not space if it is nil.
func (s *scan) Token(skipSpace bool, f func(rune) bool) (token []byte, err error) {
	defer caught(&err)
	if f == nil {
		f = func(r rune) bool { return !space(r) }
	}
	if skipSpace {
		s.SkipSpace()
	}
	s.buf = s.buf[:0]
	s.take(f)
	return s.buf, nil
}

func caught(err *error) {
	switch e := recover().(type) {
	case nil:
	case scanError:
		*err = e.err
	default:
		panic(e)
	}
}

func (s *scan) take(f func(rune) bool) {
	for r := s.get(); r != eof; r = s.get() {
		if !f(r) {
			s.back()
			return
		}
		s.buf = utf8.AppendRune(s.buf, r)
	}
}

// accept takes one rune that is in set.
func (s *scan) accept(set string) bool {
	r := s.get()
	if r == eof {
		return false
	}
	for _, c := range set {
		if c == r {
			s.buf = utf8.AppendRune(s.buf, r)
			return true
		}
	}
	s.back()
	return false
}

func (s *scan) all(a []any) (n int, err error) {
	defer caught(&err)
	for _, v := range a {
		s.one('v', v)
		n++
	}
	if s.newlineEnds {
		for {
			r := s.get()
			if r == '\n' || r == eof {
				break
			}
			if !space(r) {
				fail("expected newline")
			}
		}
	}
	return n, nil
}

// one reads a value for a verb into *arg.
func (s *scan) one(verb rune, arg any) {
	s.buf = s.buf[:0]
	if sc, ok := arg.(Scanner); ok {
		if err := sc.Scan(s, verb); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			panic(scanError{err})
		}
		return
	}
	v := rtype.Of(&arg)
	if v.Type == nil || v.Type.Kind != rtype.Pointer {
		name := "<nil>"
		if v.Type != nil {
			name = v.Type.String()
		}
		fail("type not a pointer: " + name)
	}
	e := v.Elem()
	kind := e.Type.Kind
	if verb != 'c' {
		s.SkipSpace()
		r := s.get()
		if r == eof {
			panic(scanError{io.EOF})
		}
		s.back()
	}
	bits := int(e.Type.Size) * 8
	switch {
	case kind == rtype.Bool:
		s.check(verb, "tv", "boolean")
		*(*bool)(e.Ptr) = s.bool()
	case rtype.Int <= kind && kind <= rtype.Int64:
		e.SetBits(uint64(s.int(verb, bits)))
	case rtype.Uint <= kind && kind <= rtype.Uintptr:
		e.SetBits(s.uint(verb, bits))
	case kind == rtype.Float32 || kind == rtype.Float64:
		s.check(verb, "beEfFgGv", "float"+strconv.Itoa(bits))
		s.SkipSpace()
		s.buf = s.buf[:0]
		e.SetFloat(s.float(bits))
	case kind == rtype.Complex64 || kind == rtype.Complex128:
		s.check(verb, "beEfFgGv", "complex"+strconv.Itoa(bits))
		s.SkipSpace()
		s.buf = s.buf[:0]
		e.SetComplex(s.complex(bits / 2))
	case kind == rtype.String:
		*(*string)(e.Ptr) = s.string(verb)
	case kind == rtype.Slice && e.Type.Elem().Kind == rtype.Uint8:
		*(*[]byte)(e.Ptr) = []byte(s.string(verb))
	default:
		fail("can't scan type: " + v.Type.String())
	}
}

func (s *scan) check(verb rune, good, what string) {
	for _, c := range good {
		if c == verb {
			return
		}
	}
	fail("bad verb '%" + string(verb) + "' for " + what)
}

func (s *scan) bool() bool {
	s.SkipSpace()
	switch s.must() {
	case '0':
		return false
	case '1':
		return true
	case 't', 'T':
		if s.accept("rR") && !(s.accept("uU") && s.accept("eE")) {
			fail("syntax error scanning boolean")
		}
		return true
	case 'f', 'F':
		if s.accept("aA") && !(s.accept("lL") && s.accept("sS") && s.accept("eE")) {
			fail("syntax error scanning boolean")
		}
	}
	return false
}

// digits reads an integer's digits in the verb's base; sign is "" if there can be none.
func (s *scan) digits(verb rune, sign string) (text string, base int) {
	base, set := 10, "0123456789_"
	switch verb {
	case 'b':
		base, set = 2, "01_"
	case 'o':
		base, set = 8, "01234567_"
	case 'x', 'X', 'U':
		base, set = 16, "0123456789aAbBcCdDeEfF_"
	case 'd':
	case 'v':
	default:
		s.check(verb, "bdoUxXv", "integer")
	}
	s.SkipSpace()
	s.buf = s.buf[:0]
	if verb == 'U' {
		if r := s.must(); r != 'U' || s.must() != '+' {
			fail("bad unicode format ")
		}
	} else {
		s.accept(sign)
		if verb == 'v' && s.accept("0") {
			switch {
			case s.accept("bB"):
				base, set = 0, "01_"
			case s.accept("oO"):
				base, set = 0, "01234567_"
			case s.accept("xX"):
				base, set = 0, "0123456789aAbBcCdDeEfF_"
			default:
				base, set = 0, "01234567_"
			}
			for s.accept(set) {
			}
			return string(s.buf), base
		}
	}
	if r := s.get(); r == eof {
		panic(scanError{io.ErrUnexpectedEOF})
	}
	s.back()
	if !s.accept(set) {
		fail("expected integer")
	}
	for s.accept(set) {
	}
	return string(s.buf), base
}

func (s *scan) int(verb rune, bits int) int64 {
	if verb == 'c' {
		return int64(s.char(bits))
	}
	text, base := s.digits(verb, "+-")
	i, err := strconv.ParseInt(text, base, 64)
	if err != nil {
		panic(scanError{err})
	}
	if n := uint(64 - bits); i<<n>>n != i {
		fail("integer overflow on token " + text)
	}
	return i
}

func (s *scan) uint(verb rune, bits int) uint64 {
	if verb == 'c' {
		return uint64(s.char(bits))
	}
	text, base := s.digits(verb, "")
	u, err := strconv.ParseUint(text, base, 64)
	if err != nil {
		panic(scanError{err})
	}
	if n := uint(64 - bits); u<<n>>n != u {
		fail("unsigned integer overflow on token " + text)
	}
	return u
}

func (s *scan) char(bits int) rune {
	r := s.must()
	if n := uint(64 - bits); int64(r)<<n>>n != int64(r) {
		fail("overflow on character value " + string(r))
	}
	return r
}

// number reads a float's text.
func (s *scan) number() string {
	start := len(s.buf)
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.buf[start:])
	}
	s.accept("+-")
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.buf[start:])
	}
	set, exp := "0123456789_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		set, exp = "0123456789aAbBcCdDeEfF_", "pP"
	}
	for s.accept(set) {
	}
	if s.accept(".") {
		for s.accept(set) {
		}
	}
	if s.accept(exp) {
		s.accept("+-")
		for s.accept("0123456789_") {
		}
	}
	return string(s.buf[start:])
}

func (s *scan) float(bits int) float64 { return s.parse(s.number(), bits) }

func (s *scan) parse(text string, bits int) float64 {
	f, err := strconv.ParseFloat(text, bits)
	if err != nil {
		panic(scanError{err})
	}
	return f
}

func (s *scan) complex(bits int) complex128 {
	paren := s.accept("(")
	re := s.number()
	s.buf = s.buf[:0]
	if !s.accept("+-") {
		fail("syntax error scanning complex number")
	}
	sign := string(s.buf)
	s.buf = s.buf[:0]
	im := s.number()
	if !s.accept("i") || paren && !s.accept(")") {
		fail("syntax error scanning complex number")
	}
	return complex(s.parse(re, bits), s.parse(sign+im, bits))
}

func (s *scan) string(verb rune) string {
	s.check(verb, "svqxX", "string")
	s.SkipSpace()
	s.buf = s.buf[:0]
	if r := s.get(); r == eof {
		panic(scanError{io.ErrUnexpectedEOF})
	}
	s.back()
	switch verb {
	case 'q':
		return s.quoted()
	case 'x', 'X':
		var out []byte
		for s.accept("0123456789aAbBcCdDeEfF") {
			if !s.accept("0123456789aAbBcCdDeEfF") {
				fail("illegal hex digit")
			}
			b, _ := strconv.ParseUint(string(s.buf), 16, 8)
			out = append(out, byte(b))
			s.buf = s.buf[:0]
		}
		if len(out) == 0 {
			fail("no hex data for %x string")
		}
		return string(out)
	}
	s.take(func(r rune) bool { return !space(r) })
	return string(s.buf)
}

func (s *scan) quoted() string {
	switch q := s.must(); q {
	case '`':
		for r := s.must(); r != q; r = s.must() {
			s.buf = utf8.AppendRune(s.buf, r)
		}
		return string(s.buf)
	case '"':
		s.buf = append(s.buf, '"')
		for {
			r := s.must()
			s.buf = utf8.AppendRune(s.buf, r)
			if r == '\\' {
				s.buf = utf8.AppendRune(s.buf, s.must())
			} else if r == '"' {
				break
			}
		}
		text, err := strconv.Unquote(string(s.buf))
		if err != nil {
			panic(scanError{err})
		}
		return text
	}
	fail("expected quoted string")
	return ""
}

// format reads as the format says.
func (s *scan) format(format string, a []any) (n int, err error) {
	defer caught(&err)
	for i := 0; i < len(format); {
		if format[i] != '%' || i+1 < len(format) && format[i+1] == '%' {
			w := s.literal(format[i:])
			i += w
			continue
		}
		i++
		s.limited = false
		width, given, next := number(format, i)
		i = next
		if i >= len(format) {
			fail("too few operands for format '%" + "'")
		}
		verb, size := utf8.DecodeRuneInString(format[i:])
		i += size
		if verb != 'c' {
			s.SkipSpace()
		}
		if n >= len(a) {
			fail("too few operands for format '%" + string(verb) + "'")
		}
		if given {
			s.limited, s.width, s.left = true, width, width
		}
		s.one(verb, a[n])
		n++
		s.limited = false
	}
	if n < len(a) {
		fail("too many operands")
	}
	return n, nil
}

// literal matches one character of the format, or a run of spaces; how much of it.
func (s *scan) literal(format string) int {
	r, size := utf8.DecodeRuneInString(format)
	if r == '%' {
		s.blanks()
		if c := s.get(); c != '%' {
			if c == eof {
				panic(scanError{io.ErrUnexpectedEOF})
			}
			fail("missing literal %")
		}
		return 2
	}
	if space(r) {
		// Spaces and newlines: newlines must match, other space matches any amount.
		n, lines := 0, 0
		for n < len(format) {
			c, k := utf8.DecodeRuneInString(format[n:])
			if !space(c) {
				break
			}
			if c == '\n' {
				lines++
			}
			n += k
		}
		for ; lines > 0; lines-- {
			s.blanks()
			c := s.get()
			if c == '\r' {
				c = s.get()
			}
			if c != '\n' && c != eof {
				s.back()
				fail("newline in format does not match input")
			}
		}
		s.blanks()
		return n
	}
	c := s.get()
	switch {
	case c == eof:
		panic(scanError{io.ErrUnexpectedEOF})
	case c != r:
		s.back()
		if c == '\n' {
			fail("unexpected newline")
		}
		fail("input does not match format")
	}
	return size
}

// blanks skips space on the line.
func (s *scan) blanks() {
	for {
		r := s.get()
		if r == eof {
			return
		}
		if r == '\n' || !space(r) {
			s.back()
			return
		}
	}
}
