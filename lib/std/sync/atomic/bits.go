package atomic

// And and Or change bits and give the old value.
func AndInt32(addr *int32, mask int32) (old int32) { return and(addr, mask) }
func OrInt32(addr *int32, mask int32) (old int32)  { return or(addr, mask) }
func (x *Int32) And(mask int32) (old int32)        { return and(&x.v, mask) }
func (x *Int32) Or(mask int32) (old int32)         { return or(&x.v, mask) }

func AndInt64(addr *int64, mask int64) (old int64) { return and(addr, mask) }
func OrInt64(addr *int64, mask int64) (old int64)  { return or(addr, mask) }
func (x *Int64) And(mask int64) (old int64)        { return and(&x.v, mask) }
func (x *Int64) Or(mask int64) (old int64)         { return or(&x.v, mask) }

func AndUint32(addr *uint32, mask uint32) (old uint32) { return and(addr, mask) }
func OrUint32(addr *uint32, mask uint32) (old uint32)  { return or(addr, mask) }
func (x *Uint32) And(mask uint32) (old uint32)         { return and(&x.v, mask) }
func (x *Uint32) Or(mask uint32) (old uint32)          { return or(&x.v, mask) }

func AndUint64(addr *uint64, mask uint64) (old uint64) { return and(addr, mask) }
func OrUint64(addr *uint64, mask uint64) (old uint64)  { return or(addr, mask) }
func (x *Uint64) And(mask uint64) (old uint64)         { return and(&x.v, mask) }
func (x *Uint64) Or(mask uint64) (old uint64)          { return or(&x.v, mask) }

func AndUintptr(addr *uintptr, mask uintptr) (old uintptr) { return and(addr, mask) }
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)  { return or(addr, mask) }
func (x *Uintptr) And(mask uintptr) (old uintptr)          { return and(&x.v, mask) }
func (x *Uintptr) Or(mask uintptr) (old uintptr)           { return or(&x.v, mask) }

func and[T int32 | int64 | uint32 | uint64 | uintptr](addr *T, mask T) T {
	old := *addr
	*addr &= mask
	return old
}

func or[T int32 | int64 | uint32 | uint64 | uintptr](addr *T, mask T) T {
	old := *addr
	*addr |= mask
	return old
}

// SwapUintptr and CompareAndSwapUintptr are those of the other integers.
func SwapUintptr(addr *uintptr, v uintptr) uintptr {
	old := *addr
	*addr = v
	return old
}
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) bool { return cas(addr, old, new) }

// Uintptr is an atomic uintptr.
type Uintptr struct {
	_ noCopy
	v uintptr
}

func (x *Uintptr) Load() uintptr                        { return x.v }
func (x *Uintptr) Store(v uintptr)                      { x.v = v }
func (x *Uintptr) Swap(v uintptr) uintptr               { return SwapUintptr(&x.v, v) }
func (x *Uintptr) Add(d uintptr) uintptr                { return AddUintptr(&x.v, d) }
func (x *Uintptr) CompareAndSwap(old, new uintptr) bool { return cas(&x.v, old, new) }

// CompareAndSwap stores new if the value is old.
func (v *Value) CompareAndSwap(old, new any) bool {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if v.v != old {
		return false
	}
	v.Store(new)
	return true
}
