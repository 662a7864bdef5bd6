package math

// reduce gives the octant of x >= 0, made even upwards, and what is left of x beyond it.
func reduce(x float64) (octant uint64, rest float64) {
	if x >= 1<<29 {
		return reduceLarge(x)
	}
	octant = uint64(x * (4 / Pi))
	octant += octant & 1
	y := float64(octant)
	return octant & 7, ((x - y*7.85398125648498535156e-1) - y*3.77489470793079817668e-8) - y*2.69515142907905952645e-15
}

// cosine and sine of |z| up to pi/4, zz being z*z.
func cosine(zz float64) float64 {
	return 1.0 - 0.5*zz + zz*zz*((((((-1.13585365213876817300e-11*zz)+2.08757008419747316778e-9)*zz+-2.75573141792967388112e-7)*zz+2.48015872888517045348e-5)*zz+-1.38888888888730564116e-3)*zz+4.16666666666665929218e-2)
}
func sine(z, zz float64) float64 {
	return z + z*zz*((((((1.58962301576546568060e-10*zz)+-2.50507477628578072866e-8)*zz+2.75573136213857245213e-6)*zz+-1.98412698295895385996e-4)*zz+8.33333333332211858878e-3)*zz+-1.66666666666666307295e-1)
}

// Cos is the cosine of x radians.
func Cos(x float64) float64 {
	if x != x || IsInf(x, 0) {
		return NaN()
	}
	j, z := reduce(abs(x))
	sign := 1.0
	if j > 3 {
		j -= 4
		sign = -sign
	}
	if j > 1 {
		sign = -sign
	}
	if j == 1 || j == 2 {
		return sign * sine(z, z*z)
	}
	return sign * cosine(z*z)
}

// Sin is the sine of x radians.
func Sin(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := reduce(abs(x))
	sign := copysign(1, x)
	if j > 3 {
		j -= 4
		sign = -sign
	}
	if j == 1 || j == 2 {
		return sign * cosine(z*z)
	}
	return sign * sine(z, z*z)
}

// Sincos is both at once.
func Sincos(x float64) (sin, cos float64) { return Sin(x), Cos(x) }

// Tan is the tangent of x radians.
func Tan(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := reduce(abs(x))
	zz := z * z
	y := z
	if zz > 1e-14 {
		y = z + z*(zz*(((-1.30936939181383777646e4*zz)+1.15351664838587416140e6)*zz+-1.79565251976484877988e7)/((((zz+1.36812963470692954678e4)*zz+-1.32089234440210967447e6)*zz+2.50083801823357915839e7)*zz+-5.38695755929454629881e7))
	}
	if j&2 == 2 {
		y = -1 / y
	}
	return copysign(1, x) * y
}

// arctangent of 0 <= x <= 0.66, and of any x >= 0.
func xatan(x float64) float64 {
	z := x * x
	z = z * ((((-8.750608600031904122785e-01*z+-1.615753718733365076637e+01)*z+-7.500855792314704667340e+01)*z+-1.228866684490136173410e+02)*z + -6.485021904942025371773e+01) / (((((z+2.485846490142306297962e+01)*z+1.650270098316988542046e+02)*z+4.328810604912902668951e+02)*z+4.853903996359136964868e+02)*z + 1.945506571482613964425e+02)
	return x*z + x
}
func satan(x float64) float64 {
	const more = 6.123233995736765886130e-17
	switch {
	case x <= 0.66:
		return xatan(x)
	case x > 2.41421356237309504880:
		return Pi/2 - xatan(1/x) + more
	}
	return Pi/4 + xatan((x-1)/(x+1)) + 0.5*more
}

// Atan is the arctangent in radians.
func Atan(x float64) float64 {
	if x == 0 {
		return x
	}
	if x > 0 {
		return satan(x)
	}
	return -satan(-x)
}

// Asin is the arcsine in radians.
func Asin(x float64) float64 {
	if x == 0 {
		return x
	}
	a := abs(x)
	if !(a <= 1) {
		return NaN()
	}
	t := sqrt(1 - a*a)
	if a > 0.7 {
		t = Pi/2 - satan(t/a)
	} else {
		t = satan(a / t)
	}
	if x < 0 {
		return -t
	}
	return t
}

// Acos is the arccosine in radians.
func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 is the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	switch {
	case y != y || x != x:
		return NaN()
	case y == 0:
		if x >= 0 && !Signbit(x) {
			return copysign(0, y)
		}
		return copysign(Pi, y)
	case x == 0:
		return copysign(Pi/2, y)
	case IsInf(x, 1):
		if IsInf(y, 0) {
			return copysign(Pi/4, y)
		}
		return copysign(0, y)
	case IsInf(x, -1):
		if IsInf(y, 0) {
			return copysign(3*Pi/4, y)
		}
		return copysign(Pi, y)
	case IsInf(y, 0):
		return copysign(Pi/2, y)
	}
	q := Atan(y / x)
	if x < 0 {
		if q <= 0 {
			return q + Pi
		}
		return q - Pi
	}
	return q
}

// Asinh is the inverse hyperbolic sine.
func Asinh(x float64) float64 {
	a := abs(x)
	var t float64
	switch {
	case x != x || IsInf(x, 0):
		return x
	case a > 0x1p28:
		t = Log(a) + Ln2
	case a > 2:
		t = Log(2*a + 1/(sqrt(x*x+1)+a))
	case a < 0x1p-28:
		t = a
	default:
		t = Log1p(a + x*x/(1+sqrt(1+x*x)))
	}
	return copysign(t, x)
}

// Acosh is the inverse hyperbolic cosine.
func Acosh(x float64) float64 {
	switch {
	case x < 1 || x != x:
		return NaN()
	case x == 1:
		return 0
	case x >= 0x1p28:
		return Log(x) + Ln2
	case x > 2:
		return Log(2*x - 1/(x+sqrt(x*x-1)))
	}
	t := x - 1
	return Log1p(t + sqrt(2*t+t*t))
}

// Atanh is the inverse hyperbolic tangent.
func Atanh(x float64) float64 {
	a := abs(x)
	var t float64
	switch {
	case a > 1 || x != x:
		return NaN()
	case a == 1:
		return copysign(Inf(1), x)
	case a < 0x1p-28:
		t = a
	case a < 0.5:
		t = a + a
		t = 0.5 * Log1p(t+t*a/(1-a))
	default:
		t = 0.5 * Log1p((a+a)/(1-a))
	}
	return copysign(t, x)
}
