package reflect

import (
	abi "internal/rtype"
	"iter"
	"strconv"
	"unsafe"
)

type flag uint8

const (
	// indirect: ptr is the value's address; otherwise ptr is the value, one pointer word.
	indirect flag = 1 << iota
	// addressable: the value is a variable.
	addressable
	// hidden: reached through an unexported field.
	hidden
	// bound: ptr is a *method.
	bound
)

// Value is a Go value of any type.
type Value struct {
	typ  *abi.Type
	ptr  unsafe.Pointer
	flag flag
}

// ValueError is a Value method called on a Value of the wrong kind.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	if e.Kind == Invalid {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

type word struct {
	typ  *abi.Type
	data unsafe.Pointer
}

// ValueOf is the value in i.
func ValueOf(i any) Value {
	w := (*word)(unsafe.Pointer(&i))
	if w.typ == nil {
		return Value{}
	}
	return fromWord(w.typ, w.data, 0)
}

func fromWord(t *abi.Type, data unsafe.Pointer, f flag) Value {
	if !t.DirectIface() {
		f |= indirect
	}
	return Value{t, data, f}
}

// load is the value's one word: of a pointer, map, channel, func.
func (v Value) load() unsafe.Pointer {
	if v.flag&indirect != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// address is where the value lies.
func (v *Value) address() unsafe.Pointer {
	if v.flag&indirect != 0 {
		return v.ptr
	}
	return unsafe.Pointer(&v.ptr)
}

func (v Value) is(method string, kinds ...Kind) {
	k := v.Kind()
	for _, w := range kinds {
		if k == w {
			return
		}
	}
	panic(&ValueError{"reflect.Value." + method, k})
}

func (v Value) mustSet(method string) {
	switch {
	case v.typ == nil:
		panic(&ValueError{"reflect.Value." + method, Invalid})
	case v.flag&hidden != 0:
		panic("reflect: reflect.Value." + method + " using value obtained using unexported field")
	case v.flag&addressable == 0:
		panic("reflect: reflect.Value." + method + " using unaddressable value")
	}
}

func (v Value) mustShow(method string) {
	if v.flag&hidden != 0 {
		panic("reflect: reflect.Value." + method + " using value obtained using unexported field")
	}
}

// raw is the value as package rtype sees it.
func (v *Value) raw() abi.Value { return abi.Make(v.typ, v.address()) }

func (v Value) IsValid() bool { return v.typ != nil }
func (v Value) Kind() Kind {
	if v.typ == nil {
		return Invalid
	}
	return Kind(v.typ.Kind)
}
func (v Value) CanAddr() bool    { return v.flag&addressable != 0 }
func (v Value) CanSet() bool     { return v.flag&(addressable|hidden) == addressable }
func (v Value) CanInt() bool     { return isInt(v.Kind()) }
func (v Value) CanUint() bool    { return isUint(v.Kind()) }
func (v Value) CanFloat() bool   { return isFloat(v.Kind()) }
func (v Value) CanComplex() bool { return isComplex(v.Kind()) }
func (v Value) CanConvert(t Type) bool {
	if !v.Type().ConvertibleTo(t) {
		return false
	}
	switch {
	case v.Kind() == Slice && t.Kind() == Array:
		return v.Len() >= t.Len()
	case v.Kind() == Slice && t.Kind() == Pointer && t.Elem().Kind() == Array:
		return v.Len() >= t.Elem().Len()
	}
	return true
}

// Type is the value's type.
func (v Value) Type() Type {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	return wrap(v.typ)
}

// CanInterface reports whether Interface may be called.
func (v Value) CanInterface() bool {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return v.flag&hidden == 0
}

// Interface is the value as an any.
func (v Value) Interface() (i any) {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if v.flag&hidden != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.pack()
}

func (v Value) pack() (i any) {
	if v.Kind() == Interface {
		e := v.Elem()
		if e.typ == nil {
			return nil
		}
		return e.pack()
	}
	w := (*word)(unsafe.Pointer(&i))
	switch {
	case v.typ.DirectIface():
		w.data = v.load()
	case v.flag&addressable != 0:
		// A variable may change: the interface needs a copy.
		w.data = abi.New(v.typ)
		abi.Move(v.typ, w.data, v.ptr)
	default:
		w.data = v.ptr
	}
	w.typ = v.typ
	return i
}

// TypeAssert is v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	t, ok := v.Interface().(T)
	return t, ok
}

func (v Value) Bool() bool {
	v.is("Bool", Bool)
	return *(*bool)(v.ptr)
}

func (v Value) Int() int64 {
	if !isInt(v.Kind()) {
		panic(&ValueError{"reflect.Value.Int", v.Kind()})
	}
	return v.raw().Int()
}

func (v Value) Uint() uint64 {
	if !isUint(v.Kind()) {
		panic(&ValueError{"reflect.Value.Uint", v.Kind()})
	}
	return v.raw().Uint()
}

func (v Value) Float() float64 {
	v.is("Float", Float32, Float64)
	return v.raw().Float()
}

func (v Value) Complex() complex128 {
	v.is("Complex", Complex64, Complex128)
	return v.raw().Complex()
}

// String is a string's value; for other values their type in brackets.
func (v Value) String() string {
	switch v.Kind() {
	case String:
		return *(*string)(v.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.typ.String() + " Value>"
}

// Bytes is a byte slice's value, or an addressable byte array.
func (v Value) Bytes() []byte {
	v.is("Bytes", Slice, Array)
	if Kind(v.typ.Elem().Kind) != Uint8 {
		panic("reflect.Value.Bytes of non-byte " + v.Kind().String())
	}
	if v.Kind() == Array {
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), v.typ.Len())
	}
	return *(*[]byte)(v.ptr)
}

func (v Value) IsNil() bool {
	v.is("IsNil", Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer)
	return v.load() == nil
}

// IsZero reports whether the value is its type's zero value.
func (v Value) IsZero() bool {
	switch v.Kind() {
	case Invalid:
		panic(&ValueError{"reflect.Value.IsZero", Invalid})
	case Float32, Float64:
		return v.Float() == 0 && !(1/v.Float() < 0)
	case Complex64, Complex128:
		c := v.Complex()
		return c == 0 && !(1/real(c) < 0) && !(1/imag(c) < 0)
	case Array:
		for i := range v.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				return false
			}
		}
		return true
	case String:
		return v.Len() == 0
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return v.load() == nil
	case Bool:
		return !v.Bool()
	}
	if v.CanInt() {
		return v.Int() == 0
	}
	return v.Uint() == 0
}

func (v Value) Len() int {
	switch v.Kind() {
	case Array, Slice, String:
		return v.raw().Len()
	case Map:
		return abi.MapLen(v.load())
	case Chan:
		c := v.load()
		return len(*(*chan byte)(unsafe.Pointer(&c)))
	case Pointer:
		if Kind(v.typ.Elem().Kind) == Array {
			return v.typ.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Len", v.Kind()})
}

type sliceWords struct {
	data     unsafe.Pointer
	len, cap int
}

func (v Value) Cap() int {
	switch v.Kind() {
	case Array:
		return v.typ.Len()
	case Slice:
		return (*sliceWords)(v.ptr).cap
	case Chan:
		c := v.load()
		return cap(*(*chan byte)(unsafe.Pointer(&c)))
	case Pointer:
		if Kind(v.typ.Elem().Kind) == Array {
			return v.typ.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Cap", v.Kind()})
}

// Elem is what an interface holds or a pointer points at; the zero Value for nil.
func (v Value) Elem() Value {
	switch v.Kind() {
	case Interface:
		e := v.raw().Elem()
		if e.Type == nil {
			return Value{}
		}
		data := e.Ptr
		if e.Type.DirectIface() {
			data = *(*unsafe.Pointer)(e.Ptr)
		}
		return fromWord(e.Type, data, v.flag&hidden)
	case Pointer:
		p := v.load()
		if p == nil {
			return Value{}
		}
		return Value{v.typ.Elem(), p, v.flag&hidden | indirect | addressable}
	}
	panic(&ValueError{"reflect.Value.Elem", v.Kind()})
}

// Indirect is what v points at, or v itself.
func Indirect(v Value) Value {
	if v.Kind() == Pointer {
		return v.Elem()
	}
	return v
}

// Addr is a pointer to v.
func (v Value) Addr() Value {
	if !v.CanAddr() {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{abi.PointerTo(v.typ), v.ptr, v.flag & hidden}
}

func (v Value) UnsafeAddr() uintptr {
	if !v.CanAddr() {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

// Pointer is a pointer's, map's, channel's, func's or slice's address.
func (v Value) Pointer() uintptr { return uintptr(v.UnsafePointer()) }

func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.Kind() {
	case Chan, Func, Map, Pointer, Slice, UnsafePointer:
		return v.load()
	case String:
		return unsafe.Pointer(unsafe.StringData(v.String()))
	}
	panic(&ValueError{"reflect.Value.UnsafePointer", v.Kind()})
}

func (v Value) NumField() int {
	v.is("NumField", Struct)
	return v.typ.NumField()
}

// Field is field i of a struct.
func (v Value) Field(i int) Value {
	v.is("Field", Struct)
	if uint(i) >= uint(v.typ.NumField()) {
		panic("reflect: Field index out of range")
	}
	f := v.flag
	if !v.typ.FieldExported(i) {
		f |= hidden
	}
	p := v.ptr
	if f&indirect != 0 {
		p = unsafe.Add(p, v.typ.FieldOffset(i))
	}
	return Value{v.typ.FieldType(i), p, f}
}

// FieldByIndex follows an index path; it panics at a nil pointer.
func (v Value) FieldByIndex(index []int) Value {
	w, err := v.FieldByIndexErr(index)
	if err != nil {
		panic("reflect: indirection through nil pointer to embedded struct")
	}
	return w
}

type nilError string

func (e nilError) Error() string { return string(e) }

// FieldByIndexErr follows an index path.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && Kind(v.typ.Elem().Kind) == Struct {
			if v.IsNil() {
				return Value{}, nilError("reflect: indirection through nil pointer to embedded struct field " + v.typ.Elem().Name())
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

func (v Value) FieldByName(name string) Value {
	v.is("FieldByName", Struct)
	if f, ok := v.Type().FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.Type().FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Fields gives the fields with their values.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	return func(yield func(StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(v.Type().Field(i), v.Field(i)) {
				return
			}
		}
	}
}

// Index is element i of an array, slice or string.
func (v Value) Index(i int) Value {
	switch v.Kind() {
	case Array:
		if uint(i) >= uint(v.typ.Len()) {
			panic("reflect: array index out of range")
		}
		p := v.ptr
		if v.flag&indirect != 0 {
			p = unsafe.Add(p, uintptr(i)*v.typ.Elem().Size)
		}
		return Value{v.typ.Elem(), p, v.flag}
	case Slice:
		s := (*sliceWords)(v.ptr)
		if uint(i) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		return Value{v.typ.Elem(), unsafe.Add(s.data, uintptr(i)*v.typ.Elem().Size), v.flag&hidden | indirect | addressable}
	case String:
		s := v.String()
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		w := ValueOf(s[i])
		w.flag |= v.flag & hidden
		return w
	}
	panic(&ValueError{"reflect.Value.Index", v.Kind()})
}

// NumMethod is the number of exported methods.
func (v Value) NumMethod() int {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	return v.Type().NumMethod()
}

// Set makes v hold x.
func (v Value) Set(x Value) {
	v.mustSet("Set")
	x.mustShow("Set")
	if x.typ == nil {
		panic(&ValueError{"reflect.Value.Set", Invalid})
	}
	x = x.assign("reflect.Set", v.typ)
	abi.Move(v.typ, v.ptr, x.address())
}

// assign is x as a value of type t, to which it must be assignable.
func (x Value) assign(context string, t *abi.Type) Value {
	switch {
	case x.typ == t:
		return x
	case Kind(t.Kind) == Interface && abi.Has(t, x.typ):
		p := abi.New(t)
		abi.Store(t, p, x.pack())
		return Value{t, p, indirect}
	case assignable(x.typ, t):
		x.typ = t
		return x
	}
	panic(context + ": value of type " + x.typ.String() + " is not assignable to type " + t.String())
}

func (v Value) SetBool(x bool) {
	v.mustSet("SetBool")
	v.is("SetBool", Bool)
	*(*bool)(v.ptr) = x
}

func putInt(p unsafe.Pointer, size uintptr, x uint64) {
	switch size {
	case 1:
		*(*uint8)(p) = uint8(x)
	case 2:
		*(*uint16)(p) = uint16(x)
	case 4:
		*(*uint32)(p) = uint32(x)
	default:
		*(*uint64)(p) = x
	}
}

func (v Value) SetInt(x int64) {
	v.mustSet("SetInt")
	if !v.CanInt() {
		panic(&ValueError{"reflect.Value.SetInt", v.Kind()})
	}
	putInt(v.ptr, v.typ.Size, uint64(x))
}

func (v Value) SetUint(x uint64) {
	v.mustSet("SetUint")
	if !v.CanUint() {
		panic(&ValueError{"reflect.Value.SetUint", v.Kind()})
	}
	putInt(v.ptr, v.typ.Size, x)
}

func putFloat(p unsafe.Pointer, size uintptr, x float64) {
	if size == 4 {
		*(*float32)(p) = float32(x)
	} else {
		*(*float64)(p) = x
	}
}

func (v Value) SetFloat(x float64) {
	v.mustSet("SetFloat")
	v.is("SetFloat", Float32, Float64)
	putFloat(v.ptr, v.typ.Size, x)
}

func (v Value) SetComplex(x complex128) {
	v.mustSet("SetComplex")
	v.is("SetComplex", Complex64, Complex128)
	if v.typ.Size == 8 {
		*(*complex64)(v.ptr) = complex64(x)
	} else {
		*(*complex128)(v.ptr) = x
	}
}

func (v Value) SetString(x string) {
	v.mustSet("SetString")
	v.is("SetString", String)
	*(*string)(v.ptr) = x
}

func (v Value) SetBytes(x []byte) {
	v.mustSet("SetBytes")
	v.is("SetBytes", Slice)
	*(*[]byte)(v.ptr) = x
}

func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustSet("SetPointer")
	v.is("SetPointer", UnsafePointer)
	*(*unsafe.Pointer)(v.ptr) = x
}

// SetZero makes v its type's zero value.
func (v Value) SetZero() {
	v.mustSet("SetZero")
	abi.Clear(v.typ, v.ptr)
}

func (v Value) SetLen(n int) {
	v.mustSet("SetLen")
	v.is("SetLen", Slice)
	s := (*sliceWords)(v.ptr)
	if uint(n) > uint(s.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	s.len = n
}

func (v Value) SetCap(n int) {
	v.mustSet("SetCap")
	v.is("SetCap", Slice)
	s := (*sliceWords)(v.ptr)
	if n < s.len || n > s.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	s.cap = n
}

// Grow makes room for n more elements.
func (v Value) Grow(n int) {
	v.mustSet("Grow")
	v.is("Grow", Slice)
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	s := (*sliceWords)(v.ptr)
	if s.len+n <= s.cap {
		return
	}
	size := max(2*s.cap, s.len+n, 4)
	if s.cap >= 256 {
		size = max(s.cap+s.cap/4+192, s.len+n)
	}
	p := abi.NewArray(v.typ.Elem(), size)
	for i := range s.len {
		o := uintptr(i) * v.typ.Elem().Size
		abi.Move(v.typ.Elem(), unsafe.Add(p, o), unsafe.Add(s.data, o))
	}
	s.data, s.cap = p, size
}

// Slice is v[i:j].
func (v Value) Slice(i, j int) Value { return v.cut("Slice", i, j, -1) }

// Slice3 is v[i:j:k].
func (v Value) Slice3(i, j, k int) Value { return v.cut("Slice3", i, j, k) }

func (v Value) cut(method string, i, j, k int) Value {
	var s sliceWords
	t := v.typ
	switch v.Kind() {
	case String:
		return Value{v.typ, unsafe.Pointer(box(v.String()[i:j])), v.flag&hidden | indirect}
	case Slice:
		s = *(*sliceWords)(v.ptr)
	case Array:
		if !v.CanAddr() {
			panic("reflect.Value." + method + ": slice of unaddressable array")
		}
		s = sliceWords{v.ptr, v.typ.Len(), v.typ.Len()}
		t = abi.SliceOf(v.typ.Elem())
	default:
		panic(&ValueError{"reflect.Value." + method, v.Kind()})
	}
	if k < 0 {
		k = s.cap
	}
	if i < 0 || j < i || k < j || k > s.cap {
		panic("reflect.Value." + method + ": slice index out of bounds")
	}
	p := s.data
	if k > i {
		p = unsafe.Add(p, uintptr(i)*t.Elem().Size)
	}
	return Value{t, unsafe.Pointer(&sliceWords{p, j - i, k - i}), v.flag&hidden | indirect}
}

func box(s string) *string { return &s }

// New is a pointer to a new zero value.
func New(t Type) Value {
	if t == nil {
		panic("reflect: New(nil)")
	}
	return Value{abi.PointerTo(t.common()), abi.New(t.common()), 0}
}

// NewAt is a pointer of type *t to p.
func NewAt(t Type, p unsafe.Pointer) Value { return Value{abi.PointerTo(t.common()), p, 0} }

// Zero is the zero value of a type; it cannot be set.
func Zero(t Type) Value {
	if t == nil {
		panic("reflect: Zero(nil)")
	}
	if t.common().DirectIface() {
		return Value{t.common(), nil, 0}
	}
	return Value{t.common(), abi.New(t.common()), indirect}
}

// MakeSlice is a new slice.
func MakeSlice(t Type, len, cap int) Value {
	if t.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if len < 0 || cap < len {
		panic("reflect.MakeSlice: len > cap")
	}
	return Value{t.common(), unsafe.Pointer(&sliceWords{abi.NewArray(t.common().Elem(), cap), len, cap}), indirect}
}

// MakeMap is a new map.
func MakeMap(t Type) Value { return MakeMapWithSize(t, 0) }

// MakeMapWithSize is a new map with room for n entries.
func MakeMapWithSize(t Type, n int) Value {
	if t.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	return Value{t.common(), abi.MakeMap(t.common(), n), 0}
}

// MapIndex is the element of key; the zero Value if there is none.
func (v Value) MapIndex(key Value) Value {
	v.is("MapIndex", Map)
	key = key.assign("reflect.Value.MapIndex", v.typ.Key())
	if v.load() == nil {
		return Value{}
	}
	p := abi.MapGet(v.typ, v.load(), key.address())
	if p == nil {
		return Value{}
	}
	return snapshot(v.typ.MapElem(), p, (v.flag|key.flag)&hidden)
}

// snapshot is a copy of what lies at p, which is no variable.
func snapshot(t *abi.Type, p unsafe.Pointer, f flag) Value {
	if t.DirectIface() {
		return Value{t, *(*unsafe.Pointer)(p), f}
	}
	c := abi.New(t)
	abi.Move(t, c, p)
	return Value{t, c, f | indirect}
}

// SetMapIndex sets the element of key; the zero Value deletes it.
func (v Value) SetMapIndex(key, elem Value) {
	v.is("SetMapIndex", Map)
	v.mustShow("SetMapIndex")
	key = key.assign("reflect.Value.SetMapIndex", v.typ.Key())
	m := v.load()
	if elem.typ == nil {
		if m != nil {
			abi.MapDelete(v.typ, m, key.address())
		}
		return
	}
	if m == nil {
		panic("assignment to entry in nil map")
	}
	elem = elem.assign("reflect.Value.SetMapIndex", v.typ.MapElem())
	abi.Move(v.typ.MapElem(), abi.MapPut(v.typ, m, key.address()), elem.address())
}

// MapKeys are the keys, in no order.
func (v Value) MapKeys() []Value {
	v.is("MapKeys", Map)
	out := make([]Value, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		out = append(out, it.Key())
	}
	return out
}

// MapIter goes over a map.
type MapIter struct {
	m       Value
	it      abi.Iter
	started bool
}

// MapRange gives an iterator.
func (v Value) MapRange() *MapIter {
	v.is("MapRange", Map)
	return &MapIter{m: v}
}

// Next goes to the next entry.
func (it *MapIter) Next() bool {
	if !it.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if !it.started {
		it.started = true
		if it.m.load() == nil {
			return false
		}
		it.it.Start(it.m.typ, it.m.load())
	} else {
		if it.it.Key() == nil {
			panic("MapIter.Next called on exhausted iterator")
		}
		it.it.Next()
	}
	return it.it.Key() != nil
}

func (it *MapIter) Key() Value   { return snapshot(it.m.typ.Key(), it.it.Key(), it.m.flag&hidden) }
func (it *MapIter) Value() Value { return snapshot(it.m.typ.MapElem(), it.it.Elem(), it.m.flag&hidden) }

// Reset makes it go over v.
func (it *MapIter) Reset(v Value) { *it = MapIter{m: v} }

func (v Value) SetIterKey(it *MapIter)   { v.Set(it.Key()) }
func (v Value) SetIterValue(it *MapIter) { v.Set(it.Value()) }

// Clear empties a map or zeroes a slice.
func (v Value) Clear() {
	v.is("Clear", Map, Slice)
	if v.Kind() == Map {
		if m := v.load(); m != nil {
			abi.MapClear(v.typ, m)
		}
		return
	}
	for i := range v.Len() {
		abi.Clear(v.typ.Elem(), v.Index(i).ptr)
	}
}

// Comparable reports whether Equal may be called.
func (v Value) Comparable() bool {
	switch v.Kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		for i := range v.Len() {
			if !v.Index(i).Comparable() {
				return false
			}
		}
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Comparable() {
				return false
			}
		}
	case Func, Map, Slice:
		return false
	}
	return true
}

// Equal is v == u.
func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.typ != u.typ {
		return false
	}
	if !v.Comparable() {
		panic("reflect.Value.Equal: values of type " + v.typ.String() + " are not comparable")
	}
	return abi.Equal(v.typ, v.address(), u.address())
}

// Convert is v converted to t.
func (v Value) Convert(t Type) Value {
	if !v.Type().ConvertibleTo(t) {
		panic("reflect.Value.Convert: value of type " + v.typ.String() + " cannot be converted to type " + t.String())
	}
	to := t.common()
	fresh := func() Value { return Value{to, abi.New(to), indirect | v.flag&hidden} }
	f, k := v.Kind(), t.Kind()
	switch {
	case (isInt(k) || isUint(k)) && (isInt(f) || isUint(f) || isFloat(f)):
		var x uint64
		switch {
		case isInt(f):
			x = uint64(v.Int())
		case isUint(f):
			x = v.Uint()
		case isInt(k):
			x = uint64(int64(v.Float()))
		default:
			x = uint64(v.Float())
		}
		w := fresh()
		putInt(w.ptr, to.Size, x)
		return w
	case isFloat(k):
		var x float64
		switch {
		case isInt(f):
			x = float64(v.Int())
		case isUint(f):
			x = float64(v.Uint())
		default:
			x = v.Float()
		}
		w := fresh()
		putFloat(w.ptr, to.Size, x)
		return w
	case isComplex(k):
		w := fresh()
		w.flag |= addressable
		w.SetComplex(v.Complex())
		w.flag &^= addressable
		return w
	case k == String && f != String:
		w := fresh()
		p := (*string)(w.ptr)
		switch {
		case isInt(f):
			if r := v.Int(); int64(rune(r)) == r {
				*p = string(rune(r))
			} else {
				*p = "\uFFFD"
			}
		case isUint(f):
			if r := v.Uint(); uint64(rune(r)) == r {
				*p = string(rune(r))
			} else {
				*p = "\uFFFD"
			}
		case Kind(v.typ.Elem().Kind) == Uint8:
			*p = string(*(*[]byte)(v.ptr))
		default:
			*p = string(*(*[]rune)(v.ptr))
		}
		return w
	case f == String && k == Slice:
		w := fresh()
		if Kind(to.Elem().Kind) == Uint8 {
			*(*[]byte)(w.ptr) = []byte(v.String())
		} else {
			*(*[]rune)(w.ptr) = []rune(v.String())
		}
		return w
	case f == Slice && k == Array:
		if v.Len() < t.Len() {
			panic("reflect: cannot convert slice with length " + strconv.Itoa(v.Len()) + " to array with length " + strconv.Itoa(t.Len()))
		}
		w := fresh()
		abi.Move(to, w.ptr, (*sliceWords)(v.ptr).data)
		return w
	case f == Slice && k == Pointer:
		if v.Len() < t.Elem().Len() {
			panic("reflect: cannot convert slice with length " + strconv.Itoa(v.Len()) + " to pointer to array with length " + strconv.Itoa(t.Elem().Len()))
		}
		return Value{to, (*sliceWords)(v.ptr).data, v.flag & hidden}
	case k == Interface:
		return v.assign("reflect.Value.Convert", to)
	}
	if v.flag&addressable != 0 {
		v = snapshot(v.typ, v.ptr, v.flag&hidden)
	}
	v.typ = to
	return v
}

// Append adds elements to a slice.
func Append(s Value, x ...Value) Value {
	s.is("Append", Slice)
	n := s.Len()
	out := New(s.Type()).Elem()
	out.Set(s)
	out.Grow(len(x))
	out.SetLen(n + len(x))
	for i, e := range x {
		out.Index(n + i).Set(e)
	}
	out.flag &^= addressable
	return out
}

// AppendSlice adds the elements of t.
func AppendSlice(s, t Value) Value {
	list := make([]Value, t.Len())
	for i := range list {
		list[i] = t.Index(i)
	}
	return Append(s, list...)
}

// Copy copies elements from src to dst.
func Copy(dst, src Value) int {
	n := min(dst.Len(), src.Len())
	tmp := make([]Value, n)
	for i := range tmp {
		e := src.Index(i)
		tmp[i] = snapshot(e.typ, e.address(), 0)
	}
	for i, e := range tmp {
		dst.Index(i).Set(e)
	}
	return n
}

// Swapper swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{"Swapper", v.Kind()})
	}
	s := abi.NewSwapper(slice)
	return func(i, j int) { s.Swap(i, j) }
}

// Seq goes over the value as range with one variable does.
func (v Value) Seq() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		switch k := v.Kind(); {
		case isInt(k):
			for i := int64(0); i < v.Int(); i++ {
				if !yield(ValueOf(i).Convert(v.Type())) {
					return
				}
			}
		case isUint(k):
			for i := uint64(0); i < v.Uint(); i++ {
				if !yield(ValueOf(i).Convert(v.Type())) {
					return
				}
			}
		case k == Map:
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		case k == String:
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		default:
			for i := range v.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	}
}

// Seq2 goes over the value as range with two variables does.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	return func(yield func(Value, Value) bool) {
		switch v.Kind() {
		case Map:
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		case String:
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		default:
			w := Indirect(v)
			for i := range w.Len() {
				if !yield(ValueOf(i), w.Index(i)) {
					return
				}
			}
		}
	}
}

func (v Value) OverflowInt(x int64) bool          { return v.Type().OverflowInt(x) }
func (v Value) OverflowUint(x uint64) bool        { return v.Type().OverflowUint(x) }
func (v Value) OverflowFloat(x float64) bool      { return v.Type().OverflowFloat(x) }
func (v Value) OverflowComplex(x complex128) bool { return v.Type().OverflowComplex(x) }
