// Package strconv converts between text and values of basic types.
package strconv

import (
	"errors"
	"unicode/utf8"
	"unsafe"
)

// IntSize is the size of an int in bits.
const IntSize = 64

var (
	ErrRange  = errors.New("value out of range")
	ErrSyntax = errors.New("invalid syntax")
)

// NumError says which conversion failed, on what, and why.
type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

// clone is s in memory of its own, also where a conversion would share bytes.
func clone(s string) string {
	if s == "" {
		return ""
	}
	b := make([]byte, len(s))
	copy(b, s)
	return unsafe.String(&b[0], len(b))
}

func syntaxError(fn, s string) *NumError { return &NumError{fn, clone(s), ErrSyntax} }
func rangeError(fn, s string) *NumError  { return &NumError{fn, clone(s), ErrRange} }

// ParseBool accepts 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False.
func ParseBool(s string) (bool, error) {
	switch s {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, syntaxError("ParseBool", s)
}

// FormatBool gives "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// AppendBool appends FormatBool's text.
func AppendBool(dst []byte, b bool) []byte { return append(dst, FormatBool(b)...) }

func digitOf(c byte) uint64 {
	switch {
	case '0' <= c && c <= '9':
		return uint64(c - '0')
	case 'a' <= c && c <= 'z':
		return uint64(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return uint64(c-'A') + 10
	}
	return 255
}

// ParseUint interprets s in the base given (0: by prefix) as an unsigned number of bitSize bits (0: int's).
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	return parseUint("ParseUint", s, s, base, bitSize)
}

func parseUint(fn, whole, s string, base int, bitSize int) (uint64, error) {
	if s == "" {
		return 0, syntaxError(fn, whole)
	}
	digits := s
	prefixed := base == 0
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base = 10
		if s[0] == '0' {
			base = 8
			digits = s[1:]
			if len(s) >= 3 {
				switch s[1] | 0x20 {
				case 'b':
					base, digits = 2, s[2:]
				case 'o':
					base, digits = 8, s[2:]
				case 'x':
					base, digits = 16, s[2:]
				}
			}
		}
	default:
		return 0, &NumError{fn, clone(whole), errors.New("invalid base " + Itoa(base))}
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, &NumError{fn, clone(whole), errors.New("invalid bit size " + Itoa(bitSize))}
	}
	limit := uint64(1)<<uint(bitSize) - 1
	var n uint64
	underscore := false
	for i := 0; i < len(digits); i++ {
		if digits[i] == '_' && prefixed {
			underscore = true
			continue
		}
		d := digitOf(digits[i])
		if d >= uint64(base) {
			return 0, syntaxError(fn, whole)
		}
		if n > (1<<64-1)/uint64(base) {
			return limit, rangeError(fn, whole)
		}
		n *= uint64(base)
		if n+d < n || n+d > limit {
			return limit, rangeError(fn, whole)
		}
		n += d
	}
	if underscore && !underscoreOK(s) {
		return 0, syntaxError(fn, whole)
	}
	return n, nil
}

// underscoreOK reports whether underscores stand only between digits, or between prefix and digit.
func underscoreOK(s string) bool {
	i := 0
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		i = 1
	}
	hex := false
	last := byte('^')
	if len(s)-i >= 2 && s[i] == '0' {
		switch s[i+1] | 0x20 {
		case 'b', 'o', 'x':
			hex = s[i+1]|0x20 == 'x'
			i += 2
			last = '0'
		}
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hex && digitOf(c) < 16:
			last = '0'
		case c == '_':
			if last != '0' {
				return false
			}
			last = '_'
		default:
			if last == '_' {
				return false
			}
			last = '!'
		}
	}
	return last != '_'
}

// ParseInt interprets s in the base given as a signed number of bitSize bits.
func ParseInt(s string, base int, bitSize int) (int64, error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func parseInt(fn, s string, base int, bitSize int) (int64, error) {
	if s == "" {
		return 0, syntaxError(fn, s)
	}
	neg := s[0] == '-'
	t := s
	if neg || s[0] == '+' {
		t = s[1:]
	}
	u, err := parseUint(fn, s, t, base, bitSize)
	if err != nil && err.(*NumError).Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << uint(bitSize-1)
	if err == nil && (!neg && u >= limit || neg && u > limit) {
		err = rangeError(fn, s)
	}
	if !neg && u >= limit {
		return int64(limit - 1), err
	}
	if neg && u > limit {
		return -int64(limit), err
	}
	if neg {
		return -int64(u), nil
	}
	return int64(u), nil
}

// Atoi is ParseInt(s, 10, 0) as an int.
func Atoi(s string) (int, error) {
	n, err := parseInt("Atoi", s, 10, 0)
	return int(n), err
}

const small = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// FormatUint gives the digits of i in base 2 to 36.
func FormatUint(i uint64, base int) string {
	if i < 100 && base == 10 {
		return smallString(int(i))
	}
	var a [65]byte
	return string(formatBits(a[:], i, base, false))
}

// FormatInt gives the digits of i in base 2 to 36.
func FormatInt(i int64, base int) string {
	if 0 <= i && i < 100 && base == 10 {
		return smallString(int(i))
	}
	var a [65]byte
	return string(formatBits(a[:], uint64(i), base, i < 0))
}

func smallString(i int) string {
	if i < 10 {
		return digits[i : i+1]
	}
	return small[2*i : 2*i+2]
}

// formatBits writes into the end of a and gives that end.
func formatBits(a []byte, u uint64, base int, neg bool) []byte {
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	if neg {
		u = -u
	}
	i := len(a)
	b := uint64(base)
	for u >= b {
		i--
		q := u / b
		a[i] = digits[u-q*b]
		u = q
	}
	i--
	a[i] = digits[u]
	if neg {
		i--
		a[i] = '-'
	}
	return a[i:]
}

// Itoa is FormatInt(int64(i), 10).
func Itoa(i int) string { return FormatInt(int64(i), 10) }

// AppendInt appends FormatInt's text.
func AppendInt(dst []byte, i int64, base int) []byte {
	var a [65]byte
	return append(dst, formatBits(a[:], uint64(i), base, i < 0)...)
}

// AppendUint appends FormatUint's text.
func AppendUint(dst []byte, i uint64, base int) []byte {
	var a [65]byte
	return append(dst, formatBits(a[:], i, base, false)...)
}

// FormatFloat formats f, rounded as a float of bitSize bits, with verb e E f g G b x X; precision -1 is the shortest that reads back.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	return string(AppendFloat(make([]byte, 0, max(prec+4, 24)), f, fmt, prec, bitSize))
}

// AppendFloat appends FormatFloat's text.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	if bitSize != 32 && bitSize != 64 {
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	var a [512]byte
	n := formatFloat(a[:], f, int32(fmt), int32(prec), int32(bitSize))
	if n < 0 {
		b := make([]byte, -n)
		n = formatFloat(b, f, int32(fmt), int32(prec), int32(bitSize))
		return append(dst, b[:n]...)
	}
	return append(dst, a[:n]...)
}

// formatFloat writes the text into buf and gives its length, or the negative length needed if buf is too short.
//
//go:noescape
func formatFloat(buf []byte, f float64, fmt, prec, bitSize int32) int32

// ParseFloat reads a decimal or hexadecimal number, inf, infinity or nan.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, status := parseFloat(s, int32(bitSize))
	switch status {
	case 1:
		return 0, syntaxError("ParseFloat", s)
	case 2:
		return f, rangeError("ParseFloat", s)
	}
	return f, nil
}

// parseFloat gives the value nearest to s and 0, or 1 for bad syntax, 2 for out of range (f is ±Inf).
//
//go:noescape
func parseFloat(s string, bitSize int32) (f float64, status int32)

// FormatComplex formats c as (a+bi).
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	im := FormatFloat(imag(c), fmt, prec, bitSize/2)
	if im[0] != '+' && im[0] != '-' {
		im = "+" + im
	}
	return "(" + FormatFloat(real(c), fmt, prec, bitSize/2) + im + "i)"
}

// Quoting.

// Quote gives s as a double-quoted Go string literal.
func Quote(s string) string { return string(appendQuoted(room(s), s, '"', false, false)) }

// room is space for the quoted form of s, if little of it is escaped.
func room(s string) []byte { return make([]byte, 0, 3*len(s)/2) }

// AppendQuote appends Quote's text.
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', false, false) }

// QuoteToASCII is Quote with everything outside ASCII escaped.
func QuoteToASCII(s string) string { return string(appendQuoted(room(s), s, '"', true, false)) }

// AppendQuoteToASCII appends QuoteToASCII's text.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', true, false) }

// QuoteToGraphic is Quote leaving graphic characters as they are.
func QuoteToGraphic(s string) string { return string(appendQuoted(room(s), s, '"', false, true)) }

// QuoteRune gives r as a Go character literal.
func QuoteRune(r rune) string { return string(AppendQuoteRune(nil, r)) }

// AppendQuoteRune appends QuoteRune's text.
func AppendQuoteRune(dst []byte, r rune) []byte {
	dst = append(dst, '\'')
	dst = appendEscaped(dst, validRune(r), '\'', false, false)
	return append(dst, '\'')
}

// QuoteRuneToASCII is QuoteRune with everything outside ASCII escaped.
func QuoteRuneToASCII(r rune) string { return string(AppendQuoteRuneToASCII(nil, r)) }

// AppendQuoteRuneToASCII appends QuoteRuneToASCII's text.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte {
	dst = append(dst, '\'')
	dst = appendEscaped(dst, validRune(r), '\'', true, false)
	return append(dst, '\'')
}

func validRune(r rune) rune {
	if utf8.ValidRune(r) {
		return r
	}
	return utf8.RuneError
}

func appendQuoted(dst []byte, s string, quote byte, ascii, graphic bool) []byte {
	dst = append(dst, quote)
	for len(s) > 0 {
		r, w := utf8.DecodeRuneInString(s)
		if w == 1 && r == utf8.RuneError {
			dst = append(dst, '\\', 'x', digits[s[0]>>4], digits[s[0]&15])
		} else {
			dst = appendEscaped(dst, r, quote, ascii, graphic)
		}
		s = s[w:]
	}
	return append(dst, quote)
}

func appendEscaped(dst []byte, r rune, quote byte, ascii, graphic bool) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	if ascii {
		if r < utf8.RuneSelf && IsPrint(r) {
			return append(dst, byte(r))
		}
	} else if IsPrint(r) || graphic && IsGraphic(r) {
		return utf8.AppendRune(dst, r)
	}
	switch r {
	case '\a':
		return append(dst, `\a`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\v':
		return append(dst, `\v`...)
	}
	n := 8
	switch {
	case r < ' ' || r == 0x7f:
		return append(dst, '\\', 'x', digits[byte(r)>>4], digits[byte(r)&15])
	case r < 0x10000:
		dst = append(dst, `\u`...)
		n = 4
	default:
		dst = append(dst, `\U`...)
	}
	for s := n*4 - 4; s >= 0; s -= 4 {
		dst = append(dst, digits[r>>uint(s)&15])
	}
	return dst
}

// CanBackquote reports whether s can be a raw string literal on one line.
func CanBackquote(s string) bool {
	for len(s) > 0 {
		r, w := utf8.DecodeRuneInString(s)
		s = s[w:]
		if w > 1 {
			if r == '\ufeff' {
				return false
			}
			continue
		}
		if r == utf8.RuneError || r < ' ' && r != '\t' || r == '`' || r == 0x7f {
			return false
		}
	}
	return true
}

// IsPrint reports whether r prints as itself: letters, marks, numbers, punctuation, symbols, ASCII space.
func IsPrint(r rune) bool {
	if r < 0x7f {
		return r >= ' '
	}
	if r <= 0xff {
		return r >= 0xa1 && r != 0xad
	}
	return isPrint(r)
}

// IsGraphic is IsPrint, or another Unicode space.
func IsGraphic(r rune) bool {
	if IsPrint(r) {
		return true
	}
	switch r {
	case 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x202f, 0x205f, 0x3000:
		return true
	}
	return false
}

func isPrint(r rune) bool

// UnquoteChar decodes the first character or escape of s.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	if c == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if c >= utf8.RuneSelf {
		r, w := utf8.DecodeRuneInString(s)
		return r, true, s[w:], nil
	}
	if c != '\\' {
		return rune(c), false, s[1:], nil
	}
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	c = s[1]
	s = s[2:]
	switch c {
	case 'a':
		return '\a', false, s, nil
	case 'b':
		return '\b', false, s, nil
	case 'f':
		return '\f', false, s, nil
	case 'n':
		return '\n', false, s, nil
	case 'r':
		return '\r', false, s, nil
	case 't':
		return '\t', false, s, nil
	case 'v':
		return '\v', false, s, nil
	case 'x', 'u', 'U':
		n := 2
		if c == 'u' {
			n = 4
		} else if c == 'U' {
			n = 8
		}
		if len(s) < n {
			return 0, false, "", ErrSyntax
		}
		var v rune
		for i := 0; i < n; i++ {
			d := digitOf(s[i])
			if d > 15 {
				return 0, false, "", ErrSyntax
			}
			v = v<<4 | rune(d)
		}
		if c == 'x' {
			return v, false, s[n:], nil
		}
		if !utf8.ValidRune(v) {
			return 0, false, "", ErrSyntax
		}
		return v, true, s[n:], nil
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(s) < 2 {
			return 0, false, "", ErrSyntax
		}
		v := rune(c - '0')
		for i := 0; i < 2; i++ {
			if s[i] < '0' || s[i] > '7' {
				return 0, false, "", ErrSyntax
			}
			v = v<<3 | rune(s[i]-'0')
		}
		if v > 255 {
			return 0, false, "", ErrSyntax
		}
		return v, false, s[2:], nil
	case '\\':
		return '\\', false, s, nil
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		return rune(c), false, s, nil
	}
	return 0, false, "", ErrSyntax
}

// plain reports whether s has none of the bytes.
func plain(s, bytes string) bool {
	for i := 0; i < len(s); i++ {
		for j := 0; j < len(bytes); j++ {
			if s[i] == bytes[j] {
				return false
			}
		}
	}
	return true
}

// Unquote interprets a Go string or character literal.
func Unquote(s string) (string, error) {
	if len(s) < 2 || s[0] != s[len(s)-1] {
		return "", ErrSyntax
	}
	quote := s[0]
	body := s[1 : len(s)-1]
	switch quote {
	case '`':
		if plain(body, "`\r") {
			return body, nil
		}
		out := make([]byte, 0, len(body))
		for i := 0; i < len(body); i++ {
			if body[i] == '`' {
				return "", ErrSyntax
			}
			if body[i] != '\r' {
				out = append(out, body[i])
			}
		}
		return string(out), nil
	case '"', '\'':
		if quote == '"' && plain(body, "\\\"\n") && utf8.ValidString(body) {
			return body, nil
		}
		out := make([]byte, 0, len(body))
		count := 0
		for len(body) > 0 {
			if body[0] == '\n' {
				return "", ErrSyntax
			}
			r, multi, tail, err := UnquoteChar(body, quote)
			if err != nil {
				return "", err
			}
			body = tail
			if r < utf8.RuneSelf || !multi {
				out = append(out, byte(r))
			} else {
				out = utf8.AppendRune(out, r)
			}
			count++
		}
		if quote == '\'' && count != 1 {
			return "", ErrSyntax
		}
		return string(out), nil
	}
	return "", ErrSyntax
}
