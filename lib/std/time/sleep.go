package time

import "unsafe"

func now() int64
func sleep(ns int64)

// startTimer has fn run in a goroutine of its own after ns; stopTimer takes that back and reports whether it could.
func startTimer(fn func(), ns int64) int64
func stopTimer(id int64) bool

// Sleep pauses the goroutine for at least d of virtual time.
func Sleep(d Duration) { sleep(int64(d)) }

// Timer sends the time on C once, or runs a function.
//
// SIMPLIFIED: a short-lived goroutine does the sending, and C has room for one value; as in Go since 1.23, Stop and
// Reset leave no old value in it.
type Timer struct {
	C    <-chan Time
	made bool
}

// timer is what a Timer or Ticker really is; as large as real Go's.
type timer struct {
	Timer
	c      chan Time
	f      func()
	id     int64
	next   int64
	period int64
	_      [48]byte
}

func (t *Timer) whole() *timer  { return (*timer)(unsafe.Pointer(t)) }
func (t *Ticker) whole() *timer { return (*timer)(unsafe.Pointer(t)) }

// NewTimer makes a Timer for d from now.
func NewTimer(d Duration) *Timer {
	t := new(timer)
	c := make(chan Time, 1)
	t.Timer = Timer{c, true}
	t.c = c
	t.f = func() { post(c) }
	t.id = startTimer(t.f, int64(d))
	return &t.Timer
}

// post sends the time unless one is still there.
func post(c chan Time) {
	select {
	case c <- Now():
	default:
	}
}

func drain(c chan Time) (had bool) {
	if c == nil {
		return false
	}
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// AfterFunc runs f in a goroutine of its own after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := &timer{Timer: Timer{made: true}, f: f, id: startTimer(f, int64(d))}
	return &t.Timer
}

// Stop keeps the timer from firing; it reports whether it was still to fire.
func (t *Timer) Stop() bool {
	if !t.made {
		panic("time: Stop called on uninitialized Timer")
	}
	w := t.whole()
	stopped := stopTimer(w.id)
	return drain(w.c) || stopped
}

// Reset makes the timer fire after d from now.
func (t *Timer) Reset(d Duration) bool {
	if !t.made {
		panic("time: Reset called on uninitialized Timer")
	}
	was := t.Stop()
	w := t.whole()
	w.id = startTimer(w.f, int64(d))
	return was
}

// After is a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Ticker sends the time on C again and again.
type Ticker struct {
	C    <-chan Time
	made bool
}

// NewTicker makes a Ticker with period d.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	t := new(timer)
	t.c = make(chan Time, 1)
	t.Timer = Timer{t.c, true}
	t.f = func() {
		t.next += t.period
		if late := now() - t.next; late > 0 {
			t.next += late / t.period * t.period
		}
		t.id = startTimer(t.f, t.next-now())
		post(t.c)
	}
	t.begin(d)
	return (*Ticker)(unsafe.Pointer(t))
}

func (t *timer) begin(d Duration) {
	t.period = int64(d)
	t.next = now() + t.period
	t.id = startTimer(t.f, t.period)
}

// Stop turns the ticker off.
func (t *Ticker) Stop() {
	if t.made {
		w := t.whole()
		stopTimer(w.id)
		drain(w.c)
	}
}

// Reset changes the period.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if !t.made {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.Stop()
	t.whole().begin(d)
}

// Tick is a channel on which the time is sent every d.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
