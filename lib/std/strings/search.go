package strings

import (
	"unicode"
	"unicode/utf8"
)

// find is the place of sep in s, or -1; findByte that of a byte, findLast the last place of sep, tally how often sep
// (not empty) occurs without overlap. The simulated machine has instructions for them.

//go:noescape
func find(s, sep string) int32

//go:noescape
func findByte(s string, c byte) int32

//go:noescape
func findLast(s, sep string) int32

//go:noescape
func tally(s, sep string) int32

// Index is the place of the first substr in s, or -1.
func Index(s, substr string) int {
	switch n := len(substr); {
	case n == 1:
		return int(findByte(s, substr[0]))
	case n > len(s):
		return -1
	}
	return int(find(s, substr))
}

// IndexByte is the place of the first c in s, or -1.
func IndexByte(s string, c byte) int { return int(findByte(s, c)) }

// IndexRune is the place of the first r in s, or -1; utf8.RuneError finds any invalid bytes.
func IndexRune(s string, r rune) int {
	switch {
	case 0 <= r && r < utf8.RuneSelf:
		return int(findByte(s, byte(r)))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == r {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return int(find(s, string(r)))
}

// IndexAny is the place of the first character of s that is in chars, or -1.
func IndexAny(s, chars string) int {
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

// IndexFunc is the place of the first character of s that satisfies f, or -1.
func IndexFunc(s string, f func(rune) bool) int { return first(s, f, true) }

// first is the place of the first character for which f gives want.
func first(s string, f func(rune) bool, want bool) int {
	for i, c := range s {
		if f(c) == want {
			return i
		}
	}
	return -1
}

// last is the place of the last character for which f gives want, and where it ends.
func last(s string, f func(rune) bool, want bool) (start, end int) {
	for end = len(s); end > 0; end = start {
		r, n := utf8.DecodeLastRuneInString(s[:end])
		start = end - n
		if f(r) == want {
			return start, end
		}
	}
	return -1, 0
}

// LastIndex is the place of the last substr in s, or -1.
func LastIndex(s, substr string) int { return int(findLast(s, substr)) }

// LastIndexByte is the place of the last c in s, or -1.
func LastIndexByte(s string, c byte) int {
	i := len(s) - 1
	for i >= 0 && s[i] != c {
		i--
	}
	return i
}

// LastIndexAny is the place of the last character of s that is in chars, or -1.
func LastIndexAny(s, chars string) int {
	i, _ := last(s, func(r rune) bool { return IndexRune(chars, r) >= 0 }, true)
	return i
}

// LastIndexFunc is the place of the last character of s that satisfies f, or -1.
func LastIndexFunc(s string, f func(rune) bool) int {
	i, _ := last(s, f, true)
	return i
}

// Contains reports whether substr is in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny reports whether a character of chars is in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune reports whether r is in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc reports whether a character of s satisfies f.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	n := len(s) - len(suffix)
	return n >= 0 && s[n:] == suffix
}

// CutPrefix is s without prefix, if it begins with that.
func CutPrefix(s, prefix string) (after string, found bool) {
	if found = HasPrefix(s, prefix); found {
		s = s[len(prefix):]
	}
	return s, found
}

// CutSuffix is s without suffix, if it ends with that.
func CutSuffix(s, suffix string) (before string, found bool) {
	if found = HasSuffix(s, suffix); found {
		s = s[:len(s)-len(suffix)]
	}
	return s, found
}

// TrimPrefix is s without prefix, if it begins with that.
func TrimPrefix(s, prefix string) string {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix is s without suffix, if it ends with that.
func TrimSuffix(s, suffix string) string {
	s, _ = CutSuffix(s, suffix)
	return s
}

// Cut splits s at the first sep.
func Cut(s, sep string) (before, after string, found bool) {
	i := Index(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Count is how often substr is in s without overlap; the number of characters and one more if substr is empty.
func Count(s, substr string) int {
	if substr == "" {
		return utf8.RuneCountInString(s) + 1
	}
	return int(tally(s, substr))
}

// Compare is -1, 0 or +1 by bytes.
func Compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

// EqualFold reports whether s and t are equal but for simple differences of case.
func EqualFold(s, t string) bool {
	for s != "" && t != "" {
		a, b := rune(s[0]), rune(t[0])
		n, m := 1, 1
		if a >= utf8.RuneSelf {
			a, n = utf8.DecodeRuneInString(s)
		}
		if b >= utf8.RuneSelf {
			b, m = utf8.DecodeRuneInString(t)
		}
		s, t = s[n:], t[m:]
		if a != b && !sameFold(a, b) {
			return false
		}
	}
	return s == t
}

func sameFold(a, b rune) bool {
	if a|b < utf8.RuneSelf {
		c := a | 0x20
		return c == b|0x20 && 'a' <= c && c <= 'z'
	}
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}

// TrimLeftFunc cuts off the characters at the start that satisfy f.
func TrimLeftFunc(s string, f func(rune) bool) string {
	i := first(s, f, false)
	if i < 0 {
		return ""
	}
	return s[i:]
}

// TrimRightFunc cuts off the characters at the end that satisfy f.
func TrimRightFunc(s string, f func(rune) bool) string {
	_, end := last(s, f, false)
	return s[:end]
}

// TrimFunc cuts off the characters at both ends that satisfy f.
func TrimFunc(s string, f func(rune) bool) string { return TrimRightFunc(TrimLeftFunc(s, f), f) }

// TrimLeft cuts off the characters of cutset at the start.
func TrimLeft(s, cutset string) string {
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if IndexRune(cutset, r) < 0 {
			break
		}
		s = s[n:]
	}
	return s
}

// TrimRight cuts off the characters of cutset at the end.
func TrimRight(s, cutset string) string {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if IndexRune(cutset, r) < 0 {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// Trim cuts off the characters of cutset at both ends.
func Trim(s, cutset string) string { return TrimRight(TrimLeft(s, cutset), cutset) }

// TrimSpace cuts off white space at both ends.
func TrimSpace(s string) string { return TrimFunc(s, unicode.IsSpace) }
