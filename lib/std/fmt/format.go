package fmt

import (
	"internal/rtype"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

const (
	lower = "0123456789abcdefx"
	upper = "0123456789ABCDEFX"
)

func ptrOf(t *rtype.Type) unsafe.Pointer { return unsafe.Pointer(t) }

func (p *printer) writePadding(n int) {
	c := byte(' ')
	if p.zero && !p.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		p.buf = append(p.buf, c)
	}
}

// pad writes b in the width asked for.
func (p *printer) pad(b []byte) {
	if !p.widPresent || p.wid == 0 {
		p.buf = append(p.buf, b...)
		return
	}
	n := p.wid - utf8.RuneCount(b)
	if !p.minus {
		p.writePadding(n)
		p.buf = append(p.buf, b...)
	} else {
		p.buf = append(p.buf, b...)
		p.writePadding(n)
	}
}

func (p *printer) padString(s string) {
	if !p.widPresent || p.wid == 0 {
		p.buf = append(p.buf, s...)
		return
	}
	n := p.wid - utf8.RuneCountInString(s)
	if !p.minus {
		p.writePadding(n)
		p.buf = append(p.buf, s...)
	} else {
		p.buf = append(p.buf, s...)
		p.writePadding(n)
	}
}

func (p *printer) fmtInteger(u uint64, signed bool, verb rune, v rtype.Value) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.fmt0x64(u, true)
		} else {
			p.fmtInt(u, 10, signed, verb, lower)
		}
	case 'd':
		p.fmtInt(u, 10, signed, verb, lower)
	case 'b':
		p.fmtInt(u, 2, signed, verb, lower)
	case 'o', 'O':
		p.fmtInt(u, 8, signed, verb, lower)
	case 'x':
		p.fmtInt(u, 16, signed, verb, lower)
	case 'X':
		p.fmtInt(u, 16, signed, verb, upper)
	case 'c':
		p.pad(utf8.AppendRune(p.small[:0], runeOf(u)))
	case 'q':
		if p.plus {
			p.pad(strconv.AppendQuoteRuneToASCII(p.small[:0], runeOf(u)))
		} else {
			p.pad(strconv.AppendQuoteRune(p.small[:0], runeOf(u)))
		}
	case 'U':
		p.fmtUnicode(u)
	default:
		p.badVerb(verb, v)
	}
}

func runeOf(u uint64) rune {
	if u > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(u)
}

func (p *printer) fmtUnicode(u uint64) {
	b := append(p.small[:0], "U+"...)
	var a [16]byte
	digits := strconv.AppendUint(a[:0], u, 16)
	least := 4
	if p.precPresent && p.prec > 4 {
		least = p.prec
	}
	for n := len(digits); n < least; n++ {
		b = append(b, '0')
	}
	for _, c := range digits {
		if c >= 'a' {
			c -= 'a' - 'A'
		}
		b = append(b, c)
	}
	if p.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		b = append(b, " '"...)
		b = utf8.AppendRune(b, rune(u))
		b = append(b, '\'')
	}
	zero := p.zero
	p.zero = false
	p.pad(b)
	p.zero = zero
}

// fmtInt writes an integer with sign, prefix, precision and width.
func (p *printer) fmtInt(u uint64, base uint64, signed bool, verb rune, digits string) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	var small [68]byte
	buf := small[:]
	if p.widPresent || p.precPresent {
		if width := 3 + p.wid + p.prec; width > len(buf) {
			buf = make([]byte, width)
		}
	}
	prec := 0
	if p.precPresent {
		prec = p.prec
		if prec == 0 && u == 0 {
			zero := p.zero
			p.zero = false
			p.writePadding(p.wid)
			p.zero = zero
			return
		}
	} else if p.zero && !p.minus && p.widPresent {
		prec = p.wid
		if negative || p.plus || p.space {
			prec--
		}
	}
	i := len(buf)
	for u >= base {
		i--
		buf[i] = digits[u%base]
		u /= base
	}
	i--
	buf[i] = digits[u]
	for i > 0 && prec > len(buf)-i {
		i--
		buf[i] = '0'
	}
	if p.sharp {
		switch base {
		case 2:
			i -= 2
			buf[i], buf[i+1] = '0', 'b'
		case 8:
			if buf[i] != '0' {
				i--
				buf[i] = '0'
			}
		case 16:
			i -= 2
			buf[i], buf[i+1] = '0', digits[16]
		}
	}
	if verb == 'O' {
		i -= 2
		buf[i], buf[i+1] = '0', 'o'
	}
	switch {
	case negative:
		i--
		buf[i] = '-'
	case p.plus:
		i--
		buf[i] = '+'
	case p.space:
		i--
		buf[i] = ' '
	}
	zero := p.zero
	p.zero = false
	p.pad(buf[i:])
	p.zero = zero
}

func (p *printer) truncate(s string) string {
	if p.precPresent {
		n := p.prec
		for i := range s {
			n--
			if n < 0 {
				return s[:i]
			}
		}
	}
	return s
}

func (p *printer) fmtS(s string, _ rune) { p.padString(p.truncate(s)) }

func (p *printer) fmtString(s string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.fmtQ(s)
		} else {
			p.fmtS(s, verb)
		}
	case 's':
		p.fmtS(s, verb)
	case 'x':
		p.fmtHex(s, lower)
	case 'X':
		p.fmtHex(s, upper)
	case 'q':
		p.fmtQ(s)
	default:
		p.badVerbArg(verb, s)
	}
}

func (p *printer) fmtQ(s string) {
	s = p.truncate(s)
	switch {
	case p.sharp && strconv.CanBackquote(s):
		p.padString("`" + s + "`")
	case p.plus:
		p.pad(strconv.AppendQuoteToASCII(p.small[:0], s))
	default:
		p.pad(strconv.AppendQuote(p.small[:0], s))
	}
}

func (p *printer) fmtBytes(b []byte, verb rune, v rtype.Value) {
	// The text is not kept, so that b need not be copied.
	s := unsafe.String(unsafe.SliceData(b), len(b))
	switch verb {
	case 's':
		p.fmtS(s, verb)
	case 'x':
		p.fmtHex(s, lower)
	case 'X':
		p.fmtHex(s, upper)
	case 'q':
		p.fmtQ(s)
	default:
		p.badVerb(verb, v)
	}
}

// fmtHex writes bytes in hexadecimal, straight to where they go.
func (p *printer) fmtHex(s, digits string) {
	n := len(s)
	if p.precPresent && p.prec < n {
		n = p.prec
	}
	width := 2 * n
	if n > 0 {
		if p.space {
			width += n - 1
			if p.sharp {
				width += 2 * n
			}
		} else if p.sharp {
			width += 2
		}
	}
	fill := 0
	if p.widPresent {
		fill = p.wid - width
	}
	if !p.minus {
		p.writePadding(fill)
	}
	for i := 0; i < n; i++ {
		if i > 0 && p.space {
			p.buf = append(p.buf, ' ')
		}
		if p.sharp && (i == 0 || p.space) {
			p.buf = append(p.buf, '0', digits[16])
		}
		p.buf = append(p.buf, digits[s[i]>>4], digits[s[i]&15])
	}
	if p.minus {
		p.writePadding(fill)
	}
}

func (p *printer) fmtFloat(f float64, bits int, verb rune, v rtype.Value) {
	switch verb {
	case 'v':
		p.fmtF(f, bits, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.fmtF(f, bits, verb, -1)
	case 'f', 'e', 'E':
		p.fmtF(f, bits, verb, 6)
	case 'F':
		p.fmtF(f, bits, 'f', 6)
	default:
		p.badVerb(verb, v)
	}
}

func (p *printer) fmtF(f float64, bits int, verb rune, prec int) {
	if p.precPresent {
		prec = p.prec
	}
	var a [64]byte
	num := strconv.AppendFloat(a[:1], f, byte(verb), prec, bits)
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	} else {
		num[0] = '+'
	}
	if p.space && num[0] == '+' && !p.plus {
		num[0] = ' '
	}
	if num[1] == 'I' || num[1] == 'N' {
		zero := p.zero
		p.zero = false
		if num[1] == 'N' && !p.space && !p.plus {
			num = num[1:]
		}
		p.pad(num)
		p.zero = zero
		return
	}
	if p.sharp && verb != 'b' {
		num = sharpFloat(num, f, verb, prec)
	}
	if p.plus || num[0] != '+' {
		if p.zero && !p.minus && p.widPresent && p.wid > len(num) {
			p.buf = append(p.buf, num[0])
			p.writePadding(p.wid - len(num))
			p.buf = append(p.buf, num[1:]...)
			return
		}
		p.pad(num)
		return
	}
	p.pad(num[1:])
}

// sharpFloat gives a number its decimal point, and %g its trailing zeros.
func sharpFloat(num []byte, f float64, verb rune, prec int) []byte {
	digits := 0
	switch verb {
	case 'v', 'g', 'G', 'x':
		digits = prec
		if digits < 0 {
			digits = 6
			if verb == 'x' {
				digits = 6
			}
		}
	}
	var tail []byte
	point, nonzero := false, false
	out := num[:1:1]
	for i := 1; i < len(num); i++ {
		switch c := num[i]; c {
		case '.':
			point = true
		case 'p', 'P':
			tail = append(tail, num[i:]...)
			num = num[:i]
			continue
		case 'e', 'E':
			if verb != 'x' && verb != 'X' {
				tail = append(tail, num[i:]...)
				num = num[:i]
				continue
			}
			nonzero = true
			digits--
		default:
			if c != '0' {
				nonzero = true
			}
			if nonzero {
				digits--
			}
		}
		out = append(out, num[i])
	}
	if !point {
		if len(out) == 2 && out[1] == '0' {
			digits--
		}
		out = append(out, '.')
	}
	for ; digits > 0; digits-- {
		out = append(out, '0')
	}
	_ = f
	return append(out, tail...)
}

func (p *printer) fmtComplex(c complex128, bits int, verb rune, v rtype.Value) {
	switch verb {
	case 'v', 'b', 'g', 'G', 'x', 'X', 'f', 'F', 'e', 'E':
		plus := p.plus
		p.buf = append(p.buf, '(')
		p.fmtFloat(real(c), bits/2, verb, v)
		p.plus = true
		p.fmtFloat(imag(c), bits/2, verb, v)
		p.buf = append(p.buf, "i)"...)
		p.plus = plus
	default:
		p.badVerb(verb, v)
	}
}
