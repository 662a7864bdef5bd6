package reflect

import (
	abi "internal/rtype"
	"unsafe"
)

// Calls of functions whose type is not known when the program is compiled.
//
// Compiled functions take and give scalars: words (of pointers and 64-bit integers),
// 32-bit integers, and floats; a struct of up to four scalars is those scalars. So a
// function may be called as one of another type with the same scalars, and there are
// not many such types: arguments are cut into scalars, handed over in structs of
// words, and results are put together again.
//
// SIMPLIFIED: arguments that are not words are possible for a few functions only.

// method is what a Value of a method points to; code is where the code of a func is.
type method struct {
	code uintptr
	recv any
	fn   uint32
}

func noCall() { panic("reflect: methods can only be called by reflection in the lab") }

// Method gives method i, bound to v.
func (v Value) Method(i int) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	list := (&rtype{*v.typ}).methods()
	if uint(i) >= uint(len(list)) {
		panic("reflect: Method index out of range")
	}
	return v.bind(list[i])
}

func (v Value) bind(m abi.Method) Value {
	if v.Kind() == Interface {
		if v.IsNil() {
			panic("reflect: Method on nil interface value")
		}
		return v.Elem().MethodByName(m.Name())
	}
	stop := noCall
	b := &method{recv: v.pack(), fn: m.Fn, code: **(**uintptr)(unsafe.Pointer(&stop))}
	return Value{m.Type, unsafe.Pointer(b), bound | v.flag&hidden}
}

func (v Value) MethodByName(name string) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	for _, m := range (&rtype{*v.typ}).methods() {
		if m.Name() == name {
			return v.bind(m)
		}
	}
	return Value{}
}

// scalars is a list of scalars, each with the letter of its type: j, i, f or d.
type scalars struct {
	n       int
	letters [16]byte
	bits    [16]uint64
	at      [16]unsafe.Pointer
	typ     [16]*abi.Type
}

func (s *scalars) add(letter byte, t *abi.Type, p unsafe.Pointer) {
	if s.n == len(s.letters) {
		panic("reflect: a function of so many arguments cannot be called in the lab")
	}
	s.letters[s.n], s.typ[s.n], s.at[s.n] = letter, t, p
	s.n++
}

// most scalars that a struct may be handed over as.
const most = 4

// count is how many scalars a value of type t is, or -1 if it lives in memory only.
func count(t *abi.Type) int {
	switch Kind(t.Kind) {
	case String, Interface, Complex64, Complex128:
		return 2
	case Slice:
		return 3
	case Array:
		if t.Len() == 0 {
			return 0
		}
		if t.Len() > 1 {
			return -1
		}
		return count(t.Elem())
	case Struct:
		n := 0
		for i := 0; i < t.NumField(); i++ {
			c := count(t.FieldType(i))
			if c < 0 || n+c > most {
				return -1
			}
			n += c
		}
		return n
	}
	return 1
}

// cut adds the scalars of the value of type t at p.
func (s *scalars) cut(t *abi.Type, p unsafe.Pointer) {
	word := func(off uintptr) { s.add('j', nil, unsafe.Add(p, off)) }
	switch k := Kind(t.Kind); k {
	case Bool, Int8, Int16, Int32, Uint8, Uint16, Uint32:
		s.add('i', t, p)
	case Float32:
		s.add('f', t, p)
	case Float64:
		s.add('d', t, p)
	case Complex64, Complex128:
		panic("reflect: functions of complex numbers cannot be called in the lab")
	case Int, Int64, Uint, Uint64, Uintptr:
		s.add('j', t, p)
	case String:
		word(0)
		s.add('j', intType, unsafe.Add(p, 8))
	case Slice:
		word(0)
		s.add('j', intType, unsafe.Add(p, 8))
		s.add('j', intType, unsafe.Add(p, 16))
	case Interface:
		s.add('j', intType, p)
		word(8)
	case Array, Struct:
		if count(t) < 0 {
			s.add('i', nil, p)
			return
		}
		if k == Array && t.Len() == 1 {
			s.cut(t.Elem(), p)
		}
		for i := 0; k == Struct && i < t.NumField(); i++ {
			s.cut(t.FieldType(i), unsafe.Add(p, t.FieldOffset(i)))
		}
	default:
		word(0)
	}
}

var intType = TypeFor[int]().common()

// load reads the scalars from where they are.
func (s *scalars) load() {
	for i := 0; i < s.n; i++ {
		p, t := s.at[i], s.typ[i]
		switch {
		case s.letters[i] == 'i' && t == nil:
			s.bits[i] = uint64(uint32(uintptr(p)))
		case s.letters[i] == 'i':
			switch Kind(t.Kind) {
			case Int8:
				s.bits[i] = uint64(uint32(*(*int8)(p)))
			case Int16:
				s.bits[i] = uint64(uint32(*(*int16)(p)))
			case Bool, Uint8:
				s.bits[i] = uint64(*(*uint8)(p))
			case Uint16:
				s.bits[i] = uint64(*(*uint16)(p))
			default:
				s.bits[i] = uint64(*(*uint32)(p))
			}
		case s.letters[i] == 'f':
			s.bits[i] = uint64(*(*uint32)(p))
		default:
			s.bits[i] = *(*uint64)(p)
		}
	}
}

// store writes the scalars to where they belong.
func (s *scalars) store() {
	for i := 0; i < s.n; i++ {
		p, t := s.at[i], s.typ[i]
		switch {
		case s.letters[i] == 'i' && t != nil || s.letters[i] == 'f':
			putInt(p, t.Size, s.bits[i])
		case s.letters[i] == 'i':
			panic("reflect: functions that give large structs cannot be called in the lab")
		case t == nil:
			*(*unsafe.Pointer)(p) = unsafe.Pointer(uintptr(s.bits[i]))
		default:
			*(*uint64)(p) = s.bits[i]
		}
	}
}

// Structs of words, and of what else functions give.
type (
	w0  struct{}
	w1  struct{ a uint64 }
	w2  struct{ a, b uint64 }
	w3  struct{ a, b, c uint64 }
	w4  struct{ a, b, c, d uint64 }
	i1  struct{ a uint32 }
	i1w struct {
		a    uint32
		b, c uint64
	}
	d1  struct{ a float64 }
	d1w struct {
		a    float64
		b, c uint64
	}
)

func as[F any](f unsafe.Pointer) F { return *(*F)(unsafe.Pointer(&f)) }

// invoke calls f with words a, b and c; the results become those of out. False: there is no such shape.
func invoke[A, B, C any](f unsafe.Pointer, a A, b B, c C, out *scalars) bool {
	o := &out.bits
	switch string(out.letters[:out.n]) {
	case "":
		as[func(A, B, C)](f)(a, b, c)
	case "j":
		o[0] = as[func(A, B, C) uint64](f)(a, b, c)
	case "jj":
		r := as[func(A, B, C) w2](f)(a, b, c)
		o[0], o[1] = r.a, r.b
	case "jjj":
		r := as[func(A, B, C) w3](f)(a, b, c)
		o[0], o[1], o[2] = r.a, r.b, r.c
	case "jjjj":
		r := as[func(A, B, C) w4](f)(a, b, c)
		o[0], o[1], o[2], o[3] = r.a, r.b, r.c, r.d
	case "jjjjj":
		r, s := as[func(A, B, C) (w4, w1)](f)(a, b, c)
		o[0], o[1], o[2], o[3], o[4] = r.a, r.b, r.c, r.d, s.a
	case "i":
		o[0] = uint64(as[func(A, B, C) i1](f)(a, b, c).a)
	case "ijj":
		r := as[func(A, B, C) i1w](f)(a, b, c)
		o[0], o[1], o[2] = uint64(r.a), r.b, r.c
	case "d":
		*(*float64)(unsafe.Pointer(&o[0])) = as[func(A, B, C) d1](f)(a, b, c).a
	case "djj":
		r := as[func(A, B, C) d1w](f)(a, b, c)
		*(*float64)(unsafe.Pointer(&o[0])) = r.a
		o[1], o[2] = r.b, r.c
	default:
		return false
	}
	return true
}

// call hands over words only.
func (in *scalars) call(f unsafe.Pointer, out *scalars) bool {
	b := &in.bits
	four, more := w4{b[0], b[1], b[2], b[3]}, w4{b[4], b[5], b[6], b[7]}
	for _, l := range in.letters[:in.n] {
		if l != 'j' {
			return in.callMixed(f, out)
		}
	}
	switch in.n {
	case 0:
		return invoke(f, w0{}, w0{}, w0{}, out)
	case 1:
		return invoke(f, w1{b[0]}, w0{}, w0{}, out)
	case 2:
		return invoke(f, w2{b[0], b[1]}, w0{}, w0{}, out)
	case 3:
		return invoke(f, w3{b[0], b[1], b[2]}, w0{}, w0{}, out)
	case 4:
		return invoke(f, four, w0{}, w0{}, out)
	case 5:
		return invoke(f, four, w1{b[4]}, w0{}, out)
	case 6:
		return invoke(f, four, w2{b[4], b[5]}, w0{}, out)
	case 7:
		return invoke(f, four, w3{b[4], b[5], b[6]}, w0{}, out)
	case 8:
		return invoke(f, four, more, w0{}, out)
	case 9:
		return invoke(f, four, more, w1{b[8]}, out)
	case 10:
		return invoke(f, four, more, w2{b[8], b[9]}, out)
	}
	return false
}

// callMixed hands over a few lists of arguments that are not words alone.
func (in *scalars) callMixed(f unsafe.Pointer, out *scalars) bool {
	b := &in.bits
	float := func(i int) d1 { return d1{*(*float64)(unsafe.Pointer(&b[i]))} }
	small := func(i int) i1 { return i1{uint32(b[i])} }
	switch string(in.letters[:in.n]) {
	case "i":
		return invoke(f, small(0), w0{}, w0{}, out)
	case "d":
		return invoke(f, float(0), w0{}, w0{}, out)
	case "dd":
		return invoke(f, float(0), float(1), w0{}, out)
	case "ddd":
		return invoke(f, float(0), float(1), float(2), out)
	case "ii":
		return invoke(f, small(0), small(1), w0{}, out)
	case "ji":
		return invoke(f, w1{b[0]}, small(1), w0{}, out)
	case "jd":
		return invoke(f, w1{b[0]}, float(1), w0{}, out)
	case "jdd":
		return invoke(f, w1{b[0]}, float(1), float(2), out)
	case "jjd":
		return invoke(f, w2{b[0], b[1]}, float(2), w0{}, out)
	case "jji":
		return invoke(f, w2{b[0], b[1]}, small(2), w0{}, out)
	case "jjji":
		return invoke(f, w3{b[0], b[1], b[2]}, small(3), w0{}, out)
	}
	return false
}

// Call calls a function with arguments; those of a variadic function become a slice.
func (v Value) Call(in []Value) []Value {
	v.is("Call", Func)
	t := v.Type()
	if v.IsNil() {
		panic("reflect: call of nil function")
	}
	n := t.NumIn()
	if t.IsVariadic() {
		if len(in) < n-1 {
			panic("reflect: Call with too few input arguments")
		}
		rest := MakeSlice(t.In(n-1), len(in)-(n-1), len(in)-(n-1))
		for i, x := range in[n-1:] {
			rest.Index(i).Set(x)
		}
		in = append(append(make([]Value, 0, n), in[:n-1]...), rest)
	}
	return v.call(in)
}

// CallSlice calls a variadic function with the slice of its last arguments.
func (v Value) CallSlice(in []Value) []Value {
	v.is("CallSlice", Func)
	if !v.Type().IsVariadic() {
		panic("reflect: CallSlice of non-variadic function")
	}
	return v.call(in)
}

func (v Value) call(in []Value) []Value {
	t := v.typ
	if len(in) < t.NumIn() {
		panic("reflect: Call with too few input arguments")
	}
	if len(in) > t.NumIn() {
		panic("reflect: Call with too many input arguments")
	}
	var args, results scalars
	var f unsafe.Pointer
	if v.flag&bound != 0 {
		m := (*method)(v.ptr)
		if m.fn == 0 {
			panic("reflect: call of a method that the program does not reach")
		}
		code := new(uint64)
		*code = uint64(m.fn)
		f = unsafe.Pointer(code)
		args.add('j', nil, unsafe.Add(unsafe.Pointer(&m.recv), 8))
	} else {
		f = v.load()
	}
	held := make([]Value, len(in))
	for i, x := range in {
		if x.typ == nil {
			panic("reflect: Call using zero Value argument")
		}
		x.mustShow("Call")
		held[i] = x.assign("reflect.Value.Call", t.In(i))
		p := abi.New(t.In(i))
		abi.Move(t.In(i), p, held[i].address())
		args.cut(t.In(i), p)
	}
	out := make([]Value, t.NumOut())
	for i := range out {
		p := abi.New(t.Out(i))
		results.cut(t.Out(i), p)
		out[i] = Value{t.Out(i), p, indirect}
	}
	args.load()
	if !args.call(f, &results) {
		panic("reflect: a " + t.String() + " cannot be called in the lab")
	}
	results.store()
	return out
}
