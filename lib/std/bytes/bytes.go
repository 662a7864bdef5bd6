// Package bytes has functions of byte slices. Searching and cutting is package
// strings' own, on the same memory.
package bytes

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// view is b as a string, without copying.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// part is the slice of b that s, a part of its view, stands for.
func part(b []byte, s string) []byte {
	at := 0
	if s != "" {
		at = int(uintptr(unsafe.Pointer(unsafe.StringData(s))) - uintptr(unsafe.Pointer(unsafe.SliceData(b))))
	}
	return b[at : at+len(s)]
}

// own is a new string's memory as a slice.
func own(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// parts turns the strings of a split into slices. SIMPLIFIED: the list of strings is an allocation that real Go does without.
func parts(b []byte, list []string) [][]byte {
	if list == nil {
		return nil
	}
	out := make([][]byte, len(list))
	for i, s := range list {
		p := part(b, s)
		// Appending to one part must not change the next.
		out[i] = p[:len(p):len(p)]
	}
	return out
}

func seq(b []byte, list iter.Seq[string]) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for s := range list {
			p := part(b, s)
			if !yield(p[:len(p):len(p)]) {
				return
			}
		}
	}
}

func Index(s, sep []byte) int                         { return strings.Index(view(s), view(sep)) }
func IndexByte(b []byte, c byte) int                  { return strings.IndexByte(view(b), c) }
func IndexRune(s []byte, r rune) int                  { return strings.IndexRune(view(s), r) }
func IndexAny(s []byte, chars string) int             { return strings.IndexAny(view(s), chars) }
func IndexFunc(s []byte, f func(r rune) bool) int     { return strings.IndexFunc(view(s), f) }
func LastIndex(s, sep []byte) int                     { return strings.LastIndex(view(s), view(sep)) }
func LastIndexByte(s []byte, c byte) int              { return strings.LastIndexByte(view(s), c) }
func LastIndexAny(s []byte, chars string) int         { return strings.LastIndexAny(view(s), chars) }
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(view(s), f) }
func Contains(b, subslice []byte) bool                { return Index(b, subslice) >= 0 }
func ContainsAny(b []byte, chars string) bool         { return IndexAny(b, chars) >= 0 }
func ContainsRune(b []byte, r rune) bool              { return IndexRune(b, r) >= 0 }
func ContainsFunc(b []byte, f func(rune) bool) bool   { return IndexFunc(b, f) >= 0 }
func Count(s, sep []byte) int                         { return strings.Count(view(s), view(sep)) }
func Compare(a, b []byte) int                         { return strings.Compare(view(a), view(b)) }
func Equal(a, b []byte) bool                          { return string(a) == string(b) }
func EqualFold(s, t []byte) bool                      { return strings.EqualFold(view(s), view(t)) }
func HasPrefix(s, prefix []byte) bool                 { return strings.HasPrefix(view(s), view(prefix)) }
func HasSuffix(s, suffix []byte) bool                 { return strings.HasSuffix(view(s), view(suffix)) }
func Split(s, sep []byte) [][]byte                    { return SplitN(s, sep, -1) }
func SplitN(s, sep []byte, n int) [][]byte            { return split(s, sep, 0, n) }
func SplitAfter(s, sep []byte) [][]byte               { return SplitAfterN(s, sep, -1) }
func SplitAfterN(s, sep []byte, n int) [][]byte {
	return split(s, sep, len(sep), n)
}

// split cuts s at each sep, of which keep bytes stay, into at most n parts (n < 0: all).
func split(s, sep []byte, keep, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if len(sep) == 0 {
		return parts(s, strings.SplitN(view(s), "", n))
	}
	if most := Count(s, sep) + 1; n < 0 || n > most {
		n = most
	}
	out := make([][]byte, n)
	for i := range n - 1 {
		at := Index(s, sep)
		end := at + keep
		out[i] = s[:end:end]
		s = s[at+len(sep):]
	}
	out[n-1] = s
	return out
}
func SplitSeq(s, sep []byte) iter.Seq[[]byte] { return seq(s, strings.SplitSeq(view(s), view(sep))) }
func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte] {
	return seq(s, strings.SplitAfterSeq(view(s), view(sep)))
}
func Lines(s []byte) iter.Seq[[]byte] { return seq(s, strings.Lines(view(s))) }

// Fields cuts s at white space.
func Fields(s []byte) [][]byte {
	n, inside := 0, false
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return parts(s, strings.Fields(view(s)))
		}
		space := c == ' ' || '\t' <= c && c <= '\r'
		if inside == space {
			if inside = !space; inside {
				n++
			}
		}
	}
	out := make([][]byte, 0, n)
	start := -1
	for i := 0; i <= len(s); i++ {
		space := i == len(s) || s[i] == ' ' || '\t' <= s[i] && s[i] <= '\r'
		if space && start >= 0 {
			out = append(out, s[start:i:i])
			start = -1
		} else if !space && start < 0 {
			start = i
		}
	}
	return out
}
func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	return parts(s, strings.FieldsFunc(view(s), f))
}
func FieldsSeq(s []byte) iter.Seq[[]byte] { return seq(s, strings.FieldsSeq(view(s))) }
func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte] {
	return seq(s, strings.FieldsFuncSeq(view(s), f))
}

// Cut splits s at the first sep.
func Cut(s, sep []byte) (before, after []byte, found bool) {
	i := Index(s, sep)
	if i < 0 {
		return s, nil, false
	}
	return s[:i], s[i+len(sep):], true
}

// CutPrefix is s without prefix, if it begins with that.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if found = HasPrefix(s, prefix); found {
		s = s[len(prefix):]
	}
	return s, found
}

// CutSuffix is s without suffix, if it ends with that.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if found = HasSuffix(s, suffix); found {
		s = s[:len(s)-len(suffix)]
	}
	return s, found
}

// TrimPrefix is s without prefix, if it begins with that.
func TrimPrefix(s, prefix []byte) []byte {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix is s without suffix, if it ends with that.
func TrimSuffix(s, suffix []byte) []byte {
	s, _ = CutSuffix(s, suffix)
	return s
}

// left is what remains after cutting at the left: nil if nothing does.
func left(b []byte, s string) []byte {
	if s == "" {
		return nil
	}
	return b[len(b)-len(s):]
}

func TrimLeft(s []byte, cutset string) []byte  { return left(s, strings.TrimLeft(view(s), cutset)) }
func TrimRight(s []byte, cutset string) []byte { return s[:len(strings.TrimRight(view(s), cutset))] }
func Trim(s []byte, cutset string) []byte {
	s = TrimLeft(s, cutset)
	return s[:len(strings.TrimRight(view(s), cutset))]
}
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	return left(s, strings.TrimLeftFunc(view(s), f))
}
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return s[:len(strings.TrimRightFunc(view(s), f))]
}
func TrimFunc(s []byte, f func(r rune) bool) []byte { return TrimRightFunc(TrimLeftFunc(s, f), f) }
func TrimSpace(s []byte) []byte                     { return TrimFunc(s, unicode.IsSpace) }

// Clone is a copy of b; nil for nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Join puts the slices together with sep between them.
func Join(s [][]byte, sep []byte) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	total := len(sep) * (len(s) - 1)
	for _, b := range s {
		if total += len(b); total < 0 {
			panic("bytes: Join output length overflow")
		}
	}
	out := make([]byte, 0, total)
	for i, b := range s {
		if i > 0 {
			out = append(out, sep...)
		}
		out = append(out, b...)
	}
	return out
}

// Repeat is b count times.
func Repeat(b []byte, count int) []byte {
	switch {
	case count < 0:
		panic("bytes: negative Repeat count")
	case count == 0 || len(b) == 0:
		return []byte{}
	case len(b) > (1<<63-1)/count:
		panic("bytes: Repeat output length overflow")
	}
	out := make([]byte, len(b)*count)
	for n := copy(out, b); n < len(out); n *= 2 {
		copy(out[n:], out[:n])
	}
	return out
}

// copied is the result of a function that gives its argument back when nothing changes.
func copied(s []byte, t string) []byte {
	if len(s) == len(t) && (t == "" || unsafe.StringData(t) == unsafe.SliceData(s)) {
		return append([]byte(nil), s...)
	}
	return own(t)
}

func Map(mapping func(r rune) rune, s []byte) []byte { return copied(s, strings.Map(mapping, view(s))) }
func ToUpper(s []byte) []byte                        { return copied(s, strings.ToUpper(view(s))) }
func ToLower(s []byte) []byte                        { return copied(s, strings.ToLower(view(s))) }
func ToTitle(s []byte) []byte                        { return copied(s, strings.ToTitle(view(s))) }
func Title(s []byte) []byte                          { return copied(s, strings.Title(view(s))) }
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte {
	return copied(s, strings.ToUpperSpecial(c, view(s)))
}
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte {
	return copied(s, strings.ToLowerSpecial(c, view(s)))
}
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte {
	return copied(s, strings.ToTitleSpecial(c, view(s)))
}
func ToValidUTF8(s, replacement []byte) []byte {
	return copied(s, strings.ToValidUTF8(view(s), view(replacement)))
}

// Replace is a copy of s with the first n occurrences of old replaced; all if n < 0.
func Replace(s, old, new []byte, n int) []byte {
	return copied(s, strings.Replace(view(s), view(old), view(new), n))
}

// ReplaceAll is a copy of s with all occurrences of old replaced.
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

// Runes gives the characters of s.
func Runes(s []byte) []rune {
	out := make([]rune, 0, utf8.RuneCount(s))
	for _, r := range view(s) {
		out = append(out, r)
	}
	return out
}
