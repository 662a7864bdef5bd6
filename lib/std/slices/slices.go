// Package slices has functions that work on slices of every type.
package slices

import (
	"cmp"
	"unsafe"
)

// Equal reports whether both slices hold equal elements.
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	return EqualFunc(s1, s2, func(a, b E) bool { return a == b })
}

// EqualFunc is Equal by eq.
func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, eq func(E1, E2) bool) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i := range s1 {
		if !eq(s1[i], s2[i]) {
			return false
		}
	}
	return true
}

// Compare compares element by element; a shorter slice is less.
func Compare[S ~[]E, E cmp.Ordered](s1, s2 S) int { return CompareFunc(s1, s2, cmp.Compare[E]) }

// CompareFunc is Compare by cmp.
func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, cmp func(E1, E2) int) int {
	n := min(len(s1), len(s2))
	for i := range n {
		if c := cmp(s1[i], s2[i]); c != 0 {
			return c
		}
	}
	switch {
	case len(s1) > n:
		return 1
	case len(s2) > n:
		return -1
	}
	return 0
}

// Index is where v stands first in s, or -1.
func Index[S ~[]E, E comparable](s S, v E) int {
	for i := range s {
		if s[i] == v {
			return i
		}
	}
	return -1
}

// IndexFunc is where f first holds in s, or -1.
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := range s {
		if f(s[i]) {
			return i
		}
	}
	return -1
}

// Contains reports whether v stands in s.
func Contains[S ~[]E, E comparable](s S, v E) bool { return Index(s, v) != -1 }

// ContainsFunc reports whether f holds for an element of s.
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool { return IndexFunc(s, f) != -1 }

// overlap reports whether the backing arrays of a and b share an element.
func overlap[E any](a, b []E) bool {
	size := unsafe.Sizeof(*new(E))
	if len(a) == 0 || len(b) == 0 || size == 0 {
		return false
	}
	first, last := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&a[len(a)-1]))
	return first < uintptr(unsafe.Pointer(&b[len(b)-1]))+size && uintptr(unsafe.Pointer(&b[0])) < last+size
}

// Insert puts v… before s[i].
func Insert[S ~[]E, E any](s S, i int, v ...E) S {
	_ = s[i:]
	if i == len(s) {
		return append(s, v...)
	}
	return splice(s, i, i, v)
}

// Replace puts v… in the place of s[i:j].
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_ = s[i:j]
	if j == len(s) {
		return Grow(s[:i], len(v))[:i+copyTail(s, i, v)]
	}
	return splice(s, i, j, v)
}

// copyTail writes v after s[:i] where there is room, clearing what of s lies behind; len(v).
func copyTail[S ~[]E, E any](s S, i int, v []E) int {
	if i+len(v) <= cap(s) {
		n := copy(s[i:cap(s)], v)
		if i+n < len(s) {
			clear(s[i+n:])
		}
	}
	return len(v)
}

// splice replaces s[i:j], which is not at the end, by v.
func splice[S ~[]E, E any](s S, i, j int, v []E) S {
	rest := s[j:]
	n := i + len(v) + len(rest)
	if n > cap(s) {
		t := append(s[:i], make(S, n-i)...)
		copy(t[i:], v)
		copy(t[i+len(v):], rest)
		return t[:n]
	}
	t := s[:max(n, len(s))]
	if overlap(v, t[min(i+len(v), j):]) {
		v = append([]E(nil), v...)
	}
	copy(t[i+len(v):n], rest)
	copy(t[i:], v)
	if n < len(s) {
		clear(s[n:])
	}
	return t[:n]
}

// Delete removes s[i:j] and clears what is left over.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i < j {
		n := i + copy(s[i:], s[j:])
		clear(s[n:])
		s = s[:n]
	}
	return s
}

// DeleteFunc removes the elements for which del holds and clears what is left over.
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	kept := IndexFunc(s, del)
	if kept < 0 {
		return s
	}
	for i := kept + 1; i < len(s); i++ {
		if v := s[i]; !del(v) {
			s[kept] = v
			kept++
		}
	}
	clear(s[kept:])
	return s[:kept]
}

// Clone copies s, with room to spare as append leaves it; nil stays nil.
func Clone[S ~[]E, E any](s S) S { return append(s[:0:0], s...) }

// Compact keeps the first of each run of equal elements and clears what is left over.
func Compact[S ~[]E, E comparable](s S) S {
	return CompactFunc(s, func(a, b E) bool { return a == b })
}

// CompactFunc is Compact by eq.
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	if len(s) < 2 {
		return s
	}
	kept := 1
	for i := 1; i < len(s); i++ {
		if eq(s[i], s[i-1]) {
			// From here on elements move, so that each is compared with the last kept.
			for _, v := range s[i+1:] {
				if !eq(v, s[kept-1]) {
					s[kept] = v
					kept++
				}
			}
			clear(s[kept:])
			return s[:kept]
		}
		kept++
	}
	return s
}

// Grow gives s room for n more elements.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if more := n - (cap(s) - len(s)); more > 0 {
		s = append(s[:cap(s)], make([]E, more)...)[:len(s)]
	}
	return s
}

// Clip takes away s's room to grow.
func Clip[S ~[]E, E any](s S) S { return s[:len(s):len(s)] }

// Reverse turns s around.
func Reverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// Concat joins slices into a new one.
func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
		if n < 0 {
			panic("len out of range")
		}
	}
	all := Grow[S](nil, n)
	for _, s := range slices {
		all = append(all, s...)
	}
	return all
}

// Repeat joins count copies of x.
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	if count > 0 && len(x) > (1<<63-1)/count {
		panic("the result of (len(x) * count) overflows")
	}
	all := make(S, len(x)*count)
	for n := copy(all, x); n > 0 && n < len(all); n *= 2 {
		copy(all[n:], all[:n])
	}
	return all
}
