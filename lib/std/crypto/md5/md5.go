// Package md5 has the hash function MD5 of RFC 1321.
package md5

import (
	"hash"
	"internal/feed"
	"math"
	"math/bits"
)

// Lengths in bytes.
const (
	Size      = 16
	BlockSize = 64
)

type digest struct {
	h     [4]uint32
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
	d.h = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}
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
	feed.Pad(d.buf[:], d.n, d.total, 8, true, d.step)
	for _, x := range d.h {
		b = feed.Put32(b, bits.ReverseBytes32(x))
	}
	return b
}

var (
	steps [64]uint32
	turns = [4][4]int{{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}
)

func init() {
	for i := range steps {
		steps[i] = uint32(int64(math.Abs(math.Sin(float64(i+1))) * (1 << 32)))
	}
}

// step mixes one block in.
func (d *digest) step(block []byte) {
	var w [16]uint32
	for t := range w {
		w[t] = bits.ReverseBytes32(feed.Get32(block[4*t:]))
	}
	a, b, c, e := d.h[0], d.h[1], d.h[2], d.h[3]
	for t, add := range steps {
		x := a + add
		switch t / 16 {
		case 0:
			x += (e ^ b&(c^e)) + w[t]
		case 1:
			x += (c ^ e&(b^c)) + w[(5*t+1)%16]
		case 2:
			x += (b ^ c ^ e) + w[(3*t+5)%16]
		default:
			x += (c ^ (b | ^e)) + w[7*t%16]
		}
		a, b, c, e = e, b+bits.RotateLeft32(x, turns[t/16][t%4]), b, c
	}
	for i, x := range [4]uint32{a, b, c, e} {
		d.h[i] += x
	}
}

const mark = "md5\x01"

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Save(b, mark, d.h[:], d.buf[:], d.n, d.total), nil
}

func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, feed.Size(mark, d.h[:], d.buf[:])))
}

func (d *digest) UnmarshalBinary(b []byte) error {
	total, err := feed.Load(b, "crypto/md5", mark, d.h[:], d.buf[:])
	if err == nil {
		d.total, d.n = total, int(total%BlockSize)
	}
	return err
}
