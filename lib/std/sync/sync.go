// Package sync has locks and what is built from them. Goroutines are switched
// only at calls and loop heads of the simulated machine, so plain words suffice
// where real Go needs atomic ones.
package sync

// Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// fatal ends the program with a fatal error.
func fatal(s string)

// runtime_Semacquire waits until *s > 0 and decrements it. why is what a
// traceback says of the goroutine meanwhile.
func runtime_Semacquire(s *uint32, why int32)

const (
	waitMutex = iota
	waitRLock
	waitWLock
	waitGroup
	waitCond
)

func runtime_Semrelease(s *uint32)

// Mutex is a mutual exclusion lock.
type Mutex struct {
	state int32
	sema  uint32
}

// Lock locks m, waiting until it is free.
func (m *Mutex) Lock() {
	if m.state&1 == 0 {
		m.state |= 1
		return
	}
	m.state += 2
	runtime_Semacquire(&m.sema, waitMutex)
}

// TryLock locks m if it is free and reports whether it did.
func (m *Mutex) TryLock() bool {
	if m.state&1 != 0 {
		return false
	}
	m.state |= 1
	return true
}

// Unlock unlocks m; with others waiting the lock passes to the first of them.
func (m *Mutex) Unlock() {
	if m.state&1 == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if m.state >= 2 {
		m.state -= 2
		runtime_Semrelease(&m.sema)
		return
	}
	m.state = 0
}

// RWMutex is a lock for one writer or many readers.
type RWMutex struct {
	writerSem   uint32
	readerSem   uint32
	readers     int32
	waitReaders int32
	waitWriters int32
	writing     bool
}

// RLock locks for reading.
func (rw *RWMutex) RLock() {
	if rw.writing || rw.waitWriters > 0 {
		rw.waitReaders++
		runtime_Semacquire(&rw.readerSem, waitRLock)
		return
	}
	rw.readers++
}

// TryRLock locks for reading if that is possible at once.
func (rw *RWMutex) TryRLock() bool {
	if rw.writing || rw.waitWriters > 0 {
		return false
	}
	rw.readers++
	return true
}

// RUnlock undoes one RLock.
func (rw *RWMutex) RUnlock() {
	if rw.readers <= 0 {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	rw.readers--
	if rw.readers == 0 && rw.waitWriters > 0 {
		rw.waitWriters--
		rw.writing = true
		runtime_Semrelease(&rw.writerSem)
	}
}

// Lock locks for writing.
func (rw *RWMutex) Lock() {
	if rw.writing || rw.readers > 0 {
		rw.waitWriters++
		runtime_Semacquire(&rw.writerSem, waitWLock)
		return
	}
	rw.writing = true
}

// TryLock locks for writing if that is possible at once.
func (rw *RWMutex) TryLock() bool {
	if rw.writing || rw.readers > 0 {
		return false
	}
	rw.writing = true
	return true
}

// Unlock undoes Lock; readers that waited go first.
func (rw *RWMutex) Unlock() {
	if !rw.writing {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	rw.writing = false
	if rw.waitReaders > 0 {
		for rw.waitReaders > 0 {
			rw.waitReaders--
			rw.readers++
			runtime_Semrelease(&rw.readerSem)
		}
		return
	}
	if rw.waitWriters > 0 {
		rw.waitWriters--
		rw.writing = true
		runtime_Semrelease(&rw.writerSem)
	}
}

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

// RLocker is a Locker that locks for reading.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// WaitGroup waits for a number of goroutines.
type WaitGroup struct {
	noCopy noCopy
	_      [0]uint64
	n      int32
	wait   int32
	sema   uint32
}

// Add adds delta to the counter; at zero the waiters go on.
func (wg *WaitGroup) Add(delta int) {
	wg.n += int32(delta)
	if wg.n < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if wg.n == 0 {
		for ; wg.wait > 0; wg.wait-- {
			runtime_Semrelease(&wg.sema)
		}
	}
}

// Done is Add(-1).
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait() {
	if wg.n == 0 {
		return
	}
	wg.wait++
	runtime_Semacquire(&wg.sema, waitGroup)
}

// Go runs f in a goroutine that the group waits for.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

// Once runs a function once.
type Once struct {
	noCopy noCopy
	done   uint32
	m      Mutex
}

// Do calls f the first time it is called.
func (o *Once) Do(f func()) {
	if o.done == 0 {
		o.slow(f)
	}
}

func (o *Once) slow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if o.done == 0 {
		defer func() { o.done = 1 }()
		f()
	}
}

// OnceFunc gives a function that runs f the first time only.
func OnceFunc(f func()) func() {
	var once Once
	var valid bool
	var p any
	return func() {
		once.Do(func() {
			defer func() {
				p = recover()
				if !valid {
					panic(p)
				}
			}()
			f()
			valid = true
		})
		if !valid {
			panic(p)
		}
	}
}

// OnceValue gives a function that computes f's value the first time only.
func OnceValue[T any](f func() T) func() T {
	var v T
	once := OnceFunc(func() { v = f() })
	return func() T { once(); return v }
}

// OnceValues is OnceValue for two values.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var v1 T1
	var v2 T2
	once := OnceFunc(func() { v1, v2 = f() })
	return func() (T1, T2) { once(); return v1, v2 }
}

// Cond is a place where goroutines wait for something to be announced.
type Cond struct {
	noCopy noCopy
	L      Locker
	wait   int32
	sema   uint32
	// As large as real Go's.
	_ [32]byte
}

// NewCond gives a Cond that unlocks l while waiting.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits for Signal or Broadcast, and locks it again.
func (c *Cond) Wait() {
	c.wait++
	c.L.Unlock()
	runtime_Semacquire(&c.sema, waitCond)
	c.L.Lock()
}

// Signal wakes one waiter.
func (c *Cond) Signal() {
	if c.wait > 0 {
		c.wait--
		runtime_Semrelease(&c.sema)
	}
}

// Broadcast wakes all waiters.
func (c *Cond) Broadcast() {
	for c.wait > 0 {
		c.Signal()
	}
}

// Pool keeps objects for reuse. At a collection what is pooled becomes the victim,
// and what was the victim is dropped.
//
// SIMPLIFIED: one shard for all Ps, and a pool notices a collection when it is next used.
type Pool struct {
	noCopy noCopy
	kept   *pooled
	// As large as real Go's.
	_   [3]uintptr
	New func() any
}

// pooled is what a Pool keeps.
type pooled struct {
	cycle   uint32
	private any
	shared  []any
	victim  []any
}

// Real Go's Pools are known to the runtime once used, and so lie on the heap; this makes ours do so too.
var (
	never bool
	known *Pool
)

// gcCycle is the number of collections so far.
func gcCycle() uint32

// now is what p keeps after the collections since it was last asked.
func (p *Pool) now() *pooled {
	n := gcCycle()
	if never {
		known = p
	}
	k := p.kept
	if k == nil {
		k = &pooled{cycle: n}
		p.kept = k
	}
	switch n - k.cycle {
	case 0:
		return k
	case 1:
		k.victim = k.shared
		if k.private != nil {
			k.victim = append(k.victim, k.private)
		}
	default:
		k.victim = nil
	}
	k.private, k.shared = nil, nil
	k.cycle = n
	return k
}

// Put keeps x for a later Get.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	k := p.now()
	if k.private == nil {
		k.private = x
		return
	}
	k.shared = append(k.shared, x)
}

// pop takes the last of a list; nil if it is empty.
func pop(list *[]any) (x any) {
	if n := len(*list) - 1; n >= 0 {
		x, (*list)[n] = (*list)[n], nil
		*list = (*list)[:n]
	}
	return x
}

// Get gives a kept object, or New's.
func (p *Pool) Get() any {
	k := p.now()
	x := k.private
	k.private = nil
	if x == nil {
		x = pop(&k.shared)
	}
	if x == nil {
		x = pop(&k.victim)
	}
	if x == nil && p.New != nil {
		x = p.New()
	}
	return x
}

// Map is a map safe for several goroutines. SIMPLIFIED: one map under a lock.
type Map struct {
	mu Mutex
	m  map[any]*entry
	// As large as real Go's.
	_ [4]uintptr
}

// entry is replaced, not changed, by a Store; as large as real Go's.
type entry struct {
	value any
	_     [3]uintptr
}

// Load gives the value stored for key.
func (m *Map) Load(key any) (value any, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.m[key]; e != nil {
		return e.value, true
	}
	return nil, false
}

func (m *Map) set(key, value any) {
	if m.m == nil {
		m.m = make(map[any]*entry)
	}
	m.m[key] = &entry{value: value}
}

// Store sets the value for key.
func (m *Map) Store(key, value any) { m.Swap(key, value) }

// Swap sets the value for key and gives the one before.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.m[key]
	m.set(key, value)
	if e == nil {
		return nil, false
	}
	return e.value, true
}

// LoadOrStore gives the value for key, storing the one given if there is none.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.m[key]; e != nil {
		return e.value, true
	}
	m.set(key, value)
	return value, false
}

// LoadAndDelete deletes key and gives its value.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.m[key]
	if e == nil {
		return nil, false
	}
	delete(m.m, key)
	return e.value, true
}

// Delete deletes key.
func (m *Map) Delete(key any) { m.LoadAndDelete(key) }

// CompareAndSwap sets new for key if its value is old.
func (m *Map) CompareAndSwap(key, old, new any) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.m[key]; e == nil || e.value != old {
		return false
	}
	m.set(key, new)
	return true
}

// CompareAndDelete deletes key if its value is old.
func (m *Map) CompareAndDelete(key, old any) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.m[key]; e == nil || e.value != old {
		return false
	}
	delete(m.m, key)
	return true
}

// Range calls f for each entry until it reports false.
func (m *Map) Range(f func(key, value any) bool) {
	m.mu.Lock()
	keys := make([]any, 0, len(m.m))
	for k := range m.m {
		keys = append(keys, k)
	}
	m.mu.Unlock()
	for _, k := range keys {
		if v, ok := m.Load(k); ok && !f(k, v) {
			return
		}
	}
}

// Clear deletes all entries.
func (m *Map) Clear() {
	m.mu.Lock()
	clear(m.m)
	m.mu.Unlock()
}
