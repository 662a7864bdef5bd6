package runtime

import "unsafe"

// Stack writes the calls of this goroutine to buf. SIMPLIFIED: never those of others, and no arguments.
func Stack(buf []byte, all bool) int {
	var pcs [100]uintptr
	n := Callers(2, pcs[:])
	b := append([]byte("goroutine "), decimal(int(goid()))...)
	b = append(b, " [running]:\n"...)
	frames := CallersFrames(pcs[:n])
	for more := n > 0; more; {
		var f Frame
		f, more = frames.Next()
		switch f.Function {
		case "runtime.panicmem", "runtime.sigpanic":
			continue
		case "runtime.gopanic":
			b = append(b, "panic"...)
		default:
			b = append(b, f.Function...)
		}
		b = append(b, "(...)\n\t"...)
		b = append(b, f.File...)
		b = append(b, ':')
		b = append(b, decimal(f.Line)...)
		b = append(b, '\n')
	}
	return copy(buf, b)
}

func goid() int32

func decimal(n int) []byte {
	if n < 10 {
		return []byte{byte('0' + n)}
	}
	return append(decimal(n/10), byte('0'+n%10))
}

// Cleanup is a function to run when an object is gone.
type Cleanup struct {
	object uintptr
	id     int64
}

// addCleanup has fn run after the object at p became unreachable; 0 if p is not in the heap.
func addCleanup(p unsafe.Pointer, fn func()) int64
func stopCleanup(p uintptr, id int64)

// AddCleanup has cleanup(arg) run in a goroutine some time after *ptr became unreachable.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	fn := func() { cleanup(arg) }
	return Cleanup{uintptr(unsafe.Pointer(ptr)), addCleanup(unsafe.Pointer(ptr), fn)}
}

// Stop takes the cleanup back.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.object, c.id)
	}
}

// GOROOT is the root of the Go tree.
func GOROOT() string { return "/usr/local/go" }

// Breakpoint, SetBlockProfileRate, SetMutexProfileFraction, SetCPUProfileRate and SetDefaultGOMAXPROCS do nothing here.
func Breakpoint()                          {}
func SetBlockProfileRate(rate int)         {}
func SetMutexProfileFraction(rate int) int { return 0 }
func SetCPUProfileRate(hz int)             {}
func SetDefaultGOMAXPROCS()                {}

// StackRecord, MemProfileRecord and BlockProfileRecord are records of profiles.
type (
	StackRecord      struct{ Stack0 [32]uintptr }
	MemProfileRecord struct {
		AllocBytes, FreeBytes     int64
		AllocObjects, FreeObjects int64
		Stack0                    [32]uintptr
	}
	BlockProfileRecord struct {
		Count  int64
		Cycles int64
		StackRecord
	}
)

// InUseBytes and InUseObjects are what was not freed.
func (r *MemProfileRecord) InUseBytes() int64   { return r.AllocBytes - r.FreeBytes }
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack is the calls of a record.
func (r *StackRecord) Stack() []uintptr      { return used(&r.Stack0) }
func (r *MemProfileRecord) Stack() []uintptr { return used(&r.Stack0) }

func used(s *[32]uintptr) []uintptr {
	for i, pc := range s {
		if pc == 0 {
			return s[:i]
		}
	}
	return s[:]
}

// The profiles are empty. SIMPLIFIED: the lab's own profile of allocations is complete and needs no sampling.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }
func BlockProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func MutexProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func ThreadCreateProfile(p []StackRecord) (n int, ok bool)             { return 0, true }
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	return NumGoroutine(), NumGoroutine() <= len(p)
}

// Pinner keeps objects in their place, where they are anyway, and alive.
type Pinner struct{ refs []any }

func (p *Pinner) Pin(pointer any) { p.refs = append(p.refs, pointer) }
func (p *Pinner) Unpin()          { p.refs = nil }
