// Package sha512 has the hash functions SHA-384, SHA-512, SHA-512/224 and SHA-512/256 of FIPS 180-4.
package sha512

import (
	"hash"
	"internal/feed"
	"internal/roots"
	"math/bits"
)

// Lengths in bytes.
const (
	Size      = 64
	Size384   = 48
	Size256   = 32
	Size224   = 28
	BlockSize = 128
)

type digest struct {
	h     [8]uint64
	buf   [BlockSize]byte
	n     int
	total uint64
	size  int
}

var (
	starts [2][8]uint64
	steps  [80]uint64
)

func init() {
	for i, p := range roots.Primes(80) {
		steps[i] = roots.Fraction(p, 3)
		switch {
		case i < 8:
			starts[0][i] = roots.Fraction(p, 2)
		case i < 16:
			starts[1][i-8] = roots.Fraction(p, 2)
		}
	}
}

// Running hashes.
func New() hash.Hash        { return start(Size) }
func New384() hash.Hash     { return start(Size384) }
func New512_256() hash.Hash { return start(Size256) }
func New512_224() hash.Hash { return start(Size224) }

func start(size int) *digest {
	d := &digest{size: size}
	d.Reset()
	return d
}

// Sums of data.
func Sum512(data []byte) (sum [Size]byte)        { sumInto(sum[:0], Size, data); return sum }
func Sum384(data []byte) (sum [Size384]byte)     { sumInto(sum[:0], Size384, data); return sum }
func Sum512_256(data []byte) (sum [Size256]byte) { sumInto(sum[:0], Size256, data); return sum }
func Sum512_224(data []byte) (sum [Size224]byte) { sumInto(sum[:0], Size224, data); return sum }

func sumInto(sum []byte, size int, data []byte) {
	d := digest{size: size}
	d.Reset()
	d.Write(data)
	d.finish(sum)
}

func (d *digest) Reset() {
	d.n, d.total = 0, 0
	switch d.size {
	case Size:
		d.h = starts[0]
	case Size384:
		d.h = starts[1]
	default:
		d.h = truncated(d.size)
	}
}

// truncated is the start of SHA-512/t: a sum of its own name by a varied SHA-512.
func truncated(size int) (h [8]uint64) {
	d := digest{size: Size, h: starts[0]}
	for i := range d.h {
		d.h[i] ^= 0xa5a5a5a5a5a5a5a5
	}
	name := "SHA-512/256"
	if size == Size224 {
		name = "SHA-512/224"
	}
	d.Write([]byte(name))
	var sum [Size]byte
	d.finish(sum[:0])
	return d.h
}

func (d *digest) Size() int                   { return d.size }
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
	feed.Pad(d.buf[:], d.n, d.total, 16, false, d.step)
	var all [Size]byte
	out := all[:0]
	for _, x := range d.h {
		out = feed.Put64(out, x)
	}
	return append(b, out[:d.size]...)
}

// step mixes one block in.
func (d *digest) step(block []byte) {
	var w [80]uint64
	for t := range w {
		if t < 16 {
			w[t] = feed.Get64(block[8*t:])
			continue
		}
		x, y := w[t-15], w[t-2]
		small0 := bits.RotateLeft64(x, -1) ^ bits.RotateLeft64(x, -8) ^ x>>7
		small1 := bits.RotateLeft64(y, -19) ^ bits.RotateLeft64(y, -61) ^ y>>6
		w[t] = w[t-16] + small0 + w[t-7] + small1
	}
	s := d.h
	for t := range w {
		a, e := s[0], s[4]
		big1 := bits.RotateLeft64(e, -14) ^ bits.RotateLeft64(e, -18) ^ bits.RotateLeft64(e, -41)
		big0 := bits.RotateLeft64(a, -28) ^ bits.RotateLeft64(a, -34) ^ bits.RotateLeft64(a, -39)
		choice := s[6] ^ e&(s[5]^s[6])
		most := a&(s[1]|s[2]) | s[1]&s[2]
		in := s[7] + big1 + choice + steps[t] + w[t]
		s = [8]uint64{in + big0 + most, a, s[1], s[2], s[3] + in, e, s[5], s[6]}
	}
	for i := range s {
		d.h[i] += s[i]
	}
}

func (d *digest) mark() string {
	switch d.size {
	case Size384:
		return "sha\x04"
	case Size224:
		return "sha\x05"
	case Size256:
		return "sha\x06"
	}
	return "sha\x07"
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Save(b, d.mark(), d.h[:], d.buf[:], d.n, d.total), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, feed.Size(d.mark(), d.h[:], d.buf[:])))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	total, err := feed.Load(b, "crypto/sha512", d.mark(), d.h[:], d.buf[:])
	if err == nil {
		d.total, d.n = total, int(total%BlockSize)
	}
	return err
}
