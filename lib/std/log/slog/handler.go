package slog

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Handler deals with records.
type Handler interface {
	Enabled(context.Context, Level) bool
	Handle(context.Context, Record) error
	WithAttrs(attrs []Attr) Handler
	WithGroup(name string) Handler
}

// Keys of what every record has.
const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

// HandlerOptions are options of the handlers of this package.
type HandlerOptions struct {
	AddSource   bool
	Level       Leveler
	ReplaceAttr func(groups []string, a Attr) Attr
}

// commonHandler is what the text and the JSON handler share. Attributes of With are
// written once, into preformattedAttrs, the groups open there counted by nOpenGroups.
type commonHandler struct {
	json              bool
	opts              HandlerOptions
	preformattedAttrs []byte
	groupPrefix       string
	groups            []string
	nOpenGroups       int
	mu                *sync.Mutex
	w                 io.Writer
}

func newCommon(w io.Writer, opts *HandlerOptions, json bool) *commonHandler {
	h := &commonHandler{json: json, mu: &sync.Mutex{}, w: w}
	if opts != nil {
		h.opts = *opts
	}
	return h
}

func (h *commonHandler) enabled(l Level) bool {
	least := LevelInfo
	if h.opts.Level != nil {
		least = h.opts.Level.Level()
	}
	return l >= least
}

func (h *commonHandler) clone() *commonHandler {
	c := *h
	c.preformattedAttrs = slices.Clip(h.preformattedAttrs)
	c.groups = slices.Clip(h.groups)
	return &c
}

func (h *commonHandler) withAttrs(as []Attr) *commonHandler {
	if emptyGroups(as) == len(as) {
		return h
	}
	c := h.clone()
	o := output{h: c, buf: c.preformattedAttrs, prefix: c.groupPrefix}
	if len(o.buf) > 0 {
		o.sep = c.separator()
	}
	o.groups = c.groups[:c.nOpenGroups]
	o.openGroups()
	if o.attrs(as) {
		c.groupPrefix = o.prefix
		c.nOpenGroups = len(c.groups)
		c.preformattedAttrs = o.buf
	}
	return c
}

func (h *commonHandler) withGroup(name string) *commonHandler {
	c := h.clone()
	c.groups = append(c.groups, name)
	return c
}

func (h *commonHandler) separator() string {
	if h.json {
		return ","
	}
	return " "
}

func (h *commonHandler) handle(r Record) error {
	o := output{h: h}
	if h.json {
		o.buf = append(o.buf, '{')
	}
	rep := h.opts.ReplaceAttr
	if !r.Time.IsZero() {
		t := r.Time.Round(0)
		if rep == nil {
			o.key(TimeKey)
			o.time(t)
		} else {
			o.attr(Time(TimeKey, t))
		}
	}
	if rep == nil {
		o.key(LevelKey)
		o.string(r.Level.String())
	} else {
		o.attr(Any(LevelKey, r.Level))
	}
	if h.opts.AddSource {
		if src := r.Source(); src != nil {
			o.attr(Any(SourceKey, src))
		}
	}
	if rep == nil {
		o.key(MessageKey)
		o.string(r.Message)
	} else {
		o.attr(String(MessageKey, r.Message))
	}
	o.rest(r)
	o.buf = append(o.buf, '\n')
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.w.Write(o.buf)
	return err
}

// output is a record being written.
type output struct {
	h      *commonHandler
	buf    []byte
	sep    string
	prefix string
	// Open groups, for ReplaceAttr.
	groups []string
}

// rest writes the attributes of With, the record's, and what closes them.
func (o *output) rest(r Record) {
	h := o.h
	if pre := h.preformattedAttrs; len(pre) > 0 {
		o.buf = append(o.buf, o.sep...)
		o.buf = append(o.buf, pre...)
		o.sep = h.separator()
		if h.json && pre[len(pre)-1] == '{' {
			o.sep = ""
		}
	}
	o.groups = h.groups[:h.nOpenGroups]
	o.prefix = h.groupPrefix
	open := h.nOpenGroups
	if r.NumAttrs() > 0 {
		// If nothing comes of them, their groups are not opened.
		buf, sep, prefix := len(o.buf), o.sep, o.prefix
		o.openGroups()
		open = len(h.groups)
		wrote := false
		r.Attrs(func(a Attr) bool {
			if o.attr(a) {
				wrote = true
			}
			return true
		})
		if !wrote {
			o.buf, o.sep, o.prefix = o.buf[:buf], sep, prefix
			open = h.nOpenGroups
		}
	}
	if h.json {
		for range open {
			o.buf = append(o.buf, '}')
		}
		// The record itself, unless this is a line of package log.
		o.buf = append(o.buf, '}')
	}
}

func (o *output) openGroups() {
	for _, g := range o.h.groups[o.h.nOpenGroups:] {
		o.open(g)
	}
}

func (o *output) open(name string) {
	if o.h.json {
		o.key(name)
		o.buf = append(o.buf, '{')
		o.sep = ""
	} else {
		o.prefix += name + "."
	}
	if o.h.opts.ReplaceAttr != nil {
		o.groups = append(slices.Clip(o.groups), name)
	}
}

func (o *output) close(name string) {
	if o.h.json {
		o.buf = append(o.buf, '}')
	} else {
		o.prefix = o.prefix[:len(o.prefix)-len(name)-1]
	}
	o.sep = o.h.separator()
	if o.h.opts.ReplaceAttr != nil {
		o.groups = o.groups[:len(o.groups)-1]
	}
}

func (o *output) attrs(as []Attr) (wrote bool) {
	for _, a := range as {
		if o.attr(a) {
			wrote = true
		}
	}
	return wrote
}

// attr says whether it wrote anything.
func (o *output) attr(a Attr) bool {
	a.Value = a.Value.Resolve()
	if rep := o.h.opts.ReplaceAttr; rep != nil && a.Value.Kind() != KindGroup {
		a = rep(o.groups, a)
		a.Value = a.Value.Resolve()
	}
	if a.empty() {
		return false
	}
	if src, ok := a.Value.any.(*Source); ok {
		if o.h.json {
			a.Value = src.group()
		} else {
			a.Value = StringValue(src.File + ":" + strconv.Itoa(src.Line))
		}
	}
	if a.Value.Kind() != KindGroup {
		o.key(a.Key)
		o.value(a.Value)
		return true
	}
	as := a.Value.attrs()
	if len(as) == 0 {
		return false
	}
	buf, sep := len(o.buf), o.sep
	if a.Key != "" {
		o.open(a.Key)
	}
	wrote := o.attrs(as)
	if a.Key != "" {
		o.close(a.Key)
	}
	if !wrote {
		o.buf, o.sep = o.buf[:buf], sep
	}
	return wrote
}

func (o *output) key(k string) {
	o.buf = append(o.buf, o.sep...)
	if o.prefix != "" {
		k = o.prefix + k
	}
	o.string(k)
	if o.h.json {
		o.buf = append(o.buf, ':')
	} else {
		o.buf = append(o.buf, '=')
	}
	o.sep = o.h.separator()
}

func (o *output) string(s string) {
	switch {
	case o.h.json:
		o.buf = append(o.buf, '"')
		o.buf = appendEscaped(o.buf, s)
		o.buf = append(o.buf, '"')
	case needsQuotes(s):
		o.buf = strconv.AppendQuote(o.buf, s)
	default:
		o.buf = append(o.buf, s...)
	}
}

func (o *output) time(t time.Time) {
	if !o.h.json {
		o.buf = t.AppendFormat(o.buf, "2006-01-02T15:04:05.000Z07:00")
		return
	}
	if y := t.Year(); y < 0 || y >= 10000 {
		o.string("!ERROR:time.Time year outside of range [0,9999]")
		return
	}
	o.buf = append(o.buf, '"')
	o.buf = t.AppendFormat(o.buf, time.RFC3339Nano)
	o.buf = append(o.buf, '"')
}

func (o *output) value(v Value) {
	start := len(o.buf)
	defer func() {
		if r := recover(); r != nil {
			o.buf = o.buf[:start]
			if x := reflect.ValueOf(v.any); x.Kind() == reflect.Pointer && x.IsNil() {
				o.string("<nil>")
				return
			}
			o.string(fmt.Sprintf("!PANIC: %v", r))
		}
	}()
	var err error
	if o.h.json {
		err = o.jsonValue(v)
	} else {
		err = o.textValue(v)
	}
	if err != nil {
		o.buf = o.buf[:start]
		o.string(fmt.Sprintf("!ERROR:%v", err))
	}
}

func (o *output) textValue(v Value) error {
	switch v.Kind() {
	case KindString:
		o.string(v.str())
	case KindTime:
		o.time(v.when())
	case KindAny:
		switch x := v.any.(type) {
		case encoding.TextMarshaler:
			b, err := x.MarshalText()
			if err != nil {
				return err
			}
			o.string(string(b))
			return nil
		case []byte:
			o.buf = strconv.AppendQuote(o.buf, string(x))
			return nil
		}
		if t := reflect.TypeOf(v.any); t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			o.buf = strconv.AppendQuote(o.buf, string(reflect.ValueOf(v.any).Bytes()))
			return nil
		}
		o.string(fmt.Sprintf("%+v", v.Any()))
	default:
		o.buf = v.text(o.buf)
	}
	return nil
}

func (o *output) jsonValue(v Value) error {
	switch v.Kind() {
	case KindString:
		o.string(v.str())
	case KindInt64, KindDuration:
		o.buf = strconv.AppendInt(o.buf, int64(v.num), 10)
	case KindUint64, KindBool:
		o.buf = v.text(o.buf)
	case KindTime:
		o.time(v.when())
	case KindFloat64:
		return o.marshal(v.Float64())
	default:
		x := v.Any()
		_, own := x.(json.Marshaler)
		if err, ok := x.(error); ok && !own {
			o.string(err.Error())
			return nil
		}
		return o.marshal(x)
	}
	return nil
}

func (o *output) marshal(x any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return err
	}
	o.buf = append(o.buf, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
	return nil
}

func needsQuotes(s string) bool {
	if s == "" {
		return true
	}
	for _, r := range s {
		if r == utf8.RuneError || r == ' ' || r == '"' || r == '=' || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return true
		}
	}
	return false
}

const hexDigits = "0123456789abcdef"

// appendEscaped appends a string as JSON has it within quotes.
func appendEscaped(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '"' || c == '\\':
				b = append(b, '\\', c)
			case c == '\n':
				b = append(b, `\n`...)
			case c == '\r':
				b = append(b, `\r`...)
			case c == '\t':
				b = append(b, `\t`...)
			case c == '\b':
				b = append(b, `\b`...)
			case c == '\f':
				b = append(b, `\f`...)
			case c < ' ':
				b = append(b, `\u00`...)
				b = append(b, hexDigits[c>>4], hexDigits[c&15])
			default:
				b = append(b, c)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, `\ufffd`...)
		case r == '\u2028' || r == '\u2029':
			b = append(b, `\u202`...)
			b = append(b, hexDigits[r&15])
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return b
}

// TextHandler writes records as key=value pairs.
type TextHandler struct{ *commonHandler }

func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newCommon(w, opts, false)}
}
func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }
func (h *TextHandler) WithAttrs(attrs []Attr) Handler              { return &TextHandler{h.withAttrs(attrs)} }
func (h *TextHandler) WithGroup(name string) Handler               { return &TextHandler{h.withGroup(name)} }
func (h *TextHandler) Handle(_ context.Context, r Record) error    { return h.handle(r) }

// JSONHandler writes records as JSON objects, one a line.
type JSONHandler struct{ *commonHandler }

func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newCommon(w, opts, true)}
}
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler              { return &JSONHandler{h.withAttrs(attrs)} }
func (h *JSONHandler) WithGroup(name string) Handler               { return &JSONHandler{h.withGroup(name)} }
func (h *JSONHandler) Handle(_ context.Context, r Record) error    { return h.handle(r) }

// plainHandler writes by package log: level, message, attributes as text.
type plainHandler struct{ text *commonHandler }

func (h *plainHandler) Enabled(_ context.Context, l Level) bool { return l >= logLoggerLevel.Level() }
func (h *plainHandler) WithAttrs(as []Attr) Handler             { return &plainHandler{h.text.withAttrs(as)} }
func (h *plainHandler) WithGroup(name string) Handler           { return &plainHandler{h.text.withGroup(name)} }
func (h *plainHandler) Handle(_ context.Context, r Record) error {
	o := output{h: h.text, sep: " "}
	o.buf = append(o.buf, r.Level.String()...)
	o.buf = append(o.buf, ' ')
	o.buf = append(o.buf, r.Message...)
	o.rest(r)
	return log.Output(4, string(o.buf))
}
