// Package errors makes and examines error values.
package errors

import "internal/rtype"

type errorString struct{ s string }

func (e *errorString) Error() string { return e.s }

// New gives a new error with the text; two calls give different errors.
func New(text string) error { return &errorString{text} }

// ErrUnsupported says that an operation cannot be done because it is not supported.
var ErrUnsupported = New("unsupported operation")

// Unwrap gives the error that err wraps, or nil.
func Unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}

// Is reports whether err, or an error it wraps, is target.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target, comparable_(target))
}

func comparable_(err error) bool { return rtype.TypeOf(err).Comparable() }

func is(err, target error, cmp bool) bool {
	for err != nil {
		same := cmp && err == target
		if own, ok := err.(interface{ Is(error) bool }); !same && ok {
			same = own.Is(target)
		}
		if same {
			return true
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range many.Unwrap() {
				if is(e, target, cmp) {
					return true
				}
			}
			break
		}
		one, ok := err.(interface{ Unwrap() error })
		if !ok {
			break
		}
		err = one.Unwrap()
	}
	return false
}

// As finds the first error in err's tree that can be stored in *target, stores it and reports true.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	pt := rtype.TypeOf(target)
	if pt.Kind != rtype.Pointer || rtype.Of(&target).Word() == 0 {
		panic("errors: target must be a non-nil pointer")
	}
	want := pt.Elem()
	if want.Kind != rtype.Interface && !rtype.Implements(want, err) {
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target, want)
}

func as(err error, target any, want *rtype.Type) bool {
	if err == nil {
		return false
	}
	own, _ := err.(interface{ As(any) bool })
	if rtype.StoreIfAssignable(target, err) || own != nil && own.As(target) {
		return true
	}
	if one, ok := err.(interface{ Unwrap() error }); ok {
		return as(one.Unwrap(), target, want)
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range several.Unwrap() {
			if as(e, target, want) {
				return true
			}
		}
	}
	return false
}

// AsType finds the first error in err's tree of type E.
func AsType[E error](err error) (E, bool) {
	var e E
	ok := err != nil && As(err, &e)
	return e, ok
}

type joinError struct{ errs []error }

// Join gives an error that wraps all the non-nil errors given; nil if there are none.
func Join(errs ...error) error {
	n := 0
	for _, err := range errs {
		if err != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	e := &joinError{errs: make([]error, 0, n)}
	for _, err := range errs {
		if err != nil {
			e.errs = append(e.errs, err)
		}
	}
	return e
}

func (e *joinError) Error() string {
	var b []byte
	for i, err := range e.errs {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, err.Error()...)
	}
	return string(b)
}

func (e *joinError) Unwrap() []error { return e.errs }
