package rtype

import "unsafe"

// What package reflect needs beyond fmt's wants.

// Method is a method of a type, or of an interface (then without Fn).
type Method struct {
	name    *byte
	nameLen int
	Type    *Type
	pkg     *byte
	pkgLen  int
	Fn      uint32
	flags   uint32
}

type imethod struct {
	name    *byte
	nameLen int
	typ     *Type
	pkg     *byte
	pkgLen  int
}

// Name is the method's name.
func (m *Method) Name() string { return unsafe.String(m.name, m.nameLen) }

// Pkg is the path of the package of an unexported method.
func (m *Method) Pkg() string { return text(m.pkg, m.pkgLen) }

func text(p *byte, n int) string {
	if n == 0 {
		return ""
	}
	return unsafe.String(p, n)
}

// Align, FieldAlign, DirectIface and EqualFn read the head.
func (t *Type) Align() int        { return int(t.align) }
func (t *Type) FieldAlign() int   { return int(t.fieldAlign) }
func (t *Type) DirectIface() bool { return t.tflag&tflagDirectIface != 0 }

// NumMethod is the number of methods: of an interface, or of any other type, unexported ones too.
func (t *Type) NumMethod() int {
	if t.Kind == Interface {
		return int(t.word1)
	}
	if t.uncommon == nil {
		return 0
	}
	return *(*int)(unsafe.Add(t.uncommon, 40))
}

// Method is method i in order of names.
func (t *Type) Method(i int) Method {
	if t.Kind == Interface {
		m := (*imethod)(unsafe.Add(unsafe.Pointer(t.elem), uintptr(i)*unsafe.Sizeof(imethod{})))
		return Method{m.name, m.nameLen, m.typ, m.pkg, m.pkgLen, 0, 0}
	}
	return *(*Method)(unsafe.Add(*(*unsafe.Pointer)(unsafe.Add(t.uncommon, 32)), uintptr(i)*unsafe.Sizeof(Method{})))
}

// PkgPath and Name are those of a defined type.
func (t *Type) PkgPath() string {
	if t.uncommon == nil {
		return ""
	}
	return text(*(**byte)(t.uncommon), *(*int)(unsafe.Add(t.uncommon, 8)))
}

func (t *Type) Name() string {
	if !t.Named() {
		return ""
	}
	// The text after the last point outside of brackets.
	s := t.String()
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ']':
			depth++
		case '[':
			depth--
		case '.':
			if depth == 0 {
				return s[i+1:]
			}
		}
	}
	return s
}

// FieldType and FieldOffset are those of field i.
func (t *Type) FieldType(i int) *Type     { return t.field(i).typ }
func (t *Type) FieldOffset(i int) uintptr { return t.field(i).offset }
func (t *Type) ChanDir() int              { return int(t.word1) }
func (t *Type) NumIn() int                { return int(t.word1) }
func (t *Type) NumOut() int               { return int(t.word3) }
func (t *Type) Variadic() bool            { return t.word4 != 0 }
func (t *Type) In(i int) *Type            { return nth(unsafe.Pointer(t.elem), i) }
func (t *Type) Out(i int) *Type           { return nth(unsafe.Pointer(t.word2), i) }
func nth(p unsafe.Pointer, i int) *Type   { return *(**Type)(unsafe.Add(p, uintptr(i)*8)) }

// Make gives a value of type t at p.
func Make(t *Type, p unsafe.Pointer) Value { return Value{t, p, 0} }

// Store makes *dst, of interface type t, hold the value v; nil if v's type lacks a method.
func Store(t *Type, dst unsafe.Pointer, v any) bool {
	e := (*eface)(unsafe.Pointer(&v))
	if t.word1 == 0 || e.typ == nil {
		*(*eface)(dst) = *e
		return true
	}
	tab := itabOf(t, e.typ)
	if tab == nil {
		return false
	}
	*(*iface)(dst) = iface{(*itab)(tab), e.data}
	return true
}

// Has reports whether t has the methods of the interface.
func Has(inter, t *Type) bool {
	if inter.word1 == 0 {
		return true
	}
	if t.Kind != Interface {
		return itabOf(inter, t) != nil
	}
	for i, j, n := 0, 0, t.NumMethod(); i < inter.NumMethod(); i++ {
		want := inter.Method(i)
		for ; j < n; j++ {
			if m := t.Method(j); m.Name() == want.Name() && m.Type == want.Type {
				break
			}
		}
		if j == n {
			return false
		}
	}
	return true
}

// New gives zeroed memory for a value, or for n in a row.
func New(t *Type) unsafe.Pointer              { return newobject(t) }
func NewArray(t *Type, n int) unsafe.Pointer  { return newarray(t, int32(n)) }
func Move(t *Type, dst, src unsafe.Pointer)   { typedmemmove(t, dst, src) }
func Clear(t *Type, p unsafe.Pointer)         { typedmemclr(t, p) }
func Equal(t *Type, p, q unsafe.Pointer) bool { return typeequal(t, p, q) }

func newarray(t *Type, n int32) unsafe.Pointer

//go:noescape
func typedmemclr(t *Type, p unsafe.Pointer)

//go:noescape
func typeequal(t *Type, p, q unsafe.Pointer) bool

// MakeMap, MapGet (nil: no such key), MapPut (where the element goes), MapDelete, MapClear and MapLen work on maps of type t.
func MakeMap(t *Type, hint int) unsafe.Pointer             { return makemap(t, int32(hint)) }
func MapGet(t *Type, m, key unsafe.Pointer) unsafe.Pointer { return mapget(t, m, key) }
func MapPut(t *Type, m, key unsafe.Pointer) unsafe.Pointer { return mapput(t, m, key) }
func MapDelete(t *Type, m, key unsafe.Pointer)             { mapdelete(t, m, key) }
func MapClear(t *Type, m unsafe.Pointer)                   { mapclear(t, m) }
func MapLen(m unsafe.Pointer) int                          { return maplen(m) }

func makemap(t *Type, hint int32) unsafe.Pointer

//go:noescape
func mapget(t *Type, m, key unsafe.Pointer) unsafe.Pointer
func mapput(t *Type, m, key unsafe.Pointer) unsafe.Pointer

//go:noescape
func mapdelete(t *Type, m, key unsafe.Pointer)

//go:noescape
func mapclear(t *Type, m unsafe.Pointer)

// Iter goes over a map: Key is nil at the end.
type Iter struct {
	words [12]unsafe.Pointer
}

func (it *Iter) Start(t *Type, m unsafe.Pointer) { mapiterinit(t, m, unsafe.Pointer(it)) }
func (it *Iter) Next()                           { mapiternext(unsafe.Pointer(it)) }
func (it *Iter) Key() unsafe.Pointer             { return it.words[0] }
func (it *Iter) Elem() unsafe.Pointer            { return it.words[1] }

// made holds the types that the program has no descriptor of.
var made = map[string]*Type{}

// find looks a compiled type up by its link name; alike gives it as a prefix of t's own: "*", "[]".
//
//go:noescape
func find(t *Type, prefix string) *Type

// PointerTo is *t, SliceOf []t.
func PointerTo(t *Type) *Type {
	if t.uncommon != nil {
		if p := *(**Type)(unsafe.Add(t.uncommon, 48)); p != nil {
			return p
		}
	}
	return derive(t, "*", Pointer, 8, tflagDirectIface|8)
}

func SliceOf(t *Type) *Type { return derive(t, "[]", Slice, 24, 0) }

var oneWord = byte(1)

func derive(t *Type, prefix string, kind uint8, size uintptr, flags uint8) *Type {
	if d := find(t, prefix); d != nil {
		return d
	}
	key := prefix + t.String() + "\x00" + t.PkgPath()
	if d := made[key]; d != nil && d.elem == t {
		return d
	}
	s := prefix + t.String()
	d := &Type{Size: size, ptrdata: 8, tflag: flags, align: 8, fieldAlign: 8, Kind: kind, gcdata: unsafe.Pointer(&oneWord), str: unsafe.StringData(s), strLen: len(s), elem: t}
	made[key] = d
	return d
}

// Interned finds a type by its text among those of the program; nil if there is none.
func Interned(s string) *Type { return byText(s) }

//go:noescape
func byText(s string) *Type

// Inside is the value that a reflect.Value holds: v itself, and false, if v is something else. The type is nil for the zero Value.
func Inside(v Value) (Value, bool) {
	if v.Type.Kind != Struct || v.Type.String() != "reflect.Value" || v.Type.PkgPath() != "reflect" {
		return v, false
	}
	held := (*struct {
		typ  *Type
		ptr  unsafe.Pointer
		flag uint8
	})(v.Ptr)
	if held.flag&1 == 0 {
		return Value{held.typ, unsafe.Pointer(&held.ptr), 0}, true
	}
	return Value{held.typ, held.ptr, held.flag >> 1 & Addr}, true
}

// SetBits stores an integer, SetFloat and SetComplex a number, in the value's size.
func (v Value) SetBits(x uint64) {
	switch v.Type.Size {
	case 1:
		*(*uint8)(v.Ptr) = uint8(x)
	case 2:
		*(*uint16)(v.Ptr) = uint16(x)
	case 4:
		*(*uint32)(v.Ptr) = uint32(x)
	default:
		*(*uint64)(v.Ptr) = x
	}
}

func (v Value) SetFloat(x float64) {
	if v.Type.Size == 4 {
		*(*float32)(v.Ptr) = float32(x)
	} else {
		*(*float64)(v.Ptr) = x
	}
}

func (v Value) SetComplex(x complex128) {
	if v.Type.Size == 8 {
		*(*complex64)(v.Ptr) = complex64(x)
	} else {
		*(*complex128)(v.Ptr) = x
	}
}
