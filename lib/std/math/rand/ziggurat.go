package rand

import (
	"math"
	"sync"
)

// Marsaglia and Tsang's ziggurat method: the density is covered by n horizontal layers of equal area. Layer i reaches
// to x = j·w[i]; below k[i] the point lies under the curve for sure; f[i] is the density at the layer's edge.
type ziggurat struct {
	k []uint32
	w []float32
	f []float32
}

func build(n int, unit, edge, area float64, density, inverse func(float64) float64) *ziggurat {
	z := &ziggurat{make([]uint32, n), make([]float32, n), make([]float32, n)}
	q := area / density(edge)
	last := n - 1
	z.k[0] = uint32(edge / q * unit)
	z.w[0], z.w[last] = float32(q/unit), float32(edge/unit)
	z.f[0], z.f[last] = 1, float32(density(edge))
	for x, i := edge, last-1; i >= 1; i-- {
		outer := x
		x = inverse(area/x + density(x))
		z.k[i+1] = uint32(x / outer * unit)
		z.f[i] = float32(density(x))
		z.w[i] = float32(x / unit)
	}
	return z
}

const normEdge, expEdge = 3.442619855899, 7.69711747013104972

var normal = sync.OnceValue(func() *ziggurat {
	return build(128, 1<<31, normEdge, 9.91256303526217e-3,
		func(x float64) float64 { return math.Exp(-.5 * x * x) }, func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) })
})

var exponential = sync.OnceValue(func() *ziggurat {
	return build(256, 1<<32, expEdge, 3.949659822581572e-3,
		func(x float64) float64 { return math.Exp(-x) }, func(y float64) float64 { return -math.Log(y) })
})

// NormFloat64 is normally distributed with mean 0 and standard deviation 1.
func (r *Rand) NormFloat64() float64 {
	z := normal()
	for {
		j := int32(r.Uint32())
		i := j & 127
		x := float64(j) * float64(z.w[i])
		size := uint32(j)
		if j < 0 {
			size = uint32(-j)
		}
		switch {
		case size < z.k[i]:
			return x
		case i == 0:
			for {
				x = -math.Log(r.Float64()) * (1.0 / normEdge)
				if y := -math.Log(r.Float64()); y+y >= x*x {
					break
				}
			}
			if j > 0 {
				return normEdge + x
			}
			return -normEdge - x
		case z.f[i]+float32(r.Float64())*(z.f[i-1]-z.f[i]) < float32(math.Exp(-.5*x*x)):
			return x
		}
	}
}

// ExpFloat64 is exponentially distributed with rate 1.
func (r *Rand) ExpFloat64() float64 {
	z := exponential()
	for {
		j := r.Uint32()
		i := j & 255
		x := float64(j) * float64(z.w[i])
		switch {
		case j < z.k[i]:
			return x
		case i == 0:
			return expEdge - math.Log(r.Float64())
		case z.f[i]+float32(r.Float64())*(z.f[i-1]-z.f[i]) < float32(math.Exp(-x)):
			return x
		}
	}
}

// Zipf gives integers k in [0, imax] with P(k) proportional to (v+k)**(-s).
type Zipf struct {
	r                *Rand
	imax, v, s       float64
	oneLess, inverse float64
	hMax, span, cut  float64
}

// NewZipf gives a Zipf; nil unless s > 1 and v >= 1.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	if s <= 1 || v < 1 {
		return nil
	}
	z := &Zipf{r: r, imax: float64(imax), v: v, s: s, oneLess: 1 - s, inverse: 1 / (1 - s)}
	z.hMax = z.h(z.imax + .5)
	z.span = z.h(.5) - math.Exp(math.Log(v)*(-s)) - z.hMax
	z.cut = 1 - z.hinv(z.h(1.5)-math.Exp(-s*math.Log(v+1)))
	return z
}

// h is an integral of the density, hinv its inverse (Hörmann and Derflinger's rejection-inversion).
func (z *Zipf) h(x float64) float64    { return math.Exp(z.oneLess*math.Log(z.v+x)) * z.inverse }
func (z *Zipf) hinv(x float64) float64 { return math.Exp(z.inverse*math.Log(z.oneLess*x)) - z.v }

// Uint64 is the next integer.
func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	for {
		u := z.hMax + z.r.Float64()*z.span
		x := z.hinv(u)
		k := math.Floor(x + .5)
		if k-x <= z.cut || u >= z.h(k+.5)-math.Exp(-math.Log(k+z.v)*z.s) {
			return uint64(k)
		}
	}
}
