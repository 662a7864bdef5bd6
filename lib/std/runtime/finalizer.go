package runtime

import (
	"internal/rtype"
	"unsafe"
)

// setFinalizer has fn run when the object at p is unreachable, nil: nothing. False if p is no heap object, or has a finalizer.
func setFinalizer(p unsafe.Pointer, fn func()) bool

// SetFinalizer has finalizer(obj) run in a goroutine some time after obj became unreachable; nil takes it back.
//
// SIMPLIFIED: a finalizer's parameter must be a pointer or an empty interface.
func SetFinalizer(obj any, finalizer any) {
	o, f := rtype.Of(&obj), rtype.Of(&finalizer)
	if o.Type == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if o.Type.Kind != rtype.Pointer {
		throw("runtime.SetFinalizer: first argument is " + o.Type.String() + ", not pointer")
	}
	p := unsafe.Pointer(o.Word())
	if p == nil {
		throw("runtime.SetFinalizer: first argument is nil " + o.Type.String())
	}
	if f.Type == nil {
		setFinalizer(p, nil)
		return
	}
	if f.Type.Kind != rtype.Func {
		throw("runtime.SetFinalizer: second argument is " + f.Type.String() + ", not a function")
	}
	mismatch := "runtime.SetFinalizer: cannot pass " + o.Type.String() + " to finalizer " + f.Type.String()
	if f.Type.Variadic() {
		throw(mismatch + " because dotdotdot")
	}
	if f.Type.NumIn() != 1 {
		throw(mismatch)
	}
	in := f.Type.In(0)
	if in != o.Type && (in.Kind != rtype.Interface || in.NumMethod() > 0) && (in.Kind != rtype.Pointer || in.Elem() != o.Type.Elem()) {
		throw(mismatch)
	}
	// The object is remembered as a number, which keeps nothing alive; the collector keeps it until fn has run.
	call, typ, addr := unsafe.Pointer(f.Word()), o.Type, uintptr(p)
	fn := func() { (*(*func(unsafe.Pointer))(unsafe.Pointer(&call)))(unsafe.Pointer(addr)) }
	if in.Kind == rtype.Interface {
		fn = func() {
			q := unsafe.Pointer(addr)
			(*(*func(any))(unsafe.Pointer(&call)))(rtype.Make(typ, unsafe.Pointer(&q)).Any())
		}
	} else if f.Type.NumOut() > 0 {
		throw("runtime.SetFinalizer: a finalizer with results cannot be run in the lab")
	}
	if !setFinalizer(p, fn) {
		throw("runtime.SetFinalizer: finalizer already set")
	}
}

func throw(s string)
