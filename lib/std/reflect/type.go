// Package reflect looks into values of any type.
//
// SIMPLIFIED: functions and methods cannot be called, and new types are pointers and slices only, or types the program has.
package reflect

import (
	abi "internal/rtype"
	"iter"
	"strconv"
	"unsafe"
)

// Kind is the sort of a type.
type Kind uint

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Ptr is the old name of Pointer.
const Ptr = Pointer

var kindNames = [...]string{"invalid", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	"float32", "float64", "complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr", "slice", "string", "struct", "unsafe.Pointer"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind" + strconv.Itoa(int(k))
}

// ChanDir is a channel's direction.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

func (d ChanDir) String() string {
	switch d {
	case SendDir:
		return "chan<-"
	case RecvDir:
		return "<-chan"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(d))
}

// Type is a Go type; types are equal exactly when == says so.
type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	Methods() iter.Seq[Method]
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	Fields() iter.Seq[StructField]
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Ins() iter.Seq[Type]
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	Outs() iter.Seq[Type]
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool
	common() *abi.Type
}

// rtype is a descriptor with Type's methods.
type rtype struct{ t abi.Type }

func wrap(t *abi.Type) Type {
	if t == nil {
		return nil
	}
	return (*rtype)(unsafe.Pointer(t))
}

// TypeOf is the dynamic type of i; nil for a nil interface.
func TypeOf(i any) Type { return wrap(abi.TypeOf(i)) }

// TypeFor is the type T.
func TypeFor[T any]() Type { return TypeOf((*T)(nil)).Elem() }

// PointerTo is the type *t.
func PointerTo(t Type) Type { return wrap(abi.PointerTo(t.common())) }

// PtrTo is the old name of PointerTo.
func PtrTo(t Type) Type { return PointerTo(t) }

// SliceOf is the type []t.
func SliceOf(t Type) Type { return wrap(abi.SliceOf(t.common())) }

// known finds a type that the program must have itself.
func known(s string) Type {
	t := abi.Interned(s)
	if t == nil {
		panic("reflect: the program has no type " + s + " (the lab makes no new ones)")
	}
	return wrap(t)
}

// MapOf is map[key]elem, ArrayOf [length]elem, ChanOf a channel, if the program has that type.
func MapOf(key, elem Type) Type { return known("map[" + key.String() + "]" + elem.String()) }
func ArrayOf(length int, elem Type) Type {
	return known("[" + strconv.Itoa(length) + "]" + elem.String())
}
func ChanOf(dir ChanDir, t Type) Type { return known(dir.String() + " " + t.String()) }

func (r *rtype) common() *abi.Type { return &r.t }
func (r *rtype) Align() int        { return r.t.Align() }
func (r *rtype) FieldAlign() int   { return r.t.FieldAlign() }
func (r *rtype) Name() string      { return r.t.Name() }
func (r *rtype) Size() uintptr     { return r.t.Size }
func (r *rtype) String() string    { return r.t.String() }
func (r *rtype) Kind() Kind        { return Kind(r.t.Kind) }
func (r *rtype) Comparable() bool  { return r.t.Comparable() }
func (r *rtype) PkgPath() string {
	if !r.t.Named() {
		return ""
	}
	return r.t.PkgPath()
}

func (r *rtype) only(k Kind, what string) {
	if r.Kind() != k {
		panic("reflect: " + what + " of non-" + k.String() + " type " + r.String())
	}
}

func (r *rtype) Bits() int {
	if k := r.Kind(); k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + r.String())
	}
	return int(r.t.Size) * 8
}

func (r *rtype) ChanDir() ChanDir {
	r.only(Chan, "ChanDir")
	return ChanDir(r.t.ChanDir())
}

func (r *rtype) Elem() Type {
	switch r.Kind() {
	case Array, Chan, Pointer, Slice:
		return wrap(r.t.Elem())
	case Map:
		return wrap(r.t.MapElem())
	}
	panic("reflect: Elem of invalid type " + r.String())
}

func (r *rtype) Key() Type {
	r.only(Map, "Key")
	return wrap(r.t.Key())
}

func (r *rtype) Len() int {
	r.only(Array, "Len")
	return r.t.Len()
}

func (r *rtype) NumField() int {
	r.only(Struct, "NumField")
	return r.t.NumField()
}

func (r *rtype) NumIn() int       { r.only(Func, "NumIn"); return r.t.NumIn() }
func (r *rtype) NumOut() int      { r.only(Func, "NumOut"); return r.t.NumOut() }
func (r *rtype) In(i int) Type    { r.only(Func, "In"); return wrap(r.t.In(i)) }
func (r *rtype) Out(i int) Type   { r.only(Func, "Out"); return wrap(r.t.Out(i)) }
func (r *rtype) IsVariadic() bool { r.only(Func, "IsVariadic"); return r.t.Variadic() }

func each[T any](n int, f func(int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if !yield(f(i)) {
				return
			}
		}
	}
}

func (r *rtype) Ins() iter.Seq[Type]           { return each(r.NumIn(), r.In) }
func (r *rtype) Outs() iter.Seq[Type]          { return each(r.NumOut(), r.Out) }
func (r *rtype) Fields() iter.Seq[StructField] { return each(r.NumField(), r.Field) }
func (r *rtype) Methods() iter.Seq[Method]     { return each(r.NumMethod(), r.Method) }

// Method is a method of a type. SIMPLIFIED: Func cannot be called.
type Method struct {
	Name    string
	PkgPath string
	Type    Type
	Func    Value
	Index   int
}

// IsExported reports whether the method is exported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

func exported(s string) bool { return s != "" && ('A' <= s[0] && s[0] <= 'Z' || s[0] >= 0x80) }

// methods are the exported ones; all of an interface's.
func (r *rtype) methods() (list []abi.Method) {
	for i := range r.t.NumMethod() {
		if m := r.t.Method(i); r.Kind() == Interface || exported(m.Name()) {
			list = append(list, m)
		}
	}
	return list
}

func (r *rtype) NumMethod() int { return len(r.methods()) }

func (r *rtype) Method(i int) Method {
	list := r.methods()
	if i < 0 || i >= len(list) {
		panic("reflect: Method index out of range")
	}
	m := list[i]
	return Method{Name: m.Name(), PkgPath: m.Pkg(), Type: wrap(m.Type), Index: i}
}

func (r *rtype) MethodByName(name string) (Method, bool) {
	for i, m := range r.methods() {
		if m.Name() == name {
			return r.Method(i), true
		}
	}
	return Method{}, false
}

func (r *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return abi.Has(u.common(), &r.t)
}

func (r *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return assignable(&r.t, u.common())
}

func assignable(from, to *abi.Type) bool {
	switch {
	case from == to:
		return true
	case to.Kind == abi.Interface:
		return abi.Has(to, from)
	case from.Named() && to.Named() || from.Kind != to.Kind:
		return false
	}
	return alike(from, to, true)
}

// alike reports whether two types have identical underlying types.
func alike(a, b *abi.Type, tags bool) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind {
		return false
	}
	same := func(x, y *abi.Type) bool { return x == y || !tags && alike(x, y, false) && x.Name() == y.Name() }
	switch Kind(a.Kind) {
	case Array:
		return a.Len() == b.Len() && same(a.Elem(), b.Elem())
	case Chan:
		return a.ChanDir() == b.ChanDir() && same(a.Elem(), b.Elem())
	case Pointer, Slice:
		return same(a.Elem(), b.Elem())
	case Map:
		return same(a.Key(), b.Key()) && same(a.MapElem(), b.MapElem())
	case Func:
		if a.NumIn() != b.NumIn() || a.NumOut() != b.NumOut() || a.Variadic() != b.Variadic() {
			return false
		}
		for i := range a.NumIn() {
			if !same(a.In(i), b.In(i)) {
				return false
			}
		}
		for i := range a.NumOut() {
			if !same(a.Out(i), b.Out(i)) {
				return false
			}
		}
		return true
	case Interface:
		return abi.Has(a, b) && abi.Has(b, a)
	case Struct:
		if a.NumField() != b.NumField() {
			return false
		}
		for i := range a.NumField() {
			if a.FieldName(i) != b.FieldName(i) || !same(a.FieldType(i), b.FieldType(i)) || tags && a.FieldTag(i) != b.FieldTag(i) || a.FieldEmbedded(i) != b.FieldEmbedded(i) {
				return false
			}
		}
		return true
	}
	return true // basic types of one kind
}

func (r *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return convertible(&r.t, u.common())
}

func isInt(k Kind) bool     { return Int <= k && k <= Int64 }
func isUint(k Kind) bool    { return Uint <= k && k <= Uintptr }
func isFloat(k Kind) bool   { return k == Float32 || k == Float64 }
func isComplex(k Kind) bool { return k == Complex64 || k == Complex128 }

// chars reports a slice of bytes or runes.
func chars(t *abi.Type) bool {
	return Kind(t.Kind) == Slice && (Kind(t.Elem().Kind) == Uint8 || Kind(t.Elem().Kind) == Int32) && t.Elem().PkgPath() == ""
}

func convertible(from, to *abi.Type) bool {
	f, t := Kind(from.Kind), Kind(to.Kind)
	number := func(k Kind) bool { return isInt(k) || isUint(k) || isFloat(k) }
	switch {
	case number(f) && number(t), isComplex(f) && isComplex(t):
		return true
	case t == String && (isInt(f) || isUint(f) || chars(from)), f == String && chars(to):
		return true
	case f == Slice && t == Array:
		return from.Elem() == to.Elem()
	case f == Slice && t == Pointer && Kind(to.Elem().Kind) == Array:
		return from.Elem() == to.Elem().Elem()
	case assignable(from, to), alike(from, to, false):
		return true
	case f == Pointer && t == Pointer && !from.Named() && !to.Named():
		return alike(from.Elem(), to.Elem(), false)
	}
	return false
}

func (r *rtype) OverflowInt(x int64) bool {
	if !isInt(r.Kind()) {
		panic("reflect: OverflowInt of non-int type " + r.String())
	}
	s := 64 - uint(r.t.Size)*8
	return x<<s>>s != x
}

func (r *rtype) OverflowUint(x uint64) bool {
	if !isUint(r.Kind()) {
		panic("reflect: OverflowUint of non-uint type " + r.String())
	}
	s := 64 - uint(r.t.Size)*8
	return x<<s>>s != x
}

func (r *rtype) OverflowFloat(x float64) bool {
	if !isFloat(r.Kind()) {
		panic("reflect: OverflowFloat of non-float type " + r.String())
	}
	return r.Kind() == Float32 && overflow32(x)
}

func (r *rtype) OverflowComplex(x complex128) bool {
	if !isComplex(r.Kind()) {
		panic("reflect: OverflowComplex of non-complex type " + r.String())
	}
	return r.Kind() == Complex64 && (overflow32(real(x)) || overflow32(imag(x)))
}

func overflow32(x float64) bool {
	const largest = 0x1p127 * (1 + (1 - 0x1p-23))
	if x < 0 {
		x = -x
	}
	return largest < x && x <= 0x1p1023*(1+(1-0x1p-52))
}

func (r *rtype) CanSeq() bool {
	switch k := r.Kind(); k {
	case Array, Slice, Chan, String, Map:
		return true
	case Pointer:
		return Kind(r.t.Elem().Kind) == Array
	default:
		return isInt(k) || isUint(k)
	}
}

func (r *rtype) CanSeq2() bool {
	switch r.Kind() {
	case Array, Slice, String, Map:
		return true
	case Pointer:
		return Kind(r.t.Elem().Kind) == Array
	}
	return false
}

// StructField is a field of a struct.
type StructField struct {
	Name      string
	PkgPath   string
	Type      Type
	Tag       StructTag
	Offset    uintptr
	Index     []int
	Anonymous bool
}

// IsExported reports whether the field is exported.
func (f StructField) IsExported() bool { return f.PkgPath == "" }

// StructTag is a field's tag: key:"value" pairs.
type StructTag string

// Get is the value of key, "" if there is none.
func (tag StructTag) Get(key string) string {
	v, _ := tag.Lookup(key)
	return v
}

// Lookup is the value of key.
func (tag StructTag) Lookup(key string) (value string, ok bool) {
	s := string(tag)
	for {
		for s != "" && s[0] == ' ' {
			s = s[1:]
		}
		n := 0
		for n < len(s) && s[n] > ' ' && s[n] != ':' && s[n] != '"' && s[n] != 0x7f {
			n++
		}
		if n == 0 || n+1 >= len(s) || s[n] != ':' || s[n+1] != '"' {
			return "", false
		}
		name := s[:n]
		s = s[n+1:]
		end := 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			return "", false
		}
		quoted := s[:end+1]
		s = s[end+1:]
		if name == key {
			value, err := strconv.Unquote(quoted)
			return value, err == nil
		}
	}
}

func (r *rtype) Field(i int) StructField {
	r.only(Struct, "Field")
	if i < 0 || i >= r.t.NumField() {
		panic("reflect: Field index out of bounds")
	}
	f := StructField{Name: r.t.FieldName(i), Type: wrap(r.t.FieldType(i)), Tag: StructTag(r.t.FieldTag(i)), Offset: r.t.FieldOffset(i), Index: []int{i}, Anonymous: r.t.FieldEmbedded(i)}
	if !r.t.FieldExported(i) {
		f.PkgPath = r.t.PkgPath()
		if f.PkgPath == "" {
			f.PkgPath = "main"
		}
	}
	return f
}

func (r *rtype) FieldByIndex(index []int) StructField {
	var f StructField
	var t Type = r
	for i, x := range index {
		if i > 0 && t.Kind() == Pointer && t.Elem().Kind() == Struct {
			t = t.Elem()
		}
		f = t.Field(x)
		t = f.Type
	}
	f.Index = index
	return f
}

func (r *rtype) FieldByName(name string) (StructField, bool) {
	return r.FieldByNameFunc(func(s string) bool { return s == name })
}

// FieldByNameFunc looks level by level through embedded structs; two matches on a level hide each other.
func (r *rtype) FieldByNameFunc(match func(string) bool) (StructField, bool) {
	r.only(Struct, "FieldByNameFunc")
	type place struct {
		t     *rtype
		index []int
	}
	seen := map[*rtype]bool{}
	for level := []place{{t: r}}; len(level) > 0; {
		var next []place
		var found StructField
		matches := 0
		count := map[*rtype]int{}
		for _, p := range level {
			count[p.t]++
		}
		for _, p := range level {
			if seen[p.t] {
				continue
			}
			seen[p.t] = true
			for i := range p.t.t.NumField() {
				f := p.t.Field(i)
				index := append(append([]int(nil), p.index...), i)
				if match(f.Name) {
					matches += count[p.t]
					found = f
					found.Index = index
				}
				if !f.Anonymous {
					continue
				}
				ft := f.Type
				if ft.Kind() == Pointer {
					ft = ft.Elem()
				}
				if ft.Kind() == Struct {
					for range count[p.t] {
						next = append(next, place{ft.(*rtype), index})
					}
				}
			}
		}
		if matches > 0 {
			if matches > 1 {
				return StructField{}, false
			}
			return found, true
		}
		level = next
	}
	return StructField{}, false
}

// VisibleFields are the fields of t and of its embedded structs, in order.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	var out []StructField
	var walk func(t Type, index []int, open map[Type]bool)
	walk = func(u Type, index []int, open map[Type]bool) {
		if open[u] {
			return
		}
		open[u] = true
		for i := range u.NumField() {
			f := u.Field(i)
			f.Index = append(append([]int(nil), index...), i)
			if g, ok := t.FieldByName(f.Name); ok && len(g.Index) == len(f.Index) {
				out = append(out, f)
			}
			if f.Anonymous {
				ft := f.Type
				if ft.Kind() == Pointer {
					ft = ft.Elem()
				}
				if ft.Kind() == Struct {
					walk(ft, f.Index, open)
				}
			}
		}
		delete(open, u)
	}
	walk(t, nil, map[Type]bool{})
	return out
}

// SliceHeader and StringHeader are how slices and strings lie in memory.
type (
	SliceHeader struct {
		Data     uintptr
		Len, Cap int
	}
	StringHeader struct {
		Data uintptr
		Len  int
	}
)
