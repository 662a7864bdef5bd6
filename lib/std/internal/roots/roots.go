// Package roots computes the constants of the SHA-2 functions: the first 64 bits
// of the fractions of square and cube roots of the first primes.
package roots

import "math/bits"

// Primes are the first n primes.
func Primes(n int) []uint64 {
	ps := make([]uint64, 0, n)
	for c := uint64(2); len(ps) < n; c++ {
		prime := true
		for _, p := range ps {
			if c%p == 0 {
				prime = false
				break
			}
		}
		if prime {
			ps = append(ps, c)
		}
	}
	return ps
}

// Fraction is floor(2^64 * frac(p^(1/power))), power 2 or 3, found bit by bit.
func Fraction(p uint64, power int) uint64 {
	whole := uint64(1)
	for raise(whole+1, power) <= p {
		whole++
	}
	frac := uint64(0)
	for bit := uint64(1) << 63; bit != 0; bit >>= 1 {
		if below(whole, frac|bit, power, p) {
			frac |= bit
		}
	}
	return frac
}

func raise(x uint64, power int) uint64 {
	y := x
	for ; power > 1; power-- {
		y *= x
	}
	return y
}

// below reports whether (whole + frac/2^64)^power < p.
func below(whole, frac uint64, power int, p uint64) bool {
	var x [4]uint64
	x[0], x[1] = frac, whole
	for k := 1; k < power; k++ {
		var y [4]uint64
		for i, d := range [2]uint64{frac, whole} {
			var carry uint64
			for j := 0; i+j < 4; j++ {
				hi, lo := bits.Mul64(x[j], d)
				var c uint64
				lo, c = bits.Add64(lo, carry, 0)
				hi += c
				y[i+j], c = bits.Add64(y[i+j], lo, 0)
				carry = hi + c
			}
		}
		x = y
	}
	return x[power] < p
}
