// Package base64 writes bytes as 64 characters.
package base64

import (
	"io"
	"strconv"
)

// Padding characters.
const (
	StdPadding rune = '='
	NoPadding  rune = -1
)

// Encoding is an alphabet with its padding.
type Encoding struct {
	alphabet string
	back     [256]uint8
	pad      rune
	strict   bool
}

const (
	std = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// The usual encodings.
var (
	StdEncoding    = NewEncoding(std)
	URLEncoding    = NewEncoding(url)
	RawStdEncoding = StdEncoding.WithPadding(NoPadding)
	RawURLEncoding = URLEncoding.WithPadding(NoPadding)
)

// NewEncoding gives the encoding with an alphabet of 64 bytes.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
	}
	e := &Encoding{alphabet: encoder, pad: StdPadding}
	for i := range e.back {
		e.back[i] = 255
	}
	for i := range 64 {
		switch c := encoder[i]; {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case e.back[c] != 255:
			panic("encoding alphabet includes duplicate symbols")
		default:
			e.back[c] = uint8(i)
		}
	}
	return e
}

// WithPadding is the encoding with another padding character, or none.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff:
		panic("invalid padding")
	case padding != NoPadding && enc.back[byte(padding)] != 255:
		panic("padding contained in alphabet")
	}
	enc.pad = padding
	return &enc
}

// Strict is the encoding that does not allow bits behind the last byte.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

// EncodedLen is the length of n bytes encoded.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen is the largest length of n characters decoded.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// AppendEncode encodes src at the end of dst.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	for len(src) > 0 {
		n := min(len(src), 3)
		bits := uint32(src[0]) << 16
		if n > 1 {
			bits |= uint32(src[1]) << 8
		}
		if n > 2 {
			bits |= uint32(src[2])
		}
		for i := range 4 {
			if i <= n {
				dst = append(dst, enc.alphabet[bits>>(18-6*uint(i))&63])
			} else if enc.pad != NoPadding {
				dst = append(dst, byte(enc.pad))
			}
		}
		src = src[n:]
	}
	return dst
}

// Encode encodes src to dst.
func (enc *Encoding) Encode(dst, src []byte) {
	if n := enc.EncodedLen(len(src)); n > 0 {
		enc.AppendEncode(dst[:0:n], src)
	}
}

// EncodeToString encodes src.
func (enc *Encoding) EncodeToString(src []byte) string {
	return string(enc.AppendEncode(make([]byte, 0, enc.EncodedLen(len(src))), src))
}

// CorruptInputError is the place of bad input.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// decode decodes src at the end of dst; newlines are skipped.
func (enc *Encoding) decode(dst, src []byte) ([]byte, error) {
	var quad [4]byte
	n := 0
	skip := func(i int) int {
		for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
			i++
		}
		return i
	}
	emit := func(n int) {
		bits := uint32(quad[0])<<18 | uint32(quad[1])<<12 | uint32(quad[2])<<6 | uint32(quad[3])
		dst = append(dst, byte(bits>>16))
		if n > 2 {
			dst = append(dst, byte(bits>>8))
		}
		if n > 3 {
			dst = append(dst, byte(bits))
		}
		quad = [4]byte{}
	}
	loose := func(n int) bool { return enc.strict && (n == 2 && quad[1]&15 != 0 || n == 3 && quad[2]&3 != 0) }
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case c == '\n' || c == '\r':
		case rune(c) == enc.pad:
			if n < 2 {
				return dst, CorruptInputError(i)
			}
			end := skip(i + 1)
			if n == 2 {
				if end == len(src) {
					return dst, CorruptInputError(len(src))
				}
				if rune(src[end]) != enc.pad {
					return dst, CorruptInputError(end)
				}
				end = skip(end + 1)
			}
			if loose(n) {
				return dst, CorruptInputError(i - 1)
			}
			emit(n)
			if end < len(src) {
				return dst, CorruptInputError(end)
			}
			return dst, nil
		case enc.back[c] == 255:
			return dst, CorruptInputError(i)
		default:
			quad[n] = enc.back[c]
			if n++; n == 4 {
				emit(4)
				n = 0
			}
		}
	}
	if n == 0 {
		return dst, nil
	}
	if n == 1 || enc.pad != NoPadding {
		return dst, CorruptInputError(len(src) - n)
	}
	if loose(n) {
		return dst, CorruptInputError(len(src) - 1)
	}
	emit(n)
	return dst, nil
}

// Decode decodes src to dst.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	b, err := enc.decode(nil, src)
	return copy(dst, b), err
}

// AppendDecode decodes src at the end of dst.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) { return enc.decode(dst, src) }

// DecodeString decodes s.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	return enc.decode(make([]byte, 0, enc.DecodedLen(len(s))), []byte(s))
}

type encoder struct {
	enc  *Encoding
	w    io.Writer
	rest []byte
}

// NewEncoder encodes what is written to it; Close writes the end.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser { return &encoder{enc: enc, w: w} }

func (e *encoder) Write(p []byte) (int, error) {
	e.rest = append(e.rest, p...)
	n := len(e.rest) / 3 * 3
	if n > 0 {
		if _, err := e.w.Write(e.enc.AppendEncode(nil, e.rest[:n])); err != nil {
			return 0, err
		}
	}
	e.rest = append(e.rest[:0], e.rest[n:]...)
	return len(p), nil
}

func (e *encoder) Close() error {
	if len(e.rest) == 0 {
		return nil
	}
	_, err := e.w.Write(e.enc.AppendEncode(nil, e.rest))
	e.rest = nil
	return err
}

type decoder struct {
	enc  *Encoding
	r    io.Reader
	out  []byte
	done bool
	err  error
}

// NewDecoder decodes what it reads from r. SIMPLIFIED: r is read to its end at once.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader { return &decoder{enc: enc, r: r} }

func (d *decoder) Read(p []byte) (int, error) {
	if !d.done {
		d.done = true
		all, err := io.ReadAll(d.r)
		if d.out, d.err = d.enc.decode(nil, all); d.err == nil {
			d.err = err
		}
	}
	if len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		return 0, io.EOF
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}
