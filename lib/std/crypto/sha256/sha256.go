// Package sha256 has the hash functions SHA-224 and SHA-256 of FIPS 180-4.
package sha256

import (
	"hash"
	"internal/feed"
	"internal/roots"
	"math/bits"
)

// Lengths in bytes.
const (
	Size      = 32
	Size224   = 28
	BlockSize = 64
)

type digest struct {
	h     [8]uint32
	buf   [BlockSize]byte
	n     int
	total uint64
	short bool
}

var (
	starts [2][8]uint32
	steps  [64]uint32
)

func init() {
	for i, p := range roots.Primes(64) {
		steps[i] = uint32(roots.Fraction(p, 3) >> 32)
		switch {
		case i < 8:
			starts[0][i] = uint32(roots.Fraction(p, 2) >> 32)
		case i < 16:
			starts[1][i-8] = uint32(roots.Fraction(p, 2))
		}
	}
}

// New and New224 give running hashes.
func New() hash.Hash    { d := new(digest); d.Reset(); return d }
func New224() hash.Hash { d := &digest{short: true}; d.Reset(); return d }

// Sum256 and Sum224 are the sums of data.
func Sum256(data []byte) (sum [Size]byte) {
	var d digest
	d.Reset()
	d.Write(data)
	d.finish(sum[:0])
	return sum
}

func Sum224(data []byte) (sum [Size224]byte) {
	d := digest{short: true}
	d.Reset()
	d.Write(data)
	d.finish(sum[:0])
	return sum
}

func (d *digest) Reset() {
	d.n, d.total = 0, 0
	if d.short {
		d.h = starts[1]
	} else {
		d.h = starts[0]
	}
}

func (d *digest) Size() int {
	if d.short {
		return Size224
	}
	return Size
}

func (d *digest) BlockSize() int              { return BlockSize }
func (d *digest) Clone() (hash.Cloner, error) { c := *d; return &c, nil }

func (d *digest) Write(p []byte) (int, error) {
	d.total += uint64(len(p))
	d.n = feed.Blocks(d.buf[:], d.n, p, d.step)
	return len(p), nil
}

func (d *digest) Sum(b []byte) []byte {
	c := *d
	return c.finish(b)
}

func (d *digest) finish(b []byte) []byte {
	feed.Pad(d.buf[:], d.n, d.total, 8, false, d.step)
	for _, x := range d.h[:d.Size()/4] {
		b = feed.Put32(b, x)
	}
	return b
}

// step mixes one block in.
func (d *digest) step(block []byte) {
	var w [64]uint32
	for t := range w {
		if t < 16 {
			w[t] = feed.Get32(block[4*t:])
			continue
		}
		x, y := w[t-15], w[t-2]
		small0 := bits.RotateLeft32(x, -7) ^ bits.RotateLeft32(x, -18) ^ x>>3
		small1 := bits.RotateLeft32(y, -17) ^ bits.RotateLeft32(y, -19) ^ y>>10
		w[t] = w[t-16] + small0 + w[t-7] + small1
	}
	s := d.h
	for t := range w {
		a, e := s[0], s[4]
		big1 := bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)
		big0 := bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)
		choice := s[6] ^ e&(s[5]^s[6])
		most := a&(s[1]|s[2]) | s[1]&s[2]
		in := s[7] + big1 + choice + steps[t] + w[t]
		s = [8]uint32{in + big0 + most, a, s[1], s[2], s[3] + in, e, s[5], s[6]}
	}
	for i := range s {
		d.h[i] += s[i]
	}
}

func (d *digest) mark() string {
	if d.short {
		return "sha\x02"
	}
	return "sha\x03"
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Save(b, d.mark(), d.h[:], d.buf[:], d.n, d.total), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, feed.Size(d.mark(), d.h[:], d.buf[:])))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	total, err := feed.Load(b, "crypto/sha256", d.mark(), d.h[:], d.buf[:])
	if err == nil {
		d.total, d.n = total, int(total%BlockSize)
	}
	return err
}
