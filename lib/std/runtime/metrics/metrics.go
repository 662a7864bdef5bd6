// Package metrics reads the runtime's counts by name.
//
// SIMPLIFIED: it has the metrics of memory and goroutines; those of the processor's time are 0, and GODEBUG's are left out.
package metrics

import (
	"math"
	"runtime"
	"runtime/debug"
)

// ValueKind is the sort of a metric's value.
type ValueKind int

const (
	KindBad ValueKind = iota
	KindUint64
	KindFloat64
	KindFloat64Histogram
)

// Float64Histogram counts values: Counts[i] of them lie in [Buckets[i], Buckets[i+1]).
type Float64Histogram struct {
	Counts  []uint64
	Buckets []float64
}

// Value is a metric's value.
type Value struct {
	kind ValueKind
	bits uint64
	hist *Float64Histogram
}

func (v Value) Kind() ValueKind { return v.kind }

func (v Value) must(k ValueKind, name string) {
	if v.kind != k {
		panic("called " + name + " on non-" + name[:1] + name[1:] + " metric value")
	}
}

func (v Value) Uint64() uint64 {
	v.must(KindUint64, "uint64")
	return v.bits
}

func (v Value) Float64() float64 {
	v.must(KindFloat64, "float64")
	return math.Float64frombits(v.bits)
}

func (v Value) Float64Histogram() *Float64Histogram {
	v.must(KindFloat64Histogram, "Float64Histogram")
	return v.hist
}

// Sample is a metric to be read.
type Sample struct {
	Name  string
	Value Value
}

// Description tells what a metric is.
type Description struct {
	Name        string
	Description string
	Kind        ValueKind
	Cumulative  bool
}

type metric struct {
	name, about string
	cumulative  bool
	read        func(m *runtime.MemStats) uint64
}

var metrics = []metric{
	{"/gc/cycles/automatic:gc-cycles", "Collections that the heap's growth started.", true, func(m *runtime.MemStats) uint64 { return uint64(m.NumGC - m.NumForcedGC) }},
	{"/gc/cycles/forced:gc-cycles", "Collections that the program asked for.", true, func(m *runtime.MemStats) uint64 { return uint64(m.NumForcedGC) }},
	{"/gc/cycles/total:gc-cycles", "Collections completed.", true, func(m *runtime.MemStats) uint64 { return uint64(m.NumGC) }},
	{"/gc/gogc:percent", "GOGC.", false, func(*runtime.MemStats) uint64 {
		p := debug.SetGCPercent(-1)
		debug.SetGCPercent(p)
		return uint64(p)
	}},
	{"/gc/gomemlimit:bytes", "GOMEMLIMIT.", false, func(*runtime.MemStats) uint64 { return uint64(debug.SetMemoryLimit(-1)) }},
	{"/gc/heap/allocs-by-size:bytes", "Allocated objects by size.", true, nil},
	{"/gc/heap/allocs:bytes", "Bytes allocated so far.", true, func(m *runtime.MemStats) uint64 { return m.TotalAlloc }},
	{"/gc/heap/allocs:objects", "Objects allocated so far.", true, func(m *runtime.MemStats) uint64 { return m.Mallocs }},
	{"/gc/heap/frees-by-size:bytes", "Freed objects by size.", true, nil},
	{"/gc/heap/frees:bytes", "Bytes freed so far.", true, func(m *runtime.MemStats) uint64 { return m.TotalAlloc - m.HeapAlloc }},
	{"/gc/heap/frees:objects", "Objects freed so far.", true, func(m *runtime.MemStats) uint64 { return m.Frees }},
	{"/gc/heap/goal:bytes", "Heap size at which the next collection shall end.", false, func(m *runtime.MemStats) uint64 { return m.NextGC }},
	{"/gc/heap/objects:objects", "Objects in the heap, live or not yet swept.", false, func(m *runtime.MemStats) uint64 { return m.HeapObjects }},
	{"/memory/classes/heap/free:bytes", "Free pages that could be given back to the system.", false, func(m *runtime.MemStats) uint64 { return m.HeapIdle - m.HeapReleased }},
	{"/memory/classes/heap/objects:bytes", "Objects in the heap, live or not yet swept.", false, func(m *runtime.MemStats) uint64 { return m.HeapAlloc }},
	{"/memory/classes/heap/released:bytes", "Free pages given back to the system.", false, func(m *runtime.MemStats) uint64 { return m.HeapReleased }},
	{"/memory/classes/heap/stacks:bytes", "Stacks.", false, func(m *runtime.MemStats) uint64 { return m.StackInuse }},
	{"/memory/classes/heap/unused:bytes", "Room in spans that holds no objects.", false, func(m *runtime.MemStats) uint64 { return m.HeapInuse - m.HeapAlloc }},
	{"/memory/classes/metadata/mcache/free:bytes", "Memory reserved for mcaches.", false, func(m *runtime.MemStats) uint64 { return m.MCacheSys - m.MCacheInuse }},
	{"/memory/classes/metadata/mcache/inuse:bytes", "mcaches.", false, func(m *runtime.MemStats) uint64 { return m.MCacheInuse }},
	{"/memory/classes/metadata/mspan/free:bytes", "Memory reserved for mspans.", false, func(m *runtime.MemStats) uint64 { return m.MSpanSys - m.MSpanInuse }},
	{"/memory/classes/metadata/mspan/inuse:bytes", "mspans.", false, func(m *runtime.MemStats) uint64 { return m.MSpanInuse }},
	{"/memory/classes/metadata/other:bytes", "The collector's own memory.", false, func(m *runtime.MemStats) uint64 { return m.GCSys }},
	{"/memory/classes/other:bytes", "What is left.", false, func(m *runtime.MemStats) uint64 { return m.OtherSys }},
	{"/memory/classes/profiling/buckets:bytes", "The profile's records.", false, func(m *runtime.MemStats) uint64 { return m.BuckHashSys }},
	{"/memory/classes/total:bytes", "All memory from the system.", false, func(m *runtime.MemStats) uint64 { return m.Sys }},
	{"/sched/gomaxprocs:threads", "GOMAXPROCS.", false, func(*runtime.MemStats) uint64 { return uint64(runtime.GOMAXPROCS(0)) }},
	{"/sched/goroutines:goroutines", "Goroutines there are.", false, func(*runtime.MemStats) uint64 { return uint64(runtime.NumGoroutine()) }},
}

// All describes the metrics there are.
func All() []Description {
	out := make([]Description, len(metrics))
	for i, m := range metrics {
		kind := KindUint64
		if m.read == nil {
			kind = KindFloat64Histogram
		}
		out[i] = Description{m.name, m.about, kind, m.cumulative}
	}
	return out
}

// Read reads the samples' metrics; those it does not know become KindBad.
func Read(m []Sample) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	for i := range m {
		m[i].Value = Value{}
		for _, d := range metrics {
			switch {
			case d.name != m[i].Name:
			case d.read != nil:
				m[i].Value = Value{kind: KindUint64, bits: d.read(&stats)}
			default:
				m[i].Value = Value{kind: KindFloat64Histogram, hist: bySize(&stats, d.name == "/gc/heap/frees-by-size:bytes")}
			}
		}
	}
}

func sizeClasses(sizes *[68]uint32, mallocs, frees *[68]uint64)

// bySize counts objects by size class; larger ones in the last bucket.
func bySize(m *runtime.MemStats, freed bool) *Float64Histogram {
	var sizes [68]uint32
	var mallocs, frees [68]uint64
	sizeClasses(&sizes, &mallocs, &frees)
	h := &Float64Histogram{Counts: make([]uint64, 68), Buckets: make([]float64, 69)}
	small := uint64(0)
	counts, total := &mallocs, m.Mallocs
	if freed {
		counts, total = &frees, m.Frees
	}
	h.Buckets[0] = 1
	for c := 1; c < 68; c++ {
		h.Buckets[c] = float64(sizes[c] + 1)
		h.Counts[c-1] = counts[c]
		small += counts[c]
	}
	h.Buckets[68] = math.Inf(1)
	h.Counts[67] = total - min(small, total)
	return h
}
