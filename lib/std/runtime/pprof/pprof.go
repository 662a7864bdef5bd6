// Package pprof writes profiles.
//
// SIMPLIFIED: a profile is the text form with the runtime's counts; gomem run -memprofile writes real ones.
package pprof

import (
	"context"
	"fmt"
	"io"
	"runtime"
)

// Profile is a named profile.
type Profile struct{ name string }

var names = []string{"allocs", "block", "goroutine", "heap", "mutex", "threadcreate"}

// Lookup is the profile with the name; nil if there is none.
func Lookup(name string) *Profile {
	for _, n := range names {
		if n == name {
			return &Profile{name}
		}
	}
	return nil
}

// Profiles are all profiles.
func Profiles() []*Profile {
	out := make([]*Profile, len(names))
	for i, n := range names {
		out[i] = &Profile{n}
	}
	return out
}

// NewProfile gives a profile with no entries.
func NewProfile(name string) *Profile { return &Profile{name} }

func (p *Profile) Name() string            { return p.name }
func (p *Profile) Add(value any, skip int) {}
func (p *Profile) Remove(value any)        {}
func (p *Profile) Count() int {
	if p.name == "goroutine" {
		return runtime.NumGoroutine()
	}
	return 0
}

// WriteTo writes the profile as text.
func (p *Profile) WriteTo(w io.Writer, debug int) error {
	if p.name != "heap" && p.name != "allocs" {
		_, err := fmt.Fprintf(w, "%s profile: total %d\n", p.name, p.Count())
		return err
	}
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	fmt.Fprintf(w, "heap profile: %d: %d [%d: %d] @ heap/%d\n", s.HeapObjects, s.HeapAlloc, s.Mallocs, s.TotalAlloc, 2*runtime.MemProfileRate)
	fmt.Fprintf(w, "\n# runtime.MemStats\n# Alloc = %d\n# TotalAlloc = %d\n# Sys = %d\n# Lookups = %d\n# Mallocs = %d\n# Frees = %d\n", s.Alloc, s.TotalAlloc, s.Sys, s.Lookups, s.Mallocs, s.Frees)
	fmt.Fprintf(w, "# HeapAlloc = %d\n# HeapSys = %d\n# HeapIdle = %d\n# HeapInuse = %d\n# HeapReleased = %d\n# HeapObjects = %d\n", s.HeapAlloc, s.HeapSys, s.HeapIdle, s.HeapInuse, s.HeapReleased, s.HeapObjects)
	fmt.Fprintf(w, "# Stack = %d / %d\n# MSpan = %d / %d\n# MCache = %d / %d\n# BuckHashSys = %d\n# GCSys = %d\n# OtherSys = %d\n", s.StackInuse, s.StackSys, s.MSpanInuse, s.MSpanSys, s.MCacheInuse, s.MCacheSys, s.BuckHashSys, s.GCSys, s.OtherSys)
	fmt.Fprintf(w, "# NextGC = %d\n# LastGC = %d\n# PauseNs = %d\n# PauseEnd = %d\n# NumGC = %d\n# NumForcedGC = %d\n# GCCPUFraction = %v\n# DebugGC = %v\n", s.NextGC, s.LastGC, s.PauseNs, s.PauseEnd, s.NumGC, s.NumForcedGC, s.GCCPUFraction, s.DebugGC)
	_, err := fmt.Fprintf(w, "# MaxRSS = %d\n", s.Sys-s.HeapReleased)
	return err
}

// WriteHeapProfile writes the heap profile.
func WriteHeapProfile(w io.Writer) error { return Lookup("heap").WriteTo(w, 0) }

func StartCPUProfile(w io.Writer) error { return nil }
func StopCPUProfile()                   {}

// LabelSet are labels of goroutines, which are not kept.
type LabelSet struct{}

func Labels(args ...string) LabelSet                                   { return LabelSet{} }
func WithLabels(ctx context.Context, labels LabelSet) context.Context  { return ctx }
func SetGoroutineLabels(ctx context.Context)                           {}
func Do(ctx context.Context, labels LabelSet, f func(context.Context)) { f(ctx) }
