package runtime

import "internal/runtime/maps"

// plainError is a run-time error whose text has no prefix.
type plainError string

func (e plainError) RuntimeError() {}
func (e plainError) Error() string { return string(e) }

// boundsError is a failed index or slice check.
type boundsError struct{ text string }

func (e boundsError) RuntimeError() {}
func (e boundsError) Error() string { return "runtime error: " + e.text }

// engineRoots keeps the descriptors of the types above: the machine makes such values itself.
var engineRoots = []any{errorString(""), plainError(""), boundsError{}, (*TypeAssertionError)(nil), (*PanicNilError)(nil), maps.Unhashable}

// The value of a panic that ends the program, and its text if it has a method for that.
var (
	panicArg  any
	panicText string
	panicHas  bool
)

// printpanicval asks panicArg for its text.
func printpanicval() {
	panicHas = false
	if e, ok := panicArg.(error); ok {
		panicText, panicHas = e.Error(), true
	} else if s, ok := panicArg.(interface{ String() string }); ok {
		panicText, panicHas = s.String(), true
	}
}

// callNil stands for a deferred call of a nil function.
func callNil() {
	var f func()
	f()
}
