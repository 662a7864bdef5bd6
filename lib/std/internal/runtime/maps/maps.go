// Package maps has what the machine's maps say in Go values.
package maps

// unhashableTypeError is a key that cannot be hashed, looked up in a map without entries.
type unhashableTypeError struct{ text string }

func (e unhashableTypeError) RuntimeError() {}
func (e unhashableTypeError) Error() string { return e.text }

// Unhashable keeps the descriptor of the type above: the machine makes such values itself.
var Unhashable any = unhashableTypeError{}
