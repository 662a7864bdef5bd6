// Package iter has the types of functions that range loops call.
package iter

// Seq calls yield with one value after another until yield is false.
type Seq[V any] func(yield func(V) bool)

// Seq2 calls yield with one pair after another until yield is false.
type Seq2[K, V any] func(yield func(K, V) bool)

// puller runs an iterator in a goroutine of its own, a step at a time.
//
// SIMPLIFIED: Go switches to the iterator without its scheduler; here two channels hand over.
type puller[T any] struct {
	resume  chan bool
	out     chan T
	started bool
	done    bool
	failure any
	panics  bool
}

func (p *puller[T]) run(each func(yield func(T) bool)) {
	defer close(p.out)
	defer func() {
		if !p.done {
			p.panics = true
			p.failure = recover()
		}
	}()
	if <-p.resume {
		each(func(v T) bool {
			p.out <- v
			return <-p.resume
		})
	}
	p.done = true
}

func (p *puller[T]) next(each func(yield func(T) bool)) (v T, ok bool) {
	if p.done || p.panics {
		return v, false
	}
	if !p.started {
		p.started = true
		go p.run(each)
	}
	p.resume <- true
	v, ok = <-p.out
	p.rethrow()
	return v, ok
}

func (p *puller[T]) stop() {
	if p.done || p.panics {
		return
	}
	if !p.started {
		p.done = true
		return
	}
	p.resume <- false
	<-p.out
	p.rethrow()
}

func (p *puller[T]) rethrow() {
	if p.panics && p.failure != nil {
		f := p.failure
		p.failure = nil
		panic(f)
	}
}

// Pull turns seq around: next gives its next value, stop ends it.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	p := &puller[V]{resume: make(chan bool), out: make(chan V)}
	return func() (V, bool) { return p.next(seq) }, p.stop
}

type pair[K, V any] struct {
	k K
	v V
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	p := &puller[pair[K, V]]{resume: make(chan bool), out: make(chan pair[K, V])}
	each := func(yield func(pair[K, V]) bool) {
		seq(func(k K, v V) bool { return yield(pair[K, V]{k, v}) })
	}
	return func() (K, V, bool) {
		kv, ok := p.next(each)
		return kv.k, kv.v, ok
	}, p.stop
}
