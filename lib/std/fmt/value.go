package fmt

import (
	"internal/rtype"
	"strconv"
	"unicode/utf8"
)

// printArg prints an operand with a verb.
func (p *printer) printArg(a any, verb rune) {
	p.arg = a
	if a == nil {
		switch verb {
		case 'T', 'v':
			p.padString("<nil>")
		default:
			p.badVerb(verb, rtype.Value{})
		}
		return
	}
	p.top = a
	v := rtype.Of(&p.top)
	if held, ok := rtype.Inside(v); ok && verb != 'T' && verb != 'p' {
		if held.Type != nil && p.handleMethodsOf(held, verb) {
			return
		}
		p.printValue(v, verb, 0)
		return
	}
	switch verb {
	case 'T':
		p.fmtS(v.Type.String(), 's')
		return
	case 'p':
		p.fmtPointer(v, 'p')
		return
	}
	if p.handleMethods(a, verb) {
		return
	}
	p.printValue(v, verb, 0)
}

// handleMethods lets the operand format itself, if it can.
func (p *printer) handleMethods(a any, verb rune) (handled bool) {
	if p.erroring {
		return false
	}
	if f, ok := a.(Formatter); ok {
		handled = true
		defer p.catchPanic(a, verb, "Format")
		f.Format(p, verb)
		return true
	}
	if p.sharpV {
		if s, ok := a.(GoStringer); ok {
			handled = true
			defer p.catchPanic(a, verb, "GoString")
			p.fmtS(s.GoString(), 's')
			return true
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch x := a.(type) {
		case error:
			handled = true
			defer p.catchPanic(a, verb, "Error")
			p.fmtString(x.Error(), verb)
			return true
		case Stringer:
			handled = true
			defer p.catchPanic(a, verb, "String")
			p.fmtString(x.String(), verb)
			return true
		}
	}
	return false
}

// catchPanic prints a panic of an operand's method in place of its text; a nil receiver is <nil>.
func (p *printer) catchPanic(a any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	if v := rtype.Of(&a); v.Type.Kind == rtype.Pointer && v.Word() == 0 {
		p.padString("<nil>")
		return
	}
	if p.panicking {
		panic(err)
	}
	old := *p
	p.clearFlags()
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, "(PANIC="...)
	p.buf = append(p.buf, method...)
	p.buf = append(p.buf, " method: "...)
	p.panicking = true
	p.printArg(err, 'v')
	p.panicking = false
	p.buf = append(p.buf, ')')
	b := p.buf
	*p = old
	p.buf = b
}

func (p *printer) badVerbArg(verb rune, a any) {
	p.arg = a
	if a == nil {
		p.badVerb(verb, rtype.Value{})
		return
	}
	p.top = a
	p.badVerb(verb, rtype.Of(&p.top))
}

// badVerb says that a verb does not fit a value: %!d(string=hi).
func (p *printer) badVerb(verb rune, v rtype.Value) {
	p.erroring = true
	defer func() { p.erroring = false }()
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, '(')
	if v.Type == nil {
		p.buf = append(p.buf, "<nil>"...)
	} else {
		p.buf = append(p.buf, v.Type.String()...)
		p.buf = append(p.buf, '=')
		p.printValue(v, 'v', 0)
	}
	p.buf = append(p.buf, ')')
}

// printValue prints a value by its kind; depth counts enclosing values.
func (p *printer) printValue(v rtype.Value, verb rune, depth int) {
	if held, ok := rtype.Inside(v); ok {
		if held.Type == nil {
			p.buf = append(p.buf, "<invalid reflect.Value>"...)
			return
		}
		v = held
	}
	if depth > 0 && p.handleMethodsOf(v, verb) {
		return
	}
	t := v.Type
	switch t.Kind {
	case rtype.Bool:
		p.fmtBool(v, verb)
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		p.fmtInteger(uint64(v.Int()), true, verb, v)
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		p.fmtInteger(v.Uint(), false, verb, v)
	case rtype.Float32:
		p.fmtFloat(v.Float(), 32, verb, v)
	case rtype.Float64:
		p.fmtFloat(v.Float(), 64, verb, v)
	case rtype.Complex64:
		p.fmtComplex(v.Complex(), 64, verb, v)
	case rtype.Complex128:
		p.fmtComplex(v.Complex(), 128, verb, v)
	case rtype.String:
		switch verb {
		case 'v', 's', 'x', 'X', 'q':
			p.fmtString(v.Str(), verb)
		default:
			p.badVerb(verb, v)
		}
	case rtype.Map:
		p.printMap(v, verb, depth)
	case rtype.Struct:
		p.printStruct(v, verb, depth)
	case rtype.Interface:
		e := v.Elem()
		if e.Type == nil {
			if p.sharpV {
				p.buf = append(p.buf, t.String()...)
				p.buf = append(p.buf, "(nil)"...)
			} else {
				p.buf = append(p.buf, "<nil>"...)
			}
			return
		}
		p.printValue(e, verb, depth+1)
	case rtype.Array, rtype.Slice:
		p.printList(v, verb, depth)
	case rtype.Pointer:
		if depth == 0 && v.Word() != 0 {
			e := v.Elem()
			switch e.Type.Kind {
			case rtype.Array, rtype.Slice, rtype.Struct, rtype.Map:
				p.buf = append(p.buf, '&')
				p.printValue(e, verb, depth+1)
				return
			}
		}
		p.fmtPointer(v, verb)
	case rtype.Chan, rtype.Func, rtype.UnsafePointer:
		p.fmtPointer(v, verb)
	}
}

// handleMethodsOf is handleMethods for a part of a value; what unexported fields hold has no methods here.
func (p *printer) handleMethodsOf(v rtype.Value, verb rune) bool {
	if v.Flag&rtype.ReadOnly != 0 {
		return false
	}
	p.arg = v.Any()
	return p.arg != nil && p.handleMethods(p.arg, verb)
}

func (p *printer) printMap(v rtype.Value, verb rune, depth int) {
	if p.sharpV {
		p.buf = append(p.buf, v.Type.String()...)
		if v.Word() == 0 {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
		p.buf = append(p.buf, '{')
	} else {
		p.buf = append(p.buf, "map["...)
	}
	entries := v.MapEntries()
	sortEntries(entries)
	for i, e := range entries {
		if i > 0 {
			p.separate()
		}
		p.printValue(e.Key, verb, depth+1)
		p.buf = append(p.buf, ':')
		p.printValue(e.Elem, verb, depth+1)
	}
	if p.sharpV {
		p.buf = append(p.buf, '}')
	} else {
		p.buf = append(p.buf, ']')
	}
}

func (p *printer) separate() {
	if p.sharpV {
		p.buf = append(p.buf, ", "...)
	} else {
		p.buf = append(p.buf, ' ')
	}
}

func (p *printer) printStruct(v rtype.Value, verb rune, depth int) {
	if p.sharpV {
		p.buf = append(p.buf, v.Type.String()...)
	}
	p.buf = append(p.buf, '{')
	for i := 0; i < v.Type.NumField(); i++ {
		if i > 0 {
			p.separate()
		}
		if p.plusV || p.sharpV {
			p.buf = append(p.buf, v.Type.FieldName(i)...)
			p.buf = append(p.buf, ':')
		}
		f := v.Field(i)
		if f.Type.Kind == rtype.Interface {
			if e := f.Elem(); e.Type != nil {
				f = e
			}
		}
		p.printValue(f, verb, depth+1)
	}
	p.buf = append(p.buf, '}')
}

func (p *printer) printList(v rtype.Value, verb rune, depth int) {
	t := v.Type
	n := v.Len()
	switch verb {
	case 's', 'q', 'x', 'X':
		if t.Elem().Kind == rtype.Uint8 {
			if t.Kind == rtype.Slice {
				p.fmtBytes(v.Bytes(), verb, v)
				return
			}
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(v.Index(i).Uint())
			}
			p.fmtBytes(b, verb, v)
			return
		}
	}
	if p.sharpV {
		name := t.String()
		if name == "[]uint8" && depth == 0 {
			name = "[]byte"
		}
		p.buf = append(p.buf, name...)
		if t.Kind == rtype.Slice && v.Word() == 0 {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
		p.buf = append(p.buf, '{')
		for i := 0; i < n; i++ {
			if i > 0 {
				p.buf = append(p.buf, ", "...)
			}
			p.printValue(v.Index(i), verb, depth+1)
		}
		p.buf = append(p.buf, '}')
		return
	}
	// Bytes that are the operand itself are only numbers.
	plain := depth == 0 && t.Kind == rtype.Slice && !t.Named() && t.Elem().Kind == rtype.Uint8 && t.Elem().PkgPath() == ""
	p.buf = append(p.buf, '[')
	for i := 0; i < n; i++ {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		if plain {
			p.fmtInteger(v.Index(i).Uint(), false, verb, v.Index(i))
			continue
		}
		p.printValue(v.Index(i), verb, depth+1)
	}
	p.buf = append(p.buf, ']')
}

func (p *printer) fmtBool(v rtype.Value, verb rune) {
	switch verb {
	case 't', 'v':
		p.padString(strconv.FormatBool(v.Bool()))
	default:
		p.badVerb(verb, v)
	}
}

func (p *printer) fmtPointer(v rtype.Value, verb rune) {
	switch v.Type.Kind {
	case rtype.Chan, rtype.Func, rtype.Map, rtype.Pointer, rtype.Slice, rtype.UnsafePointer:
	default:
		p.badVerb(verb, v)
		return
	}
	u := uint64(v.Word())
	switch verb {
	case 'v':
		if p.sharpV {
			p.buf = append(p.buf, '(')
			p.buf = append(p.buf, v.Type.String()...)
			p.buf = append(p.buf, ")("...)
			if u == 0 {
				p.buf = append(p.buf, "nil"...)
			} else {
				p.buf = append(p.buf, "0x"...)
				p.buf = strconv.AppendUint(p.buf, u, 16)
			}
			p.buf = append(p.buf, ')')
		} else if u == 0 {
			p.padString("<nil>")
		} else {
			p.fmt0x64(u, !p.sharp)
		}
	case 'p':
		p.fmt0x64(u, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.fmtInteger(u, false, verb, v)
	default:
		p.badVerb(verb, v)
	}
}

func (p *printer) fmt0x64(u uint64, leading bool) {
	sharp := p.sharp
	p.sharp = leading
	p.fmtInt(u, 16, false, 'v', lower)
	p.sharp = sharp
}

// sortEntries orders map entries by key as documented: numbers and strings by
// value, NaN first, others by their parts. A heap sort, in place.
func sortEntries(es []rtype.Entry) {
	for n, at := len(es), len(es)/2; n > 1; {
		if at > 0 {
			at--
		} else {
			n--
			es[0], es[n] = es[n], es[0]
		}
		for up := at; ; {
			down := 2*up + 1
			if down >= n {
				break
			}
			if down+1 < n && compare(es[down].Key, es[down+1].Key) < 0 {
				down++
			}
			if compare(es[up].Key, es[down].Key) >= 0 {
				break
			}
			es[up], es[down] = es[down], es[up]
			up = down
		}
	}
}

func compare(a, b rtype.Value) int {
	if a.Type != b.Type {
		if uintptr(ptrOf(a.Type)) < uintptr(ptrOf(b.Type)) {
			return -1
		}
		return 1
	}
	switch a.Type.Kind {
	case rtype.Bool:
		x, y := a.Bool(), b.Bool()
		if x == y {
			return 0
		}
		if y {
			return -1
		}
		return 1
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		return order(a.Int(), b.Int())
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		return order(a.Uint(), b.Uint())
	case rtype.String:
		return order(a.Str(), b.Str())
	case rtype.Float32, rtype.Float64:
		return orderFloat(a.Float(), b.Float())
	case rtype.Complex64, rtype.Complex128:
		x, y := a.Complex(), b.Complex()
		if c := orderFloat(real(x), real(y)); c != 0 {
			return c
		}
		return orderFloat(imag(x), imag(y))
	case rtype.Struct:
		for i := 0; i < a.Type.NumField(); i++ {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	case rtype.Array:
		for i := 0; i < a.Len(); i++ {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
		return 0
	case rtype.Interface:
		x, y := a.Elem(), b.Elem()
		if x.Type == nil || y.Type == nil {
			switch {
			case x.Type == nil && y.Type == nil:
				return 0
			case x.Type == nil:
				return -1
			}
			return 1
		}
		return compare(x, y)
	}
	return order(uint64(a.Word()), uint64(b.Word()))
}

func order[T int64 | uint64 | string | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func orderFloat(a, b float64) int {
	switch {
	case a != a && b != b:
		return 0
	case a != a:
		return -1
	case b != b:
		return 1
	}
	return order(a, b)
}
