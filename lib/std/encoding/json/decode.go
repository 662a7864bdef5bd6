package json

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// SyntaxError is text that is not JSON.
type SyntaxError struct {
	msg    string
	Offset int64
}

func (e *SyntaxError) Error() string { return e.msg }

// UnmarshalTypeError is a value that does not fit its place.
type UnmarshalTypeError struct {
	Value  string
	Type   reflect.Type
	Offset int64
	Struct string
	Field  string
}

func (e *UnmarshalTypeError) Error() string {
	if e.Struct != "" || e.Field != "" {
		return "json: cannot unmarshal " + e.Value + " into Go struct field " + e.Struct + "." + e.Field + " of type " + e.Type.String()
	}
	return "json: cannot unmarshal " + e.Value + " into Go value of type " + e.Type.String()
}

// InvalidUnmarshalError is a place that cannot be written to.
type InvalidUnmarshalError struct{ Type reflect.Type }

func (e *InvalidUnmarshalError) Error() string {
	switch {
	case e.Type == nil:
		return "json: Unmarshal(nil)"
	case e.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + e.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + e.Type.String() + ")"
}

// parser walks over JSON text.
type parser struct {
	s   []byte
	i   int
	err *SyntaxError
	// short: the text ended within a value.
	short bool
	// stream: an end may come in a literal, as more can follow.
	stream bool
	depth  int
}

func (p *parser) space() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\t' || p.s[p.i] == '\n' || p.s[p.i] == '\r') {
		p.i++
	}
}

func quoteChar(c byte) string {
	switch c {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	s := strconv.Quote(string(rune(c)))
	return "'" + s[1:len(s)-1] + "'"
}

// bad notes an error at the next byte.
func (p *parser) bad(context string) bool {
	if p.i >= len(p.s) {
		p.short = true
		p.err = &SyntaxError{"unexpected end of JSON input", int64(len(p.s))}
	} else {
		p.err = &SyntaxError{"invalid character " + quoteChar(p.s[p.i]) + " " + context, int64(p.i + 1)}
	}
	return false
}

// skip passes over a value; false and err if there is none.
func (p *parser) skip() bool {
	p.space()
	if p.i >= len(p.s) {
		return p.bad("")
	}
	switch c := p.s[p.i]; {
	case c == '{':
		return p.group('}', true)
	case c == '[':
		return p.group(']', false)
	case c == '"':
		return p.str()
	case c == 't':
		return p.word("true")
	case c == 'f':
		return p.word("false")
	case c == 'n':
		return p.word("null")
	case c == '-' || '0' <= c && c <= '9':
		return p.number()
	}
	return p.bad("looking for beginning of value")
}

func (p *parser) group(end byte, object bool) bool {
	if p.depth++; p.depth > 10000 {
		p.err = &SyntaxError{"exceeded max depth", int64(p.i + 1)}
		return false
	}
	p.i++
	for first := true; ; first = false {
		p.space()
		if first && p.i < len(p.s) && p.s[p.i] == end {
			break
		}
		if object {
			if p.i >= len(p.s) || p.s[p.i] != '"' {
				return p.bad("looking for beginning of object key string")
			}
			if !p.str() {
				return false
			}
			p.space()
			if p.i >= len(p.s) || p.s[p.i] != ':' {
				return p.bad("after object key")
			}
			p.i++
		}
		if !p.skip() {
			return false
		}
		p.space()
		if p.i < len(p.s) && p.s[p.i] == end {
			break
		}
		if p.i >= len(p.s) || p.s[p.i] != ',' {
			if object {
				return p.bad("after object key:value pair")
			}
			return p.bad("after array element")
		}
		p.i++
		if p.space(); p.i < len(p.s) && p.s[p.i] == end && !object {
			return p.bad("looking for beginning of value")
		}
	}
	p.i++
	p.depth--
	return true
}

func (p *parser) word(w string) bool {
	for j := 0; j < len(w); j++ {
		if p.i >= len(p.s) && !p.stream {
			// As if a space followed.
			p.short = true
			p.err = &SyntaxError{"invalid character ' ' in literal " + w + " (expecting " + quoteChar(w[j]) + ")", int64(p.i + 1)}
			return false
		}
		if p.i >= len(p.s) || p.s[p.i] != w[j] {
			return p.bad("in literal " + w + " (expecting " + quoteChar(w[j]) + ")")
		}
		p.i++
	}
	return true
}

func (p *parser) str() bool {
	for p.i++; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == '"':
			p.i++
			return true
		case c == '\\':
			p.i++
			if p.i >= len(p.s) {
				return p.bad("")
			}
			switch p.s[p.i] {
			case 'b', 'f', 'n', 'r', 't', '\\', '/', '"':
			case 'u':
				for range 4 {
					p.i++
					if p.i >= len(p.s) || hexValue(p.s[p.i]) < 0 {
						return p.bad("in \\u hexadecimal character escape")
					}
				}
			default:
				return p.bad("in string escape code")
			}
		case c < ' ':
			return p.bad("in string literal")
		}
	}
	return p.bad("")
}

func hexValue(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

func (p *parser) digits() bool {
	start := p.i
	for p.i < len(p.s) && '0' <= p.s[p.i] && p.s[p.i] <= '9' {
		p.i++
	}
	return p.i > start
}

func (p *parser) number() bool {
	if p.s[p.i] == '-' {
		p.i++
	}
	if p.i < len(p.s) && p.s[p.i] == '0' {
		p.i++
	} else if !p.digits() {
		return p.bad("in numeric literal")
	}
	if p.i < len(p.s) && p.s[p.i] == '.' {
		p.i++
		if !p.digits() {
			return p.bad("after decimal point in numeric literal")
		}
	}
	if p.i < len(p.s) && p.s[p.i]|0x20 == 'e' {
		p.i++
		if p.i < len(p.s) && (p.s[p.i] == '+' || p.s[p.i] == '-') {
			p.i++
		}
		if !p.digits() {
			return p.bad("in exponent of numeric literal")
		}
	}
	return true
}

func validNumber(s string) bool {
	p := parser{s: []byte(s)}
	return s != "" && (s[0] == '-' || '0' <= s[0] && s[0] <= '9') && p.number() && p.i == len(s)
}

// check is the first error in s; nil if it is one JSON value.
func check(s []byte) *SyntaxError {
	p := parser{s: s}
	if p.skip() {
		if p.space(); p.i < len(s) {
			p.bad("after top-level value")
		}
	}
	return p.err
}

// Valid reports whether data is JSON.
func Valid(data []byte) bool { return check(data) == nil }

// Unmarshal reads data into *v.
func Unmarshal(data []byte, v any) error {
	if err := check(data); err != nil {
		return err
	}
	d := decoder{parser: parser{s: data}}
	return d.into(v)
}

// decoder stores a checked text's values.
type decoder struct {
	parser
	useNumber, strict bool
	// saved is the first error of fitting; decoding goes on after it.
	saved  error
	strct  string
	fields []string
}

func (d *decoder) into(v any) (err error) {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	defer func() {
		switch f := recover().(type) {
		case nil:
		case failure:
			err = f.err
		default:
			panic(f)
		}
	}()
	d.value(rv)
	return d.saved
}

func (d *decoder) save(err error) {
	if d.saved == nil {
		d.saved = err
	}
}

func (d *decoder) mismatch(what string, t reflect.Type, offset int) {
	d.save(&UnmarshalTypeError{Value: what, Type: t, Offset: int64(offset), Struct: d.strct, Field: strings.Join(d.fields, ".")})
}

// settle follows and makes pointers; own is the last one that can read itself.
func settle(v reflect.Value, null bool) (own Unmarshaler, text encoding.TextUnmarshaler, at reflect.Value) {
	if v.Kind() != reflect.Pointer && v.Type().Name() != "" && v.CanAddr() {
		v = v.Addr()
	}
	for {
		if v.Kind() == reflect.Interface && !v.IsNil() {
			if e := v.Elem(); e.Kind() == reflect.Pointer && !e.IsNil() && (!null || e.Elem().Kind() == reflect.Pointer) {
				v = e
				continue
			}
		}
		if v.Kind() != reflect.Pointer || null && v.CanSet() {
			return nil, nil, v
		}
		if v.Elem().Kind() == reflect.Interface && v.Elem().Elem().Equal(v) {
			return nil, nil, v.Elem()
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if v.Type().NumMethod() > 0 && v.CanInterface() {
			if u, ok := v.Interface().(Unmarshaler); ok {
				return u, nil, reflect.Value{}
			}
			if u, ok := v.Interface().(encoding.TextUnmarshaler); ok && !null {
				return nil, u, reflect.Value{}
			}
		}
		v = v.Elem()
	}
}

// value stores the next value in v; it is passed over if v is not valid.
func (d *decoder) value(v reflect.Value) {
	d.space()
	start := d.i
	if !v.IsValid() {
		d.skip()
		return
	}
	c := d.s[d.i]
	own, text, v := settle(v, c == 'n')
	if own != nil {
		d.skip()
		if err := own.UnmarshalJSON(d.s[start:d.i]); err != nil {
			panic(failure{err})
		}
		return
	}
	if text != nil {
		d.skip()
		if c != '"' {
			what := map[byte]string{'{': "object", '[': "array", 't': "bool", 'f': "bool"}[c]
			if what == "" {
				what = "number"
			}
			d.mismatch(what, reflect.TypeOf(text), d.i)
			return
		}
		s, _ := unquote(d.s[start:d.i])
		if err := text.UnmarshalText([]byte(s)); err != nil {
			panic(failure{err})
		}
		return
	}
	switch c {
	case '{':
		d.object(v)
	case '[':
		d.array(v)
	default:
		d.skip()
		d.literal(d.s[start:d.i], v, false)
	}
}

// free is a value's form for any.
func (d *decoder) free() any {
	d.space()
	start := d.i
	switch c := d.s[d.i]; c {
	case '{':
		m := map[string]any{}
		d.members(func(key string) { m[key] = d.free() })
		return m
	case '[':
		list := []any{}
		d.elements(func(int) { list = append(list, d.free()) })
		return list
	case '"':
		d.skip()
		s, _ := unquote(d.s[start:d.i])
		return s
	case 'n':
		d.skip()
		return nil
	case 't', 'f':
		d.skip()
		return c == 't'
	}
	d.skip()
	n := string(d.s[start:d.i])
	if d.useNumber {
		return Number(n)
	}
	f, err := strconv.ParseFloat(n, 64)
	if err != nil {
		d.mismatch("number "+n, reflect.TypeFor[float64](), d.i)
		return nil
	}
	return f
}

// members calls f for each key, before its value.
func (d *decoder) members(f func(key string)) {
	d.i++
	for {
		d.space()
		if d.s[d.i] == '}' {
			d.i++
			return
		}
		if d.s[d.i] == ',' {
			d.i++
			d.space()
		}
		start := d.i
		d.str()
		key, _ := unquote(d.s[start:d.i])
		d.space()
		d.i++
		f(key)
	}
}

// elements calls f before each element.
func (d *decoder) elements(f func(i int)) {
	d.i++
	for n := 0; ; n++ {
		d.space()
		if d.s[d.i] == ']' {
			d.i++
			return
		}
		if d.s[d.i] == ',' {
			d.i++
		}
		f(n)
	}
}

func (d *decoder) array(v reflect.Value) {
	start := d.i
	switch v.Kind() {
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(d.free()))
			return
		}
		fallthrough
	default:
		d.skip()
		d.mismatch("array", v.Type(), start+1)
		return
	case reflect.Array, reflect.Slice:
	}
	n := 0
	d.elements(func(i int) {
		n = i + 1
		if v.Kind() == reflect.Slice && i == v.Len() {
			v.Grow(1)
			v.SetLen(n)
		}
		if i < v.Len() {
			d.value(v.Index(i))
		} else {
			d.value(reflect.Value{})
		}
	})
	if v.Kind() == reflect.Array {
		for ; n < v.Len(); n++ {
			v.Index(n).SetZero()
		}
		return
	}
	v.SetLen(n)
	if n == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
}

func (d *decoder) object(v reflect.Value) {
	start := d.i
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		v.Set(reflect.ValueOf(d.free()))
		return
	}
	t := v.Type()
	switch v.Kind() {
	case reflect.Map:
		kt := t.Key()
		k := kt.Kind()
		if k != reflect.String && !(reflect.Int <= k && k <= reflect.Uintptr) && !reflect.PointerTo(kt).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
			d.skip()
			d.mismatch("object", t, start+1)
			return
		}
		if v.IsNil() {
			v.Set(reflect.MakeMap(t))
		}
		d.members(func(key string) {
			elem := reflect.New(t.Elem()).Elem()
			at := d.i
			d.value(elem)
			kv := reflect.New(kt).Elem()
			if u, ok := kv.Addr().Interface().(encoding.TextUnmarshaler); ok && k != reflect.String {
				if err := u.UnmarshalText([]byte(key)); err != nil {
					panic(failure{err})
				}
			} else if !number(kv, key) {
				d.mismatch("number "+key, kt, at+1)
				return
			}
			v.SetMapIndex(kv, elem)
		})
	case reflect.Struct:
		list := fieldsOf(t)
		d.members(func(key string) {
			var f *field
			for i := range list {
				if list[i].name == key {
					f = &list[i]
					break
				}
			}
			for i := 0; f == nil && i < len(list); i++ {
				if strings.EqualFold(list[i].name, key) {
					f = &list[i]
				}
			}
			if f == nil {
				if d.strict {
					d.save(errors.New("json: unknown field " + strconv.Quote(key)))
				}
				d.value(reflect.Value{})
				return
			}
			at := v
			for _, i := range f.index {
				if at.Kind() == reflect.Pointer {
					if at.IsNil() {
						if !at.CanSet() {
							d.save(errors.New("json: cannot set embedded pointer to unexported struct: " + at.Type().Elem().String()))
							d.value(reflect.Value{})
							return
						}
						at.Set(reflect.New(at.Type().Elem()))
					}
					at = at.Elem()
				}
				at = at.Field(i)
			}
			strct, depth := d.strct, len(d.fields)
			d.strct = t.Name()
			d.fields = append(d.fields, f.name)
			if f.quoted {
				d.quotedValue(at)
			} else {
				d.value(at)
			}
			d.strct, d.fields = strct, d.fields[:depth]
		})
	default:
		d.skip()
		d.mismatch("object", t, start+1)
	}
}

// quotedValue reads a value that is in a string.
func (d *decoder) quotedValue(v reflect.Value) {
	d.space()
	start := d.i
	d.skip()
	raw := d.s[start:d.i]
	if string(raw) == "null" {
		d.literal(raw, v, false)
		return
	}
	s, ok := unquote(raw)
	if !ok {
		d.save(errors.New("json: invalid use of ,string struct tag, trying to unmarshal unquoted value into " + v.Type().String()))
		return
	}
	if _, _, at := settle(v, false); at.IsValid() {
		d.literal([]byte(s), at, true)
	}
}

// number stores a number, or a string, of text.
func number(v reflect.Value, s string) bool {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(s)
	case v.CanInt():
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || v.OverflowInt(n) {
			return false
		}
		v.SetInt(n)
	case v.CanUint():
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil || v.OverflowUint(n) {
			return false
		}
		v.SetUint(n)
	case v.CanFloat():
		n, err := strconv.ParseFloat(s, v.Type().Bits())
		if err != nil || v.OverflowFloat(n) {
			return false
		}
		v.SetFloat(n)
	default:
		return false
	}
	return true
}

func (d *decoder) literal(raw []byte, v reflect.Value, quoted bool) {
	wrong := func() {
		d.save(errors.New("json: invalid use of ,string struct tag, trying to unmarshal " + strconv.Quote(string(raw)) + " into " + v.Type().String()))
	}
	if len(raw) == 0 {
		wrong()
		return
	}
	k := v.Kind()
	open := k == reflect.Interface && v.NumMethod() == 0
	switch c := raw[0]; {
	case string(raw) == "null":
		switch k {
		case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
			v.SetZero()
		}
	case c == 't' || c == 'f':
		switch {
		case quoted && string(raw) != "true" && string(raw) != "false":
			wrong()
		case k == reflect.Bool:
			v.SetBool(c == 't')
		case open:
			v.Set(reflect.ValueOf(c == 't'))
		case quoted:
			wrong()
		default:
			d.mismatch("bool", v.Type(), d.i)
		}
	case c == '"':
		s, ok := unquote(raw)
		if !ok {
			wrong()
			return
		}
		switch {
		case k == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				d.save(err)
				return
			}
			v.SetBytes(b)
		case k == reflect.String:
			if v.Type() == reflect.TypeFor[Number]() && !validNumber(s) {
				panic(failure{errors.New("json: invalid number literal, trying to unmarshal " + strconv.Quote(string(raw)) + " into Number")})
			}
			v.SetString(s)
		case open:
			v.Set(reflect.ValueOf(s))
		default:
			d.mismatch("string", v.Type(), d.i)
		}
	case c == '-' || '0' <= c && c <= '9':
		s := string(raw)
		switch {
		case open:
			sub := decoder{parser: parser{s: raw}, useNumber: d.useNumber}
			if n := sub.free(); sub.saved == nil {
				v.Set(reflect.ValueOf(n))
			} else {
				d.mismatch("number "+s, reflect.TypeFor[float64](), d.i)
			}
		case k == reflect.String && v.Type() == reflect.TypeFor[Number]():
			v.SetString(s)
		case v.CanInt() || v.CanUint() || v.CanFloat():
			if !number(v, s) {
				d.mismatch("number "+s, v.Type(), d.i)
			}
		case quoted:
			wrong()
		default:
			d.mismatch("number", v.Type(), d.i)
		}
	default:
		wrong()
	}
}

// unquote is a string literal's text.
func unquote(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
		return "", false
	}
	raw = raw[1 : len(raw)-1]
	if bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
		return string(raw), true
	}
	out := make([]byte, 0, len(raw)+8)
	for i := 0; i < len(raw); {
		c := raw[i]
		if c != '\\' {
			r, n := utf8.DecodeRune(raw[i:])
			out = utf8.AppendRune(out, r)
			i += n
			continue
		}
		if i++; i >= len(raw) {
			return "", false
		}
		c = raw[i]
		i++
		switch c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r := hex4(raw[i:])
			if r < 0 {
				return "", false
			}
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i+1 < len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					low = hex4(raw[i+2:])
				}
				if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
					r = both
					i += 6
				} else {
					r = utf8.RuneError
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
	}
	return string(out), true
}

func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	r := rune(0)
	for _, c := range b[:4] {
		h := hexValue(c)
		if h < 0 {
			return -1
		}
		r = r<<4 | h
	}
	return r
}

// Decoder reads values from a stream.
type Decoder struct {
	r                 io.Reader
	buf               []byte
	at                int
	base              int64
	err               error
	useNumber, strict bool
	// open groups, and what may come next in the innermost one.
	stack []byte
	need  byte
}

// NewDecoder gives a Decoder.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

func (dec *Decoder) UseNumber()             { dec.useNumber = true }
func (dec *Decoder) DisallowUnknownFields() { dec.strict = true }
func (dec *Decoder) Buffered() io.Reader    { return bytes.NewReader(dec.buf[dec.at:]) }
func (dec *Decoder) InputOffset() int64     { return dec.base + int64(dec.at) }

// more reads on; false at the end.
func (dec *Decoder) more() bool {
	if dec.err != nil {
		return false
	}
	if dec.at > 0 {
		dec.base += int64(dec.at)
		dec.buf = append(dec.buf[:0], dec.buf[dec.at:]...)
		dec.at = 0
	}
	have := len(dec.buf)
	dec.buf = append(dec.buf, make([]byte, 512)...)
	n, err := dec.r.Read(dec.buf[have:])
	dec.buf = dec.buf[:have+n]
	dec.err = err
	return n > 0 || err == nil
}

// peek is the next byte that is not space.
func (dec *Decoder) peek() (byte, error) {
	for {
		for ; dec.at < len(dec.buf); dec.at++ {
			if c := dec.buf[dec.at]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
				return c, nil
			}
		}
		if !dec.more() {
			return 0, dec.err
		}
	}
}

// next finds the value ahead.
func (dec *Decoder) next() ([]byte, error) {
	if _, err := dec.peek(); err != nil {
		return nil, err
	}
	for {
		p := parser{s: dec.buf[dec.at:], stream: true}
		ok := p.skip()
		// A number may go on behind the buffer.
		whole := ok && (p.i < len(p.s) || p.s[p.i-1] == '}' || p.s[p.i-1] == ']' || p.s[p.i-1] == '"' || dec.err != nil)
		switch {
		case whole:
			return p.s[:p.i], nil
		case !ok && !p.short:
			p.err.Offset += dec.InputOffset()
			return nil, p.err
		}
		if !dec.more() {
			if ok {
				continue
			}
			if dec.err == io.EOF {
				return nil, io.ErrUnexpectedEOF
			}
			return nil, dec.err
		}
	}
}

// Decode reads the next value into *v.
func (dec *Decoder) Decode(v any) error {
	if err := dec.separator(); err != nil {
		return err
	}
	raw, err := dec.next()
	if err != nil {
		return err
	}
	d := decoder{parser: parser{s: raw}, useNumber: dec.useNumber, strict: dec.strict}
	err = d.into(v)
	dec.at += len(raw)
	dec.after()
	return err
}

// Token is a Delim, bool, float64, Number, string or nil.
type Token any

// Delim is one of [ ] { }.
type Delim rune

func (d Delim) String() string { return string(d) }

// separator passes over a comma or colon where one must be.
func (dec *Decoder) separator() error {
	if dec.need == 0 || dec.need == 'v' || dec.need == 'k' {
		return nil
	}
	c, err := dec.peek()
	if err != nil {
		return err
	}
	if c == dec.need {
		dec.at++
		if c == ':' {
			dec.need = 'v'
		} else if dec.stack[len(dec.stack)-1] == '{' {
			dec.need = 'k'
		} else {
			dec.need = 'v'
		}
	}
	return nil
}

// after says what follows a value.
func (dec *Decoder) after() {
	if len(dec.stack) == 0 {
		dec.need = 0
	} else if dec.stack[len(dec.stack)-1] == '{' && dec.need == 'k' {
		dec.need = ':'
	} else {
		dec.need = ','
	}
}

// More reports whether the current array or object has another element.
func (dec *Decoder) More() bool {
	c, err := dec.peek()
	return err == nil && c != ']' && c != '}'
}

// Token reads the next token.
func (dec *Decoder) Token() (Token, error) {
	if err := dec.separator(); err != nil {
		return nil, err
	}
	c, err := dec.peek()
	if err != nil {
		return nil, err
	}
	switch c {
	case '[', '{':
		dec.at++
		dec.stack = append(dec.stack, c)
		dec.need = 'v'
		if c == '{' {
			dec.need = 'k'
		}
		return Delim(c), nil
	case ']', '}':
		if n := len(dec.stack); n == 0 || dec.stack[n-1] != c-2 {
			return nil, &SyntaxError{"invalid character " + quoteChar(c) + " looking for beginning of value", dec.InputOffset() + 1}
		}
		dec.at++
		dec.stack = dec.stack[:len(dec.stack)-1]
		dec.after()
		if len(dec.stack) > 0 {
			dec.need = ','
		}
		return Delim(c), nil
	}
	raw, err := dec.next()
	if err != nil {
		return nil, err
	}
	d := decoder{parser: parser{s: raw}, useNumber: dec.useNumber}
	v := d.free()
	dec.at += len(raw)
	dec.after()
	return v, nil
}
