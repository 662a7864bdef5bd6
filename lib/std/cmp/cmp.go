// Package cmp compares ordered values.
package cmp

// Ordered are the types with < and >.
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64 | ~string
}

// Less reports x < y; NaN is less than every number.
func Less[T Ordered](x, y T) bool { return x != x && y == y || x < y }

// Compare is -1, 0 or +1; NaN equals NaN and is less than every number.
func Compare[T Ordered](x, y T) int {
	xn, yn := x != x, y != y
	switch {
	case xn && yn:
		return 0
	case xn || x < y:
		return -1
	case yn || x > y:
		return 1
	}
	return 0
}

// Or is the first value that is not zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
