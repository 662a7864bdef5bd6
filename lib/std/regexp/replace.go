package regexp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// replaced is s with what put appends in place of each match; changed is false if there is none.
func (re *Regexp) replaced(s string, slots int, put func(dst []byte, at []int) []byte) (out []byte, changed bool) {
	from := 0
	re.each(s, -1, slots, func(at []int) {
		out = append(out, s[from:at[0]]...)
		out = put(out, at)
		from = at[1]
		changed = true
	})
	if !changed {
		return nil, false
	}
	return append(out, s[from:]...), true
}

func (re *Regexp) replaceString(s string, slots int, put func(dst []byte, at []int) []byte) string {
	if out, changed := re.replaced(s, slots, put); changed {
		return string(out)
	}
	return s
}

func (re *Regexp) replaceBytes(b []byte, slots int, put func(dst []byte, at []int) []byte) []byte {
	if out, changed := re.replaced(view(b), slots, put); changed {
		return out
	}
	return append([]byte(nil), b...)
}

// slotsFor is how many places a template needs.
func (re *Regexp) slotsFor(template string) int {
	if strings.IndexByte(template, '$') < 0 {
		return 2
	}
	return re.slots()
}

// ReplaceAllString puts repl for each match, with $1 and ${name} for groups.
func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.replaceString(src, re.slotsFor(repl), func(dst []byte, at []int) []byte { return re.expand(dst, repl, src, at) })
}

func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	return re.replaceBytes(src, re.slotsFor(view(repl)), func(dst []byte, at []int) []byte { return re.expand(dst, view(repl), view(src), at) })
}

// ReplaceAllLiteralString puts repl as it stands.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return re.replaceString(src, 2, func(dst []byte, _ []int) []byte { return append(dst, repl...) })
}

func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, _ []int) []byte { return append(dst, repl...) })
}

// ReplaceAllStringFunc puts what repl makes of each match.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.replaceString(src, 2, func(dst []byte, at []int) []byte { return append(dst, repl(src[at[0]:at[1]])...) })
}

func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, at []int) []byte { return append(dst, repl(src[at[0]:at[1]])...) })
}

// Expand and ExpandString append a template with the groups of a match of src.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.expand(dst, string(template), view(src), match)
}

func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return re.expand(dst, template, src, match)
}

func (re *Regexp) expand(dst []byte, template, src string, at []int) []byte {
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		if rest, twice := strings.CutPrefix(after, "$"); twice {
			dst = append(dst, '$')
			template = rest
			continue
		}
		name, rest := variable(after)
		if name == "" {
			dst = append(dst, '$')
			template = after
			continue
		}
		template = rest
		if n, err := strconv.Atoi(name); err == nil && (name == "0" || name[0] != '0') {
			if 2*n+1 < len(at) && at[2*n] >= 0 {
				dst = append(dst, src[at[2*n]:at[2*n+1]]...)
			}
			continue
		}
		for i, n := range re.prog.Names {
			if n == name && 2*i+1 < len(at) && at[2*i] >= 0 {
				dst = append(dst, src[at[2*i]:at[2*i+1]]...)
				break
			}
		}
	}
}

// variable is the name behind a dollar, and what follows it; "" if there is none.
func variable(s string) (name, rest string) {
	braced := strings.HasPrefix(s, "{")
	if braced {
		s = s[1:]
	}
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		n += size
	}
	name, rest = s[:n], s[n:]
	if braced {
		if !strings.HasPrefix(rest, "}") {
			return "", ""
		}
		rest = rest[1:]
	}
	return name, rest
}
