package reflect

import "unsafe"

// visit is a pair of places being compared.
type visit struct {
	a, b unsafe.Pointer
	t    Type
}

// DeepEqual reports whether x and y are equal, following pointers and comparing the contents of slices and maps.
func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	a, b := ValueOf(x), ValueOf(y)
	return a.typ == b.typ && deep(a, b, map[visit]bool{})
}

func deep(a, b Value, open map[visit]bool) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.typ != b.typ {
		return false
	}
	k := a.Kind()
	if k == Pointer || k == Map || k == Slice {
		p, q := a.load(), b.load()
		if p != nil && q != nil {
			if uintptr(p) > uintptr(q) {
				p, q = q, p
			}
			v := visit{p, q, a.Type()}
			if k == Slice && a.Len() != b.Len() {
				return false
			}
			if open[v] {
				return true
			}
			open[v] = true
		}
	}
	switch k {
	case Array:
		for i := range a.Len() {
			if !deep(a.Index(i), b.Index(i), open) {
				return false
			}
		}
		return true
	case Slice:
		if a.IsNil() != b.IsNil() || a.Len() != b.Len() {
			return false
		}
		if a.load() == b.load() {
			return true
		}
		for i := range a.Len() {
			if !deep(a.Index(i), b.Index(i), open) {
				return false
			}
		}
		return true
	case Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return deep(a.Elem(), b.Elem(), open)
	case Pointer:
		return a.load() == b.load() || deep(a.Elem(), b.Elem(), open)
	case Struct:
		for i := range a.NumField() {
			if !deep(a.Field(i), b.Field(i), open) {
				return false
			}
		}
		return true
	case Map:
		if a.IsNil() != b.IsNil() || a.Len() != b.Len() {
			return false
		}
		if a.load() == b.load() {
			return true
		}
		for it := a.MapRange(); it.Next(); {
			key := it.Key()
			key.flag &^= hidden
			x, y := it.Value(), b.MapIndex(key)
			if !y.IsValid() || !deep(x, y, open) {
				return false
			}
		}
		return true
	case Func:
		return a.IsNil() && b.IsNil()
	}
	return a.Equal(b)
}
