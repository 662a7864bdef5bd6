// Package unique makes equal values identical.
package unique

// Handle stands for a value; handles are equal exactly when their values are.
type Handle[T comparable] struct{ value *T }

// Value is a copy of the value.
func (h Handle[T]) Value() T { return *h.value }

// canonical holds the one copy of each value, by value and type. SIMPLIFIED: values are never dropped.
var canonical = map[any]any{}

// Make gives the handle of value.
func Make[T comparable](value T) Handle[T] {
	if p, ok := canonical[value]; ok {
		return Handle[T]{p.(*T)}
	}
	p := new(T)
	*p = value
	canonical[value] = p
	return Handle[T]{p}
}
