// Package rtype reads the type descriptors the compiler lays out, so that fmt
// and others can look inside values without a full package reflect. The layout
// is that of lib/abi/type.ts.
package rtype

import "unsafe"

// Kinds of types.
const (
	Bool          = 1
	Int           = 2
	Int8          = 3
	Int16         = 4
	Int32         = 5
	Int64         = 6
	Uint          = 7
	Uint8         = 8
	Uint16        = 9
	Uint32        = 10
	Uint64        = 11
	Uintptr       = 12
	Float32       = 13
	Float64       = 14
	Complex64     = 15
	Complex128    = 16
	Array         = 17
	Chan          = 18
	Func          = 19
	Interface     = 20
	Map           = 21
	Pointer       = 22
	Slice         = 23
	String        = 24
	Struct        = 25
	UnsafePointer = 26
)

const (
	tflagNamed       = 4
	tflagDirectIface = 16
)

// Type is a type descriptor.
type Type struct {
	Size       uintptr
	ptrdata    uintptr
	hash       uint32
	tflag      uint8
	align      uint8
	fieldAlign uint8
	Kind       uint8
	equal      uint32
	hashFn     uint32
	gcdata     unsafe.Pointer
	str        *byte
	strLen     int
	uncommon   unsafe.Pointer
	elem       *Type
	word1      uintptr
	word2      uintptr
	word3      uintptr
	word4      uintptr
}

type field struct {
	name    *byte
	nameLen int
	typ     *Type
	offset  uintptr
	flags   uintptr
	tag     *byte
	tagLen  int
}

type eface struct {
	typ  *Type
	data unsafe.Pointer
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

type itab struct {
	inter *Type
	typ   *Type
}

// Value is a value of some type, by its address.
type Value struct {
	Type *Type
	Ptr  unsafe.Pointer
	Flag uint8
}

// Flags of a Value: it is a variable of the program, and not a copy; it was
// reached through an unexported field.
const (
	Addr     = 1
	ReadOnly = 2
)

// Of gives the dynamic value of v; v must stay alive, as the Value may point into it.
func Of(v *any) Value {
	e := (*eface)(unsafe.Pointer(v))
	if e.typ == nil {
		return Value{}
	}
	if e.typ.tflag&tflagDirectIface != 0 {
		return Value{e.typ, unsafe.Pointer(&e.data), 0}
	}
	return Value{e.typ, e.data, 0}
}

// TypeOf gives the dynamic type of v, nil for a nil interface.
func TypeOf(v any) *Type { return (*eface)(unsafe.Pointer(&v)).typ }

// Any packs the value into an interface again; a variable is copied.
func (v Value) Any() any {
	var out any
	e := (*eface)(unsafe.Pointer(&out))
	if v.Type == nil {
		return nil
	}
	if v.Type.Kind == Interface {
		inner := v.Elem()
		return inner.Any()
	}
	e.typ = v.Type
	switch {
	case v.Type.tflag&tflagDirectIface != 0:
		e.data = *(*unsafe.Pointer)(v.Ptr)
	case v.Flag&Addr != 0:
		e.data = copyOf(v.Type, v.Ptr)
	default:
		e.data = v.Ptr
	}
	return out
}

// copyOf is new memory with what p points at.
func copyOf(t *Type, p unsafe.Pointer) unsafe.Pointer {
	c := newobject(t)
	typedmemmove(t, c, p)
	return c
}

// String is the type's text: main.T, []int.
func (t *Type) String() string { return unsafe.String(t.str, t.strLen) }

// Named reports whether the type has a name of its own.
func (t *Type) Named() bool { return t.tflag&tflagNamed != 0 }

// Elem is the element type of an array, slice, pointer or channel.
func (t *Type) Elem() *Type { return t.elem }

// Key is a map's key type.
func (t *Type) Key() *Type { return t.elem }

// MapElem is a map's element type.
func (t *Type) MapElem() *Type { return (*Type)(unsafe.Pointer(t.word1)) }

// Len is an array's length.
func (t *Type) Len() int { return int(t.word1) }

// NumField is a struct's number of fields.
func (t *Type) NumField() int { return int(t.word1) }

func (t *Type) field(i int) *field {
	return (*field)(unsafe.Add(unsafe.Pointer(t.elem), uintptr(i)*unsafe.Sizeof(field{})))
}

// FieldName is the name of field i.
func (t *Type) FieldName(i int) string {
	f := t.field(i)
	return unsafe.String(f.name, f.nameLen)
}

// FieldTag is the tag of field i.
func (t *Type) FieldTag(i int) string {
	f := t.field(i)
	if f.tagLen == 0 {
		return ""
	}
	return unsafe.String(f.tag, f.tagLen)
}

// FieldExported reports whether field i is exported.
func (t *Type) FieldExported(i int) bool { return t.field(i).flags&2 != 0 }

// FieldEmbedded reports whether field i is embedded.
func (t *Type) FieldEmbedded(i int) bool { return t.field(i).flags&1 != 0 }

// Field is field i of a struct.
func (v Value) Field(i int) Value {
	f := v.Type.field(i)
	flag := v.Flag
	if f.flags&2 == 0 {
		flag |= ReadOnly
	}
	return Value{f.typ, unsafe.Add(v.Ptr, f.offset), flag}
}

// Index is element i of an array or slice.
func (v Value) Index(i int) Value {
	base, flag := v.Ptr, v.Flag
	if v.Type.Kind == Slice {
		base = *(*unsafe.Pointer)(v.Ptr)
		flag |= Addr
	}
	return Value{v.Type.elem, unsafe.Add(base, uintptr(i)*v.Type.elem.Size), flag}
}

// Len is the length of an array, slice, string, map or channel.
func (v Value) Len() int {
	switch v.Type.Kind {
	case Array:
		return v.Type.Len()
	case Slice, String:
		return *(*int)(unsafe.Add(v.Ptr, 8))
	case Map:
		return maplen(*(*unsafe.Pointer)(v.Ptr))
	}
	return 0
}

// Word is the value's first word: the pointer of a pointer, map, channel, func or slice.
func (v Value) Word() uintptr { return *(*uintptr)(v.Ptr) }

// Elem is what a pointer points at, or what an interface holds; Type is nil for nil.
func (v Value) Elem() Value {
	if v.Type.Kind == Pointer {
		p := *(*unsafe.Pointer)(v.Ptr)
		if p == nil {
			return Value{}
		}
		return Value{v.Type.elem, p, v.Flag | Addr}
	}
	i := (*iface)(v.Ptr)
	if i.tab == nil {
		return Value{}
	}
	t := (*Type)(unsafe.Pointer(i.tab))
	if v.Type.word1 != 0 {
		t = i.tab.typ
	}
	if t.tflag&tflagDirectIface != 0 {
		return Value{t, unsafe.Pointer(&i.data), v.Flag &^ Addr}
	}
	return Value{t, i.data, v.Flag &^ Addr}
}

// Int is a signed integer's value.
func (v Value) Int() int64 {
	switch v.Type.Size {
	case 1:
		return int64(*(*int8)(v.Ptr))
	case 2:
		return int64(*(*int16)(v.Ptr))
	case 4:
		return int64(*(*int32)(v.Ptr))
	}
	return *(*int64)(v.Ptr)
}

// Uint is an unsigned integer's value.
func (v Value) Uint() uint64 {
	switch v.Type.Size {
	case 1:
		return uint64(*(*uint8)(v.Ptr))
	case 2:
		return uint64(*(*uint16)(v.Ptr))
	case 4:
		return uint64(*(*uint32)(v.Ptr))
	}
	return *(*uint64)(v.Ptr)
}

// Float is a floating-point value.
func (v Value) Float() float64 {
	if v.Type.Size == 4 {
		return float64(*(*float32)(v.Ptr))
	}
	return *(*float64)(v.Ptr)
}

// Complex is a complex value.
func (v Value) Complex() complex128 {
	if v.Type.Size == 8 {
		return complex128(*(*complex64)(v.Ptr))
	}
	return *(*complex128)(v.Ptr)
}

// Bool is a boolean's value.
func (v Value) Bool() bool { return *(*bool)(v.Ptr) }

// Str is a string's value.
func (v Value) Str() string { return *(*string)(v.Ptr) }

// Bytes is a slice of bytes.
func (v Value) Bytes() []byte { return *(*[]byte)(v.Ptr) }

// Entry is a key and its element.
type Entry struct{ Key, Elem Value }

// MapEntries is copies of a map's keys and elements, in iteration order.
func (v Value) MapEntries() []Entry {
	m := *(*unsafe.Pointer)(v.Ptr)
	entries := make([]Entry, 0, maplen(m))
	if m == nil {
		return entries
	}
	var it [12]unsafe.Pointer
	mapiterinit(v.Type, m, unsafe.Pointer(&it))
	for it[0] != nil {
		entries = append(entries, Entry{part(v.Type.Key(), it[0], v.Flag), part(v.Type.MapElem(), it[1], v.Flag)})
		mapiternext(unsafe.Pointer(&it))
	}
	return entries
}

// part is a copy of what a map holds at p; a pointer stays where it is.
func part(t *Type, p unsafe.Pointer, flag uint8) Value {
	if t.tflag&tflagDirectIface == 0 {
		p = copyOf(t, p)
	}
	return Value{t, p, flag & ReadOnly}
}

func maplen(m unsafe.Pointer) int

//go:noescape
func mapiterinit(t *Type, m, it unsafe.Pointer)

//go:noescape
func mapiternext(it unsafe.Pointer)

// Comparable reports whether values of the type can be compared without a panic of the type itself.
func (t *Type) Comparable() bool { return t.equal != 0 || t.Kind == Interface }

// Implements reports whether type t has the method of interface error. SIMPLIFIED: asked only of types that errors.As is given.
func Implements(t *Type, _ error) bool { return hasMethod(t, "Error") }

func hasMethod(t *Type, name string) bool {
	if t.uncommon == nil {
		return false
	}
	methods := *(*unsafe.Pointer)(unsafe.Add(t.uncommon, 32))
	n := *(*int)(unsafe.Add(t.uncommon, 40))
	for i := 0; i < n; i++ {
		m := unsafe.Add(methods, i*48)
		if unsafe.String(*(**byte)(m), *(*int)(unsafe.Add(m, 8))) == name {
			return true
		}
	}
	return false
}

// StoreIfAssignable stores err in *target if its dynamic type is target's element type or implements it.
func StoreIfAssignable(target any, err error) bool {
	t := (*eface)(unsafe.Pointer(&target))
	want := t.typ.elem
	var v any = err
	e := (*eface)(unsafe.Pointer(&v))
	if want.Kind == Interface {
		if want.word1 == 0 {
			*(*eface)(t.data) = *e
			return true
		}
		tab := itabOf(want, e.typ)
		if tab == nil {
			return false
		}
		*(*iface)(t.data) = iface{(*itab)(tab), e.data}
		return true
	}
	if want != e.typ {
		return false
	}
	if want.tflag&tflagDirectIface != 0 {
		*(*unsafe.Pointer)(t.data) = e.data
	} else {
		typedmemmove(want, t.data, e.data)
	}
	return true
}

// itabOf is the itab of an interface and a concrete type, nil if a method is missing.
//
//go:noescape
func itabOf(inter, t *Type) unsafe.Pointer

//go:noescape
func typedmemmove(t *Type, dst, src unsafe.Pointer)

// Swapper swaps elements of a slice of any type.
type Swapper struct {
	Len  int
	base unsafe.Pointer
	elem *Type
	tmp  unsafe.Pointer
	// The slice itself; real Go holds it too.
	list unsafe.Pointer
}

// NewSwapper looks into the slice x.
func NewSwapper(x any) *Swapper {
	e := (*eface)(unsafe.Pointer(&x))
	if e.typ == nil || e.typ.Kind != Slice {
		panic("reflect: call of Swapper on value that is no slice")
	}
	list := (*slice)(e.data)
	elem := e.typ.elem
	return &Swapper{Len: list.len, base: list.base, elem: elem, tmp: newobject(elem), list: e.data}
}

type slice struct {
	base     unsafe.Pointer
	len, cap int
}

func newobject(t *Type) unsafe.Pointer

// Swap swaps elements i and j.
func (s *Swapper) Swap(i, j int) {
	if uint(i) >= uint(s.Len) || uint(j) >= uint(s.Len) {
		panic("reflect: slice index out of range")
	}
	p, q := unsafe.Add(s.base, uintptr(i)*s.elem.Size), unsafe.Add(s.base, uintptr(j)*s.elem.Size)
	typedmemmove(s.elem, s.tmp, p)
	typedmemmove(s.elem, p, q)
	typedmemmove(s.elem, q, s.tmp)
}
