// Package json writes values as JSON and reads them back.
package json

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"errors"
	"io"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Marshaler writes itself, Unmarshaler reads itself.
type (
	Marshaler   interface{ MarshalJSON() ([]byte, error) }
	Unmarshaler interface{ UnmarshalJSON([]byte) error }
)

// UnsupportedTypeError is a type that JSON has nothing for, UnsupportedValueError such a value.
type (
	UnsupportedTypeError  struct{ Type reflect.Type }
	UnsupportedValueError struct {
		Value reflect.Value
		Str   string
	}
)

func (e *UnsupportedTypeError) Error() string  { return "json: unsupported type: " + e.Type.String() }
func (e *UnsupportedValueError) Error() string { return "json: unsupported value: " + e.Str }

// MarshalerError is the failure of a value's own method.
type MarshalerError struct {
	Type   reflect.Type
	Err    error
	method string
}

func (e *MarshalerError) Error() string {
	return "json: error calling " + e.method + " for type " + e.Type.String() + ": " + e.Err.Error()
}
func (e *MarshalerError) Unwrap() error { return e.Err }

// RawMessage is JSON as it is.
type RawMessage []byte

func (m RawMessage) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("null"), nil
	}
	return m, nil
}

func (m *RawMessage) UnmarshalJSON(data []byte) error {
	if m == nil {
		return errors.New("json.RawMessage: UnmarshalJSON on nil pointer")
	}
	*m = append((*m)[:0], data...)
	return nil
}

// Number is a number's text.
type Number string

func (n Number) String() string            { return string(n) }
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }
func (n Number) Int64() (int64, error)     { return strconv.ParseInt(string(n), 10, 64) }

// maxDepth of pointers, maps and slices before a cycle is suspected.
const maxDepth = 1000

type encoder struct {
	buf    []byte
	escape bool
	depth  int
}

type failure struct{ err error }

// Marshal gives v as JSON.
func Marshal(v any) ([]byte, error) { return marshal(v, true) }

func marshal(v any, escape bool) (out []byte, err error) {
	e := &encoder{escape: escape}
	defer func() {
		switch f := recover().(type) {
		case nil:
		case failure:
			out, err = nil, f.err
		default:
			panic(f)
		}
	}()
	e.value(reflect.ValueOf(v), false)
	return e.buf, nil
}

// MarshalIndent is Marshal, then Indent.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	b, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return indented(nil, b, prefix, indent), nil
}

func (e *encoder) text(s string) { e.buf = append(e.buf, s...) }

func (e *encoder) value(v reflect.Value, quoted bool) {
	if !v.IsValid() {
		e.text("null")
		return
	}
	t := v.Type()
	if e.own(v, t) {
		return
	}
	if t.Kind() != reflect.Pointer && v.CanAddr() && v.CanInterface() {
		if _, ok := v.Addr().Interface().(Marshaler); ok && e.own(v.Addr(), reflect.PointerTo(t)) {
			return
		}
		if _, ok := v.Addr().Interface().(encoding.TextMarshaler); ok && e.own(v.Addr(), reflect.PointerTo(t)) {
			return
		}
	}
	switch k := t.Kind(); k {
	case reflect.Bool:
		e.scalar(strconv.FormatBool(v.Bool()), quoted)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.scalar(strconv.FormatInt(v.Int(), 10), quoted)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		e.scalar(strconv.FormatUint(v.Uint(), 10), quoted)
	case reflect.Float32, reflect.Float64:
		e.float(v, t.Bits(), quoted)
	case reflect.String:
		if t == reflect.TypeFor[Number]() {
			n := v.String()
			if n == "" {
				n = "0"
			}
			if !validNumber(n) {
				panic(failure{errors.New("json: invalid number literal " + strconv.Quote(n))})
			}
			e.scalar(n, quoted)
			return
		}
		if quoted {
			inner := encoder{escape: e.escape}
			inner.string(v.String())
			e.string(string(inner.buf))
			return
		}
		e.string(v.String())
	case reflect.Interface:
		e.value(v.Elem(), false)
	case reflect.Pointer:
		if v.IsNil() {
			e.text("null")
			return
		}
		e.deeper(v)
		e.value(v.Elem(), quoted)
		e.depth--
	case reflect.Struct:
		e.object(v)
	case reflect.Map:
		e.dict(v)
	case reflect.Slice:
		if v.IsNil() {
			e.text("null")
			return
		}
		if et := t.Elem(); et.Kind() == reflect.Uint8 && !reflect.PointerTo(et).Implements(reflect.TypeFor[Marshaler]()) && !reflect.PointerTo(et).Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			e.buf = append(e.buf, '"')
			e.buf = base64.StdEncoding.AppendEncode(e.buf, v.Bytes())
			e.buf = append(e.buf, '"')
			return
		}
		e.deeper(v)
		e.list(v)
		e.depth--
	case reflect.Array:
		e.list(v)
	default:
		panic(failure{&UnsupportedTypeError{t}})
	}
}

func (e *encoder) deeper(v reflect.Value) {
	if e.depth++; e.depth > maxDepth {
		panic(failure{&UnsupportedValueError{v, "encountered a cycle via " + v.Type().String()}})
	}
}

func (e *encoder) scalar(s string, quoted bool) {
	if quoted {
		s = `"` + s + `"`
	}
	e.text(s)
}

// own lets a value write itself.
func (e *encoder) own(v reflect.Value, t reflect.Type) bool {
	if !v.CanInterface() {
		return false
	}
	isNil := (t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface) && v.IsNil()
	if t.Implements(reflect.TypeFor[Marshaler]()) {
		if isNil {
			e.text("null")
			return true
		}
		b, err := v.Interface().(Marshaler).MarshalJSON()
		if err == nil {
			var s *SyntaxError
			if s = check(b); s != nil {
				err = s
			}
		}
		if err != nil {
			panic(failure{&MarshalerError{t, err, "MarshalJSON"}})
		}
		e.buf = compact(e.buf, b, e.escape)
		return true
	}
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		if isNil {
			e.text("null")
			return true
		}
		b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			panic(failure{&MarshalerError{t, err, "MarshalText"}})
		}
		e.string(string(b))
		return true
	}
	return false
}

// float writes as JavaScript does: with an exponent only for very small and very large numbers.
func (e *encoder) float(v reflect.Value, bits int, quoted bool) {
	f := v.Float()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		panic(failure{&UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)}})
	}
	verb := byte('f')
	if a := math.Abs(f); a != 0 && (bits == 64 && (a < 1e-6 || a >= 1e21) || bits == 32 && (float32(a) < 1e-6 || float32(a) >= 1e21)) {
		verb = 'e'
	}
	s := strconv.FormatFloat(f, verb, -1, bits)
	if n := len(s); verb == 'e' && n >= 4 && s[n-4:n-1] == "e-0" {
		s = s[:n-2] + s[n-1:]
	}
	e.scalar(s, quoted)
}

const hexDigits = "0123456789abcdef"

// string writes s in quotes.
func (e *encoder) string(s string) { e.buf = quote(e.buf, s, e.escape) }

func quote(b []byte, s string, escape bool) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && (!escape || c != '<' && c != '>' && c != '&') {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, `\b`...)
			case '\f':
				b = append(b, `\f`...)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' {
			b = append(b, s[start:i]...)
			if n == 1 {
				b = append(b, `\ufffd`...)
			} else {
				b = append(b, `\u202`...)
				b = append(b, hexDigits[r&15])
			}
			start = i + n
		}
		i += n
	}
	return append(append(b, s[start:]...), '"')
}

func (e *encoder) list(v reflect.Value) {
	e.buf = append(e.buf, '[')
	for i := range v.Len() {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.value(v.Index(i), false)
	}
	e.buf = append(e.buf, ']')
}

func (e *encoder) dict(v reflect.Value) {
	kt := v.Type().Key()
	isText := kt.Implements(reflect.TypeFor[encoding.TextMarshaler]())
	switch kt.Kind() {
	case reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
	default:
		if !isText {
			panic(failure{&UnsupportedTypeError{v.Type()}})
		}
	}
	if v.IsNil() {
		e.text("null")
		return
	}
	e.deeper(v)
	type entry struct {
		key string
		val reflect.Value
	}
	list := make([]entry, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		k := it.Key()
		var s string
		switch {
		case kt.Kind() == reflect.String:
			s = k.String()
		case isText:
			b, err := k.Interface().(encoding.TextMarshaler).MarshalText()
			if err != nil {
				panic(failure{&MarshalerError{kt, err, "MarshalText"}})
			}
			s = string(b)
		case k.CanInt():
			s = strconv.FormatInt(k.Int(), 10)
		default:
			s = strconv.FormatUint(k.Uint(), 10)
		}
		list = append(list, entry{s, it.Value()})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].key < list[j].key })
	e.buf = append(e.buf, '{')
	for i, x := range list {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.string(x.key)
		e.buf = append(e.buf, ':')
		e.value(x.val, false)
	}
	e.buf = append(e.buf, '}')
	e.depth--
}

func (e *encoder) object(v reflect.Value) {
	e.buf = append(e.buf, '{')
	some := false
	for _, f := range fieldsOf(v.Type()) {
		fv, err := v.FieldByIndexErr(f.index)
		if err != nil || f.omitEmpty && empty(fv) || f.omitZero && zero(fv) {
			continue
		}
		if some {
			e.buf = append(e.buf, ',')
		}
		some = true
		e.string(f.name)
		e.buf = append(e.buf, ':')
		e.value(fv, f.quoted)
	}
	e.buf = append(e.buf, '}')
}

func zero(v reflect.Value) bool {
	if v.CanInterface() && !(v.Kind() == reflect.Pointer && v.IsNil()) {
		if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
	}
	return v.IsZero()
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// field is a struct's field as JSON sees it.
type field struct {
	name                        string
	index                       []int
	typ                         reflect.Type
	omitEmpty, omitZero, quoted bool
	tagged                      bool
}

var fieldCache = map[reflect.Type][]field{}

// fieldsOf lists a struct's fields, those of embedded structs too: the least deep of a name wins, then the tagged one; two equals hide each other.
func fieldsOf(t reflect.Type) []field {
	if list, ok := fieldCache[t]; ok {
		return list
	}
	var all []field
	var walk func(t reflect.Type, index []int, open map[reflect.Type]bool)
	walk = func(t reflect.Type, index []int, open map[reflect.Type]bool) {
		if open[t] {
			return
		}
		open[t] = true
		defer delete(open, t)
		for i := range t.NumField() {
			sf := t.Field(i)
			ft := sf.Type
			if ft.Name() == "" && ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
			}
			if !sf.IsExported() && !(sf.Anonymous && ft.Kind() == reflect.Struct) {
				continue
			}
			tag := sf.Tag.Get("json")
			if tag == "-" {
				continue
			}
			name, opts, _ := strings.Cut(tag, ",")
			if !validName(name) {
				name = ""
			}
			path := append(append([]int(nil), index...), i)
			if sf.Anonymous && name == "" && ft.Kind() == reflect.Struct {
				walk(ft, path, open)
				continue
			}
			f := field{name: name, index: path, typ: sf.Type, tagged: name != ""}
			for _, o := range strings.Split(opts, ",") {
				f.omitEmpty = f.omitEmpty || o == "omitempty"
				f.omitZero = f.omitZero || o == "omitzero"
				if o == "string" {
					k := ft.Kind()
					f.quoted = k == reflect.Bool || reflect.Int <= k && k <= reflect.Float64 || k == reflect.String
				}
			}
			if name == "" {
				f.name = sf.Name
			}
			all = append(all, f)
		}
	}
	walk(t, nil, map[reflect.Type]bool{})
	var out []field
	for i, f := range all {
		wins := true
		for j, g := range all {
			if i == j || f.name != g.name {
				continue
			}
			if len(g.index) < len(f.index) || len(g.index) == len(f.index) && (g.tagged || !f.tagged) {
				wins = false
			}
		}
		if wins {
			out = append(out, f)
		}
	}
	fieldCache[t] = out
	return out
}

func validName(s string) bool {
	for _, c := range s {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80) {
			return false
		}
	}
	return s != ""
}

// Encoder writes values to a stream.
type Encoder struct {
	w              io.Writer
	err            error
	escape         bool
	prefix, indent string
}

// NewEncoder gives an Encoder.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w, escape: true} }

func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }
func (enc *Encoder) SetEscapeHTML(on bool)           { enc.escape = on }

// Encode writes v and a newline.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	b, err := marshal(v, enc.escape)
	if err != nil {
		return err
	}
	if enc.prefix != "" || enc.indent != "" {
		b = indented(nil, b, enc.prefix, enc.indent)
	}
	_, enc.err = enc.w.Write(append(b, '\n'))
	return enc.err
}

// compact appends src without space.
func compact(dst, src []byte, escape bool) []byte {
	inside := false
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case !inside && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			continue
		case escape && (c == '<' || c == '>' || c == '&'):
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			continue
		case escape && c == 0xe2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xa8:
			dst = append(dst, `\u202`...)
			dst = append(dst, hexDigits[src[i+2]&15])
			i += 2
			continue
		case inside && c == '\\':
			dst = append(dst, c)
			i++
			c = src[i]
		case c == '"':
			inside = !inside
		}
		dst = append(dst, c)
	}
	return dst
}

func indented(dst, src []byte, prefix, indent string) []byte {
	depth := 0
	line := func() {
		dst = append(append(dst, '\n'), prefix...)
		for range depth {
			dst = append(dst, indent...)
		}
	}
	inside, opened := false, false
	for i := 0; i < len(src); i++ {
		c := src[i]
		if inside {
			dst = append(dst, c)
			if c == '\\' {
				i++
				dst = append(dst, src[i])
			}
			inside = c != '"'
			continue
		}
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			continue
		}
		if opened && c != ']' && c != '}' {
			depth++
			line()
		}
		closing := (c == ']' || c == '}') && !opened
		opened = false
		switch {
		case closing:
			depth--
			line()
			dst = append(dst, c)
		case c == '{' || c == '[':
			opened = true
			dst = append(dst, c)
		case c == ',':
			dst = append(dst, c)
			line()
		case c == ':':
			dst = append(dst, ':', ' ')
		default:
			inside = c == '"'
			dst = append(dst, c)
		}
	}
	return dst
}

// Indent writes src with each element on a line of its own.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	if err := check(src); err != nil {
		return err
	}
	dst.Write(indented(nil, src, prefix, indent))
	// Space after the value stays.
	dst.Write(src[len(bytes.TrimRight(src, " \t\r\n")):])
	return nil
}

// Compact writes src without space.
func Compact(dst *bytes.Buffer, src []byte) error {
	if err := check(src); err != nil {
		return err
	}
	dst.Write(compact(nil, src, false))
	return nil
}

// HTMLEscape writes src with <, > and & escaped.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	for _, c := range src {
		if c == '<' || c == '>' || c == '&' {
			dst.WriteString(`\u00`)
			dst.WriteByte(hexDigits[c>>4])
			dst.WriteByte(hexDigits[c&15])
		} else {
			dst.WriteByte(c)
		}
	}
}
