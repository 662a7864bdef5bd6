package template

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FuncMap names functions that templates may call: of one result, or of one and an error.
type FuncMap map[string]any

var builtins = map[string]reflect.Value{}

func init() {
	for name, f := range map[string]any{
		"and":  func(first reflect.Value, more ...reflect.Value) reflect.Value { panic("and is not called") },
		"or":   func(first reflect.Value, more ...reflect.Value) reflect.Value { panic("or is not called") },
		"call": func(f reflect.Value, args ...reflect.Value) (reflect.Value, error) { panic("call is not called") },
		"html": HTMLEscaper, "index": index, "slice": slice, "js": JSEscaper, "len": length, "not": not,
		"print": fmt.Sprint, "printf": fmt.Sprintf, "println": fmt.Sprintln, "urlquery": URLQueryEscaper,
		"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge,
	} {
		builtins[name] = reflect.ValueOf(f)
	}
}

// operators are the functions above that take reflect.Values: called directly.
var operators map[string]func(in []reflect.Value) (any, error)

func init() {
	operators = map[string]func(in []reflect.Value) (any, error){
		"index": func(in []reflect.Value) (any, error) { return index(in[0], in[1:]...) },
		"slice": func(in []reflect.Value) (any, error) { return slice(in[0], in[1:]...) },
		"len":   func(in []reflect.Value) (any, error) { return length(in[0]) },
		"not":   func(in []reflect.Value) (any, error) { return not(in[0]), nil },
		"eq":    func(in []reflect.Value) (any, error) { return eq(in[0], in[1:]...) },
		"ne":    func(in []reflect.Value) (any, error) { return ne(in[0], in[1]) },
		"lt":    func(in []reflect.Value) (any, error) { return lt(in[0], in[1]) },
		"le":    func(in []reflect.Value) (any, error) { return le(in[0], in[1]) },
		"gt":    func(in []reflect.Value) (any, error) { return gt(in[0], in[1]) },
		"ge":    func(in []reflect.Value) (any, error) { return ge(in[0], in[1]) },
	}
}

func goodName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

func goodResults(name string, t reflect.Type) error {
	switch n := t.NumOut(); {
	case n == 1 || n == 2 && t.Out(1) == errorType:
		return nil
	case n == 2:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, t.Out(1))
	default:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	}
}

func inner(v reflect.Value) reflect.Value { return indirectInterface(v) }

// place reads an index below or, for slices, up to most.
func place(v reflect.Value, most int) (int, error) {
	var x int64
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		x = v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		x = int64(v.Uint())
	case reflect.Invalid:
		return 0, errors.New("cannot index slice/array with nil")
	default:
		return 0, fmt.Errorf("cannot index slice/array with type %s", v.Type())
	}
	if x < 0 || int(x) < 0 || int(x) > most {
		return 0, fmt.Errorf("index out of range: %d", x)
	}
	return int(x), nil
}

// keyOf makes v fit the keys of a map.
func keyOf(v reflect.Value, t reflect.Type) (reflect.Value, error) {
	if !v.IsValid() {
		if !canBeNil(t) {
			return none, fmt.Errorf("value is nil; should be of type %s", t)
		}
		return reflect.Zero(t), nil
	}
	if v.Type().AssignableTo(t) {
		return v, nil
	}
	if isInt(v.Kind()) && isInt(t.Kind()) && v.Type().ConvertibleTo(t) {
		return v.Convert(t), nil
	}
	return none, fmt.Errorf("value has type %s; should be %s", v.Type(), t)
}

func isInt(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Uintptr }

func index(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	at := inner(item)
	if !at.IsValid() {
		return none, errors.New("index of untyped nil")
	}
	for _, given := range indexes {
		i := inner(given)
		item, isNil := indirect(at)
		if isNil {
			return none, errors.New("index of nil pointer")
		}
		switch item.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			x, err := place(i, item.Len()-1)
			if err != nil {
				return none, err
			}
			at = item.Index(x)
		case reflect.Map:
			k, err := keyOf(i, item.Type().Key())
			if err != nil {
				return none, err
			}
			if x := item.MapIndex(k); x.IsValid() {
				at = x
			} else {
				at = reflect.Zero(item.Type().Elem())
			}
		default:
			return none, fmt.Errorf("can't index item of type %s", item.Type())
		}
	}
	return at, nil
}

func slice(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = inner(item)
	if !item.IsValid() {
		return none, errors.New("slice of untyped nil")
	}
	if len(indexes) > 3 {
		return none, fmt.Errorf("too many slice indexes: %d", len(indexes))
	}
	most := 0
	switch item.Kind() {
	case reflect.String:
		if len(indexes) == 3 {
			return none, errors.New("cannot 3-index slice a string")
		}
		most = item.Len()
	case reflect.Array, reflect.Slice:
		most = item.Cap()
	default:
		return none, fmt.Errorf("can't slice item of type %s", item.Type())
	}
	at := [3]int{0, item.Len(), most}
	for i, x := range indexes {
		n, err := place(inner(x), most)
		if err != nil {
			return none, err
		}
		at[i] = n
	}
	if at[0] > at[1] {
		return none, fmt.Errorf("invalid slice index: %d > %d", at[0], at[1])
	}
	if len(indexes) < 3 {
		return item.Slice(at[0], at[1]), nil
	}
	if at[1] > at[2] {
		return none, fmt.Errorf("invalid slice index: %d > %d", at[1], at[2])
	}
	return item.Slice3(at[0], at[1], at[2]), nil
}

func length(arg reflect.Value) (int, error) {
	v, isNil := indirect(arg)
	if isNil {
		return 0, errors.New("len of nil pointer")
	}
	switch v.Kind() {
	case reflect.String, reflect.Array, reflect.Chan, reflect.Map, reflect.Slice:
		return v.Len(), nil
	case reflect.Invalid:
		return 0, errors.New("len of untyped nil")
	}
	return 0, fmt.Errorf("len of type %s", v.Type())
}

func not(arg reflect.Value) bool {
	yes, _ := truth(inner(arg))
	return !yes
}

// callFunction is the function call: in[0], whose text is name, with the others.
func callFunction(name string, in []reflect.Value) (reflect.Value, error) {
	for i := range in {
		in[i] = inner(unwrap(in[i]))
	}
	f := in[0]
	if !f.IsValid() {
		return none, fmt.Errorf("call of nil")
	}
	t := f.Type()
	if t.Kind() != reflect.Func {
		return none, fmt.Errorf("non-function %s of type %s", name, t)
	}
	if err := goodResults(name, t); err != nil {
		return none, err
	}
	args := in[1:]
	fixed := t.NumIn()
	if t.IsVariadic() {
		if fixed--; len(args) < fixed {
			return none, fmt.Errorf("wrong number of args for %s: got %d want at least %d", name, len(args), fixed)
		}
	} else if len(args) != fixed {
		return none, fmt.Errorf("wrong number of args for %s: got %d want %d", name, len(args), fixed)
	}
	given := make([]reflect.Value, len(args))
	for i, a := range args {
		want := reflect.Type(nil)
		if i < fixed {
			want = t.In(i)
		} else {
			want = t.In(fixed).Elem()
		}
		v, err := keyOf(a, want)
		if err != nil {
			return none, fmt.Errorf("arg %d: %w", i, err)
		}
		given[i] = v
	}
	return safeCall(f, given)
}

var (
	errBadType = errors.New("invalid type for comparison")
	errNoOther = errors.New("missing argument for comparison")
)

func mismatch(a, b reflect.Value) error {
	return fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
}

// Kinds that may be compared with each other.
const (
	kNone = iota
	kBool
	kComplex
	kFloat
	kInt
	kString
	kUint
)

func basic(v reflect.Value) int {
	switch k := v.Kind(); {
	case k == reflect.Bool:
		return kBool
	case k >= reflect.Int && k <= reflect.Int64:
		return kInt
	case k >= reflect.Uint && k <= reflect.Uintptr:
		return kUint
	case k == reflect.Float32 || k == reflect.Float64:
		return kFloat
	case k == reflect.Complex64 || k == reflect.Complex128:
		return kComplex
	case k == reflect.String:
		return kString
	}
	return kNone
}

func isNilValue(v reflect.Value) bool {
	return !v.IsValid() || v.Type() != valueType && canBeNil(v.Type()) && v.IsNil()
}

func same(a, b reflect.Value) (bool, error) {
	ka, kb := basic(a), basic(b)
	if ka != kb {
		switch {
		case ka == kInt && kb == kUint:
			return a.Int() >= 0 && uint64(a.Int()) == b.Uint(), nil
		case ka == kUint && kb == kInt:
			return b.Int() >= 0 && a.Uint() == uint64(b.Int()), nil
		case a.IsValid() && b.IsValid():
			return false, mismatch(a, b)
		}
		return false, nil
	}
	switch ka {
	case kBool:
		return a.Bool() == b.Bool(), nil
	case kComplex:
		return a.Complex() == b.Complex(), nil
	case kFloat:
		return a.Float() == b.Float(), nil
	case kInt:
		return a.Int() == b.Int(), nil
	case kString:
		return a.String() == b.String(), nil
	case kUint:
		return a.Uint() == b.Uint(), nil
	}
	if !a.IsValid() || !b.IsValid() || isNilValue(a) || isNilValue(b) {
		return isNilValue(a) == isNilValue(b), nil
	}
	if t := b.Type(); !t.Comparable() {
		return false, fmt.Errorf("non-comparable type %s: %v", b, t)
	}
	return a.Interface() == b.Interface(), nil
}

func mayCompare(v reflect.Value) error {
	if v.IsValid() && !v.Type().Comparable() && !isNilValue(v) {
		switch v.Kind() {
		case reflect.Map, reflect.Slice, reflect.Func:
			return fmt.Errorf("non-comparable type %s: %v", v, v.Type())
		}
		return fmt.Errorf("uncomparable type %s: %v", v.Type(), v)
	}
	return nil
}

func eq(first reflect.Value, others ...reflect.Value) (bool, error) {
	first = inner(first)
	if len(others) == 0 {
		return false, errNoOther
	}
	if err := mayCompare(first); err != nil {
		return false, err
	}
	for _, o := range others {
		ok, err := same(first, inner(o))
		if err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

func ne(a, b reflect.Value) (bool, error) {
	ok, err := eq(a, b)
	return !ok, err
}

func lt(a, b reflect.Value) (bool, error) {
	a, b = inner(a), inner(b)
	ka, kb := basic(a), basic(b)
	if ka == kNone || kb == kNone {
		return false, errBadType
	}
	if ka != kb {
		switch {
		case ka == kInt && kb == kUint:
			return a.Int() < 0 || uint64(a.Int()) < b.Uint(), nil
		case ka == kUint && kb == kInt:
			return b.Int() >= 0 && a.Uint() < uint64(b.Int()), nil
		}
		return false, mismatch(a, b)
	}
	switch ka {
	case kFloat:
		return a.Float() < b.Float(), nil
	case kInt:
		return a.Int() < b.Int(), nil
	case kString:
		return a.String() < b.String(), nil
	case kUint:
		return a.Uint() < b.Uint(), nil
	}
	return false, errBadType
}

func le(a, b reflect.Value) (bool, error) {
	less, err := lt(a, b)
	if less || err != nil {
		return less, err
	}
	return eq(a, b)
}

func gt(a, b reflect.Value) (bool, error) {
	ok, err := le(a, b)
	return err == nil && !ok, err
}

func ge(a, b reflect.Value) (bool, error) {
	ok, err := lt(a, b)
	return err == nil && !ok, err
}

// printed is what print would make of arguments, pointers followed.
func printed(args []any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, a := range args {
		if x, ok := printable(reflect.ValueOf(a)); ok {
			args[i] = x
		}
	}
	return fmt.Sprint(args...)
}

var htmlReplacer = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;")

// HTMLEscape writes b fit for HTML text.
func HTMLEscape(w io.Writer, b []byte) { htmlReplacer.WriteString(w, string(b)) }
func HTMLEscapeString(s string) string { return htmlReplacer.Replace(s) }
func HTMLEscaper(args ...any) string   { return HTMLEscapeString(printed(args)) }
func JSEscaper(args ...any) string     { return JSEscapeString(printed(args)) }
func JSEscape(w io.Writer, b []byte)   { io.WriteString(w, JSEscapeString(string(b))) }

// JSEscapeString makes s fit for a JavaScript string.
func JSEscapeString(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\' || r == '\'' || r == '"':
			b.WriteByte('\\')
			b.WriteByte(byte(r))
		case r < ' ' || r == '<' || r == '>' || r == '&' || r == '=':
			fmt.Fprintf(&b, `\u%04X`, r)
		case r >= utf8.RuneSelf && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// URLQueryEscaper makes what print would make fit for a query of a URL.
func URLQueryEscaper(args ...any) string {
	var b strings.Builder
	for _, c := range []byte(printed(args)) {
		switch {
		case c == ' ':
			b.WriteByte('+')
		case c == '-' || c == '_' || c == '.' || c == '~' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
