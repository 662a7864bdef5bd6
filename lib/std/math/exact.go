package math

import "math/bits"

// Functions whose results are exact, or rounded once: done on integers.

const (
	fracBits = 52
	fracMask = 1<<fracBits - 1
	expBias  = 1023
)

// Ldexp is frac × 2**exp.
func Ldexp(frac float64, exp int) float64 {
	if frac == 0 || IsInf(frac, 0) || frac != frac {
		return frac
	}
	f, e := Frexp(frac)
	exp += e
	switch {
	case exp > 1024:
		return copysign(Inf(1), frac)
	case exp < -1074:
		return copysign(0, frac)
	}
	// f is normal, in [0.5, 1): the exponent wanted is exp-1. A denormal result is rounded by a last product.
	scale := 1.0
	if exp-1 < -1022 {
		exp += 53
		scale = 0x1p-53
	}
	return scale * from64(bits64(f)&^(0x7ff<<fracBits)|uint64(exp-1+expBias)<<fracBits)
}

// mantissa gives |x| = m × 2**e with m < 2**53.
func mantissa(x float64) (m uint64, e int) {
	b := bits64(x)
	m, e = b&fracMask, int(b>>fracBits&0x7ff)
	if e == 0 {
		return m, 1 - expBias - fracBits
	}
	return m | 1<<fracBits, e - expBias - fracBits
}

// Mod is the remainder of x/y with the sign of x.
func Mod(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || x != x || y != y {
		return NaN()
	}
	if abs(x) < abs(y) || IsInf(y, 0) {
		return x
	}
	// Both as integers times a power of two; then long division, up to 11 bits at a time.
	m, e := mantissa(x)
	d, de := mantissa(y)
	m %= d
	for n := e - de; n > 0 && m != 0; {
		step := min(n, 11)
		m = m << uint(step) % d
		n -= step
	}
	return copysign(Ldexp(float64(m), de), x)
}

// Remainder is x - n·y for the integer n nearest x/y, the even one of two.
func Remainder(x, y float64) float64 {
	switch {
	case x != x || y != y || IsInf(x, 0) || y == 0:
		return NaN()
	case IsInf(y, 0):
		return x
	}
	a, d := abs(x), abs(y)
	if d <= MaxFloat64/2 {
		a = Mod(a, d+d)
	}
	// 0 <= a < 2d: take away d once or twice. Halves of tiny numbers are not exact, so those compare doubles.
	past := func(strict bool) bool {
		l, r := a+a, d
		if d >= 0x1p-1021 {
			l, r = a, 0.5*d
		}
		return l > r || !strict && l == r
	}
	if past(true) {
		if a -= d; past(false) {
			a -= d
		}
	}
	if a == 0 {
		return copysign(0, x)
	}
	return a * copysign(1, x)
}

// FMA is x·y + z, rounded once.
func FMA(x, y, z float64) float64 {
	product := x * y
	if x == 0 || y == 0 || product != product || IsInf(x, 0) || IsInf(y, 0) || z != z {
		return product + z
	}
	if IsInf(z, 0) {
		return z
	}
	mx, ex := mantissa(x)
	my, ey := mantissa(y)
	hi, lo := bits.Mul64(mx, my)
	p := wide{hi, lo, ex + ey, signbit(x) != signbit(y)}
	p.normalize()
	if z != 0 {
		mz, ez := mantissa(z)
		q := wide{0, mz, ez, signbit(z)}
		q.normalize()
		if q.exp > p.exp || q.exp == p.exp && (q.hi > p.hi || q.hi == p.hi && q.lo > p.lo) {
			p, q = q, p
		}
		q.shift(uint(p.exp - q.exp))
		var c uint64
		if p.neg == q.neg {
			p.lo, c = bits.Add64(p.lo, q.lo, 0)
			p.hi, _ = bits.Add64(p.hi, q.hi, c)
		} else {
			p.lo, c = bits.Sub64(p.lo, q.lo, 0)
			p.hi, _ = bits.Sub64(p.hi, q.hi, c)
			if p.hi|p.lo == 0 {
				return 0
			}
		}
	}
	return p.float()
}

func signbit(x float64) bool { return bits64(x)>>63 != 0 }

// wide is (hi:lo) × 2**exp; the lowest bit also stands for all that was lost below it.
type wide struct {
	hi, lo uint64
	exp    int
	neg    bool
}

// normalize moves the top bit to bit 125.
func (w *wide) normalize() {
	n := bits.LeadingZeros64(w.hi)
	if w.hi == 0 {
		n = 64 + bits.LeadingZeros64(w.lo)
	}
	n -= 2
	switch s := uint(n); {
	case n < 0:
		w.shift(uint(-n))
		return
	case n >= 64:
		w.hi, w.lo = w.lo<<(s-64), 0
	case n > 0:
		w.hi, w.lo = w.hi<<s|w.lo>>(64-s), w.lo<<s
	}
	w.exp -= n
}

// shift moves right.
func (w *wide) shift(n uint) {
	var lost uint64
	w.exp += int(n)
	switch {
	case n == 0:
	case n < 64:
		lost = w.lo << (64 - n)
		w.hi, w.lo = w.hi>>n, w.hi<<(64-n)|w.lo>>n
	case n < 128:
		lost = w.lo | w.hi<<(127-n)<<1
		w.hi, w.lo = 0, w.hi>>(n-64)
	default:
		lost = w.hi | w.lo
		w.hi, w.lo = 0, 0
	}
	if lost != 0 {
		w.lo |= 1
	}
}

// float rounds to the nearest float64, half to even.
func (w wide) float() float64 {
	w.normalize()
	if w.lo != 0 {
		w.hi |= 1
	}
	// Bit 61 of hi is the first of 53; a denormal has fewer.
	drop := uint(61 - 52)
	if low := -1022 - (w.exp + 125); low > 0 {
		drop += uint(min(low, 54))
	}
	m, rest := w.hi>>drop, w.hi<<(64-drop)
	if rest > 1<<63 || rest == 1<<63 && m&1 != 0 {
		m++
	}
	f := Ldexp(float64(m), w.exp+64+int(drop))
	if w.neg {
		return -f
	}
	return f
}
