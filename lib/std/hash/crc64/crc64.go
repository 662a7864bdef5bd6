// Package crc64 has cyclic redundancy checks of 64 bits.
package crc64

import (
	"errors"
	"hash"
	"internal/feed"
)

// Size is the length of a sum in bytes.
const Size = 8

// Polynomials, the lowest bit first.
const (
	ISO  = 0xd8 << 56
	ECMA = 0xc96c5795d7870f42
)

// Table has the remainder of each byte by a polynomial.
type Table [256]uint64

var iso, ecma *Table

func fill(poly uint64) *Table {
	t := new(Table)
	for bit, x := 128, uint64(1); bit > 0; bit >>= 1 {
		// The entry of one bit follows from that of the next; others are sums of those of their bits.
		x = x>>1 ^ poly&-(x&1)
		for i := 0; i < 256; i += 2 * bit {
			t[i+bit] = t[i] ^ x
		}
	}
	return t
}

// MakeTable gives the table of a polynomial; it must not be written to.
func MakeTable(poly uint64) *Table {
	switch poly {
	case ISO:
		if iso == nil {
			iso = fill(poly)
		}
		return iso
	case ECMA:
		if ecma == nil {
			ecma = fill(poly)
		}
		return ecma
	}
	return fill(poly)
}

// Update adds p to a checksum.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	x := ^crc
	for i := range p {
		x = x>>8 ^ tab[byte(x)^p[i]]
	}
	return ^x
}

// Checksum is the checksum of data.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

type digest struct {
	crc uint64
	tab *Table
}

// New gives a running checksum.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

func (d *digest) Write(p []byte) (int, error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func (d *digest) Reset()                      { d.crc = 0 }
func (d *digest) Size() int                   { return Size }
func (d *digest) BlockSize() int              { return 1 }
func (d *digest) Sum64() uint64               { return d.crc }
func (d *digest) Sum(b []byte) []byte         { return feed.Put64(b, d.crc) }
func (d *digest) Clone() (hash.Cloner, error) { c := *d; return &c, nil }

const mark = "crc\x02"

// tableSum tells tables apart in a stored state.
func tableSum(t *Table) uint64 {
	b := make([]byte, 0, 2048)
	for _, x := range t {
		b = feed.Put64(b, x)
	}
	return Checksum(b, MakeTable(ISO))
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Put64(feed.Put64(append(b, mark...), tableSum(d.tab)), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, 20)) }

func (d *digest) UnmarshalBinary(b []byte) error {
	switch {
	case len(b) < len(mark) || string(b[:len(mark)]) != mark:
		return errors.New("hash/crc64: invalid hash state identifier")
	case len(b) != 20:
		return errors.New("hash/crc64: invalid hash state size")
	case feed.Get64(b[4:]) != tableSum(d.tab):
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = feed.Get64(b[12:])
	return nil
}
