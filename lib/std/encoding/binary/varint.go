package binary

import (
	"errors"
	"io"
)

// The most bytes a variable-length number takes.
const (
	MaxVarintLen16 = 3
	MaxVarintLen32 = 5
	MaxVarintLen64 = 10
)

// Seven bits a byte, the least significant first; the top bit says that more follow.

// AppendUvarint and AppendVarint append a number, signed ones with the sign in the lowest bit.
func AppendUvarint(buf []byte, x uint64) []byte {
	for ; x > 0x7f; x >>= 7 {
		buf = append(buf, byte(x)|0x80)
	}
	return append(buf, byte(x))
}

func AppendVarint(buf []byte, x int64) []byte { return AppendUvarint(buf, fold(x)) }

func fold(x int64) uint64   { return uint64(x<<1) ^ uint64(x>>63) }
func unfold(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }

// PutUvarint and PutVarint store a number, and give the bytes it took.
func PutUvarint(buf []byte, x uint64) int {
	n := 0
	for x > 0x7f {
		buf[n] = byte(x) | 0x80
		n++
		x >>= 7
	}
	buf[n] = byte(x)
	return n + 1
}

func PutVarint(buf []byte, x int64) int { return PutUvarint(buf, fold(x)) }

// Uvarint and Varint read a number; n is 0 if buf ends early, and minus the bytes read if it is too large.
func Uvarint(buf []byte) (x uint64, n int) {
	for i, c := range buf {
		last := c < 0x80
		if i >= MaxVarintLen64 || last && i == MaxVarintLen64-1 && c > 1 {
			return 0, -(i + 1)
		}
		if x |= uint64(c&0x7f) << (7 * i); last {
			return x, i + 1
		}
	}
	return 0, 0
}

func Varint(buf []byte) (int64, int) {
	u, n := Uvarint(buf)
	return unfold(u), n
}

var errOverflow = errors.New("binary: varint overflows a 64-bit integer")

// ReadUvarint and ReadVarint read a number byte by byte.
func ReadUvarint(r io.ByteReader) (x uint64, err error) {
	for i := range MaxVarintLen64 {
		c, err := r.ReadByte()
		if err != nil {
			if err == io.EOF && i > 0 {
				err = io.ErrUnexpectedEOF
			}
			return x, err
		}
		if i == MaxVarintLen64-1 && c > 1 {
			break
		}
		x |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return x, nil
		}
	}
	return x, errOverflow
}

func ReadVarint(r io.ByteReader) (int64, error) {
	u, err := ReadUvarint(r)
	return unfold(u), err
}
