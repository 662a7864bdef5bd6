// Package ring has circular lists.
package ring

// Ring is an element of a circular list, and stands for all of it. The zero value is a ring of one.
type Ring struct {
	next, prev *Ring
	Value      any
}

// New gives a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := new(Ring)
	last := first
	for ; n > 1; n-- {
		r := &Ring{prev: last}
		last.next, last = r, r
	}
	last.next, first.prev = first, last
	return first
}

func (r *Ring) ready() {
	if r.next == nil {
		r.next, r.prev = r, r
	}
}

// Next is the next element.
func (r *Ring) Next() *Ring {
	r.ready()
	return r.next
}

// Prev is the previous element.
func (r *Ring) Prev() *Ring {
	r.ready()
	return r.prev
}

// Move goes n elements forward, or back if n < 0.
func (r *Ring) Move(n int) *Ring {
	r.ready()
	for ; n > 0; n-- {
		r = r.next
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	return r
}

// Link puts ring s after r and gives the element that followed r; in the same ring it cuts out what lay between.
func (r *Ring) Link(s *Ring) *Ring {
	after := r.Next()
	if s != nil {
		last := s.Prev()
		r.next, s.prev = s, r
		after.prev, last.next = last, after
	}
	return after
}

// Unlink takes n elements after r out and gives them as a ring.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len is the number of elements.
func (r *Ring) Len() int {
	n := 0
	r.Do(func(any) { n++ })
	return n
}

// Do calls f with each value.
func (r *Ring) Do(f func(any)) {
	if r == nil {
		return
	}
	f(r.Value)
	for p := r.Next(); p != r; p = p.next {
		f(p.Value)
	}
}
