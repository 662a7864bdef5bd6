// Package subtle compares and selects without branches on the values.
package subtle

// ConstantTimeByteEq is 1 if x is y, else 0.
func ConstantTimeByteEq(x, y uint8) int { return ConstantTimeEq(int32(x), int32(y)) }

// ConstantTimeEq is 1 if x is y, else 0.
func ConstantTimeEq(x, y int32) int { return int((uint64(uint32(x^y)) - 1) >> 63) }

// ConstantTimeLessOrEq is 1 if x is at most y, else 0, for numbers from 0 to 2^31-1.
func ConstantTimeLessOrEq(x, y int) int { return int(^uint64(int64(y)-int64(x)) >> 63) }

// ConstantTimeSelect is x if v is 1 and y if v is 0.
func ConstantTimeSelect(v, x, y int) int { return y ^ -v&(x^y) }

// ConstantTimeCompare is 1 if the slices have the same bytes, else 0.
func ConstantTimeCompare(x, y []byte) int {
	if len(x) != len(y) {
		return 0
	}
	var differ byte
	for i, c := range x {
		differ |= c ^ y[i]
	}
	return ConstantTimeByteEq(differ, 0)
}

// ConstantTimeCopy copies y to x, of the same length, if v is 1.
func ConstantTimeCopy(v int, x, y []byte) {
	if len(x) != len(y) {
		panic("subtle: slices have different lengths")
	}
	mask := byte(-v)
	for i := range x {
		x[i] ^= mask & (x[i] ^ y[i])
	}
}

// XORBytes stores x[i] ^ y[i] in dst and gives the number of bytes, that of the shorter.
func XORBytes(dst, x, y []byte) int {
	n := min(len(x), len(y))
	if n == 0 {
		return 0
	}
	if len(dst) < n {
		panic("subtle.XORBytes: dst too short")
	}
	for i := range n {
		dst[i] = x[i] ^ y[i]
	}
	return n
}

// WithDataIndependentTiming calls f.
func WithDataIndependentTiming(f func()) { f() }
