// Package rand has pseudo-random numbers: the sequence of a seed is real Go's.
//
// SIMPLIFIED: the package's functions, without Seed, begin from the run's seed instead of a random one.
package rand

// Source gives uniform int64 in [0, 1<<63).
type Source interface {
	Int63() int64
	Seed(seed int64)
}

// Source64 also gives whole uint64.
type Source64 interface {
	Source
	Uint64() uint64
}

const (
	length = 607
	lag    = 273
)

// additive is the lagged Fibonacci generator x(n) = x(n-607) + x(n-273).
type additive struct {
	tap, feed int
	vec       [length]uint64
}

// start fills vec with the words every seed is mixed into.
func start(vec *[length]uint64)

func runSeed() int64

// NewSource gives a source with the seed; it is a Source64, not for use by several goroutines.
func NewSource(seed int64) Source {
	s := new(additive)
	s.Seed(seed)
	return s
}

func (s *additive) Seed(seed int64) {
	const prime = 1<<31 - 1
	s.tap, s.feed = 0, length-lag
	x := seed % prime
	if x < 0 {
		x += prime
	}
	if x == 0 {
		x = 89482311
	}
	next := func() uint64 {
		x = x * 48271 % prime
		return uint64(x)
	}
	for range 20 {
		next()
	}
	start(&s.vec)
	for i := range s.vec {
		a, b, c := next(), next(), next()
		s.vec[i] ^= a<<40 ^ b<<20 ^ c
	}
}

func (s *additive) Uint64() uint64 {
	if s.tap--; s.tap < 0 {
		s.tap += length
	}
	if s.feed--; s.feed < 0 {
		s.feed += length
	}
	s.vec[s.feed] += s.vec[s.tap]
	return s.vec[s.feed]
}

func (s *additive) Int63() int64 { return int64(s.Uint64() &^ (1 << 63)) }

// Rand makes numbers of other types from a Source.
type Rand struct {
	src  Source
	s64  Source64
	left int8
	word int64
}

// New gives a Rand.
func New(src Source) *Rand {
	s64, _ := src.(Source64)
	return &Rand{src: src, s64: s64}
}

// Seed starts the source again.
func (r *Rand) Seed(seed int64) {
	r.src.Seed(seed)
	r.left = 0
}

func (r *Rand) Int63() int64   { return r.src.Int63() }
func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }
func (r *Rand) Int31() int32   { return int32(r.Int63() >> 32) }
func (r *Rand) Int() int       { return int(r.Int63()) }

// Uint64 is a whole word.
func (r *Rand) Uint64() uint64 {
	if r.s64 != nil {
		return r.s64.Uint64()
	}
	hi, lo := uint64(r.Int63()), uint64(r.Int63())
	return hi>>31 | lo<<32
}

// Int63n is in [0, n).
func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	// Numbers in the last, partial run of n are thrown again.
	limit := int64(1<<63 - 1 - (1<<63)%uint64(n))
	for {
		if v := r.Int63(); v <= limit {
			return v % n
		}
	}
}

// Int31n is in [0, n).
func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	limit := int32(1<<31 - 1 - (1<<31)%uint32(n))
	for {
		if v := r.Int31(); v <= limit {
			return v % n
		}
	}
}

// Intn is in [0, n).
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n < 1<<31 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

// Float64 is in [0, 1).
func (r *Rand) Float64() float64 {
	for {
		if f := float64(r.Int63()) / (1 << 63); f < 1 {
			return f
		}
	}
}

// Float32 is in [0, 1).
func (r *Rand) Float32() float32 {
	for {
		if f := float32(r.Float64()); f < 1 {
			return f
		}
	}
}

// Perm is a random order of 0..n-1.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := r.Intn(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

// scaled is in [0, n), by multiplication (Lemire).
func (r *Rand) scaled(n uint32) uint32 {
	wide := uint64(r.Uint32()) * uint64(n)
	if uint32(wide) < n {
		for under := -n % n; uint32(wide) < under; {
			wide = uint64(r.Uint32()) * uint64(n)
		}
	}
	return uint32(wide >> 32)
}

// Shuffle puts n elements in random order.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	i := n - 1
	for ; i >= 1<<31-1; i-- {
		swap(i, int(r.Int63n(int64(i+1))))
	}
	for ; i > 0; i-- {
		swap(i, int(r.scaled(uint32(i+1))))
	}
}

// Read fills p, seven bytes a word.
func (r *Rand) Read(p []byte) (n int, err error) {
	for i := range p {
		if r.left == 0 {
			r.word, r.left = r.Int63(), 7
		}
		p[i] = byte(r.word)
		r.word >>= 8
		r.left--
	}
	return len(p), nil
}

var global = New(NewSource(runSeed()))

func Seed(seed int64)                    { global.Seed(seed) }
func Int63() int64                       { return global.Int63() }
func Uint32() uint32                     { return global.Uint32() }
func Uint64() uint64                     { return global.Uint64() }
func Int31() int32                       { return global.Int31() }
func Int() int                           { return global.Int() }
func Int63n(n int64) int64               { return global.Int63n(n) }
func Int31n(n int32) int32               { return global.Int31n(n) }
func Intn(n int) int                     { return global.Intn(n) }
func Float64() float64                   { return global.Float64() }
func Float32() float32                   { return global.Float32() }
func Perm(n int) []int                   { return global.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }
func Read(p []byte) (n int, err error)   { return global.Read(p) }
func NormFloat64() float64               { return global.NormFloat64() }
func ExpFloat64() float64                { return global.ExpFloat64() }
