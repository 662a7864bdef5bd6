// Package weak has pointers that do not keep what they point at alive.
package weak

import "unsafe"

// Pointer is a weak pointer; two are equal if they were made from the same pointer.
type Pointer[T any] struct {
	_ [0]*T
	u unsafe.Pointer
}

// handle is a word that holds p until the object dies, the same one for every pointer into it.
func handle(p unsafe.Pointer) unsafe.Pointer

// Make gives a weak pointer to *ptr.
func Make[T any](ptr *T) Pointer[T] {
	if ptr == nil {
		return Pointer[T]{}
	}
	return Pointer[T]{u: handle(unsafe.Pointer(ptr))}
}

// Value is the pointer, or nil once the object was collected.
func (p Pointer[T]) Value() *T {
	if p.u == nil {
		return nil
	}
	return *(**T)(p.u)
}
