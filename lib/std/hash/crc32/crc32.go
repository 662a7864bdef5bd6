// Package crc32 has cyclic redundancy checks of 32 bits.
package crc32

import (
	"errors"
	"hash"
	"internal/feed"
)

// Size is the length of a sum in bytes.
const Size = 4

// Polynomials, the lowest bit first.
const (
	IEEE       = 0xedb88320
	Castagnoli = 0x82f63b78
	Koopman    = 0xeb31d82e
)

// Table has the remainder of each byte by a polynomial.
type Table [256]uint32

// IEEETable is the table of IEEE.
var IEEETable = fill(IEEE)

var castagnoli *Table

func fill(poly uint32) *Table {
	t := new(Table)
	for bit, x := 128, uint32(1); bit > 0; bit >>= 1 {
		// The entry of one bit follows from that of the next; others are sums of those of their bits.
		x = x>>1 ^ poly&-(x&1)
		for i := 0; i < 256; i += 2 * bit {
			t[i+bit] = t[i] ^ x
		}
	}
	return t
}

// MakeTable gives the table of a polynomial; it must not be written to.
func MakeTable(poly uint32) *Table {
	switch poly {
	case IEEE:
		return IEEETable
	case Castagnoli:
		if castagnoli == nil {
			castagnoli = fill(poly)
		}
		return castagnoli
	}
	return fill(poly)
}

// Update adds p to a checksum.
func Update(crc uint32, tab *Table, p []byte) uint32 {
	x := ^crc
	for i := range p {
		x = x>>8 ^ tab[byte(x)^p[i]]
	}
	return ^x
}

// Checksum and ChecksumIEEE are checksums of data.
func Checksum(data []byte, tab *Table) uint32 { return Update(0, tab, data) }
func ChecksumIEEE(data []byte) uint32         { return Update(0, IEEETable, data) }

type digest struct {
	crc uint32
	tab *Table
}

// New and NewIEEE give running checksums.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }
func NewIEEE() hash.Hash32       { return New(IEEETable) }

func (d *digest) Write(p []byte) (int, error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func (d *digest) Reset()                      { d.crc = 0 }
func (d *digest) Size() int                   { return Size }
func (d *digest) BlockSize() int              { return 1 }
func (d *digest) Sum32() uint32               { return d.crc }
func (d *digest) Sum(b []byte) []byte         { return feed.Put32(b, d.crc) }
func (d *digest) Clone() (hash.Cloner, error) { c := *d; return &c, nil }

const mark = "crc\x01"

// tableSum tells tables apart in a stored state.
func tableSum(t *Table) uint32 {
	b := make([]byte, 0, 1024)
	for _, x := range t {
		b = feed.Put32(b, x)
	}
	return ChecksumIEEE(b)
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return feed.Put32(feed.Put32(append(b, mark...), tableSum(d.tab)), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, 12)) }

func (d *digest) UnmarshalBinary(b []byte) error {
	switch {
	case len(b) < len(mark) || string(b[:len(mark)]) != mark:
		return errors.New("hash/crc32: invalid hash state identifier")
	case len(b) != 12:
		return errors.New("hash/crc32: invalid hash state size")
	case feed.Get32(b[4:]) != tableSum(d.tab):
		return errors.New("hash/crc32: tables do not match")
	}
	d.crc = feed.Get32(b[8:])
	return nil
}
