// Package heap keeps any collection with a few methods in heap order: every
// element is no less than its parent at (i-1)/2.
package heap

import "sort"

// Interface is a sort.Interface that can also grow and shrink at its end.
type Interface interface {
	sort.Interface
	Push(x any)
	Pop() any
}

// Init puts h in heap order.
func Init(h Interface) {
	n := h.Len()
	for i := n/2 - 1; i >= 0; i-- {
		sink(h, i, n)
	}
}

// Push adds x.
func Push(h Interface, x any) {
	h.Push(x)
	rise(h, h.Len()-1)
}

// Pop removes the least element and gives it.
func Pop(h Interface) any { return takeOut(h, 0) }

// Remove removes element i and gives it.
func Remove(h Interface, i int) any { return takeOut(h, i) }

// takeOut swaps element i with the last, restores order and pops.
func takeOut(h Interface, i int) any {
	last := h.Len() - 1
	if i == 0 || i != last {
		h.Swap(i, last)
		if !sink(h, i, last) && i > 0 {
			rise(h, i)
		}
	}
	return h.Pop()
}

// Fix restores order after element i changed.
func Fix(h Interface, i int) {
	if !sink(h, i, h.Len()) {
		rise(h, i)
	}
}

func rise(h Interface, i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h.Less(i, parent) {
			return
		}
		h.Swap(parent, i)
		i = parent
	}
}

// sink moves element i down among the first n; reports whether it moved.
func sink(h Interface, i, n int) bool {
	start := i
	for 2*i+1 < n {
		least := 2*i + 1
		if right := least + 1; right < n && h.Less(right, least) {
			least = right
		}
		if !h.Less(least, i) {
			break
		}
		h.Swap(i, least)
		i = least
	}
	return i > start
}
