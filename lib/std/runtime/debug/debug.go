// Package debug sets the collector's knobs and prints stacks.
package debug

import (
	"os"
	"runtime"
	"time"
)

func setGCPercent(p int32) int32

//go:noescape
func setMemoryLimit(limit int64) int64

// SetGCPercent sets GOGC and gives the value before; negative turns the collector off.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(percent))) }

// SetMemoryLimit sets GOMEMLIMIT and gives the value before; a negative limit only asks.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory runs a collection and gives back as much memory as possible.
func FreeOSMemory()

var maxStack, maxThreads = 1000000000, 10000

// SetMaxStack, SetMaxThreads, SetPanicOnFault and SetTraceback are noted but not simulated.
func SetMaxStack(bytes int) (before int) {
	before, maxStack = maxStack, bytes
	return before
}

func SetMaxThreads(threads int) (before int) {
	before, maxThreads = maxThreads, threads
	return before
}

func SetPanicOnFault(enabled bool) bool { return false }
func SetTraceback(level string)         {}

// Stack is the text of this goroutine's calls.
func Stack() []byte {
	for size := 1024; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, false); n < size {
			return buf[:n]
		}
	}
}

// PrintStack prints it to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }

// GCStats tells of recent collections.
type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

// ReadGCStats fills stats; the latest pause comes first.
func ReadGCStats(stats *GCStats) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	stats.NumGC = int64(m.NumGC)
	stats.PauseTotal = time.Duration(m.PauseTotalNs)
	stats.LastGC = time.Unix(0, int64(m.LastGC))
	stats.Pause, stats.PauseEnd = stats.Pause[:0], stats.PauseEnd[:0]
	for i := range min(int(m.NumGC), len(m.PauseNs)) {
		k := (int(m.NumGC) - 1 - i) % len(m.PauseNs)
		stats.Pause = append(stats.Pause, time.Duration(m.PauseNs[k]))
		stats.PauseEnd = append(stats.PauseEnd, time.Unix(0, int64(m.PauseEnd[k])))
	}
	if n := len(stats.PauseQuantiles); n > 0 {
		sorted := append([]time.Duration(nil), stats.Pause...)
		for i := range sorted {
			for j := i; j > 0 && sorted[j] < sorted[j-1]; j-- {
				sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
			}
		}
		for i := range n {
			if len(sorted) > 0 {
				stats.PauseQuantiles[i] = sorted[i*(len(sorted)-1)/max(n-1, 1)]
			}
		}
	}
}

// Module, BuildSetting and BuildInfo describe how a program was built.
type (
	Module struct {
		Path, Version, Sum string
		Replace            *Module
	}
	BuildSetting struct{ Key, Value string }
	BuildInfo    struct {
		GoVersion string
		Path      string
		Main      Module
		Deps      []*Module
		Settings  []BuildSetting
	}
)

// ReadBuildInfo knows only the version and that the program is a file.
func ReadBuildInfo() (info *BuildInfo, ok bool) {
	return &BuildInfo{GoVersion: runtime.Version(), Path: "command-line-arguments"}, true
}
