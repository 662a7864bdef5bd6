package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// MinRead is the least room ReadFrom reads into.
const MinRead = 512

// smallBuffer is the first allocation of a Buffer.
const smallBuffer = 64

// ErrTooLarge is the panic of a Buffer that cannot grow.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

// What the last operation was: no read, some read, or a rune of that many bytes.
const (
	noRead   = 0
	someRead = -1
)

// Buffer is a queue of bytes: buf[off:] is still to be read.
type Buffer struct {
	buf  []byte
	off  int
	last int8
}

// NewBuffer gives a Buffer with buf as its contents.
func NewBuffer(buf []byte) *Buffer { return &Buffer{buf: buf} }

// NewBufferString gives a Buffer with the contents s.
func NewBufferString(s string) *Buffer { return &Buffer{buf: []byte(s)} }

func (b *Buffer) rest() []byte { return b.buf[b.off:] }

// Bytes is what is still to be read, good until the next change; AvailableBuffer is the empty room after it.
func (b *Buffer) Bytes() []byte           { return b.rest() }
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }
func (b *Buffer) Len() int                { return len(b.buf) - b.off }
func (b *Buffer) Cap() int                { return cap(b.buf) }
func (b *Buffer) Available() int          { return cap(b.buf) - len(b.buf) }

// String is what is still to be read.
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.rest())
}

// Reset empties b but keeps its memory.
func (b *Buffer) Reset() { b.buf, b.off, b.last = b.buf[:0], 0, noRead }

// Truncate drops all but the first n unread bytes.
func (b *Buffer) Truncate(n int) {
	switch {
	case n == 0:
		b.Reset()
		return
	case n < 0 || n > b.Len():
		panic("bytes.Buffer: truncation out of range")
	}
	b.last = noRead
	b.buf = b.buf[:b.off+n]
}

// extend makes the buffer n bytes longer and gives the new part.
func (b *Buffer) extend(n int) []byte {
	b.last = noRead
	have := len(b.buf)
	if n > cap(b.buf)-have && b.off > 0 && b.off == have {
		b.Reset()
		have = 0
	}
	if n <= cap(b.buf)-have {
		b.buf = b.buf[:have+n]
		return b.buf[have:]
	}
	unread := have - b.off
	switch {
	case b.buf == nil && n <= smallBuffer:
		b.buf = make([]byte, n, smallBuffer)
		return b.buf
	case n <= cap(b.buf)/2-unread:
		// Less than half of the memory is in use: move to its start.
		copy(b.buf, b.rest())
	case cap(b.buf) > 1<<63-1-cap(b.buf)-n:
		panic(ErrTooLarge)
	default:
		b.buf = enlarge(b.rest(), b.off+n)
	}
	b.off = 0
	b.buf = b.buf[:unread+n]
	return b.buf[unread:]
}

// enlarge copies b to new memory with room for n more bytes: at least twice its capacity, rounded up to a size class.
func enlarge(b []byte, n int) []byte {
	defer func() {
		if recover() != nil {
			panic(ErrTooLarge)
		}
	}()
	size := max(len(b)+n, 2*cap(b))
	bigger := append([]byte(nil), make([]byte, size)...)
	return bigger[:copy(bigger, b)]
}

// Grow makes room for n more bytes.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	b.extend(n)
	b.buf = b.buf[:len(b.buf)-n]
}

// Write appends p.
func (b *Buffer) Write(p []byte) (n int, err error) { return copy(b.extend(len(p)), p), nil }

// WriteString appends s.
func (b *Buffer) WriteString(s string) (n int, err error) { return copy(b.extend(len(s)), s), nil }

// WriteByte appends c.
func (b *Buffer) WriteByte(c byte) error {
	b.extend(1)[0] = c
	return nil
}

// WriteRune appends r.
func (b *Buffer) WriteRune(r rune) (n int, err error) {
	if uint32(r) < utf8.RuneSelf {
		b.extend(1)[0] = byte(r)
		return 1, nil
	}
	n = utf8.EncodeRune(b.extend(utf8.UTFMax), r)
	b.buf = b.buf[:len(b.buf)-utf8.UTFMax+n]
	return n, nil
}

// ReadFrom appends all that r has.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	for {
		b.Grow(MinRead)
		m, err := r.Read(b.buf[len(b.buf):cap(b.buf)])
		if m < 0 {
			panic(errors.New("bytes.Buffer: reader returned negative count from Read"))
		}
		b.buf = b.buf[:len(b.buf)+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes what is unread to w.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = noRead
	if want := b.Len(); want > 0 {
		m, err := w.Write(b.rest())
		if m > want {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		b.off += m
		n = int64(m)
		if err == nil && m < want {
			err = io.ErrShortWrite
		}
		if err != nil {
			return n, err
		}
	}
	b.Reset()
	return n, nil
}

// ended empties b if all was read.
func (b *Buffer) ended() bool {
	if b.off < len(b.buf) {
		return false
	}
	b.Reset()
	return true
}

// took notes n bytes as read.
func (b *Buffer) took(n int) []byte {
	p := b.buf[b.off : b.off+n]
	b.off += n
	b.last = noRead
	if n > 0 {
		b.last = someRead
	}
	return p
}

// Read reads up to len(p) bytes.
func (b *Buffer) Read(p []byte) (n int, err error) {
	if b.ended() {
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = min(len(p), b.Len())
	return copy(p, b.took(n)), nil
}

// Next gives the next n bytes, or as many as there are.
func (b *Buffer) Next(n int) []byte { return b.took(min(n, b.Len())) }

// Peek gives the next n bytes without reading them.
func (b *Buffer) Peek(n int) ([]byte, error) {
	if b.Len() < n {
		return b.rest(), io.EOF
	}
	return b.buf[b.off : b.off+n], nil
}

// ReadByte reads a byte.
func (b *Buffer) ReadByte() (byte, error) {
	if b.ended() {
		return 0, io.EOF
	}
	return b.took(1)[0], nil
}

// ReadRune reads a character.
func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.ended() {
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.rest())
	b.took(size)
	b.last = int8(size)
	return r, size, nil
}

// UnreadRune goes back the rune just read.
func (b *Buffer) UnreadRune() error {
	if b.last <= noRead {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	b.off -= int(b.last)
	b.last = noRead
	return nil
}

// UnreadByte goes back the last byte read.
func (b *Buffer) UnreadByte() error {
	if b.last == noRead {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.last = noRead
	if b.off > 0 {
		b.off--
	}
	return nil
}

func (b *Buffer) until(delim byte) (line []byte, err error) {
	n := IndexByte(b.rest(), delim) + 1
	if n == 0 {
		n, err = b.Len(), io.EOF
	}
	line = b.took(n)
	b.last = someRead
	return line, err
}

// ReadBytes reads up to and with delim.
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	line, err = b.until(delim)
	return append([]byte(nil), line...), err
}

// ReadString reads up to and with delim.
func (b *Buffer) ReadString(delim byte) (line string, err error) {
	p, err := b.until(delim)
	return string(p), err
}

// Reader reads a slice. undo is the size of the last rune read, if that can be undone.
type Reader struct {
	s    []byte
	i    int64
	undo int
}

// NewReader gives a Reader of b.
func NewReader(b []byte) *Reader { return &Reader{s: b} }

func (r *Reader) rest() []byte { return r.s[min(r.i, r.Size()):] }

func (r *Reader) Len() int       { return len(r.rest()) }
func (r *Reader) Size() int64    { return int64(len(r.s)) }
func (r *Reader) Reset(b []byte) { *r = Reader{s: b} }

// Read copies the next bytes.
func (r *Reader) Read(b []byte) (n int, err error) {
	rest := r.rest()
	if len(rest) == 0 {
		return 0, io.EOF
	}
	n = copy(b, rest)
	r.i, r.undo = r.i+int64(n), 0
	return n, nil
}

// ReadAt copies the bytes from off on.
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	switch {
	case off < 0:
		return 0, errors.New("bytes.Reader.ReadAt: negative offset")
	case off >= r.Size():
		return 0, io.EOF
	}
	if n = copy(b, r.s[off:]); n < len(b) {
		err = io.EOF
	}
	return n, err
}

// ReadByte reads a byte.
func (r *Reader) ReadByte() (byte, error) {
	r.undo = 0
	rest := r.rest()
	if len(rest) == 0 {
		return 0, io.EOF
	}
	r.i++
	return rest[0], nil
}

// UnreadByte goes back a byte.
func (r *Reader) UnreadByte() error {
	if r.i <= 0 {
		return errors.New("bytes.Reader.UnreadByte: at beginning of slice")
	}
	r.i, r.undo = r.i-1, 0
	return nil
}

// ReadRune reads a character.
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	r.undo = 0
	rest := r.rest()
	if len(rest) == 0 {
		return 0, 0, io.EOF
	}
	ch, size = utf8.DecodeRune(rest)
	r.i, r.undo = r.i+int64(size), size
	return ch, size, nil
}

// UnreadRune goes back the rune just read.
func (r *Reader) UnreadRune() error {
	if r.i <= 0 {
		return errors.New("bytes.Reader.UnreadRune: at beginning of slice")
	}
	if r.undo == 0 {
		return errors.New("bytes.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.i, r.undo = r.i-int64(r.undo), 0
	return nil
}

// Seek goes to offset, counted from whence.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	base := int64(0)
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		base = r.i
	case io.SeekEnd:
		base = r.Size()
	default:
		return 0, errors.New("bytes.Reader.Seek: invalid whence")
	}
	if offset+base < 0 {
		return 0, errors.New("bytes.Reader.Seek: negative position")
	}
	r.i, r.undo = offset+base, 0
	return r.i, nil
}

// WriteTo writes what is left to w.
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	rest := r.rest()
	r.undo = 0
	if len(rest) == 0 {
		return 0, nil
	}
	m, err := w.Write(rest)
	if m > len(rest) {
		panic("bytes.Reader.WriteTo: invalid Write count")
	}
	r.i += int64(m)
	if err == nil && m < len(rest) {
		err = io.ErrShortWrite
	}
	return int64(m), err
}
