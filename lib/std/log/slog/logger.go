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

	front  [inFront]Attr
	nFront int
	back   []Attr
}

func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

// Clone shares nothing with r that either may change.
func (r Record) Clone() Record {
	r.back = slices.Clip(r.back)
	return r
}
func (r Record) NumAttrs() int { return r.nFront + len(r.back) }

// Attrs calls f for each attribute until it gives false.
func (r Record) Attrs(f func(Attr) bool) {
	for i := 0; i < r.nFront; i++ {
		if !f(r.front[i]) {
			return
		}
	}
	for _, a := range r.back {
		if !f(a) {
			return
		}
	}
}

func (r *Record) add(a Attr) {
	if a.Value.emptyGroup() {
		return
	}
	if r.nFront < len(r.front) {
		r.front[r.nFront] = a
		r.nFront++
		return
	}
	r.back = append(r.back, a)
}

// AddAttrs leaves out groups without attributes.
func (r *Record) AddAttrs(attrs ...Attr) {
	if n := len(attrs) + r.nFront - len(r.front); n > 0 && r.back == nil {
		r.back = make([]Attr, 0, n)
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
		if r.nFront == len(r.front) && r.back == nil {
			r.back = make([]Attr, 0, 1+len(args)/2)
		}
		r.add(a)
	}
}

// Source is where an event was logged.
type Source struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// Source is nil if the place is not known.
func (r Record) Source() *Source {
	if r.PC == 0 {
		return nil
	}
	f, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	return &Source{Function: f.Function, File: f.File, Line: f.Line}
}

func (s *Source) group() Value {
	var as []Attr
	if s.Function != "" {
		as = append(as, String("function", s.Function))
	}
	if s.File != "" {
		as = append(as, String("file", s.File))
	}
	if s.Line != 0 {
		as = append(as, Int("line", s.Line))
	}
	return GroupValue(as...)
}

// A Logger makes records and gives them to its handler.
type Logger struct{ handler Handler }

func New(h Handler) *Logger {
	if h == nil {
		panic("nil Handler")
	}
	return &Logger{h}
}

func (l *Logger) Handler() Handler { return l.handler }

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

// log is called by exported functions only: the caller's caller is where the event is.
func (l *Logger) log(ctx context.Context, level Level, msg string, args ...any) {
	if !l.Enabled(ctx, level) {
		return
	}
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:])
	r := NewRecord(time.Now(), level, msg, pcs[0])
	r.Add(args...)
	if ctx == nil {
		ctx = context.Background()
	}
	_ = l.handler.Handle(ctx, r)
}

func (l *Logger) logAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	if !l.Enabled(ctx, level) {
		return
	}
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:])
	r := NewRecord(time.Now(), level, msg, pcs[0])
	r.AddAttrs(attrs...)
	if ctx == nil {
		ctx = context.Background()
	}
	_ = l.handler.Handle(ctx, r)
}

func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	l.log(ctx, level, msg, args...)
}
func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	l.logAttrs(ctx, level, msg, attrs...)
}
func (l *Logger) Debug(msg string, args ...any) {
	l.log(context.Background(), LevelDebug, msg, args...)
}
func (l *Logger) Info(msg string, args ...any) { l.log(context.Background(), LevelInfo, msg, args...) }
func (l *Logger) Warn(msg string, args ...any) { l.log(context.Background(), LevelWarn, msg, args...) }
func (l *Logger) Error(msg string, args ...any) {
	l.log(context.Background(), LevelError, msg, args...)
}
func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelDebug, msg, args...)
}
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelInfo, msg, args...)
}
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelWarn, msg, args...)
}
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelError, msg, args...)
}

var defaultLogger atomic.Pointer[Logger]

func init() { defaultLogger.Store(New(&plainHandler{text: &commonHandler{}})) }

// Default is the logger of the package's functions; at first it writes by package log.
func Default() *Logger { return defaultLogger.Load() }

// SetDefault also sends what package log writes to l.
func SetDefault(l *Logger) {
	defaultLogger.Store(l)
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

func (w *lineWriter) Write(b []byte) (int, error) {
	level := w.level.Level()
	if !w.h.Enabled(context.Background(), level) {
		return 0, nil
	}
	var pcs [1]uintptr
	runtime.Callers(4, pcs[:])
	return len(b), w.h.Handle(context.Background(), NewRecord(time.Now(), level, string(bytes.TrimSuffix(b, []byte("\n"))), pcs[0]))
}

func With(args ...any) *Logger      { return Default().With(args...) }
func Debug(msg string, args ...any) { Default().log(context.Background(), LevelDebug, msg, args...) }
func Info(msg string, args ...any)  { Default().log(context.Background(), LevelInfo, msg, args...) }
func Warn(msg string, args ...any)  { Default().log(context.Background(), LevelWarn, msg, args...) }
func Error(msg string, args ...any) { Default().log(context.Background(), LevelError, msg, args...) }
func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelDebug, msg, args...)
}
func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelInfo, msg, args...)
}
func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelWarn, msg, args...)
}
func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelError, msg, args...)
}
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().log(ctx, level, msg, args...)
}
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().logAttrs(ctx, level, msg, attrs...)
}

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
	var errs []error
	for _, x := range h.multi {
		if x.Enabled(ctx, r.Level) {
			if err := x.Handle(ctx, r.Clone()); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
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
