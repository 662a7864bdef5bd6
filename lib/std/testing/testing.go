// Package testing runs tests and benchmarks. Time is virtual, memory counts are
// the simulated runtime's own.
package testing

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// TB is what T and B share.
type TB interface {
	Chdir(dir string)
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
}

type common struct {
	name     string
	failed   bool
	skipped  bool
	finished bool
	verbose  bool
	output   []string
	cleanup  []func()
	level    int
	helpers  map[string]bool
	cancel   context.CancelFunc
	ctx      context.Context
}

func (c *common) Name() string     { return c.name }
func (c *common) Fail()            { c.failed = true }
func (c *common) Failed() bool     { return c.failed }
func (c *common) Skipped() bool    { return c.skipped }
func (c *common) Cleanup(f func()) { c.cleanup = append(c.cleanup, f) }
func (c *common) Chdir(dir string) {}

// Helper marks its caller as a function whose lines are not the ones to report.
func (c *common) Helper() {
	if c.helpers == nil {
		c.helpers = map[string]bool{}
	}
	if pc, _, _, ok := runtime.Caller(1); ok {
		c.helpers[runtime.FuncForPC(pc).Name()] = true
	}
}

// Context ends just before the cleanup functions run.
func (c *common) Context() context.Context {
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
	}
	return c.ctx
}

// Setenv sets an environment variable until the test ends.
func (c *common) Setenv(key, value string) {
	old, had := os.LookupEnv(key)
	os.Setenv(key, value)
	c.Cleanup(func() {
		if had {
			os.Setenv(key, old)
		} else {
			os.Unsetenv(key)
		}
	})
}

// TempDir is a name for a directory; the simulated machine has no files.
func (c *common) TempDir() string { return "/tmp/" + strings.ReplaceAll(c.name, "/", "_") }

func (c *common) FailNow() {
	c.failed = true
	c.finished = true
	runtime.Goexit()
}
func (c *common) SkipNow() {
	c.skipped = true
	c.finished = true
	runtime.Goexit()
}

// place is the file and line of the nearest call outside of this package and
// of helpers.
func (c *common) place() string {
	var pcs [64]uintptr
	n := runtime.Callers(2, pcs[:])
	at := ""
	for _, pc := range pcs[:n] {
		f := runtime.FuncForPC(pc)
		if strings.HasPrefix(f.Name(), "testing.") {
			continue
		}
		file, line := f.FileLine(pc)
		here := fmt.Sprintf("%s:%d: ", file[strings.LastIndex(file, "/")+1:], line)
		if at == "" {
			at = here
		}
		if !c.helpers[f.Name()] {
			return here
		}
	}
	return at
}

// log notes a message: its first line is indented by four, the others by eight.
func (c *common) log(s string) {
	text := "    " + c.place() + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n        ") + "\n"
	if c.verbose {
		fmt.Print(text)
		return
	}
	c.output = append(c.output, text)
}
func (c *common) Log(args ...any)                 { c.log(fmt.Sprintln(args...)) }
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }
func (c *common) Error(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.Fail()
}
func (c *common) Errorf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.Fail()
}
func (c *common) Fatal(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.FailNow()
}
func (c *common) Fatalf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.FailNow()
}
func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}
func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

func (c *common) runCleanup() {
	if c.cancel != nil {
		c.cancel()
	}
	for len(c.cleanup) > 0 {
		f := c.cleanup[len(c.cleanup)-1]
		c.cleanup = c.cleanup[:len(c.cleanup)-1]
		f()
	}
}

// T is a running test.
type T struct {
	common
	o *options
	// What the subtests reported, to be printed below this test's own line.
	reports []string
}

// Parallel does nothing: tests run one after another.
func (t *T) Parallel() {}

// Deadline: there is none.
func (t *T) Deadline() (deadline time.Time, ok bool) { return }

// Run runs f as a subtest.
func (t *T) Run(name string, f func(*T)) bool {
	full := t.name + "/" + rewrite(name)
	if !wanted(t.o.run, full) {
		return true
	}
	sub := &T{common: common{name: full, level: t.level + 1, verbose: t.verbose}, o: t.o}
	ok := sub.run(f)
	if !ok {
		t.failed = true
	}
	t.reports = append(t.reports, sub.report()...)
	return ok
}

// rewrite makes a subtest's name printable: spaces become underscores.
func rewrite(name string) string {
	b := []byte(name)
	for i, c := range b {
		if c == ' ' || c == '\t' || c == '\n' {
			b[i] = '_'
		}
	}
	return string(b)
}

// match reports whether text matches a regular expression.
//
//go:noescape
func match(re, text string) bool

// wanted reports whether a name matches a pattern, part by part between slashes.
func wanted(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	want, have := strings.Split(pattern, "/"), strings.Split(name, "/")
	for i, n := range have {
		if i < len(want) && !match(want[i], n) {
			return false
		}
	}
	return true
}

func (t *T) run(f func(*T)) bool {
	if t.verbose {
		fmt.Printf("=== RUN   %s\n", t.name)
	}
	start := time.Now()
	done := make(chan bool)
	go func() {
		defer func() {
			if t.finished {
				t.runCleanup()
				done <- true
				return
			}
			if err := recover(); err != nil {
				t.failed = true
				fmt.Printf("--- FAIL: %s (%.2fs)\n", t.name, time.Since(start).Seconds())
				panic(err)
			}
			// runtime.Goexit that is not ours.
			t.failed = true
			done <- true
		}()
		f(t)
		t.finished = true
	}()
	<-done
	state := "PASS"
	if t.failed {
		state = "FAIL"
	} else if t.skipped {
		state = "SKIP"
	}
	if t.verbose || t.failed {
		t.output = append([]string{fmt.Sprintf("--- %s: %s (%.2fs)\n", state, t.name, time.Since(start).Seconds())}, t.output...)
	} else {
		t.output = nil
	}
	return !t.failed
}

// report is what stands of t in the summary, indented by its level.
func (t *T) report() []string {
	pad := strings.Repeat("    ", t.level)
	var out []string
	for _, s := range t.output {
		out = append(out, pad+strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+pad)+"\n")
	}
	return append(out, t.reports...)
}

// B is a running benchmark.
type B struct {
	common
	N        int
	timer    bool
	start    time.Time
	duration time.Duration
	mem0     uint64
	bytes0   uint64
	allocs   uint64
	bytes    uint64
	report   bool
	setBytes int64
	metrics  []metric
	fn       func(*B)
	loopN    int
	subs     bool
	show     *options
}

type metric struct {
	value float64
	unit  string
}

type options struct {
	run       string
	bench     string
	width     int
	extra     int
	benchmem  bool
	verbose   bool
	benchtime time.Duration
	count     int
	times     int
	procs     int
}

var stats runtime.MemStats

// StartTimer goes on measuring.
func (b *B) StartTimer() {
	if !b.timer {
		runtime.ReadMemStats(&stats)
		b.mem0, b.bytes0 = stats.Mallocs, stats.TotalAlloc
		b.start = time.Now()
		b.timer = true
	}
}

// StopTimer stops measuring.
func (b *B) StopTimer() {
	if b.timer {
		b.duration += time.Since(b.start)
		runtime.ReadMemStats(&stats)
		b.allocs += stats.Mallocs - b.mem0
		b.bytes += stats.TotalAlloc - b.bytes0
		b.timer = false
	}
}

// ResetTimer forgets what was measured.
func (b *B) ResetTimer() {
	if b.timer {
		runtime.ReadMemStats(&stats)
		b.mem0, b.bytes0 = stats.Mallocs, stats.TotalAlloc
		b.start = time.Now()
	}
	b.duration, b.allocs, b.bytes = 0, 0, 0
	b.metrics = nil
}

// ReportAllocs has this benchmark print its allocations.
func (b *B) ReportAllocs() { b.report = true }

// SetBytes says how many bytes one operation works on.
func (b *B) SetBytes(n int64) { b.setBytes = n }

// ReportMetric adds a figure to the result.
func (b *B) ReportMetric(n float64, unit string) {
	for i := range b.metrics {
		if b.metrics[i].unit == unit {
			b.metrics[i].value = n
			return
		}
	}
	b.metrics = append(b.metrics, metric{n, unit})
}

// Elapsed is the time measured so far.
func (b *B) Elapsed() time.Duration {
	d := b.duration
	if b.timer {
		d += time.Since(b.start)
	}
	return d
}

// Loop reports whether the benchmark goes on; its first call starts the timer.
func (b *B) Loop() bool {
	if b.loopN == 0 {
		b.ResetTimer()
		b.loopN = 1
		b.N = 1
		return true
	}
	if b.loopN < b.N {
		b.loopN++
		return true
	}
	goal := time.Second
	if b.show != nil {
		goal = b.show.benchtime
		if b.show.times > 0 {
			if b.N < b.show.times {
				b.N = b.show.times
				b.loopN++
				return true
			}
			b.StopTimer()
			return false
		}
	}
	if d := b.Elapsed(); d < goal && b.N < 1e9 {
		b.N = predict(int64(goal), b.N, int64(d), b.N)
		b.loopN++
		return true
	}
	b.StopTimer()
	return false
}

// PB says when a goroutine of RunParallel is done.
type PB struct {
	left *int
}

// Next reports whether there is another iteration.
func (pb *PB) Next() bool {
	if *pb.left <= 0 {
		return false
	}
	*pb.left--
	return true
}

// RunParallel runs body in GOMAXPROCS goroutines that share N iterations.
func (b *B) RunParallel(body func(*PB)) {
	left := b.N
	n := runtime.GOMAXPROCS(0)
	done := make(chan bool, n)
	for i := 0; i < n; i++ {
		go func() {
			defer func() { done <- true }()
			body(&PB{&left})
		}()
	}
	for i := 0; i < n; i++ {
		<-done
	}
}

// SetParallelism does nothing.
func (b *B) SetParallelism(p int) {}

func predict(goal int64, prev int, ns int64, last int) int {
	if ns <= 0 {
		ns = 1
	}
	n := goal * int64(prev) / ns
	n += n / 5
	n = min(n, 100*int64(last))
	n = max(n, int64(last)+1)
	return int(min(n, 1e9))
}

func (b *B) runN(n int) {
	done := make(chan bool)
	go func() {
		defer func() {
			b.StopTimer()
			b.runCleanup()
			done <- true
		}()
		runtime.GC()
		b.N = n
		b.loopN = 0
		b.ResetTimer()
		b.StartTimer()
		b.fn(b)
	}()
	<-done
}

func (b *B) measure(o *options) BenchmarkResult {
	b.show = o
	b.runN(1)
	if b.failed || b.skipped || b.subs {
		return b.result()
	}
	if b.loopN > 0 {
		return b.result()
	}
	if o.times > 0 {
		if o.times > 1 {
			b.runN(o.times)
		}
		return b.result()
	}
	for !b.failed && b.duration < o.benchtime && b.N < 1e9 {
		b.runN(predict(int64(o.benchtime), b.N, int64(b.duration), b.N))
	}
	return b.result()
}

func (b *B) result() BenchmarkResult {
	return BenchmarkResult{b.N, b.duration, b.setBytes, b.allocs, b.bytes, b.metrics}
}

// Run runs f as a benchmark of its own.
func (b *B) Run(name string, f func(*B)) bool {
	b.subs = true
	o := b.show
	if o == nil {
		o = aside()
	}
	full := b.name + "/" + rewrite(name)
	if !wanted(o.bench, full) {
		return true
	}
	return runBenchmark(full, f, o)
}

// BenchmarkResult is what a benchmark measured.
type BenchmarkResult struct {
	N         int
	T         time.Duration
	Bytes     int64
	MemAllocs uint64
	MemBytes  uint64
	metrics   []metric
}

// NsPerOp is the time of one operation.
func (r BenchmarkResult) NsPerOp() int64 {
	if r.N <= 0 {
		return 0
	}
	return int64(r.T) / int64(r.N)
}

// AllocsPerOp is the number of objects one operation allocates.
func (r BenchmarkResult) AllocsPerOp() int64 {
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemAllocs) / int64(r.N)
}

// AllocedBytesPerOp is the number of bytes one operation allocates.
func (r BenchmarkResult) AllocedBytesPerOp() int64 {
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemBytes) / int64(r.N)
}

// String is the result as go test prints it, without memory.
func (r BenchmarkResult) String() string {
	s := fmt.Sprintf("%8d", r.N)
	if ns := float64(r.T) / float64(max(r.N, 1)); ns != 0 {
		s += "\t" + figure(ns, "ns/op")
	}
	if r.Bytes > 0 && r.T > 0 {
		s += fmt.Sprintf("\t%7.2f MB/s", float64(r.Bytes)*float64(r.N)/1e6/r.T.Seconds())
	}
	for _, m := range r.metrics {
		s += "\t" + figure(m.value, m.unit)
	}
	return s
}

// MemString is the memory part of the result.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

func figure(x float64, unit string) string {
	y := x
	if y < 0 {
		y = -y
	}
	switch {
	case y == 0 || y >= 999.95:
		return fmt.Sprintf("%10.0f %s", x, unit)
	case y >= 99.995:
		return fmt.Sprintf("%12.1f %s", x, unit)
	case y >= 9.9995:
		return fmt.Sprintf("%13.2f %s", x, unit)
	case y >= 0.99995:
		return fmt.Sprintf("%14.3f %s", x, unit)
	case y >= 0.099995:
		return fmt.Sprintf("%15.4f %s", x, unit)
	case y >= 0.0099995:
		return fmt.Sprintf("%16.5f %s", x, unit)
	case y >= 0.00099995:
		return fmt.Sprintf("%17.6f %s", x, unit)
	}
	return fmt.Sprintf("%18.7f %s", x, unit)
}

func runBenchmark(name string, f func(*B), o *options) bool {
	ok := true
	for i := 0; i < o.count; i++ {
		b := &B{common: common{name: name}, fn: f}
		// The column grows with the names, and by more than needed.
		if n := len(name) + o.extra + 1; n > o.width {
			o.width = n + 8
		}
		full := name
		if o.procs != 1 {
			full = fmt.Sprintf("%s-%d", name, o.procs)
		}
		r := b.measure(o)
		if b.subs && !b.failed {
			return ok
		}
		if b.failed {
			ok = false
			fmt.Printf("--- FAIL: %s\n", full)
		} else if !b.skipped {
			line := fmt.Sprintf("%-*s\t%s", o.width, full, r.String())
			if o.benchmem || b.report {
				line += "\t" + r.MemString()
			}
			fmt.Println(line)
		}
		for _, s := range b.output {
			fmt.Print(s)
		}
	}
	return ok
}

// Benchmark measures f outside of go test.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{fn: f}
	return b.measure(aside())
}

// AllocsPerRun is the mean number of objects f allocates, the first run not counted.
func AllocsPerRun(runs int, f func()) float64 {
	f()
	runtime.ReadMemStats(&stats)
	before := stats.Mallocs
	for i := 0; i < runs; i++ {
		f()
	}
	runtime.ReadMemStats(&stats)
	return float64((stats.Mallocs - before) / uint64(runs))
}

// Short reports whether short tests are wanted.
func Short() bool { return short }

// Verbose reports whether -v was given.
func Verbose() bool { return verbose }

var verbose, short bool

// M is what TestMain gets.
type M struct {
	tests    []InternalTest
	examples []InternalExample
	benches  []InternalBenchmark
	o        *options
}

// Run runs the tests and benchmarks; the result is the exit code.
func (m *M) Run() int {
	ok := true
	if len(m.tests) == 0 && len(m.examples) == 0 && len(m.benches) == 0 {
		fmt.Println("testing: warning: no tests to run")
	}
	for i := 0; i < m.o.count; i++ {
		for _, t := range m.tests {
			tt := &T{common: common{name: t.Name, verbose: m.o.verbose}, o: m.o}
			if !tt.run(t.F) {
				ok = false
			}
			for _, line := range tt.report() {
				fmt.Print(line)
			}
		}
		for _, e := range m.examples {
			if !runExample(e, m.o.verbose) {
				ok = false
			}
		}
	}
	if m.o.procs != 1 {
		m.o.extra = len(fmt.Sprintf("-%d", m.o.procs))
	}
	for _, b := range m.benches {
		m.o.width = max(m.o.width, len(b.Name)+2*m.o.extra+1)
	}
	if len(m.benches) > 0 && ok {
		fmt.Print("goos: linux\ngoarch: amd64\ncpu: gomem virtual machine\n")
	} else {
		m.benches = nil
	}
	for _, b := range m.benches {
		if !runBenchmark(b.Name, b.F, m.o) {
			ok = false
		}
	}
	if !ok {
		fmt.Println("FAIL")
		return 1
	}
	fmt.Println("PASS")
	return 0
}

// InternalTest is a test function with its name.
type InternalTest struct {
	Name string
	F    func(*T)
}

// InternalBenchmark is a benchmark function with its name.
type InternalBenchmark struct {
	Name string
	F    func(*B)
}

// Main is called by the program that gomem test makes.
func Main(tests []InternalTest, examples []InternalExample, benches []InternalBenchmark, testMain func(*M), run, bench string, benchmem, wordy, brief bool, benchtime int64, times, count int) {
	if bench == "." {
		bench = ""
	}
	verbose, short = wordy, brief
	m := &M{tests, examples, benches, &options{run: run, bench: bench, benchmem: benchmem, verbose: wordy, benchtime: time.Duration(benchtime), count: count, times: times, procs: runtime.GOMAXPROCS(0)}}
	if testMain != nil {
		testMain(m)
		os.Exit(0)
	}
	os.Exit(m.Run())
}
