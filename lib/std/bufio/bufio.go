// Package bufio puts buffers before readers and writers.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

const defaultSize = 4096

var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")

	errNegativeRead  = errors.New("bufio: reader returned negative count from Read")
	errNegativeWrite = errors.New("bufio: writer returned negative count from Write")
)

// maxEmptyReads is how often a reader may give nothing, without error, in a row.
const maxEmptyReads = 100

// Reader reads ahead: buf[r:w] is read but not yet given out.
type Reader struct {
	buf  []byte
	rd   io.Reader
	r, w int
	err  error
	// lastByte is the byte UnreadByte would give back, lastSize the size of the rune UnreadRune would; -1 for none.
	lastByte, lastSize int
}

// NewReaderSize gives a Reader with a buffer of at least size bytes; a Reader that has one is given back itself.
func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	return &Reader{buf: make([]byte, max(size, 16)), rd: rd, lastByte: -1, lastSize: -1}
}

// NewReader gives a Reader with a buffer of 4096 bytes.
func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, defaultSize) }

// Size is the size of the buffer.
func (b *Reader) Size() int { return len(b.buf) }

// Reset makes b read from r; what is buffered is dropped.
func (b *Reader) Reset(r io.Reader) {
	if b == r {
		return
	}
	buf := b.buf
	if buf == nil {
		buf = make([]byte, defaultSize)
	}
	*b = Reader{buf: buf, rd: r, lastByte: -1, lastSize: -1}
}

// forget makes the last read impossible to undo.
func (b *Reader) forget() { b.lastByte, b.lastSize = -1, -1 }

// took notes n bytes as given out, so that the last one can be unread.
func (b *Reader) took(n int) {
	if n > 0 {
		b.r += n
		b.lastByte = int(b.buf[b.r-1])
	}
	b.lastSize = -1
}

// fill reads once more into the buffer, which must have room, after moving what is there to its start.
func (b *Reader) fill() {
	// What is left moves to the front.
	b.w = copy(b.buf, b.buf[b.r:b.w])
	b.r = 0
	if len(b.buf) == b.w {
		panic("bufio: tried to fill full buffer")
	}
	for range maxEmptyReads {
		n, err := b.rd.Read(b.buf[b.w:])
		if n < 0 {
			panic(errNegativeRead)
		}
		b.w += n
		b.err = err
		if n > 0 || err != nil {
			return
		}
	}
	b.err = io.ErrNoProgress
}

func (b *Reader) takeErr() error {
	err := b.err
	b.err = nil
	return err
}

// Buffered is the number of bytes that can be read without reading from below.
func (b *Reader) Buffered() int { return b.w - b.r }

// Peek gives the next n bytes without taking them.
func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.forget()
	for b.Buffered() < n && b.Buffered() < len(b.buf) && b.err == nil {
		b.fill()
	}
	if held := b.buf[b.r:b.w]; len(b.buf) < n {
		return held, ErrBufferFull
	}
	if have := b.Buffered(); have < n {
		err := b.takeErr()
		if err == nil {
			err = ErrBufferFull
		}
		return b.buf[b.r : b.r+have], err
	}
	return b.buf[b.r : b.r+n], nil
}

// Discard skips n bytes.
func (b *Reader) Discard(n int) (discarded int, err error) {
	if n < 0 {
		return 0, ErrNegativeCount
	}
	if n == 0 {
		return 0, nil
	}
	b.forget()
	for {
		step := min(b.Buffered(), n-discarded)
		b.r += step
		if discarded += step; discarded == n {
			return n, nil
		}
		if b.err != nil {
			return discarded, b.takeErr()
		}
		b.fill()
	}
}

// Read reads at most once from below; a large p with an empty buffer is read into directly.
func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		if b.Buffered() > 0 {
			return 0, nil
		}
		return 0, b.takeErr()
	}
	if b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		if len(p) >= len(b.buf) {
			n, err = b.rd.Read(p)
			if n < 0 {
				panic(errNegativeRead)
			}
			if n > 0 {
				b.lastByte = int(p[n-1])
				b.lastSize = -1
			}
			return n, err
		}
		b.r, b.w = 0, 0
		if n, b.err = b.rd.Read(b.buf); n < 0 {
			panic(errNegativeRead)
		}
		if n == 0 {
			return 0, b.takeErr()
		}
		b.w = n
	}
	n = copy(p, b.buf[b.r:b.w])
	b.took(n)
	return n, nil
}

// ReadByte reads a byte.
func (b *Reader) ReadByte() (byte, error) {
	b.lastSize = -1
	for b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		b.fill()
	}
	b.took(1)
	return b.buf[b.r-1], nil
}

// UnreadByte gives the last byte read back.
func (b *Reader) UnreadByte() error {
	switch {
	case b.lastByte < 0, b.w > 0 && b.r == 0:
		return ErrInvalidUnreadByte
	case b.r == 0:
		b.w = 1
	default:
		b.r--
	}
	b.buf[b.r] = byte(b.lastByte)
	b.forget()
	return nil
}

// ReadRune reads a character; U+FFFD of size 1 for a byte that is not UTF-8.
func (b *Reader) ReadRune() (r rune, size int, err error) {
	for b.r+utf8.UTFMax > b.w && !utf8.FullRune(b.buf[b.r:b.w]) && b.err == nil && b.Buffered() < len(b.buf) {
		b.fill()
	}
	b.lastSize = -1
	if b.r == b.w {
		return 0, 0, b.takeErr()
	}
	r, size = utf8.DecodeRune(b.buf[b.r:b.w])
	b.took(size)
	b.lastSize = size
	return r, size, nil
}

// UnreadRune gives the last rune read back.
func (b *Reader) UnreadRune() error {
	if b.lastSize < 0 || b.r < b.lastSize {
		return ErrInvalidUnreadRune
	}
	b.r -= b.lastSize
	b.forget()
	return nil
}

// ReadSlice reads up to and with delim; the bytes are good until the next read.
func (b *Reader) ReadSlice(delim byte) (line []byte, err error) {
	for seen := 0; ; {
		part := b.buf[b.r:b.w]
		if i := bytes.IndexByte(part[seen:], delim); i >= 0 {
			line = part[:seen+i+1]
			break
		}
		if b.err != nil {
			line, err = part, b.takeErr()
			break
		}
		if len(part) >= len(b.buf) {
			line, err = b.buf, ErrBufferFull
			break
		}
		seen = len(part)
		b.fill()
	}
	b.took(len(line))
	return line, err
}

// ReadLine reads a line, without its end; a long one in parts.
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadSlice('\n')
	if err == ErrBufferFull {
		if n := len(line); n > 0 && line[n-1] == '\r' {
			// Its \n may come next: leave it for then.
			b.r--
			line = line[:n-1]
		}
		return line, true, nil
	}
	if len(line) == 0 {
		if err != nil {
			line = nil
		}
		return line, false, err
	}
	if n := len(line) - 1; line[n] == '\n' {
		if line = line[:n]; n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	return line, false, nil
}

// collect reads up to and with delim: whole buffers that were filled, and the rest.
func (b *Reader) collect(delim byte) (full [][]byte, rest []byte, total int, err error) {
	for {
		rest, err = b.ReadSlice(delim)
		total += len(rest)
		if err != ErrBufferFull {
			return full, rest, total, err
		}
		full = append(full, bytes.Clone(rest))
	}
}

// ReadBytes reads up to and with delim.
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	full, rest, total, err := b.collect(delim)
	out := make([]byte, total)
	n := 0
	for _, f := range full {
		n += copy(out[n:], f)
	}
	copy(out[n:], rest)
	return out, err
}

// ReadString reads up to and with delim.
func (b *Reader) ReadString(delim byte) (string, error) {
	full, rest, total, err := b.collect(delim)
	if len(full) == 0 {
		return string(rest), err
	}
	out := make([]byte, 0, total)
	for _, f := range full {
		out = append(out, f...)
	}
	return string(append(out, rest...)), err
}

// WriteTo writes all that is left to w.
func (b *Reader) WriteTo(w io.Writer) (n int64, err error) {
	b.forget()
	if b.r < b.w {
		m, err := w.Write(b.buf[b.r:b.w])
		b.r += m
		if n += int64(m); err != nil {
			return n, err
		}
	}
	if from, ok := b.rd.(io.WriterTo); ok {
		m, err := from.WriteTo(w)
		return n + m, err
	}
	if to, ok := w.(io.ReaderFrom); ok {
		m, err := to.ReadFrom(b.rd)
		return n + m, err
	}
	for {
		if b.err != nil {
			if err = b.takeErr(); err == io.EOF {
				err = nil
			}
			return n, err
		}
		b.fill()
		m, err := w.Write(b.buf[b.r:b.w])
		b.r += m
		if n += int64(m); err != nil {
			return n, err
		}
	}
}

// Writer collects what is written: buf[:n] is not yet passed on.
type Writer struct {
	err error
	buf []byte
	n   int
	wr  io.Writer
}

// NewWriterSize gives a Writer with a buffer of at least size bytes; a Writer that has one is given back itself.
func NewWriterSize(w io.Writer, size int) *Writer {
	if b, ok := w.(*Writer); ok && len(b.buf) >= size {
		return b
	}
	if size <= 0 {
		size = defaultSize
	}
	return &Writer{buf: make([]byte, size), wr: w}
}

// NewWriter gives a Writer with a buffer of 4096 bytes.
func NewWriter(w io.Writer) *Writer { return NewWriterSize(w, defaultSize) }

// Size is the size of the buffer.
func (b *Writer) Size() int { return len(b.buf) }

// Reset makes b write to w; what is buffered is dropped.
func (b *Writer) Reset(w io.Writer) {
	if b == w {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, defaultSize)
	}
	b.err, b.n, b.wr = nil, 0, w
}

// Flush passes on what is buffered.
func (b *Writer) Flush() error {
	if b.err != nil || b.n == 0 {
		return b.err
	}
	n, err := b.wr.Write(b.buf[:b.n])
	if n < b.n {
		if err == nil {
			err = io.ErrShortWrite
		}
		copy(b.buf, b.buf[n:b.n])
		b.n -= n
	} else {
		b.n = 0
	}
	b.err = err
	return err
}

// Available is the room left, AvailableBuffer that room as an empty slice, Buffered what waits.
func (b *Writer) Available() int          { return len(b.buf) - b.n }
func (b *Writer) AvailableBuffer() []byte { return b.buf[b.n:][:0] }
func (b *Writer) Buffered() int           { return b.n }

// Write writes p; what does not fit an empty buffer goes straight on.
func (b *Writer) Write(p []byte) (nn int, err error) {
	for len(p) > b.Available() && b.err == nil {
		var n int
		if b.n == 0 {
			if n, b.err = b.wr.Write(p); n < 0 {
				panic(errNegativeWrite)
			}
		} else {
			n = copy(b.buf[b.n:], p)
			b.n += n
			b.Flush()
		}
		p = p[n:]
		nn += n
	}
	if b.err == nil {
		last := copy(b.buf[b.n:], p)
		nn += last
		b.n += last
	}
	return nn, b.err
}

// WriteString writes s.
func (b *Writer) WriteString(s string) (nn int, err error) {
	direct, can := b.wr.(io.StringWriter)
	for len(s) > b.Available() && b.err == nil {
		var n int
		if b.n == 0 && can {
			n, b.err = direct.WriteString(s)
		} else {
			n = copy(b.buf[b.n:], s)
			b.n += n
			b.Flush()
		}
		s = s[n:]
		nn += n
	}
	if b.err == nil {
		last := copy(b.buf[b.n:], s)
		nn += last
		b.n += last
	}
	return nn, b.err
}

// WriteByte writes a byte.
func (b *Writer) WriteByte(c byte) error {
	if b.err != nil {
		return b.err
	}
	if b.n == len(b.buf) {
		b.Flush()
	}
	if b.err == nil {
		b.buf[b.n] = c
		b.n++
	}
	return b.err
}

// WriteRune writes a character.
func (b *Writer) WriteRune(r rune) (size int, err error) {
	if uint32(r) < utf8.RuneSelf {
		if err = b.WriteByte(byte(r)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	var text [utf8.UTFMax]byte
	return b.Write(text[:utf8.EncodeRune(text[:], r)])
}

// ReadFrom writes all that r has.
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error) {
	if b.err != nil {
		return 0, b.err
	}
	direct, can := b.wr.(io.ReaderFrom)
	for empty := 0; ; {
		if b.Available() == 0 {
			if err := b.Flush(); err != nil {
				return n, err
			}
		}
		if can && b.Buffered() == 0 {
			m, err := direct.ReadFrom(r)
			b.err = err
			return n + m, err
		}
		m, err := r.Read(b.buf[b.n:])
		b.n += m
		n += int64(m)
		switch {
		case err == io.EOF:
			if b.Available() == 0 {
				return n, b.Flush()
			}
			return n, nil
		case err != nil:
			return n, err
		case m > 0:
			empty = 0
		default:
			if empty++; empty == maxEmptyReads {
				return n, io.ErrNoProgress
			}
		}
	}
}

// ReadWriter is a Reader and a Writer.
type ReadWriter struct {
	*Reader
	*Writer
}

// NewReadWriter joins r and w.
func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
