package testing

import (
	"errors"
	"flag"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// span is how long a benchmark runs: a duration, or a number of iterations written as 100x.
type span struct{ o *options }

func (s span) String() string {
	if s.o == nil {
		return ""
	}
	if s.o.times > 0 {
		return strconv.Itoa(s.o.times) + "x"
	}
	return s.o.benchtime.String()
}

func (s span) Set(text string) error {
	if n, ok := strings.CutSuffix(text, "x"); ok {
		times, err := strconv.Atoi(n)
		if err != nil || times < 0 {
			return errors.New("invalid count")
		}
		s.o.times, s.o.benchtime = times, 0
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return errors.New("invalid duration")
	}
	s.o.times, s.o.benchtime = 0, d
	return nil
}

// alone is what Benchmark goes by outside of go test; flags after Init.
var alone = options{benchtime: time.Second, count: 1}
var registered bool

func aside() *options {
	o := alone
	o.procs = runtime.GOMAXPROCS(0)
	return &o
}

// Init makes the flags of go test known to package flag, for programs that call
// Benchmark themselves. Only those that bear on Benchmark have an effect.
func Init() {
	if registered {
		return
	}
	registered = true
	flag.Var(span{&alone}, "test.benchtime", "run each benchmark for duration `d` or N times if `d` is of the form Nx")
	flag.BoolVar(&alone.benchmem, "test.benchmem", false, "print memory allocations for benchmarks")
	flag.StringVar(&alone.bench, "test.bench", "", "run only benchmarks matching `regexp`")
	flag.StringVar(&alone.run, "test.run", "", "run only tests and examples matching `regexp`")
	flag.BoolVar(&alone.verbose, "test.v", false, "verbose: print additional output")
	flag.IntVar(&alone.count, "test.count", 1, "run tests and benchmarks `n` times")
	flag.BoolVar(&short, "test.short", false, "run smaller test suite to save time")
}
