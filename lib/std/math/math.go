// Package math has the constants and functions of real numbers.
//
// The machine's instructions do roots, rounding and bits. The rest is polynomials
// and rational functions after argument reduction, in the way of the FreeBSD and
// Cephes libraries, so that results do not depend on the host.
package math

const (
	E       = 2.71828182845904523536028747135266249775724709369995957496696763
	Pi      = 3.14159265358979323846264338327950288419716939937510582097494459
	Phi     = 1.61803398874989484820458683436563811772030917980576286213544862
	Sqrt2   = 1.41421356237309504880168872420969807856967187537694807317667974
	SqrtE   = 1.64872127070012814684865078781416357165377610071014801157507931
	SqrtPi  = 1.77245385090551602729816748334114518279754945612238712821380779
	SqrtPhi = 1.27201964951406896425242246173749149171560804184009624861664038
	Ln2     = 0.693147180559945309417232121458176568075500134360255254120680009
	Log2E   = 1 / Ln2
	Ln10    = 2.30258509299404568401799145468436420760110148862877297603332790
	Log10E  = 1 / Ln10
)

const (
	MaxFloat32             = 0x1p127 * (1 + (1 - 0x1p-23))
	SmallestNonzeroFloat32 = 0x1p-126 * 0x1p-23
	MaxFloat64             = 0x1p1023 * (1 + (1 - 0x1p-52))
	SmallestNonzeroFloat64 = 0x1p-1022 * 0x1p-52
)

const (
	MaxInt    = 1<<63 - 1
	MinInt    = -1 << 63
	MaxInt8   = 1<<7 - 1
	MinInt8   = -1 << 7
	MaxInt16  = 1<<15 - 1
	MinInt16  = -1 << 15
	MaxInt32  = 1<<31 - 1
	MinInt32  = -1 << 31
	MaxInt64  = 1<<63 - 1
	MinInt64  = -1 << 63
	MaxUint   = 1<<64 - 1
	MaxUint8  = 1<<8 - 1
	MaxUint16 = 1<<16 - 1
	MaxUint32 = 1<<32 - 1
	MaxUint64 = 1<<64 - 1
)

func abs(x float64) float64
func ceil(x float64) float64
func floor(x float64) float64
func trunc(x float64) float64
func nearest(x float64) float64
func sqrt(x float64) float64
func copysign(x, sign float64) float64
func bits64(f float64) uint64
func from64(b uint64) float64
func bits32(f float32) uint32
func from32(b uint32) float32

func Float32bits(f float32) uint32     { return bits32(f) }
func Float32frombits(b uint32) float32 { return from32(b) }
func Float64bits(f float64) uint64     { return bits64(f) }
func Float64frombits(b uint64) float64 { return from64(b) }

// Inf is positive infinity for sign >= 0, else negative infinity.
func Inf(sign int) float64 {
	if sign < 0 {
		return from64(0xFFF << 52)
	}
	return from64(0x7FF << 52)
}

// NaN is a quiet not-a-number.
func NaN() float64 { return from64(0x7FF8000000000001) }

func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is an infinity of that sign; of either for sign 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

func Signbit(x float64) bool           { return bits64(x)>>63 != 0 }
func Abs(x float64) float64            { return abs(x) }
func Ceil(x float64) float64           { return ceil(x) }
func Floor(x float64) float64          { return floor(x) }
func Trunc(x float64) float64          { return trunc(x) }
func Sqrt(x float64) float64           { return sqrt(x) }
func RoundToEven(x float64) float64    { return nearest(x) }
func Copysign(f, sign float64) float64 { return copysign(f, sign) }

// Round rounds halves away from zero.
func Round(x float64) float64 {
	t := trunc(x)
	if abs(x-t) >= 0.5 {
		t += copysign(1, x)
	}
	return t
}

// Dim is x-y, or 0 if that is negative.
func Dim(x, y float64) float64 {
	d := x - y
	if d <= 0 {
		return 0
	}
	return d
}

// Max is the greater; infinity wins over NaN, NaN over numbers, +0 over -0.
func Max(x, y float64) float64 {
	if IsInf(x, 1) || IsInf(y, 1) {
		return Inf(1)
	}
	return max(x, y)
}

// Min is the lesser; -infinity wins over NaN, NaN over numbers, -0 over +0.
func Min(x, y float64) float64 {
	if IsInf(x, -1) || IsInf(y, -1) {
		return Inf(-1)
	}
	return min(x, y)
}

// Modf parts f in a whole number and a fraction of the same sign.
func Modf(f float64) (integer float64, fractional float64) {
	integer = trunc(f)
	if IsInf(f, 0) {
		return f, NaN()
	}
	return integer, copysign(f-integer, f)
}

// Frexp parts f in a fraction in [1/2, 1) and a power of two.
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || f != f || IsInf(f, 0) {
		return f, 0
	}
	if abs(f) < 0x1p-1022 {
		f *= 0x1p52
		exp = -52
	}
	b := bits64(f)
	exp += int(b>>52&0x7FF) - 1022
	return from64(b&^(0x7FF<<52) | 1022<<52), exp
}

// Logb is the binary exponent of x.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case x != x:
		return x
	}
	return float64(Ilogb(x))
}

// Ilogb is Logb as an integer.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case x != x, IsInf(x, 0):
		return MaxInt32
	}
	_, e := Frexp(x)
	return e - 1
}

// Nextafter is the next number after x towards y.
func Nextafter(x, y float64) (r float64) {
	switch {
	case x != x || y != y:
		return NaN()
	case x == y:
		return x
	case x == 0:
		return copysign(from64(1), y)
	case (y > x) == (x > 0):
		return from64(bits64(x) + 1)
	}
	return from64(bits64(x) - 1)
}

// Nextafter32 is Nextafter for float32.
func Nextafter32(x, y float32) (r float32) {
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(copysign(float64(from32(1)), float64(y)))
	case (y > x) == (x > 0):
		return from32(bits32(x) + 1)
	}
	return from32(bits32(x) - 1)
}

// Hypot is Sqrt(p*p + q*q) without needless overflow.
func Hypot(p, q float64) float64 {
	p, q = abs(p), abs(q)
	switch {
	case IsInf(p, 1) || IsInf(q, 1):
		return Inf(1)
	case p != p || q != q:
		return NaN()
	}
	big, small := max(p, q), min(p, q)
	if big == 0 {
		return 0
	}
	t := small / big
	return big * sqrt(1+t*t)
}
