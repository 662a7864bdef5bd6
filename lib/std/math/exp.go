package math

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
)

// Exp is e**x.
//
// The method of real Go's code for amd64: x = k·ln 2 + 16·r, a Taylor polynomial
// for r with fused multiply-adds, then four squarings.
func Exp(x float64) float64 {
	const (
		ln2U = 0.69314718055966295651160180568695068359375
		ln2L = 0.28235290563031577122588448175013436025525412068e-12
	)
	switch {
	case x != x || IsInf(x, 1):
		return x
	case x > 7.09782712893384e+02:
		return Inf(1)
	case x < -7.5e+02:
		return 0
	}
	k := nearest(x * Log2E)
	r := FMA(-ln2L, k, FMA(-ln2U, k, x)) * 0.0625
	p := 2.4801587301587301587e-5
	for _, c := range [...]float64{1.9841269841269841270e-4, 1.3888888888888888889e-3, 8.3333333333333333333e-3, 4.1666666666666666667e-2, 1.6666666666666666667e-1, 0.5, 1} {
		p = FMA(p, r, c)
	}
	p *= r
	for range 3 {
		p *= p + 2
	}
	if k >= 1024 {
		return Inf(1) // a little early: the exponent alone decides
	}
	return Ldexp(FMA(p, p+2, 1), int(k))
}

// Exp2 is 2**x.
func Exp2(x float64) float64 {
	switch {
	case x != x || IsInf(x, 1):
		return x
	case x < -1.0740e+03:
		return 0
	case x > 1.0239999999999999e+03:
		return Inf(1)
	}
	k := 0
	if x != 0 {
		k = int(x + copysign(0.5, x))
	}
	t := x - float64(k)
	return expPair(t*ln2Hi, -t*ln2Lo, k)
}

// expPair is e**(hi-lo) × 2**k for |hi-lo| up to ln 2 / 2.
func expPair(hi, lo float64, k int) float64 {
	r := hi - lo
	t := r * r
	c := r - t*(1.66666666666666657415e-01+t*(-2.77777777770155933842e-03+t*(6.61375632143793436117e-05+t*(-1.65339022054652515390e-06+t*4.13813679705723846039e-08))))
	return Ldexp(1-((lo-(r*c)/(2-c))-hi), k)
}

// Expm1 is e**x - 1, exact near 0.
func Expm1(x float64) float64 {
	switch {
	case IsInf(x, 1) || x != x:
		return x
	case x > 7.09782712893383973096e+02:
		return Inf(1)
	case x < -56*Ln2:
		return -1
	case abs(x) < 0x1p-54:
		return x
	}
	k, c := 0, 0.0
	if a := abs(x); a > Ln2/2 {
		if a < 1.5*Ln2 {
			k = int(copysign(1, x))
		} else {
			k = int(x/Ln2 + copysign(0.5, x))
		}
		hi, lo := x-float64(k)*ln2Hi, float64(k)*ln2Lo
		x = hi - lo
		c = (hi - x) - lo
	}
	half := 0.5 * x
	square := x * half
	r := 1 + square*(-3.33333333333331316428e-02+square*(1.58730158725481460165e-03+square*(-7.93650757867487942473e-05+square*(4.00821782732936239552e-06+square*-2.01099218183624371326e-07))))
	t := 3 - r*half
	e := square * ((r - t) / (6 - x*t))
	if k == 0 {
		return x - (x*e - square)
	}
	e = x*(e-c) - c - square
	switch {
	case k == -1:
		return 0.5*(x-e) - 0.5
	case k == 1 && x < -0.25:
		return -2 * (e - (x + 0.5))
	case k == 1:
		return 1 + 2*(x-e)
	case k <= -2 || k > 56:
		return Ldexp(1-(e-x), k) - 1
	case k < 20:
		return Ldexp((1-Ldexp(1, -k))-(e-x), k)
	}
	return Ldexp(x-(e+Ldexp(1, -k))+1, k)
}

// Log is the natural logarithm.
func Log(x float64) float64 {
	switch {
	case x != x || IsInf(x, 1):
		return x
	case x < 0:
		return NaN()
	case x == 0:
		return Inf(-1)
	}
	// Denormals are not normalized: amd64's code takes them to be near the smallest normal number.
	b := bits64(x)
	f, e := from64(b&(1<<52-1)|0x3fe<<52), int(b>>52)-0x3fe
	if f < Sqrt2/2 {
		f *= 2
		e--
	}
	f--
	k := float64(e)
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	odd := s2 * (6.666666666666735130e-01 + s4*(2.857142874366239149e-01+s4*(1.818357216161805012e-01+s4*1.479819860511658591e-01)))
	even := s4 * (3.999999999940941908e-01 + s4*(2.222219843214978396e-01+s4*1.531383769920937332e-01))
	h := 0.5 * f * f
	return k*ln2Hi - ((h - (s*(h+(odd+even)) + k*ln2Lo)) - f)
}

// Log10 is the logarithm to base 10.
func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 is the logarithm to base 2, exact for powers of two.
func Log2(x float64) float64 {
	f, e := Frexp(x)
	if f == 0.5 {
		return float64(e - 1)
	}
	return Log(f)*(1/Ln2) + float64(e)
}

// Log1p is Log(1 + x), exact near 0.
func Log1p(x float64) float64 {
	switch {
	case x < -1 || x != x:
		return NaN()
	case x == -1:
		return Inf(-1)
	case IsInf(x, 1):
		return x
	case abs(x) < 0x1p-54:
		return x
	case abs(x) < 0x1p-29:
		return x - x*x*0.5
	}
	u := 1 + x
	if u == 1 {
		return x
	}
	f, k := x, 0
	c := 0.0
	if !(x > -0.2928932188134525 && x < 0.41421356237309503) {
		var frac float64
		frac, k = Frexp(u)
		switch {
		case x >= 0x1p53:
		case k > 1:
			c = (1 - (u - x)) / u
		default:
			c = (x - (u - 1)) / u
		}
		if frac < Sqrt2/2 {
			frac *= 2
			k--
		}
		f = frac - 1
	}
	h := 0.5 * f * f
	s := f / (2 + f)
	z := s * s
	r := z * (6.666666666666735130e-01 + z*(3.999999999940941908e-01+z*(2.857142874366239149e-01+z*(2.222219843214978396e-01+z*(1.818357216161805012e-01+z*(1.531383769920937332e-01+z*1.479819860511658591e-01))))))
	if k == 0 {
		return f - (h - s*(h+r))
	}
	return float64(k)*ln2Hi - ((h - (s*(h+r) + (float64(k)*ln2Lo + c))) - f)
}

// Pow is x**y.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case x != x || y != y:
		return NaN()
	}
	whole := trunc(y) == y
	odd := whole && abs(y) < 0x1p53 && int64(y)&1 != 0
	switch {
	case x == 0 && y < 0:
		if odd {
			return copysign(Inf(1), x)
		}
		return Inf(1)
	case x == 0:
		if odd {
			return x
		}
		return 0
	case IsInf(y, 0):
		switch {
		case x == -1:
			return 1
		case (abs(x) < 1) == IsInf(y, 1):
			return 0
		}
		return Inf(1)
	case IsInf(x, 0):
		r := Inf(1)
		if y < 0 {
			r = 0
		}
		if odd && x < 0 {
			return copysign(r, -1)
		}
		return r
	case y == 0.5:
		return sqrt(x)
	case y == -0.5:
		return 1 / sqrt(x)
	}
	yi, yf := Modf(abs(y))
	if yf != 0 && x < 0 {
		return NaN()
	}
	if yi >= 0x1p63 {
		switch {
		case x == -1:
			return 1
		case (abs(x) < 1) == (y > 0):
			return 0
		}
		return Inf(1)
	}
	// The answer is a × 2**ae.
	a, ae := 1.0, 0
	if yf != 0 {
		if yf > 0.5 {
			yf--
			yi++
		}
		a = Exp(yf * Log(x))
	}
	m, e := Frexp(x)
	for i := int64(yi); i != 0; i >>= 1 {
		if e < -1<<12 || e > 1<<12 {
			ae += e
			break
		}
		if i&1 != 0 {
			a *= m
			ae += e
		}
		m *= m
		e *= 2
		if m < 0.5 {
			m += m
			e--
		}
	}
	if y < 0 {
		a, ae = 1/a, -ae
	}
	return Ldexp(a, ae)
}

// Pow10 is 10**n, the float64 nearest to it.
func Pow10(n int) float64 {
	switch {
	case n < -323:
		return 0
	case n > 308:
		return Inf(1)
	case n < 0:
		return tenTo(-n/32, &downs) / ones[-n%32]
	}
	return tenTo(n/32, &ups) * ones[n%32]
}

func tenTo(i int, table *[11]float64) float64 { return table[i] }

var (
	ones = [32]float64{
		1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
		1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31,
	}
	ups   = [11]float64{1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
	downs = [11]float64{1e00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320}
)

// Cbrt is the cube root.
func Cbrt(x float64) float64 {
	if x == 0 || x != x || IsInf(x, 0) {
		return x
	}
	a := abs(x)
	t := from64(bits64(a)/3 + 715094163<<32)
	if a < 0x1p-1022 {
		t = from64(bits64(a*0x1p54)/3 + 696219795<<32)
	}
	r := t * t / a
	s := 5.42857142857142815906e-01 + r*t
	t *= 3.57142857142857150787e-01 + 1.60714285714285720630e+00/(s+1.41428571428571436819e+00+-7.05306122448979611050e-01/s)
	t = from64(bits64(t)&(0xFFFFFFFFC<<28) + 1<<30)
	s = t * t
	r = a / s
	t += t * ((r - t) / (t + t + r))
	return copysign(t, x)
}

// Sinh is the hyperbolic sine.
func Sinh(x float64) float64 {
	a := abs(x)
	var t float64
	switch {
	case a > 21:
		t = Exp(a) * 0.5
	case a > 0.5:
		e := Exp(a)
		t = (e - 1/e) * 0.5
	default:
		s := a * a
		t = (((-0.2630563213397497062819489e+2*s-0.2894211355989563807284660366e+4)*s-0.8991272022039509355398013511e+5)*s - 0.6307673640497716991184787251e+6) * a
		t /= ((s-0.1736789535582336995334509110e+3)*s+0.1521517378790019070696485176e+5)*s - 0.6307673640497716991212077277e+6
	}
	return copysign(t, x)
}

// Cosh is the hyperbolic cosine.
func Cosh(x float64) float64 {
	a := abs(x)
	if a > 21 {
		return Exp(a) * 0.5
	}
	e := Exp(a)
	return (e + 1/e) * 0.5
}

// Tanh is the hyperbolic tangent.
func Tanh(x float64) float64 {
	a := abs(x)
	switch {
	case a > 0.5*8.8029691931113054295988e+01:
		return copysign(1, x)
	case a >= 0.625:
		return copysign(1-2/(Exp(2*a)+1), x)
	case x == 0:
		return x
	}
	s := x * x
	return x + x*s*((-9.64399179425052238628e-1*s-9.92877231001918586564e1)*s-1.61468768441708447952e3)/(((s+1.12811678491632931402e2)*s+2.23548839060100448583e3)*s+4.84406305325125486048e3)
}
