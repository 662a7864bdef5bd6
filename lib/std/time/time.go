// Package time measures the virtual clock, which starts at 2009-11-10 23:00:00 UTC.
//
// SIMPLIFIED: there is one zone, UTC; layouts are not parsed.
package time

// Duration is a time span in nanoseconds.
type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }
func (d Duration) Seconds() float64    { return float64(d/Second) + float64(d%Second)/1e9 }
func (d Duration) Minutes() float64    { return float64(d/Minute) + float64(d%Minute)/(60*1e9) }
func (d Duration) Hours() float64      { return float64(d/Hour) + float64(d%Hour)/(60*60*1e9) }

// Truncate rounds d toward zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds d to the nearest multiple of m, halves away from zero.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		if -r+-r < m {
			return d - r
		}
		return d - r - m
	}
	if r+r < m {
		return d - r
	}
	return d - r + m
}

// Abs is the absolute value.
func (d Duration) Abs() Duration {
	if d < 0 {
		return -d
	}
	return d
}

// String gives the duration as 72h3m0.5s, with a smaller unit below one second.
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	var a [32]byte
	i := len(a)
	u := uint64(d)
	if d < 0 {
		u = -u
	}
	if u < uint64(Second) {
		prec := 0
		unit := "ns"
		switch {
		case u >= uint64(Millisecond):
			prec, unit = 6, "ms"
		case u >= uint64(Microsecond):
			prec, unit = 3, "µs"
		}
		i -= len(unit)
		copy(a[i:], unit)
		i, u = fraction(a[:i], u, prec)
		i = digits(a[:i], u)
	} else {
		i--
		a[i] = 's'
		i, u = fraction(a[:i], u, 9)
		i = digits(a[:i], u%60)
		u /= 60
		if u > 0 {
			i--
			a[i] = 'm'
			i = digits(a[:i], u%60)
			u /= 60
			if u > 0 {
				i--
				a[i] = 'h'
				i = digits(a[:i], u)
			}
		}
	}
	if d < 0 {
		i--
		a[i] = '-'
	}
	return string(a[i:])
}

func fraction(b []byte, v uint64, prec int) (int, uint64) {
	w := len(b)
	some := false
	for i := 0; i < prec; i++ {
		d := v % 10
		some = some || d != 0
		if some {
			w--
			b[w] = byte(d) + '0'
		}
		v /= 10
	}
	if some {
		w--
		b[w] = '.'
	}
	return w, v
}

func digits(b []byte, v uint64) int {
	w := len(b)
	for {
		w--
		b[w] = byte(v%10) + '0'
		v /= 10
		if v == 0 {
			return w
		}
	}
}

func now() int64

// Sleep pauses the goroutine for at least d of virtual time.
func Sleep(d Duration) { sleep(int64(d)) }

func sleep(ns int64)

// start of the virtual clock: 2009-11-10 23:00:00 UTC in Unix nanoseconds.
const epoch = 1257894000 * 1000000000

// Time is an instant.
type Time struct {
	ns  int64
	set bool
}

// Now is the virtual time.
func Now() Time { return Time{now(), true} }

// Since is the time passed since t.
func Since(t Time) Duration { return Duration(now() - t.ns) }

// Until is the time left to t.
func Until(t Time) Duration { return Duration(t.ns - now()) }

func (t Time) Sub(u Time) Duration    { return Duration(t.ns - u.ns) }
func (t Time) Add(d Duration) Time    { return Time{t.ns + int64(d), true} }
func (t Time) After(u Time) bool      { return t.ns > u.ns }
func (t Time) Before(u Time) bool     { return t.ns < u.ns }
func (t Time) Equal(u Time) bool      { return t == u }
func (t Time) IsZero() bool           { return !t.set }
func (t Time) UnixNano() int64        { return t.ns + epoch }
func (t Time) UnixMicro() int64       { return (t.ns + epoch) / 1e3 }
func (t Time) UnixMilli() int64       { return (t.ns + epoch) / 1e6 }
func (t Time) Unix() int64            { return (t.ns + epoch) / 1e9 }
func (t Time) Compare(u Time) int {
	switch {
	case t.ns < u.ns:
		return -1
	case t.ns > u.ns:
		return 1
	}
	return 0
}

// Timer sends the time on C once.
type Timer struct {
	C       <-chan Time
	c       chan Time
	f       func()
	seq     int
	pending bool
}

// NewTimer makes a Timer for d from now.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c, c: c}
	t.start(d)
	return t
}

// AfterFunc runs f in a goroutine of its own after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{f: f}
	t.start(d)
	return t
}

func (t *Timer) start(d Duration) {
	t.seq++
	t.pending = true
	seq := t.seq
	go func() {
		Sleep(d)
		if !t.pending || t.seq != seq {
			return
		}
		t.pending = false
		if t.f != nil {
			t.f()
			return
		}
		select {
		case t.c <- Now():
		default:
		}
	}()
}

// Stop keeps the timer from firing; it reports whether it was still to fire.
func (t *Timer) Stop() bool {
	was := t.pending
	t.pending = false
	return was
}

// Reset makes the timer fire after d from now.
func (t *Timer) Reset(d Duration) bool {
	was := t.pending
	t.start(d)
	return was
}

// After is a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Ticker sends the time on C again and again.
type Ticker struct {
	C   <-chan Time
	c   chan Time
	seq int
}

// NewTicker makes a Ticker with period d.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c, c: c}
	t.Reset(d)
	return t
}

// Stop turns the ticker off.
func (t *Ticker) Stop() { t.seq++ }

// Reset changes the period.
func (t *Ticker) Reset(d Duration) {
	t.seq++
	seq := t.seq
	go func() {
		for t.seq == seq {
			Sleep(d)
			if t.seq != seq {
				return
			}
			select {
			case t.c <- Now():
			default:
			}
		}
	}()
}

// Tick is a channel on which the time is sent every d.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
