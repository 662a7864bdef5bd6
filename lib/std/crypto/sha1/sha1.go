// Package sha1 has the hash function SHA-1 of FIPS 180-4.
package sha1

import (
	"hash"
	"internal/feed"
	"math/bits"
)

// Lengths in bytes.
const (
	Size      = 20
	BlockSize = 64
)

type digest struct {
	h     [5]uint32
	buf   [BlockSize]byte
	n     int
	total uint64
}

// New gives a running hash.
func New() hash.Hash { d := new(digest); d.Reset(); return d }

// Sum is the sum of data.
func Sum(data []byte) (sum [Size]byte) {
	var d digest
	d.Reset()
	d.Write(data)
	d.finish(sum[:0])
	return sum
}

func (d *digest) Reset() {
	d.n, d.total = 0, 0
	d.h = [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
}

func (d *digest) Size() int                   { return Size }
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
	for _, x := range d.h {
		b = feed.Put32(b, x)
	}
	return b
}

// step mixes one block in.
func (d *digest) step(block []byte) {
	var w [80]uint32
	for t := range w {
		if t < 16 {
			w[t] = feed.Get32(block[4*t:])
		} else {
			w[t] = bits.RotateLeft32(w[t-3]^w[t-8]^w[t-14]^w[t-16], 1)
		}
	}
	a, b, c, e, f := d.h[0], d.h[1], d.h[2], d.h[3], d.h[4]
	for t, x := range w {
		switch t / 20 {
		case 0:
			x += (e ^ b&(c^e))
			x += 0x5a827999
		case 1:
			x += (b ^ c ^ e)
			x += 0x6ed9eba1
		case 2:
			x += b&(c|e) | c&e
			x += 0x8f1bbcdc
		default:
			x += b ^ c ^ e
			x += 0xca62c1d6
		}
		x += f + bits.RotateLeft32(a, 5)
		a, b, c, e, f = x, a, bits.RotateLeft32(b, 30), c, e
	}
	for i, x := range [5]uint32{a, b, c, e, f} {
		d.h[i] += x
	}
}

const mark = "sha\x01"

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Save(b, mark, d.h[:], d.buf[:], d.n, d.total), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, feed.Size(mark, d.h[:], d.buf[:])))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	total, err := feed.Load(b, "crypto/sha1", mark, d.h[:], d.buf[:])
	if err == nil {
		d.total, d.n = total, int(total%BlockSize)
	}
	return err
}
