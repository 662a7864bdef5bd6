package runtime

// A code address of the simulated machine is 0x400000 + 16 times the number of
// a place in the program, plus the depth of inlining there: calls that were
// inlined are listed like others.

// callers stores the addresses of the calls in progress, that of its own
// caller first, and returns how many there are, max at most.
func callers(buf *uintptr, max int) int

// frameText copies a text about an address: 0 the function's name, 1 its file.
//
//go:noescape
func frameText(pc uintptr, what int32, buf *byte, max int) int

// frameLine is the line of an address.
func frameLine(pc uintptr) int

const maxCallers = 256

// Callers fills pc with the addresses of the calls in progress: skip 0 begins
// with Callers itself, 1 with its caller.
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 || skip < 0 {
		return 0
	}
	var all [maxCallers]uintptr
	n := callers(&all[0], maxCallers)
	if skip >= n {
		return 0
	}
	return copy(pc, all[skip:n])
}

// Caller tells about the caller that is skip calls above the one of Caller.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var all [maxCallers]uintptr
	n := callers(&all[0], maxCallers)
	if skip < 0 || skip+1 >= n {
		return
	}
	pc = all[skip+1]
	return pc, pcText(pc, 1), frameLine(pc), true
}

func pcText(pc uintptr, what int32) string {
	var buf [256]byte
	n := frameText(pc, what, &buf[0], len(buf))
	if n <= len(buf) {
		return string(buf[:n])
	}
	long := make([]byte, n)
	frameText(pc, what, &long[0], n)
	return string(long)
}

// Func is a function of the program.
type Func struct {
	pc   uintptr
	name string
}

// FuncForPC is the function that an address lies in, nil if there is none.
func FuncForPC(pc uintptr) *Func {
	name := pcText(pc, 0)
	if name == "" {
		return nil
	}
	return &Func{pc, name}
}

// Name is the function's name with its package.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry is an address in the function.
func (f *Func) Entry() uintptr { return f.pc }

// FileLine is the place of an address.
func (f *Func) FileLine(pc uintptr) (file string, line int) { return pcText(pc, 1), frameLine(pc) }

// A Frame is one call.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames turns addresses into frames, one after another.
type Frames struct {
	pcs []uintptr
}

// CallersFrames gives the frames of addresses that Callers filled in.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next is the next frame, and whether there are more.
func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.pcs) == 0 {
		return
	}
	pc := f.pcs[0]
	f.pcs = f.pcs[1:]
	fn := FuncForPC(pc)
	return Frame{PC: pc, Func: fn, Function: fn.Name(), File: pcText(pc, 1), Line: frameLine(pc), Entry: pc}, len(f.pcs) > 0
}
