// Package adler32 has the checksum of zlib (RFC 1950).
package adler32

import (
	"errors"
	"hash"
	"internal/feed"
)

// Size is the length of a sum in bytes.
const Size = 4

const (
	modulus = 65521
	mark    = "adl\x01"
)

type digest uint32

// New gives a running Adler-32 checksum.
func New() hash.Hash32 { d := digest(1); return &d }

// Checksum is the Adler-32 checksum of data.
func Checksum(data []byte) uint32 { return uint32(digest(1).after(data)) }

func (d digest) after(p []byte) digest {
	a, b := uint32(d&0xffff), uint32(d>>16)
	for len(p) > 0 {
		// 5552 bytes cannot overflow b.
		part := p[:min(len(p), 5552)]
		p = p[len(part):]
		for _, c := range part {
			a += uint32(c)
			b += a
		}
		a %= modulus
		b %= modulus
	}
	return digest(b<<16 | a)
}

func (d *digest) Write(p []byte) (int, error)           { *d = d.after(p); return len(p), nil }
func (d *digest) Reset()                                { *d = 1 }
func (d *digest) Size() int                             { return Size }
func (d *digest) BlockSize() int                        { return 4 }
func (d *digest) Sum32() uint32                         { return uint32(*d) }
func (d *digest) Sum(b []byte) []byte                   { return feed.Put32(b, uint32(*d)) }
func (d *digest) Clone() (hash.Cloner, error)           { c := *d; return &c, nil }
func (d *digest) AppendBinary(b []byte) ([]byte, error) { return d.Sum(append(b, mark...)), nil }
func (d *digest) MarshalBinary() ([]byte, error)        { return d.AppendBinary(make([]byte, 0, 8)) }
func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(mark) || string(b[:len(mark)]) != mark {
		return errors.New("hash/adler32: invalid hash state identifier")
	}
	if len(b) != len(mark)+Size {
		return errors.New("hash/adler32: invalid hash state size")
	}
	*d = digest(feed.Get32(b[len(mark):]))
	return nil
}
