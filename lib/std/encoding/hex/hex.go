// Package hex writes bytes as hexadecimal digits.
package hex

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

const digits = "0123456789abcdef"

// ErrLength says that the number of digits is odd.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is a byte that is no digit.
type InvalidByteError byte

func (e InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(e))
}

func EncodedLen(n int) int { return n * 2 }
func DecodedLen(x int) int { return x / 2 }

// Encode writes src's digits to dst.
func Encode(dst, src []byte) int {
	for i, c := range src {
		dst[2*i], dst[2*i+1] = digits[c>>4], digits[c&15]
	}
	return 2 * len(src)
}

// AppendEncode is Encode at the end of dst.
func AppendEncode(dst, src []byte) []byte {
	for _, c := range src {
		dst = append(dst, digits[c>>4], digits[c&15])
	}
	return dst
}

// EncodeToString gives src's digits.
func EncodeToString(src []byte) string { return string(AppendEncode(make([]byte, 0, 2*len(src)), src)) }

func value(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// Decode writes the bytes of src's digits to dst.
func Decode(dst, src []byte) (int, error) {
	n := 0
	for ; 2*n+1 < len(src); n++ {
		hi, ok := value(src[2*n])
		if !ok {
			return n, InvalidByteError(src[2*n])
		}
		lo, ok := value(src[2*n+1])
		if !ok {
			return n, InvalidByteError(src[2*n+1])
		}
		dst[n] = hi<<4 | lo
	}
	if len(src)%2 == 1 {
		if _, ok := value(src[len(src)-1]); !ok {
			return n, InvalidByteError(src[len(src)-1])
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode is Decode at the end of dst.
func AppendDecode(dst, src []byte) ([]byte, error) {
	b := make([]byte, len(src)/2)
	n, err := Decode(b, src)
	return append(dst, b[:n]...), err
}

// DecodeString gives the bytes of s's digits.
func DecodeString(s string) ([]byte, error) {
	b := make([]byte, len(s)/2)
	n, err := Decode(b, []byte(s))
	return b[:n], err
}

// Dump shows data as hexdump -C does.
func Dump(data []byte) string {
	var b strings.Builder
	d := Dumper(&b)
	d.Write(data)
	d.Close()
	return b.String()
}

type dumper struct {
	w    io.Writer
	line []byte
	at   int
}

// Dumper shows what is written to it as hexdump -C does.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{w: w} }

func (d *dumper) Write(p []byte) (n int, err error) {
	for i, c := range p {
		if d.line = append(d.line, c); len(d.line) == 16 {
			if err := d.flush(); err != nil {
				return i, err
			}
		}
	}
	return len(p), nil
}

func (d *dumper) flush() error {
	b := fmt.Appendf(nil, "%08x", d.at)
	for i := range 16 {
		if i%8 == 0 {
			b = append(b, ' ')
		}
		if i < len(d.line) {
			b = fmt.Appendf(b, " %02x", d.line[i])
		} else {
			b = append(b, "   "...)
		}
	}
	b = append(b, "  |"...)
	for _, c := range d.line {
		if c < 32 || c > 126 {
			c = '.'
		}
		b = append(b, c)
	}
	d.at += len(d.line)
	d.line = d.line[:0]
	_, err := d.w.Write(append(b, "|\n"...))
	return err
}

func (d *dumper) Close() error {
	if len(d.line) > 0 {
		return d.flush()
	}
	return nil
}

type encoder struct{ w io.Writer }

// NewEncoder writes the digits of what is written to it.
func NewEncoder(w io.Writer) io.Writer { return encoder{w} }

func (e encoder) Write(p []byte) (int, error) {
	n, err := e.w.Write(AppendEncode(nil, p))
	return n / 2, err
}

type decoder struct {
	r    io.Reader
	half []byte
}

// NewDecoder reads the bytes of r's digits.
func NewDecoder(r io.Reader) io.Reader { return &decoder{r: r} }

func (d *decoder) Read(p []byte) (int, error) {
	buf := make([]byte, 2*len(p))
	n := copy(buf, d.half)
	d.half = nil
	m, err := d.r.Read(buf[n:])
	buf = buf[:n+m]
	if len(buf)%2 == 1 {
		if err == io.EOF {
			if _, ok := value(buf[len(buf)-1]); !ok {
				return 0, InvalidByteError(buf[len(buf)-1])
			}
			return 0, io.ErrUnexpectedEOF
		}
		d.half = []byte{buf[len(buf)-1]}
		buf = buf[:len(buf)-1]
	}
	k, derr := Decode(p, buf)
	if derr != nil {
		err = derr
	}
	return k, err
}
