// Package maphash has hash functions for hash tables, seeded.
//
// SIMPLIFIED: the function is not the one real Go's maps use; seeds follow from
// the run's seed.
package maphash

import (
	"hash"
	"internal/feed"
	"math"
	"math/bits"
	"reflect"
)

// Seed chooses the hash function.
type Seed struct{ s uint64 }

func runSeed() int64

var made uint64

// MakeSeed gives a new seed.
func MakeSeed() Seed {
	made++
	s := mix(uint64(runSeed())^0x9e3779b97f4a7c15, made)
	return Seed{s | 1}
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0xa0761d6478bd642f, b^0xe7037ed1a0b428db)
	return hi ^ lo
}

// after is the state h after eight bytes at a time of p; the last are padded.
func after[T string | []byte](h uint64, p T) uint64 {
	n := uint64(len(p))
	for len(p) > 8 {
		h = mix(h, word(p[:8]))
		p = p[8:]
	}
	return mix(h^n, word(p))
}

func word[T string | []byte](p T) (x uint64) {
	for i := range len(p) {
		x |= uint64(p[i]) << (8 * i)
	}
	return x
}

func (s Seed) check() uint64 {
	if s.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
	return s.s
}

// Bytes, String and Comparable are the hashes of values.
func Bytes(seed Seed, b []byte) uint64  { return after(seed.check(), b) }
func String(seed Seed, s string) uint64 { return after(seed.check(), s) }
func Comparable[T comparable](seed Seed, v T) uint64 {
	var h Hash
	h.SetSeed(seed)
	WriteComparable(&h, v)
	return h.Sum64()
}

// Hash takes bytes in and gives a sum; the zero Hash has a seed of its own.
type Hash struct {
	_     [0]func()
	seed  Seed
	state uint64
	buf   [128]byte
	n     int
}

func (h *Hash) ready() {
	if h.seed.s == 0 {
		h.SetSeed(MakeSeed())
	}
}

// Write, WriteString and WriteByte take bytes in.
func (h *Hash) Write(b []byte) (int, error) {
	h.ready()
	n := len(b)
	for {
		k := copy(h.buf[h.n:], b)
		h.n += k
		if b = b[k:]; len(b) == 0 {
			return n, nil
		}
		h.state = after(h.state, h.buf[:])
		h.n = 0
	}
}

func (h *Hash) WriteString(s string) (int, error) {
	h.ready()
	n := len(s)
	for {
		k := copy(h.buf[h.n:], s)
		h.n += k
		if s = s[k:]; s == "" {
			return n, nil
		}
		h.state = after(h.state, h.buf[:])
		h.n = 0
	}
}

func (h *Hash) WriteByte(b byte) error {
	one := [1]byte{b}
	h.Write(one[:])
	return nil
}

// Sum64 is the hash of what was written.
func (h *Hash) Sum64() uint64 {
	h.ready()
	return after(h.state, h.buf[:h.n])
}

// Sum appends the hash to b.
func (h *Hash) Sum(b []byte) []byte { return feed.Put64(b, h.Sum64()) }

// Seed and SetSeed read and set the seed; setting it forgets what was written.
func (h *Hash) Seed() Seed { h.ready(); return h.seed }
func (h *Hash) SetSeed(seed Seed) {
	h.state = seed.check()
	h.seed = seed
	h.n = 0
}

func (h *Hash) Reset()                      { h.ready(); h.state, h.n = h.seed.s, 0 }
func (h *Hash) Size() int                   { return 8 }
func (h *Hash) BlockSize() int              { return len(h.buf) }
func (h *Hash) Clone() (hash.Cloner, error) { h.ready(); c := *h; return &c, nil }

// WriteComparable takes a value in; equal values write equal bytes.
func WriteComparable[T comparable](h *Hash, x T) { h.value(reflect.ValueOf(&x).Elem()) }

func (h *Hash) number(x uint64) {
	var b [8]byte
	h.Write(feed.Put64(b[:0], x))
}

func (h *Hash) float(f float64) {
	switch {
	case f == 0:
		f = 0
	case f != f:
		made++
		h.number(made)
		return
	}
	h.number(math.Float64bits(f))
}

func (h *Hash) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			h.number(1)
		} else {
			h.number(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		h.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		h.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		h.float(v.Float())
	case reflect.Complex64, reflect.Complex128:
		h.float(real(v.Complex()))
		h.float(imag(v.Complex()))
	case reflect.String:
		h.number(uint64(v.Len()))
		h.WriteString(v.String())
	case reflect.Array:
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			h.value(v.Field(i))
		}
	case reflect.Interface:
		if v.IsNil() {
			h.number(0)
			return
		}
		e := v.Elem()
		if !e.Comparable() {
			panic("hash of unhashable type " + e.Type().String())
		}
		h.WriteString(e.Type().String())
		h.value(e)
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		h.number(uint64(v.Pointer()))
	default:
		panic("hash of unhashable type " + v.Type().String())
	}
}
