// Package atomic has operations that no other goroutine can see half done. The
// simulated machine never switches goroutines inside them.
package atomic

import "unsafe"

func AddInt32(addr *int32, delta int32) int32             { *addr += delta; return *addr }
func AddInt64(addr *int64, delta int64) int64             { *addr += delta; return *addr }
func AddUint32(addr *uint32, delta uint32) uint32         { *addr += delta; return *addr }
func AddUint64(addr *uint64, delta uint64) uint64         { *addr += delta; return *addr }
func AddUintptr(addr *uintptr, delta uintptr) uintptr     { *addr += delta; return *addr }
func LoadInt32(addr *int32) int32                         { return *addr }
func LoadInt64(addr *int64) int64                         { return *addr }
func LoadUint32(addr *uint32) uint32                      { return *addr }
func LoadUint64(addr *uint64) uint64                      { return *addr }
func LoadUintptr(addr *uintptr) uintptr                   { return *addr }
func LoadPointer(addr *unsafe.Pointer) unsafe.Pointer     { return *addr }
func StoreInt32(addr *int32, v int32)                     { *addr = v }
func StoreInt64(addr *int64, v int64)                     { *addr = v }
func StoreUint32(addr *uint32, v uint32)                  { *addr = v }
func StoreUint64(addr *uint64, v uint64)                  { *addr = v }
func StoreUintptr(addr *uintptr, v uintptr)               { *addr = v }
func StorePointer(addr *unsafe.Pointer, v unsafe.Pointer) { *addr = v }
func SwapInt32(addr *int32, v int32) int32                { old := *addr; *addr = v; return old }
func SwapInt64(addr *int64, v int64) int64                { old := *addr; *addr = v; return old }
func SwapUint32(addr *uint32, v uint32) uint32            { old := *addr; *addr = v; return old }
func SwapUint64(addr *uint64, v uint64) uint64            { old := *addr; *addr = v; return old }
func SwapPointer(addr *unsafe.Pointer, v unsafe.Pointer) unsafe.Pointer {
	old := *addr
	*addr = v
	return old
}
func CompareAndSwapInt32(addr *int32, old, new int32) bool    { return cas(addr, old, new) }
func CompareAndSwapInt64(addr *int64, old, new int64) bool    { return cas(addr, old, new) }
func CompareAndSwapUint32(addr *uint32, old, new uint32) bool { return cas(addr, old, new) }
func CompareAndSwapUint64(addr *uint64, old, new uint64) bool { return cas(addr, old, new) }
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) bool {
	if *addr != old {
		return false
	}
	*addr = new
	return true
}

func cas[T int32 | int64 | uint32 | uint64 | uintptr](addr *T, old, new T) bool {
	if *addr != old {
		return false
	}
	*addr = new
	return true
}

type noCopy struct{}

// Int32 is an atomic int32.
type Int32 struct {
	_ noCopy
	v int32
}

func (x *Int32) Load() int32                        { return x.v }
func (x *Int32) Store(v int32)                      { x.v = v }
func (x *Int32) Swap(v int32) int32                 { old := x.v; x.v = v; return old }
func (x *Int32) Add(d int32) int32                  { x.v += d; return x.v }
func (x *Int32) CompareAndSwap(old, new int32) bool { return cas(&x.v, old, new) }

// Int64 is an atomic int64.
type Int64 struct {
	_ noCopy
	v int64
}

func (x *Int64) Load() int64                        { return x.v }
func (x *Int64) Store(v int64)                      { x.v = v }
func (x *Int64) Swap(v int64) int64                 { old := x.v; x.v = v; return old }
func (x *Int64) Add(d int64) int64                  { x.v += d; return x.v }
func (x *Int64) CompareAndSwap(old, new int64) bool { return cas(&x.v, old, new) }

// Uint32 is an atomic uint32.
type Uint32 struct {
	_ noCopy
	v uint32
}

func (x *Uint32) Load() uint32                        { return x.v }
func (x *Uint32) Store(v uint32)                      { x.v = v }
func (x *Uint32) Swap(v uint32) uint32                { old := x.v; x.v = v; return old }
func (x *Uint32) Add(d uint32) uint32                 { x.v += d; return x.v }
func (x *Uint32) CompareAndSwap(old, new uint32) bool { return cas(&x.v, old, new) }

// Uint64 is an atomic uint64.
type Uint64 struct {
	_ noCopy
	v uint64
}

func (x *Uint64) Load() uint64                        { return x.v }
func (x *Uint64) Store(v uint64)                      { x.v = v }
func (x *Uint64) Swap(v uint64) uint64                { old := x.v; x.v = v; return old }
func (x *Uint64) Add(d uint64) uint64                 { x.v += d; return x.v }
func (x *Uint64) CompareAndSwap(old, new uint64) bool { return cas(&x.v, old, new) }

// Bool is an atomic bool.
type Bool struct {
	_ noCopy
	v uint32
}

func (x *Bool) Load() bool   { return x.v != 0 }
func (x *Bool) Store(v bool) { x.v = b32(v) }
func (x *Bool) Swap(v bool) bool {
	old := x.v != 0
	x.v = b32(v)
	return old
}
func (x *Bool) CompareAndSwap(old, new bool) bool { return cas(&x.v, b32(old), b32(new)) }

func b32(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// Pointer is an atomic *T.
type Pointer[T any] struct {
	_ [0]*T
	_ noCopy
	v *T
}

func (x *Pointer[T]) Load() *T     { return x.v }
func (x *Pointer[T]) Store(v *T)   { x.v = v }
func (x *Pointer[T]) Swap(v *T) *T { old := x.v; x.v = v; return old }
func (x *Pointer[T]) CompareAndSwap(old, new *T) bool {
	if x.v != old {
		return false
	}
	x.v = new
	return true
}

// Value is an atomic value of any one type.
type Value struct{ v any }

func (v *Value) Load() any { return v.v }
func (v *Value) Store(x any) {
	if x == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	v.v = x
}
func (v *Value) Swap(x any) any { old := v.v; v.Store(x); return old }
