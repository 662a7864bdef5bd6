// Package debug sets the collector's knobs.
package debug

func setGCPercent(p int32) int32

//go:noescape
func setMemoryLimit(limit int64) int64

// SetGCPercent sets GOGC and gives the value before; negative turns the collector off.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(percent))) }

// SetMemoryLimit sets GOMEMLIMIT and gives the value before; a negative limit only asks.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory runs a collection and gives back as much memory as possible.
func FreeOSMemory()

// SetMaxStack is not simulated: the limit is 1 GB.
func SetMaxStack(bytes int) int { return 1000000000 }

// Stack gives no trace. SIMPLIFIED.
func Stack() []byte { return nil }

// PrintStack prints nothing. SIMPLIFIED.
func PrintStack() {}
