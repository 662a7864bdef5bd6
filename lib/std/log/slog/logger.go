package slog

import (
	"bytes"
	"context"
	"errors"
	"log"
	"runtime"
	"slices"
	"sync/atomic"
	"time"
)

const inFront = 5

// A Record is one event. The first attributes are in the record itself.
type Record struct {
	Time    time.Time
	Message string
	Level   Level
	PC      uintptr
	used    int
	first   [inFront]Attr
	more    []Attr
}

// NumAttrs counts the attributes.
func (r Record) NumAttrs() int { return len(r.more) + r.used }

// NewRecord makes a record without attributes; pc, if not 0, is where the event is.
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	var r Record
	r.Time, r.Level, r.Message, r.PC = t, level, msg, pc
	return r
}

// Clone shares nothing with r that either may change.
func (r Record) Clone() Record {
	r.more = r.more[:len(r.more):len(r.more)]
	return r
}

// Attrs calls f for each attribute until it gives false.
func (r Record) Attrs(f func(Attr) bool) {
	for i := 0; i < r.used; i++ {
		if !f(r.first[i]) {
			return
		}
	}
	for _, a := range r.more {
		if !f(a) {
			return
		}
	}
}

func (r *Record) add(a Attr) {
	if a.Value.emptyGroup() {
		return
	}
	if r.used < len(r.first) {
		r.first[r.used] = a
		r.used++
		return
	}
	r.more = append(r.more, a)
}

// AddAttrs leaves out groups without attributes.
func (r *Record) AddAttrs(attrs ...Attr) {
	if n := len(attrs) + r.used - len(r.first); n > 0 && r.more == nil {
		r.more = make([]Attr, 0, n)
	}
	for _, a := range attrs {
		r.add(a)
	}
}

// Add takes arguments as Logger.Log does.
func (r *Record) Add(args ...any) {
	for len(args) > 0 {
		var a Attr
		a, args = nextAttr(args)
		if r.used == len(r.first) && r.more == nil {
			r.more = make([]Attr, 0, 1+len(args)/2)
		}
		r.add(a)
	}
}

// Source is nil if the place is not known.
func (r Record) Source() *Source {
	if r.PC != 0 {
		at, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
		return &Source{at.Function, at.File, at.Line}
	}
	return nil
}

// Source is where an event was logged.
type Source struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// group leaves out what is not known.
func (s *Source) group() Value {
	known := make([]Attr, 0, 3)
	for _, p := range [][2]string{{"function", s.Function}, {"file", s.File}} {
		if p[1] != "" {
			known = append(known, String(p[0], p[1]))
		}
	}
	if s.Line > 0 {
		known = append(known, Int("line", s.Line))
	}
	return GroupValue(known...)
}

// A Logger makes records and gives them to its handler.
type Logger struct{ handler Handler }

// Handler is what l gives its records to.
func (l *Logger) Handler() Handler { return l.handler }

// New panics if there is no handler.
func New(h Handler) *Logger {
	if h != nil {
		return &Logger{handler: h}
	}
	panic("nil Handler")
}

func (l *Logger) With(args ...any) *Logger {
	if len(args) == 0 {
		return l
	}
	return &Logger{l.handler.WithAttrs(attrsOf(args))}
}
func (l *Logger) WithGroup(name string) *Logger {
	if name == "" {
		return l
	}
	return &Logger{l.handler.WithGroup(name)}
}

func (l *Logger) Enabled(ctx context.Context, level Level) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return l.handler.Enabled(ctx, level)
}

// emit makes a record of arguments and attributes. Exported functions alone call it: the caller's caller is where the event is.
func (l *Logger) emit(ctx context.Context, level Level, msg string, args []any, attrs []Attr) {
	if ctx == nil {
		ctx = context.Background()
	}
	if l.handler.Enabled(ctx, level) {
		at := make([]uintptr, 1)
		runtime.Callers(3, at)
		r := NewRecord(time.Now(), level, msg, at[0])
		r.Add(args...)
		r.AddAttrs(attrs...)
		l.handler.Handle(ctx, r)
	}
}

func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	l.emit(ctx, level, msg, nil, attrs)
}
func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	l.emit(ctx, level, msg, args, nil)
}

func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.emit(ctx, LevelDebug, msg, args, nil)
}
func (l *Logger) Debug(msg string, args ...any) { l.emit(nil, LevelDebug, msg, args, nil) }

func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.emit(ctx, LevelInfo, msg, args, nil)
}
func (l *Logger) Info(msg string, args ...any) { l.emit(nil, LevelInfo, msg, args, nil) }

func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.emit(ctx, LevelWarn, msg, args, nil)
}
func (l *Logger) Warn(msg string, args ...any) { l.emit(nil, LevelWarn, msg, args, nil) }

func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.emit(ctx, LevelError, msg, args, nil)
}
func (l *Logger) Error(msg string, args ...any) { l.emit(nil, LevelError, msg, args, nil) }

var current atomic.Pointer[Logger]

// Default is the logger of the package's functions; at first it writes by package log.
func Default() *Logger { return current.Load() }

func init() {
	first := &plainHandler{text: new(commonHandler)}
	current.Store(&Logger{first})
}

// SetDefault also sends what package log writes to l.
func SetDefault(l *Logger) {
	current.Store(l)
	if _, ok := l.Handler().(*plainHandler); !ok {
		log.SetOutput(&lineWriter{l.Handler(), &logLoggerLevel})
		log.SetFlags(0)
	}
}

var logLoggerLevel LevelVar

// SetLogLoggerLevel sets the least level of the first default logger, and that of lines from package log once there is another.
func SetLogLoggerLevel(level Level) (oldLevel Level) {
	oldLevel = logLoggerLevel.Level()
	logLoggerLevel.Set(level)
	return oldLevel
}

// NewLogLogger gives a logger of package log whose lines become records.
func NewLogLogger(h Handler, level Level) *log.Logger { return log.New(&lineWriter{h, level}, "", 0) }

type lineWriter struct {
	h     Handler
	level Leveler
}

func (w *lineWriter) Write(line []byte) (int, error) {
	ctx, level := context.Background(), w.level.Level()
	if w.h.Enabled(ctx, level) {
		at := make([]uintptr, 1)
		runtime.Callers(4, at)
		msg := string(bytes.TrimSuffix(line, []byte{'\n'}))
		return len(line), w.h.Handle(ctx, NewRecord(time.Now(), level, msg, at[0]))
	}
	return 0, nil
}

// With is Default's With.
func With(args ...any) *Logger { return Default().With(args...) }

func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().emit(ctx, level, msg, nil, attrs)
}
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().emit(ctx, level, msg, args, nil)
}

func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().emit(ctx, LevelDebug, msg, args, nil)
}
func Debug(msg string, args ...any) { Default().emit(nil, LevelDebug, msg, args, nil) }

func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().emit(ctx, LevelInfo, msg, args, nil)
}
func Info(msg string, args ...any) { Default().emit(nil, LevelInfo, msg, args, nil) }

func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().emit(ctx, LevelWarn, msg, args, nil)
}
func Warn(msg string, args ...any) { Default().emit(nil, LevelWarn, msg, args, nil) }

func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().emit(ctx, LevelError, msg, args, nil)
}
func Error(msg string, args ...any) { Default().emit(nil, LevelError, msg, args, nil) }

// DiscardHandler drops everything.
var DiscardHandler Handler = discard{}

type discard struct{}

func (discard) Enabled(context.Context, Level) bool  { return false }
func (discard) Handle(context.Context, Record) error { return nil }
func (d discard) WithAttrs([]Attr) Handler           { return d }
func (d discard) WithGroup(string) Handler           { return d }

// A MultiHandler gives records to several handlers.
type MultiHandler struct{ multi []Handler }

func NewMultiHandler(handlers ...Handler) *MultiHandler {
	return &MultiHandler{slices.Clone(handlers)}
}
func (h *MultiHandler) Enabled(ctx context.Context, l Level) bool {
	return slices.ContainsFunc(h.multi, func(x Handler) bool { return x.Enabled(ctx, l) })
}
func (h *MultiHandler) Handle(ctx context.Context, r Record) error {
	var all error
	for _, x := range h.multi {
		if !x.Enabled(ctx, r.Level) {
			continue
		}
		all = errors.Join(all, x.Handle(ctx, r.Clone()))
	}
	return all
}
func (h *MultiHandler) each(f func(Handler) Handler) *MultiHandler {
	out := make([]Handler, len(h.multi))
	for i, x := range h.multi {
		out[i] = f(x)
	}
	return &MultiHandler{out}
}
func (h *MultiHandler) WithAttrs(attrs []Attr) Handler {
	return h.each(func(x Handler) Handler { return x.WithAttrs(attrs) })
}
func (h *MultiHandler) WithGroup(name string) Handler {
	return h.each(func(x Handler) Handler { return x.WithGroup(name) })
}
