// Package fnv has the hash functions FNV-1 and FNV-1a of Fowler, Noll and Vo.
package fnv

import (
	"errors"
	"hash"
	"internal/feed"
	"math/bits"
)

type (
	sum32   uint32
	sum32a  uint32
	sum64   uint64
	sum64a  uint64
	sum128  [2]uint64
	sum128a [2]uint64
)

const (
	start32  = 2166136261
	start64  = 14695981039346656037
	high128  = 0x6c62272e07bb0142
	low128   = 0x62b821756295c58d
	prime32  = 1<<24 + 0x193
	prime64  = 1<<40 + 0x1b3
	shift128 = 24
	tail128  = 0x13b
)

func New32() hash.Hash32  { h := sum32(start32); return &h }
func New32a() hash.Hash32 { h := sum32a(start32); return &h }
func New64() hash.Hash64  { h := sum64(start64); return &h }
func New64a() hash.Hash64 { h := sum64a(start64); return &h }
func New128() hash.Hash   { return &sum128{high128, low128} }
func New128a() hash.Hash  { return &sum128a{high128, low128} }

func (h *sum32) Reset()   { *h = start32 }
func (h *sum32a) Reset()  { *h = start32 }
func (h *sum64) Reset()   { *h = start64 }
func (h *sum64a) Reset()  { *h = start64 }
func (h *sum128) Reset()  { *h = sum128{high128, low128} }
func (h *sum128a) Reset() { *h = sum128a{high128, low128} }

func (h *sum32) Sum32() uint32  { return uint32(*h) }
func (h *sum32a) Sum32() uint32 { return uint32(*h) }
func (h *sum64) Sum64() uint64  { return uint64(*h) }
func (h *sum64a) Sum64() uint64 { return uint64(*h) }

func (h *sum32) Size() int   { return 4 }
func (h *sum32a) Size() int  { return 4 }
func (h *sum64) Size() int   { return 8 }
func (h *sum64a) Size() int  { return 8 }
func (h *sum128) Size() int  { return 16 }
func (h *sum128a) Size() int { return 16 }

func (h *sum32) BlockSize() int   { return 1 }
func (h *sum32a) BlockSize() int  { return 1 }
func (h *sum64) BlockSize() int   { return 1 }
func (h *sum64a) BlockSize() int  { return 1 }
func (h *sum128) BlockSize() int  { return 1 }
func (h *sum128a) BlockSize() int { return 1 }

func (h *sum32) Sum(b []byte) []byte   { return feed.Put32(b, uint32(*h)) }
func (h *sum32a) Sum(b []byte) []byte  { return feed.Put32(b, uint32(*h)) }
func (h *sum64) Sum(b []byte) []byte   { return feed.Put64(b, uint64(*h)) }
func (h *sum64a) Sum(b []byte) []byte  { return feed.Put64(b, uint64(*h)) }
func (h *sum128) Sum(b []byte) []byte  { return feed.Put64(feed.Put64(b, h[0]), h[1]) }
func (h *sum128a) Sum(b []byte) []byte { return feed.Put64(feed.Put64(b, h[0]), h[1]) }

func (h *sum32) Write(p []byte) (int, error) {
	x := *h
	for i := range p {
		x = x*prime32 ^ sum32(p[i])
	}
	*h = x
	return len(p), nil
}

func (h *sum32a) Write(p []byte) (int, error) {
	x := *h
	for i := range p {
		x = (x ^ sum32a(p[i])) * prime32
	}
	*h = x
	return len(p), nil
}

func (h *sum64) Write(p []byte) (int, error) {
	x := *h
	for i := range p {
		x = x*prime64 ^ sum64(p[i])
	}
	*h = x
	return len(p), nil
}

func (h *sum64a) Write(p []byte) (int, error) {
	x := *h
	for i := range p {
		x = (x ^ sum64a(p[i])) * prime64
	}
	*h = x
	return len(p), nil
}

// times128 multiplies by the prime 2^88 + 0x13b.
func times128(x [2]uint64) [2]uint64 {
	carry, low := bits.Mul64(tail128, x[1])
	return [2]uint64{carry + x[1]<<shift128 + tail128*x[0], low}
}

func (h *sum128) Write(p []byte) (int, error) {
	for i := range p {
		*h = times128(*h)
		h[1] ^= uint64(p[i])
	}
	return len(p), nil
}

func (h *sum128a) Write(p []byte) (int, error) {
	for i := range p {
		h[1] ^= uint64(p[i])
		*h = times128(*h)
	}
	return len(p), nil
}

func (h *sum32) Clone() (hash.Cloner, error)   { c := *h; return &c, nil }
func (h *sum32a) Clone() (hash.Cloner, error)  { c := *h; return &c, nil }
func (h *sum64) Clone() (hash.Cloner, error)   { c := *h; return &c, nil }
func (h *sum64a) Clone() (hash.Cloner, error)  { c := *h; return &c, nil }
func (h *sum128) Clone() (hash.Cloner, error)  { c := *h; return &c, nil }
func (h *sum128a) Clone() (hash.Cloner, error) { c := *h; return &c, nil }

// The state as bytes: fnv, the number of the function, the sum.
func (h *sum32) AppendBinary(b []byte) ([]byte, error)   { return h.Sum(append(b, "fnv\x01"...)), nil }
func (h *sum32a) AppendBinary(b []byte) ([]byte, error)  { return h.Sum(append(b, "fnv\x02"...)), nil }
func (h *sum64) AppendBinary(b []byte) ([]byte, error)   { return h.Sum(append(b, "fnv\x03"...)), nil }
func (h *sum64a) AppendBinary(b []byte) ([]byte, error)  { return h.Sum(append(b, "fnv\x04"...)), nil }
func (h *sum128) AppendBinary(b []byte) ([]byte, error)  { return h.Sum(append(b, "fnv\x05"...)), nil }
func (h *sum128a) AppendBinary(b []byte) ([]byte, error) { return h.Sum(append(b, "fnv\x06"...)), nil }

func (h *sum32) MarshalBinary() ([]byte, error)   { return h.AppendBinary(make([]byte, 0, 8)) }
func (h *sum32a) MarshalBinary() ([]byte, error)  { return h.AppendBinary(make([]byte, 0, 8)) }
func (h *sum64) MarshalBinary() ([]byte, error)   { return h.AppendBinary(make([]byte, 0, 12)) }
func (h *sum64a) MarshalBinary() ([]byte, error)  { return h.AppendBinary(make([]byte, 0, 12)) }
func (h *sum128) MarshalBinary() ([]byte, error)  { return h.AppendBinary(make([]byte, 0, 20)) }
func (h *sum128a) MarshalBinary() ([]byte, error) { return h.AppendBinary(make([]byte, 0, 20)) }

// stateOf checks a state's mark and length.
func stateOf(b []byte, mark string, size int) ([]byte, error) {
	if len(b) < len(mark) || string(b[:len(mark)]) != mark {
		return nil, errors.New("hash/fnv: invalid hash state identifier")
	}
	if len(b) != len(mark)+size {
		return nil, errors.New("hash/fnv: invalid hash state size")
	}
	return b[len(mark):], nil
}

func (h *sum32) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x01", 4)
	if err == nil {
		*h = sum32(feed.Get32(s))
	}
	return err
}

func (h *sum32a) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x02", 4)
	if err == nil {
		*h = sum32a(feed.Get32(s))
	}
	return err
}

func (h *sum64) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x03", 8)
	if err == nil {
		*h = sum64(feed.Get64(s))
	}
	return err
}

func (h *sum64a) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x04", 8)
	if err == nil {
		*h = sum64a(feed.Get64(s))
	}
	return err
}

func (h *sum128) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x05", 16)
	if err == nil {
		*h = sum128{feed.Get64(s), feed.Get64(s[8:])}
	}
	return err
}

func (h *sum128a) UnmarshalBinary(b []byte) error {
	s, err := stateOf(b, "fnv\x06", 16)
	if err == nil {
		*h = sum128a{feed.Get64(s), feed.Get64(s[8:])}
	}
	return err
}
