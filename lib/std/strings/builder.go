package strings

import (
	"errors"
	"io"
	"unicode/utf8"
	"unsafe"
)

// Builder makes a string piece by piece without copying it in the end. It must not be copied once used.
type Builder struct {
	self uintptr
	buf  []byte
}

// own notes where b lies, as a number that keeps nothing alive, and panics if that has changed by copying.
// The note is dropped when a growing stack moved b.
func (b *Builder) own() {
	here := uintptr(unsafe.Pointer(b))
	if b.self == 0 {
		b.self = here
	} else if b.self != here && copied(b.self, here) {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
}

// copied reports whether a Builder at here that was first used at there is a copy. SIMPLIFIED: it counts as moved with
// its stack if the two are far apart.
func copied(there, here uintptr) bool { return here-there < 1024 || there-here < 1024 }

// String is what was written; later writes do not change it.
func (b *Builder) String() string { return unsafe.String(unsafe.SliceData(b.buf), len(b.buf)) }

// Len is the number of bytes written, Cap the size of the memory that holds them.
func (b *Builder) Len() int { return len(b.buf) }
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset makes b empty again.
func (b *Builder) Reset() { *b = Builder{} }

// Grow makes room for n more bytes; old capacity doubled and n, rounded up to a size class.
func (b *Builder) Grow(n int) {
	b.own()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) >= n {
		return
	}
	bigger := append([]byte(nil), make([]byte, 2*cap(b.buf)+n)...)
	copy(bigger, b.buf)
	b.buf = bigger[:len(b.buf)]
}

// Write appends p.
func (b *Builder) Write(p []byte) (int, error) {
	b.own()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c.
func (b *Builder) WriteByte(c byte) error {
	b.own()
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends r.
func (b *Builder) WriteRune(r rune) (int, error) {
	b.own()
	before := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - before, nil
}

// WriteString appends s.
func (b *Builder) WriteString(s string) (int, error) {
	b.own()
	b.buf = append(b.buf, s...)
	return len(s), nil
}

// Reader reads a string. undo is the size of the last rune read, if that can be undone.
type Reader struct {
	s    string
	i    int64
	undo int
}

// NewReader gives a Reader of s.
func NewReader(s string) *Reader { return &Reader{s: s} }

func (r *Reader) rest() string { return r.s[min(r.i, int64(len(r.s))):] }

// Len is the number of bytes left, Size that of the whole string.
func (r *Reader) Len() int    { return len(r.rest()) }
func (r *Reader) Size() int64 { return int64(len(r.s)) }

// Reset makes r read s.
func (r *Reader) Reset(s string) { *r = Reader{s: s} }

// Read copies the next bytes.
func (r *Reader) Read(b []byte) (n int, err error) {
	rest := r.rest()
	if rest == "" {
		return 0, io.EOF
	}
	r.undo = 0
	n = copy(b, rest)
	r.i += int64(n)
	return n, nil
}

// ReadAt copies the bytes from off on.
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("strings.Reader.ReadAt: negative offset")
	}
	if off >= r.Size() {
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
	if rest == "" {
		return 0, io.EOF
	}
	r.i++
	return rest[0], nil
}

// UnreadByte goes back a byte.
func (r *Reader) UnreadByte() error {
	if r.i <= 0 {
		return errors.New("strings.Reader.UnreadByte: at beginning of string")
	}
	r.undo = 0
	r.i--
	return nil
}

// ReadRune reads a character.
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	rest := r.rest()
	if rest == "" {
		r.undo = 0
		return 0, 0, io.EOF
	}
	ch, size = utf8.DecodeRuneInString(rest)
	r.i += int64(size)
	r.undo = size
	return ch, size, nil
}

// UnreadRune goes back the rune just read.
func (r *Reader) UnreadRune() error {
	switch {
	case r.i <= 0:
		return errors.New("strings.Reader.UnreadRune: at beginning of string")
	case r.undo == 0:
		return errors.New("strings.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.i -= int64(r.undo)
	r.undo = 0
	return nil
}

// Seek goes to offset, counted from whence.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.i
	case io.SeekEnd:
		offset += r.Size()
	default:
		return 0, errors.New("strings.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("strings.Reader.Seek: negative position")
	}
	r.i, r.undo = offset, 0
	return offset, nil
}

// WriteTo writes what is left to w.
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.undo = 0
	rest := r.rest()
	if rest == "" {
		return 0, nil
	}
	m, err := io.WriteString(w, rest)
	if m > len(rest) {
		panic("strings.Reader.WriteTo: invalid WriteString count")
	}
	r.i += int64(m)
	if m < len(rest) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}

// Replacer replaces several strings at once.
type Replacer struct {
	pairs []string
	// made when first used.
	look *lookup
	// As large as real Go's.
	_ [3]uintptr
}

// lookup says how a Replacer finds what to replace.
type lookup struct {
	// starts tells the bytes some old string begins with; empty: an old string is empty.
	starts [256]bool
	empty  bool
	// All old strings are single bytes; so are all new ones.
	bytes, same bool
}

// NewReplacer takes pairs of old and new strings; where several fit, the first pair wins.
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{pairs: append([]string(nil), oldnew...)}
}

func (r *Replacer) lookup() *lookup {
	if r.look != nil {
		return r.look
	}
	l := &lookup{bytes: true, same: true}
	for i := 0; i < len(r.pairs); i += 2 {
		old := r.pairs[i]
		if old == "" {
			l.empty = true
		} else {
			l.starts[old[0]] = true
		}
		l.bytes = l.bytes && len(old) == 1
		l.same = l.same && len(r.pairs[i+1]) == 1
	}
	r.look = l
	return l
}

// at finds the first pair that fits at the start of s; -1 for none.
func (r *Replacer) at(l *lookup, s string) int {
	if l.empty || s != "" && l.starts[s[0]] {
		for i := 0; i < len(r.pairs); i += 2 {
			if HasPrefix(s, r.pairs[i]) {
				return i
			}
		}
	}
	return -1
}

// Replace is s with all replacements made.
func (r *Replacer) Replace(s string) string {
	l := r.lookup()
	switch {
	case l.bytes && l.same:
		var b []byte
		for i := range len(s) {
			if p := r.at(l, s[i:]); p >= 0 {
				if b == nil {
					b = []byte(s)
				}
				b[i] = r.pairs[p+1][0]
			}
		}
		if b == nil {
			return s
		}
		return string(b)
	case l.bytes || len(r.pairs) == 2:
		// The length is known before anything is made.
		n, some := len(s), false
		r.run(s, func(_ string, p int) {
			if p >= 0 {
				n += len(r.pairs[p+1]) - len(r.pairs[p])
				some = true
			}
		})
		if !some {
			return s
		}
		b := make([]byte, 0, n)
		r.run(s, func(t string, p int) {
			b = append(b, t...)
			if p >= 0 {
				b = append(b, r.pairs[p+1]...)
			}
		})
		if len(r.pairs) == 2 && !l.bytes {
			return unsafe.String(unsafe.SliceData(b), len(b))
		}
		return string(b)
	}
	b := new(pieces)
	*b = make([]byte, 0, len(s))
	r.run(s, func(t string, p int) {
		*b = append(*b, t...)
		if p >= 0 {
			*b = append(*b, r.pairs[p+1]...)
		}
	})
	kept = b
	return string(*b)
}

// pieces is a text being made, on the heap: kept sees to that.
type pieces []byte

var kept *pieces

// run calls put with each stretch of s that stays and the pair that replaces what follows it, -1 at the end.
func (r *Replacer) run(s string, put func(t string, pair int)) {
	l := r.lookup()
	start := 0
	for i := 0; i <= len(s); {
		p := r.at(l, s[i:])
		if p >= 0 {
			put(s[start:i], p)
			start = i + len(r.pairs[p])
			i = start
		}
		if p < 0 || r.pairs[p] == "" {
			i++
		}
	}
	put(s[min(start, len(s)):], -1)
}

// WriteString writes s to w with all replacements made.
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	put := func(t string) {
		if err == nil && t != "" {
			var m int
			m, err = io.WriteString(w, t)
			n += m
		}
	}
	r.run(s, func(t string, p int) {
		put(t)
		if p >= 0 {
			put(r.pairs[p+1])
		}
	})
	return n, err
}
