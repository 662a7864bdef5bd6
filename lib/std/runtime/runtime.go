// Package runtime is the program's door to the simulated runtime.
package runtime

const (
	Compiler = "gc"
	GOOS     = "linux"
	GOARCH   = "amd64"
)

// Error is a run-time error: a panic with such a value was raised by the machine.
type Error interface {
	error
	RuntimeError()
}

// MemStats are the allocator's and collector's counts, in bytes unless said otherwise.
type MemStats struct {
	Alloc         uint64
	TotalAlloc    uint64
	Sys           uint64
	Lookups       uint64
	Mallocs       uint64
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
	BySize        [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// MemProfileRate is the mean number of bytes between samples of the heap profile.
var MemProfileRate int = 512 * 1024

// ReadMemStats stops the world and fills m.
//
//go:noescape
func ReadMemStats(m *MemStats)

// GC runs a whole collection and waits for it.
func GC()

// Gosched lets other goroutines run.
func Gosched()

// Goexit ends the goroutine after running its deferred calls.
func Goexit()

func numGoroutine() int32
func setGOMAXPROCS(n int32) int32
func versionMinor() int32

// NumGoroutine is the number of goroutines there are.
func NumGoroutine() int { return int(numGoroutine()) }

// GOMAXPROCS sets the number of Ps if n > 0 and gives the number before.
func GOMAXPROCS(n int) int { return int(setGOMAXPROCS(int32(n))) }

// NumCPU is the number of processors of the simulated machine.
func NumCPU() int { return int(setGOMAXPROCS(0)) }

// NumCgoCall is 0.
func NumCgoCall() int64 { return 0 }

// Version is the Go version simulated.
func Version() string {
	switch versionMinor() {
	case 21:
		return "go1.21"
	case 22:
		return "go1.22"
	case 23:
		return "go1.23"
	case 24:
		return "go1.24"
	case 25:
		return "go1.25"
	}
	return "go1.26"
}

// LockOSThread does nothing: a simulated goroutine needs no thread of its own.
func LockOSThread() {}

// UnlockOSThread does nothing.
func UnlockOSThread() {}

// KeepAlive makes x live until here.
//
//go:noinline
func KeepAlive(x any) {}

// TypeAssertionError is the error of a failed type assertion.
type TypeAssertionError struct {
	msg string
}

func (*TypeAssertionError) RuntimeError()   {}
func (e *TypeAssertionError) Error() string { return e.msg }

type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

// newError and newTypeAssertionError are called by the engine when the machine panics.
func newError(msg string) any              { return errorString(msg) }
func newTypeAssertionError(msg string) any { return &TypeAssertionError{msg} }

// A PanicNilError is what recover gives for panic(nil).
type PanicNilError struct {
	_ [0]func()
}

func (*PanicNilError) Error() string { return "panic called with nil argument" }
func (*PanicNilError) RuntimeError() {}

func newPanicNilError() any { return new(PanicNilError) }
