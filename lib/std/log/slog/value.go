// Package slog logs records of a message, a level and attributes.
package slog

import (
	"fmt"
	"math"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Kind says what a Value holds.
type Kind int

const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

const kindNames = "AnyBoolDurationFloat64Int64StringTimeUint64GroupLogValuer"

var kindEnds = [...]int{0, 3, 7, 15, 22, 27, 33, 37, 43, 48, 57}

func (k Kind) String() string {
	if k >= 0 && int(k) < len(kindEnds)-1 {
		return kindNames[kindEnds[k]:kindEnds[k+1]]
	}
	return "<unknown slog.Kind>"
}

// A Value holds any value; small ones without allocating. The interface holds what
// num lacks: the Kind of numbers, the data of strings and groups, the place of times.
type Value struct {
	_   [0]func()
	num uint64
	any any
}

type (
	stringData *byte
	groupData  *Attr
	place      *time.Location
	farTime    time.Time
	ownKind    Kind
)

// LogValuer is what makes its Value when it is logged.
type LogValuer interface{ LogValue() Value }

func (v Value) Kind() Kind {
	switch x := v.any.(type) {
	case Kind:
		return x
	case stringData:
		return KindString
	case place, farTime:
		return KindTime
	case groupData:
		return KindGroup
	case LogValuer:
		return KindLogValuer
	}
	return KindAny
}

func BoolValue(v bool) Value {
	x := Value{any: KindBool}
	if v {
		x.num = 1
	}
	return x
}
func Float64Value(v float64) Value { return Value{any: KindFloat64, num: math.Float64bits(v)} }
func Uint64Value(v uint64) Value   { return Value{any: KindUint64, num: v} }
func Int64Value(v int64) Value     { return Value{any: KindInt64, num: uint64(v)} }
func IntValue(v int) Value         { return Value{any: KindInt64, num: uint64(v)} }
func StringValue(value string) Value {
	return Value{any: stringData(unsafe.StringData(value)), num: uint64(len(value))}
}
func DurationValue(v time.Duration) Value {
	return Value{num: uint64(v.Nanoseconds()), any: KindDuration}
}

// TimeValue drops the monotonic reading.
func TimeValue(v time.Time) Value {
	if v.IsZero() {
		return Value{any: place(nil)}
	}
	ns := v.UnixNano()
	if !v.Equal(time.Unix(0, ns)) {
		return Value{any: farTime(v.Round(0))}
	}
	return Value{num: uint64(ns), any: place(v.Location())}
}

// GroupValue drops groups without attributes.
func GroupValue(as ...Attr) Value {
	if n := emptyGroups(as); n > 0 {
		kept := make([]Attr, 0, len(as)-n)
		for _, a := range as {
			if !a.Value.emptyGroup() {
				kept = append(kept, a)
			}
		}
		as = kept
	}
	return Value{num: uint64(len(as)), any: groupData(unsafe.SliceData(as))}
}

func emptyGroups(as []Attr) int {
	n := 0
	for i := range as {
		if as[i].Value.emptyGroup() {
			n++
		}
	}
	return n
}

func (v Value) emptyGroup() bool { return v.num == 0 && v.Kind() == KindGroup }

// AnyValue gives basic types the kind they have.
func AnyValue(v any) Value {
	switch x := v.(type) {
	case Value:
		return x
	case Kind:
		return Value{any: ownKind(x)}
	case []Attr:
		return GroupValue(x...)
	case time.Time:
		return TimeValue(x)
	case time.Duration:
		return DurationValue(x)
	case bool:
		return BoolValue(x)
	case string:
		return StringValue(x)
	case float32:
		return Float64Value(float64(x))
	case float64:
		return Float64Value(x)
	case int:
		return IntValue(x)
	case int8:
		return IntValue(int(x))
	case int16:
		return IntValue(int(x))
	case int32:
		return IntValue(int(x))
	case int64:
		return Int64Value(x)
	case uint:
		return Uint64Value(uint64(x))
	case uint8:
		return Uint64Value(uint64(x))
	case uint16:
		return Uint64Value(uint64(x))
	case uint32:
		return Uint64Value(uint64(x))
	case uint64:
		return Uint64Value(x)
	case uintptr:
		return Uint64Value(uint64(x))
	default:
		return Value{any: v}
	}
}

func (v Value) Any() any {
	switch v.Kind() {
	case KindBool:
		return v.num == 1
	case KindDuration:
		return time.Duration(v.num)
	case KindFloat64:
		return math.Float64frombits(v.num)
	case KindInt64:
		return int64(v.num)
	case KindUint64:
		return v.num
	case KindString:
		return v.str()
	case KindTime:
		return v.when()
	case KindGroup:
		return v.attrs()
	}
	if k, ok := v.any.(ownKind); ok {
		return Kind(k)
	}
	return v.any
}

func (v Value) want(k Kind) {
	if got := v.Kind(); got != k {
		panic("Value kind is " + got.String() + ", not " + k.String())
	}
}
func (v Value) str() string   { return unsafe.String(v.any.(stringData), v.num) }
func (v Value) attrs() []Attr { return unsafe.Slice((*Attr)(v.any.(groupData)), v.num) }
func (v Value) when() time.Time {
	switch x := v.any.(type) {
	case place:
		if x == nil {
			return time.Time{}
		}
		return time.Unix(0, int64(v.num)).In(x)
	case farTime:
		return time.Time(x)
	}
	panic("not a time")
}

func (v Value) Int64() int64            { v.want(KindInt64); return int64(v.num) }
func (v Value) Uint64() uint64          { v.want(KindUint64); return v.num }
func (v Value) Bool() bool              { v.want(KindBool); return v.num == 1 }
func (v Value) Duration() time.Duration { v.want(KindDuration); return time.Duration(v.num) }
func (v Value) Float64() float64        { v.want(KindFloat64); return math.Float64frombits(v.num) }
func (v Value) Time() time.Time         { v.want(KindTime); return v.when() }
func (v Value) LogValuer() LogValuer    { return v.any.(LogValuer) }
func (v Value) Group() []Attr           { v.want(KindGroup); return v.attrs() }

// String is the value as text, whatever its kind.
func (v Value) String() string {
	if v.Kind() == KindString {
		return v.str()
	}
	return string(v.text(nil))
}

func (v Value) text(b []byte) []byte {
	switch v.Kind() {
	case KindString:
		return append(b, v.str()...)
	case KindInt64:
		return strconv.AppendInt(b, int64(v.num), 10)
	case KindUint64:
		return strconv.AppendUint(b, v.num, 10)
	case KindFloat64:
		return strconv.AppendFloat(b, math.Float64frombits(v.num), 'g', -1, 64)
	case KindBool:
		return strconv.AppendBool(b, v.num == 1)
	case KindDuration:
		return append(b, time.Duration(v.num).String()...)
	case KindTime:
		return append(b, v.when().String()...)
	case KindGroup:
		return fmt.Append(b, v.attrs())
	}
	return fmt.Append(b, v.any)
}

// Equal compares kinds and values; those of other types must be comparable.
func (v Value) Equal(w Value) bool {
	k := v.Kind()
	if k != w.Kind() {
		return false
	}
	switch k {
	case KindInt64, KindUint64, KindBool, KindDuration:
		return v.num == w.num
	case KindString:
		return v.str() == w.str()
	case KindFloat64:
		return math.Float64frombits(v.num) == math.Float64frombits(w.num)
	case KindTime:
		return v.when().Equal(w.when())
	case KindGroup:
		a, b := v.attrs(), w.attrs()
		if len(a) != len(b) {
			return false
		}
		for i := range a {
			if !a[i].Equal(b[i]) {
				return false
			}
		}
		return true
	}
	return v.any == w.any
}

const mostResolves = 100

// Resolve asks LogValuers until something else comes.
func (v Value) Resolve() (rv Value) {
	first := v
	defer func() {
		if r := recover(); r != nil {
			rv = AnyValue(fmt.Errorf("LogValue panicked\n%s", frames(3, 5)))
		}
	}()
	for range mostResolves {
		if v.Kind() != KindLogValuer {
			return v
		}
		v = v.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on Value of type %T", first.Any()))
}

func frames(skip, n int) string {
	pcs := make([]uintptr, n+1)
	got := runtime.Callers(skip, pcs)
	if got == 0 {
		return "(no stack)"
	}
	all := runtime.CallersFrames(pcs[:got])
	var b strings.Builder
	for i := 0; ; i++ {
		f, more := all.Next()
		fmt.Fprintf(&b, "called from %s (%s:%d)\n", f.Function, f.File, f.Line)
		if !more {
			return b.String()
		}
		if i >= n {
			b.WriteString("(rest of stack elided)\n")
			return b.String()
		}
	}
}

// An Attr is a key with a value.
type Attr struct {
	Key   string
	Value Value
}

func Any(key string, value any) Attr            { return Attr{Key: key, Value: AnyValue(value)} }
func Bool(key string, v bool) Attr              { return Attr{Key: key, Value: BoolValue(v)} }
func Duration(key string, v time.Duration) Attr { return Attr{Key: key, Value: DurationValue(v)} }
func Float64(key string, v float64) Attr        { return Attr{Key: key, Value: Float64Value(v)} }
func Int(key string, value int) Attr            { return Attr{Key: key, Value: IntValue(value)} }
func Int64(key string, value int64) Attr        { return Attr{Key: key, Value: Int64Value(value)} }
func String(key, value string) Attr             { return Attr{Key: key, Value: StringValue(value)} }
func Time(key string, v time.Time) Attr         { return Attr{Key: key, Value: TimeValue(v)} }
func Uint64(key string, v uint64) Attr          { return Attr{Key: key, Value: Uint64Value(v)} }

// Group makes one attribute of several, given as Logger.Log takes them.
func Group(key string, args ...any) Attr { return Attr{key, GroupValue(attrsOf(args)...)} }

// GroupAttrs is Group of Attrs only.
func GroupAttrs(key string, attrs ...Attr) Attr { return Attr{key, GroupValue(attrs...)} }

func (a Attr) empty() bool { return a.Key == "" && a.Value.any == nil && a.Value.num == 0 }

// String is key=value.
func (a Attr) String() string { return fmt.Sprintf("%s=%s", a.Key, a.Value) }

// Equal says whether keys and values are equal.
func (a Attr) Equal(b Attr) bool {
	if a.Key != b.Key {
		return false
	}
	return a.Value.Equal(b.Value)
}

const badKey = "!BADKEY"

// nextAttr takes an attribute from the front of arguments.
func nextAttr(args []any) (Attr, []any) {
	first, rest := args[0], args[1:]
	if a, ok := first.(Attr); ok {
		return a, rest
	}
	if key, ok := first.(string); ok && len(rest) > 0 {
		return Any(key, rest[0]), rest[1:]
	}
	return Any(badKey, first), rest
}

func attrsOf(args []any) []Attr {
	var out []Attr
	for len(args) > 0 {
		var a Attr
		a, args = nextAttr(args)
		out = append(out, a)
	}
	return out
}
