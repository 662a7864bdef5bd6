package slices

import (
	"cmp"
	"internal/pdq"
	"unsafe"
)

type ordered[E cmp.Ordered] []E

func (s ordered[E]) Less(i, j int) bool { return cmp.Less(s[i], s[j]) }
func (s ordered[E]) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

type byFunc[E any] struct {
	s   []E
	cmp func(a, b E) int
}

func (d byFunc[E]) Less(i, j int) bool { return d.cmp(d.s[i], d.s[j]) < 0 }
func (d byFunc[E]) Swap(i, j int)      { d.s[i], d.s[j] = d.s[j], d.s[i] }

// hidden is cmp without its escaping through generic code, which calls what it cannot see.
func hidden[E any](cmp func(a, b E) int) func(a, b E) int {
	word := *(*uintptr)(unsafe.Pointer(&cmp))
	return *(*func(a, b E) int)(unsafe.Pointer(&word))
}

// Sort sorts x in ascending order, NaNs first.
func Sort[S ~[]E, E cmp.Ordered](x S) { pdq.Sort(ordered[E](x), len(x)) }

// SortFunc sorts x by cmp; equal elements may change order.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) { pdq.Sort(byFunc[E]{x, hidden(cmp)}, len(x)) }

// SortStableFunc sorts x by cmp and keeps the order of equal elements.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	pdq.Stable(byFunc[E]{x, hidden(cmp)}, len(x))
}

// IsSorted reports whether x is in ascending order.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool { return IsSortedFunc(x, cmp.Compare[E]) }

// IsSortedFunc is IsSorted by cmp.
func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	last := len(x) - 1
	for last > 0 && cmp(x[last], x[last-1]) >= 0 {
		last--
	}
	return last <= 0
}

// Min is the least element; a NaN wins.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) == 0 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = min(m, v)
	}
	return m
}

// MinFunc is the first of the least elements by cmp.
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) == 0 {
		panic("slices.MinFunc: empty list")
	}
	at := 0
	for i := range x {
		if cmp(x[i], x[at]) < 0 {
			at = i
		}
	}
	return x[at]
}

// Max is the greatest element; a NaN wins.
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) == 0 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = max(m, v)
	}
	return m
}

// MaxFunc is the first of the greatest elements by cmp.
func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) == 0 {
		panic("slices.MaxFunc: empty list")
	}
	at := 0
	for i := range x {
		if cmp(x[i], x[at]) > 0 {
			at = i
		}
	}
	return x[at]
}

// BinarySearch is where target stands, or belongs, in the ascending x.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	return BinarySearchFunc(x, target, cmp.Compare[E])
}

// BinarySearchFunc is BinarySearch by cmp.
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	lo, size := 0, len(x)
	for size > 0 {
		half := size / 2
		if cmp(x[lo+half], target) < 0 {
			lo += half + 1
			size -= half + 1
		} else {
			size = half
		}
	}
	return lo, lo < len(x) && cmp(x[lo], target) == 0
}
