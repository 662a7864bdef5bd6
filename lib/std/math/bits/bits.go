// Package bits counts and moves the bits of unsigned integers.
package bits

// UintSize is the size of a uint in bits.
const UintSize = 64

// Alternating masks: every second bit, pair, nibble; every second byte, word, long.
const (
	m1  = 0x5555555555555555
	m2  = 0x3333333333333333
	m4  = 0x0f0f0f0f0f0f0f0f
	m8  = 0x00ff00ff00ff00ff
	m16 = 0x0000ffff0000ffff
)

type divideError struct{}
type overflowError struct{}

func (divideError) Error() string   { return "runtime error: integer divide by zero" }
func (divideError) RuntimeError()   {}
func (overflowError) Error() string { return "runtime error: integer overflow" }
func (overflowError) RuntimeError() {}

// Machine instructions; 64 for a zero.
func clz64(x uint64) int64
func ctz64(x uint64) int64
func popcnt64(x uint64) int64

// Len is the number of bits needed to write x; 0 for 0.
func Len(x uint) int { return 64 - int(clz64(uint64(x))) }

// Len8 is Len for a uint8.
func Len8(x uint8) int { return 64 - int(clz64(uint64(x))) }

// Len16 is Len for a uint16.
func Len16(x uint16) int { return 64 - int(clz64(uint64(x))) }

// Len32 is Len for a uint32.
func Len32(x uint32) int { return 64 - int(clz64(uint64(x))) }

// Len64 is Len for a uint64.
func Len64(x uint64) int { return 64 - int(clz64(x)) }

// LeadingZeros is the number of zero bits above the highest one.
func LeadingZeros(x uint) int { return int(clz64(uint64(x))) }

// LeadingZeros8 is LeadingZeros for a uint8.
func LeadingZeros8(x uint8) int { return int(clz64(uint64(x))) - 56 }

// LeadingZeros16 is LeadingZeros for a uint16.
func LeadingZeros16(x uint16) int { return int(clz64(uint64(x))) - 48 }

// LeadingZeros32 is LeadingZeros for a uint32.
func LeadingZeros32(x uint32) int { return int(clz64(uint64(x))) - 32 }

// LeadingZeros64 is LeadingZeros for a uint64.
func LeadingZeros64(x uint64) int { return int(clz64(x)) }

// TrailingZeros is the number of zero bits below the lowest one.
func TrailingZeros(x uint) int { return int(ctz64(uint64(x))) }

// TrailingZeros8 is TrailingZeros for a uint8.
func TrailingZeros8(x uint8) int { return int(ctz64(uint64(x) | 1<<8)) }

// TrailingZeros16 is TrailingZeros for a uint16.
func TrailingZeros16(x uint16) int { return int(ctz64(uint64(x) | 1<<16)) }

// TrailingZeros32 is TrailingZeros for a uint32.
func TrailingZeros32(x uint32) int { return int(ctz64(uint64(x) | 1<<32)) }

// TrailingZeros64 is TrailingZeros for a uint64.
func TrailingZeros64(x uint64) int { return int(ctz64(x)) }

// OnesCount is the number of one bits.
func OnesCount(x uint) int { return int(popcnt64(uint64(x))) }

// OnesCount8 is OnesCount for a uint8.
func OnesCount8(x uint8) int { return int(popcnt64(uint64(x))) }

// OnesCount16 is OnesCount for a uint16.
func OnesCount16(x uint16) int { return int(popcnt64(uint64(x))) }

// OnesCount32 is OnesCount for a uint32.
func OnesCount32(x uint32) int { return int(popcnt64(uint64(x))) }

// OnesCount64 is OnesCount for a uint64.
func OnesCount64(x uint64) int { return int(popcnt64(x)) }

// RotateLeft turns x left by k bits, right if k is negative.
func RotateLeft(x uint, k int) uint { return uint(RotateLeft64(uint64(x), k)) }

// RotateLeft8 is RotateLeft for a uint8.
func RotateLeft8(x uint8, k int) uint8 { return x<<(uint(k)%8) | x>>(8-uint(k)%8) }

// RotateLeft16 is RotateLeft for a uint16.
func RotateLeft16(x uint16, k int) uint16 { return x<<(uint(k)%16) | x>>(16-uint(k)%16) }

// RotateLeft32 is RotateLeft for a uint32.
func RotateLeft32(x uint32, k int) uint32 { return x<<(uint(k)%32) | x>>(32-uint(k)%32) }

// RotateLeft64 is RotateLeft for a uint64.
func RotateLeft64(x uint64, k int) uint64 { return x<<(uint(k)%64) | x>>(64-uint(k)%64) }

// Reverse puts the bits in the opposite order.
func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }

// Reverse8 is Reverse for a uint8.
func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

// Reverse16 is Reverse for a uint16.
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

// Reverse32 is Reverse for a uint32.
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

// Reverse64 is Reverse for a uint64.
func Reverse64(x uint64) uint64 {
	x = x&m1<<1 | x>>1&m1
	x = x&m2<<2 | x>>2&m2
	x = x&m4<<4 | x>>4&m4
	return ReverseBytes64(x)
}

// ReverseBytes puts the bytes in the opposite order.
func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }

// ReverseBytes16 is ReverseBytes for a uint16.
func ReverseBytes16(x uint16) uint16 { return x<<8 | x>>8 }

// ReverseBytes32 is ReverseBytes for a uint32.
func ReverseBytes32(x uint32) uint32 { return uint32(ReverseBytes64(uint64(x)) >> 32) }

// ReverseBytes64 is ReverseBytes for a uint64.
func ReverseBytes64(x uint64) uint64 {
	x = x&m8<<8 | x>>8&m8
	x = x&m16<<16 | x>>16&m16
	return x<<32 | x>>32
}

// Add gives x + y + carry and the carry out.
func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

// Add32 is Add for uint32.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	wide := uint64(x) + uint64(y) + uint64(carry)
	return uint32(wide), uint32(wide >> 32)
}

// Add64 is Add for uint64. A carry leaves where both top bits are set, or one of them is and the sum's is not.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	return sum, (x&y | (x|y)&^sum) >> 63
}

// Sub gives x - y - borrow and the borrow out.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

// Sub32 is Sub for uint32.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	wide := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(wide), uint32(wide >> 63)
}

// Sub64 is Sub for uint64.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	return diff, (^x&y | (^x|y)&diff) >> 63
}

// Mul gives the full product of x and y.
func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 is Mul for uint32.
func Mul32(x, y uint32) (hi, lo uint32) {
	wide := uint64(x) * uint64(y)
	return uint32(wide >> 32), uint32(wide)
}

// Mul64 is Mul for uint64: the four products of halves.
func Mul64(x, y uint64) (hi, lo uint64) {
	const low = 1<<32 - 1
	x1, x0, y1, y0 := x>>32, x&low, y>>32, y&low
	mid := x1*y0 + x0*y0>>32
	mid2 := x0*y1 + mid&low
	return x1*y1 + mid>>32 + mid2>>32, x * y
}

// Div divides hi:lo by y; it panics if the quotient does not fit.
func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 is Div for uint32.
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	check(uint64(hi), uint64(y))
	wide := uint64(hi)<<32 | uint64(lo)
	return uint32(wide / uint64(y)), uint32(wide % uint64(y))
}

func check(hi, y uint64) {
	switch {
	case y == 0:
		panic(error(divideError{}))
	case y <= hi:
		panic(error(overflowError{}))
	}
}

// Div64 is Div for uint64: two digits of 32 bits, each guessed from the divisor's upper half and corrected.
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	check(hi, y)
	if hi == 0 {
		return lo / y, lo % y
	}
	s := uint(LeadingZeros64(y))
	y <<= s
	hi = hi<<s | lo>>(64-s)
	lo <<= s
	q1, r := digit(hi, lo>>32, y)
	q0, r := digit(r, lo&(1<<32-1), y)
	return q1<<32 | q0, r >> s
}

// digit divides rem·2³²+next by the normalized y.
func digit(rem, next, y uint64) (q, r uint64) {
	top, bottom := y>>32, y&(1<<32-1)
	q, r = rem/top, rem%top
	for q>>32 != 0 || q*bottom > r<<32|next {
		q--
		r += top
		if r>>32 != 0 {
			break
		}
	}
	return q, rem<<32 + next - q*y
}

// Rem is the remainder of hi:lo by y; the quotient may overflow.
func Rem(hi, lo, y uint) uint { return uint(Rem64(uint64(hi), uint64(lo), uint64(y))) }

// Rem32 is Rem for uint32.
func Rem32(hi, lo, y uint32) uint32 { return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y)) }

// Rem64 is Rem for uint64.
func Rem64(hi, lo, y uint64) uint64 {
	if y == 0 {
		check(hi, y)
	}
	_, r := Div64(hi%y, lo, y)
	return r
}
