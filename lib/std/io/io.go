// Package io has the interfaces of reading and writing.
package io

import (
	"errors"
	"sync"
)

// Places Seek counts from.
const (
	SeekStart   = 0
	SeekCurrent = 1
	SeekEnd     = 2
)

// EOF says that there is no more input.
var EOF = errors.New("EOF")

var (
	ErrUnexpectedEOF = errors.New("unexpected EOF")
	ErrShortWrite    = errors.New("short write")
	ErrShortBuffer   = errors.New("short buffer")
	ErrNoProgress    = errors.New("multiple Read calls return no data or error")
	ErrClosedPipe    = errors.New("io: read/write on closed pipe")

	errInvalidWrite = errors.New("invalid write result")
	errWhence       = errors.New("Seek: invalid whence")
	errOffset       = errors.New("Seek: invalid offset")
)

type (
	Reader interface {
		Read(p []byte) (n int, err error)
	}
	Writer interface {
		Write(p []byte) (n int, err error)
	}
	Closer interface{ Close() error }
	Seeker interface {
		Seek(offset int64, whence int) (int64, error)
	}
	ByteReader   interface{ ReadByte() (byte, error) }
	ByteWriter   interface{ WriteByte(c byte) error }
	StringWriter interface {
		WriteString(s string) (n int, err error)
	}
	RuneReader interface {
		ReadRune() (r rune, size int, err error)
	}
	ReaderAt interface {
		ReadAt(p []byte, off int64) (n int, err error)
	}
	WriterAt interface {
		WriteAt(p []byte, off int64) (n int, err error)
	}
	ReaderFrom interface {
		ReadFrom(r Reader) (n int64, err error)
	}
	WriterTo interface {
		WriteTo(w Writer) (n int64, err error)
	}
	ByteScanner interface {
		ByteReader
		UnreadByte() error
	}
	RuneScanner interface {
		RuneReader
		UnreadRune() error
	}
)

// Interfaces made of those.
type (
	ReadWriter interface {
		Reader
		Writer
	}
	ReadCloser interface {
		Reader
		Closer
	}
	WriteCloser interface {
		Writer
		Closer
	}
	ReadSeeker interface {
		Reader
		Seeker
	}
	WriteSeeker interface {
		Writer
		Seeker
	}
	ReadWriteCloser interface {
		Reader
		Writer
		Closer
	}
	ReadSeekCloser interface {
		Reader
		Seeker
		Closer
	}
	ReadWriteSeeker interface {
		Reader
		Writer
		Seeker
	}
)

// WriteString writes s to w, without copying it if w can take strings.
func WriteString(w Writer, s string) (n int, err error) {
	if direct, ok := w.(StringWriter); ok {
		return direct.WriteString(s)
	}
	return w.Write([]byte(s))
}

// ReadAtLeast reads at least min bytes into buf.
func ReadAtLeast(r Reader, buf []byte, min int) (n int, err error) {
	if min > len(buf) {
		return 0, ErrShortBuffer
	}
	var m int
	for ; n < min && err == nil; n += m {
		m, err = r.Read(buf[n:])
	}
	switch {
	case n >= min:
		return n, nil
	case n > 0 && err == EOF:
		return n, ErrUnexpectedEOF
	}
	return n, err
}

// ReadFull reads exactly len(buf) bytes.
func ReadFull(r Reader, buf []byte) (n int, err error) { return ReadAtLeast(r, buf, len(buf)) }

// ok is err, but nothing for the end of input.
func ok(err error) error {
	if err == EOF {
		return nil
	}
	return err
}

// ReadAll reads until the end. Its memory starts at 512 bytes and grows as append's does.
func ReadAll(r Reader) ([]byte, error) {
	// Pieces that grow by half each, put together at the end; one is given up when less than a sixteenth is free.
	var room [4][]byte
	full, total := room[:0], 0
	piece := make([]byte, 0, 512)
	for next := 256; ; {
		n, err := r.Read(piece[len(piece):cap(piece)])
		piece = piece[:len(piece)+n]
		if err != nil {
			if len(full) == 0 {
				return piece, ok(err)
			}
			all := append([]byte(nil), make([]byte, total+len(piece))...)[:0]
			for _, p := range full {
				all = append(all, p...)
			}
			return append(all, piece...), ok(err)
		}
		if cap(piece)-len(piece) < cap(piece)/16 {
			full = append(full, piece)
			total += len(piece)
			piece = append([]byte(nil), make([]byte, next)...)[:0]
			next += next / 2
		}
	}
}

// Copy copies from src to dst until the end.
func Copy(dst Writer, src Reader) (written int64, err error) { return transfer(dst, src, nil) }

// CopyBuffer is Copy through the buffer given.
func CopyBuffer(dst Writer, src Reader, buf []byte) (written int64, err error) {
	if buf != nil && len(buf) == 0 {
		panic("empty buffer in CopyBuffer")
	}
	return transfer(dst, src, buf)
}

// CopyN copies n bytes.
func CopyN(dst Writer, src Reader, n int64) (written int64, err error) {
	written, err = transfer(dst, &LimitedReader{src, n}, nil)
	if err == nil && written < n {
		err = EOF
	}
	return written, err
}

func transfer(dst Writer, src Reader, buf []byte) (int64, error) {
	if from, can := src.(WriterTo); can {
		return from.WriteTo(dst)
	}
	if to, can := dst.(ReaderFrom); can {
		return to.ReadFrom(src)
	}
	if buf == nil {
		size := int64(32 << 10)
		if limited, is := src.(*LimitedReader); is && limited.N < size {
			size = max(limited.N, 1)
		}
		buf = make([]byte, size)
	}
	for total := int64(0); ; {
		n, end := src.Read(buf)
		if n > 0 {
			m, err := checked(dst, buf[:n])
			total += int64(m)
			if err != nil {
				return total, err
			}
		}
		if end != nil {
			return total, ok(end)
		}
	}
}

// checked writes p and makes an incomplete write an error.
func checked(w Writer, p []byte) (int, error) {
	n, err := w.Write(p)
	switch {
	case n < 0 || n > len(p):
		n = 0
		if err == nil {
			err = errInvalidWrite
		}
	case n < len(p) && err == nil:
		err = ErrShortWrite
	}
	return n, err
}

// LimitedReader reads at most N bytes of R.
type LimitedReader struct {
	R Reader
	N int64
}

// LimitReader reads at most n bytes of r.
func LimitReader(r Reader, n int64) Reader { return &LimitedReader{R: r, N: n} }

func (l *LimitedReader) Read(p []byte) (n int, err error) {
	if l.N <= 0 {
		return 0, EOF
	}
	n, err = l.R.Read(p[:min(int64(len(p)), l.N)])
	l.N -= int64(n)
	return n, err
}

// SectionReader reads bytes [base, end) of a ReaderAt.
type SectionReader struct {
	r              ReaderAt
	base, end, pos int64
	n              int64
}

// NewSectionReader reads n bytes of r from off on.
func NewSectionReader(r ReaderAt, off int64, n int64) *SectionReader {
	end := int64(1<<63 - 1)
	if off <= end-n {
		end = off + n
	}
	return &SectionReader{r, off, end, off, n}
}

// Size is the length of the section; Outer is what it is of.
func (s *SectionReader) Size() int64                             { return s.end - s.base }
func (s *SectionReader) Outer() (r ReaderAt, off int64, n int64) { return s.r, s.base, s.n }

func (s *SectionReader) Read(p []byte) (n int, err error) {
	if s.pos >= s.end {
		return 0, EOF
	}
	n, err = s.r.ReadAt(p[:min(int64(len(p)), s.end-s.pos)], s.pos)
	s.pos += int64(n)
	return n, err
}

func (s *SectionReader) Seek(offset int64, whence int) (int64, error) {
	pos, err := seek(offset, whence, s.base, s.pos, s.end)
	if err == nil {
		s.pos = pos
		pos -= s.base
	}
	return pos, err
}

func seek(offset int64, whence int, base, pos, end int64) (int64, error) {
	switch whence {
	case SeekStart:
		pos = base
	case SeekCurrent:
	case SeekEnd:
		pos = end
	default:
		return 0, errWhence
	}
	if pos += offset; pos < base {
		return 0, errOffset
	}
	return pos, nil
}

func (s *SectionReader) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 || off >= s.Size() {
		return 0, EOF
	}
	left := s.Size() - off
	if int64(len(p)) <= left {
		return s.r.ReadAt(p, s.base+off)
	}
	n, err = s.r.ReadAt(p[:left], s.base+off)
	if err == nil {
		err = EOF
	}
	return n, err
}

// OffsetWriter writes to a WriterAt from a place on.
type OffsetWriter struct {
	w         WriterAt
	base, pos int64
}

// NewOffsetWriter writes to w from off on.
func NewOffsetWriter(w WriterAt, off int64) *OffsetWriter { return &OffsetWriter{w, off, off} }

func (o *OffsetWriter) Write(p []byte) (n int, err error) {
	n, err = o.w.WriteAt(p, o.pos)
	o.pos += int64(n)
	return n, err
}

func (o *OffsetWriter) WriteAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errOffset
	}
	return o.w.WriteAt(p, o.base+off)
}

func (o *OffsetWriter) Seek(offset int64, whence int) (int64, error) {
	if whence == SeekEnd {
		return 0, errWhence
	}
	pos, err := seek(offset, whence, o.base, o.pos, 0)
	if err == nil {
		o.pos = pos
		pos -= o.base
	}
	return pos, err
}

type tee struct {
	r Reader
	w Writer
}

// TeeReader writes to w what it reads from r.
func TeeReader(r Reader, w Writer) Reader { return &tee{r, w} }

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if n > 0 {
		if m, werr := t.w.Write(p[:n]); werr != nil {
			n, err = m, werr
		}
	}
	return n, err
}

// Discard is a Writer that keeps nothing.
var Discard Writer = nowhere{}

type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)       { return len(p), nil }
func (nowhere) WriteString(s string) (int, error) { return len(s), nil }

var scratch = sync.Pool{New: func() any { return new([8192]byte) }}

func (nowhere) ReadFrom(r Reader) (total int64, err error) {
	buf := scratch.Get().(*[8192]byte)
	for err == nil {
		var n int
		n, err = r.Read(buf[:])
		total += int64(n)
	}
	scratch.Put(buf)
	return total, ok(err)
}

// NopCloser gives r a Close that does nothing; WriteTo is kept.
func NopCloser(r Reader) ReadCloser {
	if to, can := r.(WriterTo); can {
		return struct {
			closing
			WriterTo
		}{closing{r}, to}
	}
	return closing{r}
}

type closing struct{ Reader }

func (closing) Close() error { return nil }

type chain struct{ rest []Reader }

// MultiReader reads one reader after another.
func MultiReader(readers ...Reader) Reader { return &chain{append([]Reader(nil), readers...)} }

func (c *chain) Read(p []byte) (int, error) {
	for len(c.rest) > 0 {
		n, err := c.rest[0].Read(p)
		if err != EOF {
			return n, err
		}
		c.rest[0] = nil
		if c.rest = c.rest[1:]; n > 0 {
			if len(c.rest) == 0 {
				return n, EOF
			}
			return n, nil
		}
	}
	return 0, EOF
}

func (c *chain) WriteTo(w Writer) (total int64, err error) {
	for err == nil && len(c.rest) > 0 {
		var n int64
		n, err = Copy(w, c.rest[0])
		total += n
		if err == nil {
			c.rest = c.rest[1:]
		}
	}
	return total, err
}

type fan struct{ out []Writer }

// MultiWriter writes to every writer in turn.
func MultiWriter(writers ...Writer) Writer {
	out := make([]Writer, 0, len(writers))
	for _, w := range writers {
		if f, is := w.(*fan); is {
			out = append(out, f.out...)
		} else {
			out = append(out, w)
		}
	}
	return &fan{out}
}

func (f *fan) each(size int, write func(Writer) (int, error)) (int, error) {
	for _, w := range f.out {
		switch n, err := write(w); {
		case err != nil:
			return n, err
		case n != size:
			return n, ErrShortWrite
		}
	}
	return size, nil
}

func (f *fan) Write(p []byte) (int, error) {
	return f.each(len(p), func(w Writer) (int, error) { return w.Write(p) })
}
func (f *fan) WriteString(s string) (int, error) {
	return f.each(len(s), func(w Writer) (int, error) { return WriteString(w, s) })
}

// pipe passes slices from one writer at a time to readers, which say how much they took.
type pipe struct {
	turn  sync.Mutex
	data  chan []byte
	taken chan int
	done  chan struct{}
	once  sync.Once
	mu    sync.Mutex
	rerr  error
	werr  error
}

// PipeReader and PipeWriter are the ends of a pipe.
type (
	PipeReader struct{ p *pipe }
	PipeWriter struct{ p *pipe }
)

// Pipe joins a writer to a reader without a buffer.
func Pipe() (*PipeReader, *PipeWriter) {
	p := &pipe{data: make(chan []byte), taken: make(chan int), done: make(chan struct{})}
	return &PipeReader{p}, &PipeWriter{p}
}

// shut sets the first error of an end and wakes the other.
func (p *pipe) shut(slot *error, err error) {
	p.mu.Lock()
	if *slot == nil {
		*slot = err
	}
	p.mu.Unlock()
	p.once.Do(func() { close(p.done) })
}

// ended is the error of this end: its own closing comes as ErrClosedPipe, the other's as that one's error.
func (p *pipe) ended(mine, other *error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if *mine == nil && *other != nil {
		return *other
	}
	return ErrClosedPipe
}

func (r *PipeReader) Read(b []byte) (n int, err error) {
	p := r.p
	select {
	case <-p.done:
		return 0, p.ended(&p.rerr, &p.werr)
	default:
	}
	select {
	case data := <-p.data:
		n = copy(b, data)
		p.taken <- n
		return n, nil
	case <-p.done:
		return 0, p.ended(&p.rerr, &p.werr)
	}
}

func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError makes writes fail with err.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.p.shut(&r.p.rerr, err)
	return nil
}

func (w *PipeWriter) Write(b []byte) (n int, err error) {
	p := w.p
	select {
	case <-p.done:
		return 0, p.ended(&p.werr, &p.rerr)
	default:
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	for once := true; once || len(b) > 0; once = false {
		select {
		case p.data <- b:
			m := <-p.taken
			b = b[m:]
			n += m
		case <-p.done:
			return n, p.ended(&p.werr, &p.rerr)
		}
	}
	return n, nil
}

func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError makes reads fail with err, or EOF if that is nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.p.shut(&w.p.werr, err)
	return nil
}
