// Package rand has pseudo-random numbers: the sequence of a seed is real Go's.
//
// SIMPLIFIED: the package's functions begin from the run's seed instead of a random one.
package rand

import (
	"errors"
	"math/bits"
)

// Source gives uniform uint64.
type Source interface{ Uint64() uint64 }

// PCG is O'Neill's PCG-DXSM with 128 bits of state.
type PCG struct{ hi, lo uint64 }

// NewPCG gives a PCG with two seeds.
func NewPCG(seed1, seed2 uint64) *PCG { return &PCG{seed1, seed2} }

// Seed starts p again.
func (p *PCG) Seed(seed1, seed2 uint64) { *p = PCG{seed1, seed2} }

// Uint64 is the next number.
func (p *PCG) Uint64() uint64 {
	const (
		mulHi, mulLo = 0x2360ed051fc65da4, 0x4385df649fccf645
		incHi, incLo = 0x5851f42d4c957f2d, 0x14057b7ef767814f
		cheap        = 0xda942042e4dd58b5
	)
	hi, lo := bits.Mul64(p.lo, mulLo)
	hi += p.hi*mulLo + p.lo*mulHi
	var c uint64
	p.lo, c = bits.Add64(lo, incLo, 0)
	p.hi, _ = bits.Add64(hi, incHi, c)
	x := p.hi
	x ^= x >> 32
	x *= cheap
	x ^= x >> 48
	return x * (p.lo | 1)
}

func be(b []byte, x uint64) []byte {
	for s := 56; s >= 0; s -= 8 {
		b = append(b, byte(x>>uint(s)))
	}
	return b
}

func fromBE(b []byte) (x uint64) {
	for _, c := range b[:8] {
		x = x<<8 | uint64(c)
	}
	return x
}

// AppendBinary writes the state to the end of b.
func (p *PCG) AppendBinary(b []byte) ([]byte, error) {
	return be(be(append(b, "pcg:"...), p.hi), p.lo), nil
}

// MarshalBinary is the state.
func (p *PCG) MarshalBinary() ([]byte, error) { return p.AppendBinary(nil) }

// UnmarshalBinary sets the state.
func (p *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != 20 || string(data[:4]) != "pcg:" {
		return errors.New("invalid PCG encoding")
	}
	p.hi, p.lo = fromBE(data[4:]), fromBE(data[12:])
	return nil
}

// ChaCha8 is the ChaCha8Rand generator (c2sp.org/chacha8rand): four interleaved blocks at a time, and after sixteen
// blocks the last 32 bytes become the key.
type ChaCha8 struct {
	key   [8]uint32
	buf   [32]uint64
	at    int
	n     int
	block uint32
	left  [8]byte
	have  int
}

// NewChaCha8 gives a ChaCha8 with the seed.
func NewChaCha8(seed [32]byte) *ChaCha8 {
	c := new(ChaCha8)
	c.Seed(seed)
	return c
}

// Seed starts c again.
func (c *ChaCha8) Seed(seed [32]byte) {
	*c = ChaCha8{}
	for i := range c.key {
		c.key[i] = uint32(seed[4*i]) | uint32(seed[4*i+1])<<8 | uint32(seed[4*i+2])<<16 | uint32(seed[4*i+3])<<24
	}
	c.fill()
}

func quarter(a, b, c, d uint32) (uint32, uint32, uint32, uint32) {
	a += b
	d = bits.RotateLeft32(d^a, 16)
	c += d
	b = bits.RotateLeft32(b^c, 12)
	a += b
	d = bits.RotateLeft32(d^a, 8)
	c += d
	b = bits.RotateLeft32(b^c, 7)
	return a, b, c, d
}

// fill makes the next four blocks.
func (c *ChaCha8) fill() {
	for lane := uint32(0); lane < 4; lane++ {
		s := [16]uint32{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}
		copy(s[4:], c.key[:])
		s[12] = c.block + lane
		for range 4 {
			for i := range 4 {
				s[i], s[4+i], s[8+i], s[12+i] = quarter(s[i], s[4+i], s[8+i], s[12+i])
			}
			for i := range 4 {
				j, k, l := 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4
				s[i], s[j], s[k], s[l] = quarter(s[i], s[j], s[k], s[l])
			}
		}
		// Only the key's rows are added; then word i of the four lanes lies side by side.
		for i, w := range s {
			if 4 <= i && i < 12 {
				w += c.key[i-4]
			}
			half := &c.buf[2*i+int(lane)/2]
			if lane%2 == 0 {
				*half = uint64(w)
			} else {
				*half |= uint64(w) << 32
			}
		}
	}
	c.block += 4
	c.at, c.n = 0, 32
	if c.block == 16 {
		c.n = 28
	}
}

// Uint64 is the next number.
func (c *ChaCha8) Uint64() uint64 {
	if c.at == c.n {
		if c.block == 16 {
			for i := range c.key {
				c.key[i] = uint32(c.buf[28+i/2] >> uint(i%2*32))
			}
			c.block = 0
		}
		c.fill()
	}
	c.at++
	return c.buf[c.at-1]
}

// Read fills p; what is left of a word is kept for the next Read.
func (c *ChaCha8) Read(p []byte) (n int, err error) {
	for i := range p {
		if c.have == 0 {
			x := c.Uint64()
			for j := range c.left {
				c.left[j] = byte(x >> uint(8*j))
			}
			c.have = 8
		}
		p[i] = c.left[8-c.have]
		c.have--
	}
	return len(p), nil
}

// Rand makes numbers of other types from a Source.
type Rand struct{ src Source }

// New gives a Rand.
func New(src Source) *Rand { return &Rand{src} }

func (r *Rand) Uint64() uint64 { return r.src.Uint64() }
func (r *Rand) Int64() int64   { return int64(r.src.Uint64() &^ (1 << 63)) }
func (r *Rand) Uint32() uint32 { return uint32(r.src.Uint64() >> 32) }
func (r *Rand) Int32() int32   { return int32(r.src.Uint64() >> 33) }
func (r *Rand) Int() int       { return int(r.Int64()) }
func (r *Rand) Uint() uint     { return uint(r.src.Uint64()) }

// below32 and below64 are in [0, n), by multiplication (Lemire).
func (r *Rand) below32(n uint32) uint32 {
	if n&(n-1) == 0 {
		return uint32(r.Uint64()) & (n - 1)
	}
	wide := uint64(r.Uint32()) * uint64(n)
	if uint32(wide) < n {
		for under := -n % n; uint32(wide) < under; {
			wide = uint64(r.Uint32()) * uint64(n)
		}
	}
	return uint32(wide >> 32)
}

func (r *Rand) below64(n uint64) uint64 {
	if n < 1<<32 {
		return uint64(r.below32(uint32(n)))
	}
	if n&(n-1) == 0 {
		return r.Uint64() & (n - 1)
	}
	hi, lo := bits.Mul64(r.Uint64(), n)
	if lo < n {
		for under := -n % n; lo < under; {
			hi, lo = bits.Mul64(r.Uint64(), n)
		}
	}
	return hi
}

func positive(ok bool, name string) {
	if !ok {
		panic("invalid argument to " + name)
	}
}

// Int64N is in [0, n).
func (r *Rand) Int64N(n int64) int64 {
	positive(n > 0, "Int64N")
	return int64(r.below64(uint64(n)))
}

// Uint64N is in [0, n).
func (r *Rand) Uint64N(n uint64) uint64 {
	positive(n > 0, "Uint64N")
	return r.below64(n)
}

// Int32N is in [0, n).
func (r *Rand) Int32N(n int32) int32 {
	positive(n > 0, "Int32N")
	return int32(r.below64(uint64(n)))
}

// Uint32N is in [0, n).
func (r *Rand) Uint32N(n uint32) uint32 {
	positive(n > 0, "Uint32N")
	return uint32(r.below64(uint64(n)))
}

// IntN is in [0, n).
func (r *Rand) IntN(n int) int {
	positive(n > 0, "IntN")
	return int(r.below64(uint64(n)))
}

// UintN is in [0, n).
func (r *Rand) UintN(n uint) uint {
	positive(n > 0, "UintN")
	return uint(r.below64(uint64(n)))
}

// Float64 is in [0, 1).
func (r *Rand) Float64() float64 { return float64(r.Uint64()<<11>>11) / (1 << 53) }

// Float32 is in [0, 1).
func (r *Rand) Float32() float32 { return float32(r.Uint32()<<8>>8) / (1 << 24) }

// Perm is a random order of 0..n-1.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	r.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle puts n elements in random order.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	positive(n >= 0, "Shuffle")
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.below64(uint64(i+1))))
	}
}

func runSeed() int64

var global = New(NewPCG(uint64(runSeed()), 0x9e3779b97f4a7c15))

func Uint64() uint64                     { return global.Uint64() }
func Int64() int64                       { return global.Int64() }
func Uint32() uint32                     { return global.Uint32() }
func Int32() int32                       { return global.Int32() }
func Int() int                           { return global.Int() }
func Uint() uint                         { return global.Uint() }
func Int64N(n int64) int64               { return global.Int64N(n) }
func Uint64N(n uint64) uint64            { return global.Uint64N(n) }
func Int32N(n int32) int32               { return global.Int32N(n) }
func Uint32N(n uint32) uint32            { return global.Uint32N(n) }
func IntN(n int) int                     { return global.IntN(n) }
func UintN(n uint) uint                  { return global.UintN(n) }
func Float64() float64                   { return global.Float64() }
func Float32() float32                   { return global.Float32() }
func Perm(n int) []int                   { return global.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }
func NormFloat64() float64               { return global.NormFloat64() }
func ExpFloat64() float64                { return global.ExpFloat64() }

// N is in [0, n), for any integer type.
func N[Int interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}](n Int) Int {
	positive(n > 0, "N")
	return Int(global.below64(uint64(n)))
}
