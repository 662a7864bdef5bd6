// Package list has a doubly linked list.
package list

// Element is a place in a list.
type Element struct {
	next, prev *Element
	list       *List
	Value      any
}

// Next is the element after e, nil at the end.
func (e *Element) Next() *Element { return e.inside(e.next) }

// Prev is the element before e, nil at the start.
func (e *Element) Prev() *Element { return e.inside(e.prev) }

// inside is p unless it is the list's root or e is in no list.
func (e *Element) inside(p *Element) *Element {
	if e.list == nil || p == &e.list.root {
		return nil
	}
	return p
}

// List is a list; the zero value is empty and ready. Its elements and root form a ring.
type List struct {
	root Element
	len  int
}

// New gives an empty list.
func New() *List { return new(List).Init() }

// Init empties l.
func (l *List) Init() *List {
	l.root.next, l.root.prev = &l.root, &l.root
	l.len = 0
	return l
}

func (l *List) ready() {
	if l.root.next == nil {
		l.Init()
	}
}

// Len is the number of elements.
func (l *List) Len() int { return l.len }

// Front is the first element, nil if there is none.
func (l *List) Front() *Element {
	if l.len > 0 {
		return l.root.next
	}
	return nil
}

// Back is the last element, nil if there is none.
func (l *List) Back() *Element {
	if l.len > 0 {
		return l.root.prev
	}
	return nil
}

// link puts e after at.
func (l *List) link(e, at *Element) *Element {
	after := at.next
	e.prev, e.next, e.list = at, after, l
	at.next, after.prev = e, e
	l.len++
	return e
}

func (l *List) unlink(e *Element) {
	e.prev.next, e.next.prev = e.next, e.prev
	e.prev, e.next, e.list = nil, nil, nil
	l.len--
}

func (l *List) move(e, at *Element) {
	if e != at {
		l.unlink(e)
		l.link(e, at)
	}
}

// Remove takes e out of l, if it is in it, and gives its value.
func (l *List) Remove(e *Element) any {
	if e.list == l {
		l.unlink(e)
	}
	return e.Value
}

// PushFront puts v at the start.
func (l *List) PushFront(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, &l.root)
}

// PushBack puts v at the end.
func (l *List) PushBack(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, l.root.prev)
}

// InsertBefore puts v before mark, if that is in l.
func (l *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list == l {
		return l.link(&Element{Value: v}, mark.prev)
	}
	return nil
}

// InsertAfter puts v after mark, if that is in l.
func (l *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list == l {
		return l.link(&Element{Value: v}, mark)
	}
	return nil
}

// MoveToFront makes e the first element.
func (l *List) MoveToFront(e *Element) {
	if e.list == l && l.root.next != e {
		l.move(e, &l.root)
	}
}

// MoveToBack makes e the last element.
func (l *List) MoveToBack(e *Element) {
	if e.list == l && l.root.prev != e {
		l.move(e, l.root.prev)
	}
}

// MoveBefore moves e before mark.
func (l *List) MoveBefore(e, mark *Element) {
	if e.list == l && mark.list == l && e != mark {
		l.move(e, mark.prev)
	}
}

// MoveAfter moves e after mark.
func (l *List) MoveAfter(e, mark *Element) {
	if e.list == l && mark.list == l && e != mark {
		l.move(e, mark)
	}
}

// PushBackList adds copies of other's values at the end; other may be l.
func (l *List) PushBackList(other *List) {
	e := other.Front()
	for n := other.Len(); n > 0; n-- {
		l.PushBack(e.Value)
		e = e.Next()
	}
}

// PushFrontList adds copies of other's values at the start; other may be l.
func (l *List) PushFrontList(other *List) {
	e := other.Back()
	for n := other.Len(); n > 0; n-- {
		l.PushFront(e.Value)
		e = e.Prev()
	}
}
