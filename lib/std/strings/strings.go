// Package strings has functions of UTF-8 strings.
package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Clone is a copy of s in memory of its own.
func Clone(s string) string {
	if s == "" {
		return ""
	}
	return string([]byte(s))
}

// Join puts the elements together with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	total := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		if total += len(e); total < 0 {
			panic("strings: Join output length overflow")
		}
	}
	var b Builder
	b.Grow(total)
	for i, e := range elems {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(e)
	}
	return b.String()
}

// Repeat is s count times.
func Repeat(s string, count int) string {
	switch {
	case count < 0:
		panic("strings: negative Repeat count")
	case count == 0 || s == "":
		return ""
	case count == 1:
		return s
	case len(s) > (1<<63-1)/count:
		panic("strings: Repeat output length overflow")
	}
	out := make([]byte, len(s)*count)
	for n := copy(out, s); n < len(out); n *= 2 {
		copy(out[n:], out[:n])
	}
	return unsafe.String(&out[0], len(out))
}

// split cuts s at sep into at most n parts; keep bytes of each sep stay with the part before it.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	count := Count(s, sep)
	if sep == "" {
		count--
	} else {
		count++
	}
	if n < 0 || n > count {
		n = count
	}
	out := make([]string, n)
	for i := range n {
		end, skip := len(s), 0
		if i < n-1 {
			if sep == "" {
				_, end = utf8.DecodeRuneInString(s)
			} else {
				end = Index(s, sep)
				skip = len(sep)
			}
		}
		out[i] = s[:end+min(keep, skip)]
		s = s[end+skip:]
	}
	return out
}

// Split cuts s at each sep; into characters if sep is empty.
func Split(s, sep string) []string { return split(s, sep, 0, -1) }

// SplitN is Split into at most n parts; all of them if n < 0.
func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

// SplitAfter cuts s after each sep.
func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

// SplitAfterN is SplitAfter into at most n parts; all of them if n < 0.
func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

// splitSeq gives split's parts one by one.
func splitSeq(s, sep string, keep int) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest := s
		if sep == "" {
			for rest != "" {
				_, n := utf8.DecodeRuneInString(rest)
				if !yield(rest[:n]) {
					return
				}
				rest = rest[n:]
			}
			return
		}
		for i := Index(rest, sep); i >= 0; i = Index(rest, sep) {
			if !yield(rest[:i+keep]) {
				return
			}
			rest = rest[i+len(sep):]
		}
		yield(rest)
	}
}

// SplitSeq gives Split's parts one by one.
func SplitSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, 0) }

// SplitAfterSeq gives SplitAfter's parts one by one.
func SplitAfterSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, len(sep)) }

// Lines gives the lines of s with their ends.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest := s; rest != ""; {
			line := rest
			if i := IndexByte(rest, '\n'); i >= 0 {
				line = rest[:i+1]
			}
			rest = rest[len(line):]
			if !yield(line) {
				return
			}
		}
	}
}

// word finds the first run of characters that do not satisfy f; start is -1 if there is none.
func word(s string, f func(rune) bool) (start, end int) {
	start = first(s, f, false)
	if start < 0 {
		return -1, 0
	}
	if n := first(s[start:], f, true); n >= 0 {
		return start, start + n
	}
	return start, len(s)
}

// FieldsFunc gives the runs of characters that do not satisfy f.
func FieldsFunc(s string, f func(rune) bool) []string {
	type span struct{ start, end int }
	spans := make([]span, 0, 32)
	for at := 0; ; {
		i, j := word(s[at:], f)
		if i < 0 {
			break
		}
		spans = append(spans, span{at + i, at + j})
		at += j
	}
	out := make([]string, len(spans))
	for i, p := range spans {
		out[i] = s[p.start:p.end]
	}
	return out
}

// FieldsFuncSeq gives FieldsFunc's runs one by one.
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest := s
		for i, j := word(rest, f); i >= 0; i, j = word(rest, f) {
			if !yield(rest[i:j]) {
				return
			}
			rest = rest[j:]
		}
	}
}

// Fields gives the words of s, which white space separates.
func Fields(s string) []string {
	// ASCII is done by bytes; the words are counted first, so that one slice suffices.
	count, inside, all := 0, false, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		all |= c
		space := asciiSpace(c)
		if !space && !inside {
			count++
		}
		inside = !space
	}
	if all >= utf8.RuneSelf {
		return FieldsFunc(s, unicode.IsSpace)
	}
	out := make([]string, 0, count)
	for start, i := -1, 0; i <= len(s); i++ {
		space := i == len(s) || asciiSpace(s[i])
		if !space && start < 0 {
			start = i
		} else if space && start >= 0 {
			out = append(out, s[start:i])
			start = -1
		}
	}
	return out
}

func asciiSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// FieldsSeq gives Fields' words one by one.
func FieldsSeq(s string) iter.Seq[string] { return FieldsFuncSeq(s, unicode.IsSpace) }

// Map replaces each character by what mapping gives; negative means none. s itself is given if nothing changes.
func Map(mapping func(rune) rune, s string) string {
	for i, c := range s {
		r := mapping(c)
		if r == c {
			if c != utf8.RuneError {
				continue
			}
			// A byte that is not UTF-8 changes: it becomes a whole U+FFFD.
			if _, n := utf8.DecodeRuneInString(s[i:]); n != 1 {
				continue
			}
		}
		var b Builder
		b.Grow(len(s) + utf8.UTFMax)
		b.WriteString(s[:i])
		if r >= 0 {
			b.WriteRune(r)
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		for _, c := range s[i+n:] {
			if r := mapping(c); r >= 0 {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	return s
}

// ascii changes the letters from lo to lo+25 to the other case; ok reports that s is all ASCII.
func ascii(s string, lo byte) (t string, ok bool) {
	hit := false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return s, false
		}
		hit = hit || s[i]-lo < 26
	}
	if !hit {
		return s, true
	}
	b := make([]byte, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-lo < 26 {
			c ^= 0x20
		}
		b[i] = c
	}
	return unsafe.String(&b[0], len(b)), true
}

// ToUpper is s in upper case.
func ToUpper(s string) string {
	if t, ok := ascii(s, 'a'); ok {
		return t
	}
	return Map(unicode.ToUpper, s)
}

// ToLower is s in lower case.
func ToLower(s string) string {
	if t, ok := ascii(s, 'A'); ok {
		return t
	}
	return Map(unicode.ToLower, s)
}

// ToTitle is s in title case.
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

// ToUpperSpecial is ToUpper by the rules of c.
func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }

// ToLowerSpecial is ToLower by the rules of c.
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }

// ToTitleSpecial is ToTitle by the rules of c.
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

// Title puts the first letter of each word in title case.
func Title(s string) string {
	before := ' '
	return Map(func(r rune) rune {
		start := !inWord(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// inWord reports whether a letter after r is not the first of its word.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || !unicode.IsSpace(r)
}

// ToValidUTF8 puts replacement in place of each run of bytes that are not UTF-8.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b Builder
	b.Grow(len(s) + len(replacement))
	bad := false
	for i, c := range s {
		n := 1
		if c >= utf8.RuneSelf {
			if c, n = utf8.DecodeRuneInString(s[i:]); c == utf8.RuneError && n == 1 {
				if !bad {
					b.WriteString(replacement)
				}
				bad = true
				continue
			}
		}
		bad = false
		b.WriteString(s[i : i+n])
	}
	return b.String()
}

// Replace replaces the first n occurrences of old; all if n < 0. An empty old is before each character and at the end.
func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	count := Count(s, old)
	if count == 0 {
		return s
	}
	if n < 0 || n > count {
		n = count
	}
	var b Builder
	b.Grow(len(s) + n*(len(new)-len(old)))
	for i := range n {
		before := 0
		if old != "" {
			before = Index(s, old)
		} else if i > 0 {
			_, before = utf8.DecodeRuneInString(s)
		}
		b.WriteString(s[:before])
		b.WriteString(new)
		s = s[before+len(old):]
	}
	b.WriteString(s)
	return b.String()
}

// ReplaceAll replaces all occurrences of old.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }
