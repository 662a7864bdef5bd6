// Package regexp searches texts for regular expressions of RE2's syntax, in time
// linear in the text.
//
// SIMPLIFIED: what is kept between searches, and so allocations, are not real Go's.
package regexp

import (
	"internal/regex"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Regexp is a compiled expression.
type Regexp struct {
	expr string
	prog *regex.Prog
}

// Compile takes an expression apart; matches are those a search with backtracking finds first.
func Compile(expr string) (*Regexp, error) { return compile(expr, false) }

// CompilePOSIX is Compile for egrep's syntax; matches are the longest of the leftmost.
func CompilePOSIX(expr string) (*Regexp, error) { return compile(expr, true) }

func compile(expr string, posix bool) (*Regexp, error) {
	prog, err := regex.Compile(expr, posix)
	if err != nil {
		return nil, err
	}
	return &Regexp{expr: expr, prog: prog}, nil
}

// MustCompile and MustCompilePOSIX panic where the others give an error.
func MustCompile(expr string) *Regexp      { return must("Compile", expr, false) }
func MustCompilePOSIX(expr string) *Regexp { return must("CompilePOSIX", expr, true) }

func must(fn, expr string, posix bool) *Regexp {
	re, err := compile(expr, posix)
	if err != nil {
		quoted := strconv.Quote(expr)
		if strconv.CanBackquote(expr) {
			quoted = "`" + expr + "`"
		}
		panic("regexp: " + fn + "(" + quoted + "): " + err.Error())
	}
	return re
}

func (re *Regexp) String() string { return re.expr }

// Copy gives another Regexp of the same expression.
func (re *Regexp) Copy() *Regexp {
	c := *re
	p := *re.prog
	c.prog = &p
	return &c
}

// Longest makes later searches prefer the longest of the leftmost matches.
func (re *Regexp) Longest() { re.prog.Longest = true }

// NumSubexp is the number of groups.
func (re *Regexp) NumSubexp() int { return len(re.prog.Names) - 1 }

// SubexpNames are the names of the groups, the whole first; those without are empty.
func (re *Regexp) SubexpNames() []string { return re.prog.Names }

// SubexpIndex is the first group of that name, -1 for none.
func (re *Regexp) SubexpIndex(name string) int {
	if name != "" {
		for i, n := range re.prog.Names {
			if n == name {
				return i
			}
		}
	}
	return -1
}

// LiteralPrefix is the text every match begins with, and whether that is the whole expression.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) { return re.prog.Prefix, re.prog.All }

func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.expr...), nil }
func (re *Regexp) MarshalText() ([]byte, error)        { return []byte(re.expr), nil }
func (re *Regexp) UnmarshalText(text []byte) error {
	c, err := Compile(string(text))
	if err == nil {
		*re = *c
	}
	return err
}

// view is b as a string, as long as b does not change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// drain is what a reader of runes holds. SIMPLIFIED: it is read to its end, not only as far as a match needs.
func drain(r io.RuneReader) string {
	var b []byte
	for {
		c, _, err := r.ReadRune()
		if err != nil {
			return string(b)
		}
		b = utf8.AppendRune(b, c)
	}
}

func (re *Regexp) MatchString(s string) bool        { return re.prog.Find(s, 0, 0) != nil }
func (re *Regexp) Match(b []byte) bool              { return re.MatchString(view(b)) }
func (re *Regexp) MatchReader(r io.RuneReader) bool { return re.MatchString(drain(r)) }

// MatchString, Match and MatchReader compile and search once.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

func Match(pattern string, b []byte) (matched bool, err error) { return MatchString(pattern, view(b)) }

func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}

// QuoteMeta puts backslashes before what is special.
func QuoteMeta(s string) string {
	const special = `\.+*?()|[]{}^$`
	n := 0
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			n++
		}
	}
	if n == 0 {
		return s
	}
	b := make([]byte, 0, len(s)+n)
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// slots is the number of places of all groups.
func (re *Regexp) slots() int { return 2 * len(re.prog.Names) }

// each calls f with up to n matches (all, if n < 0), one behind the other; an empty one does not touch the one before.
func (re *Regexp) each(s string, n, slots int, f func(at []int)) {
	for pos, last := 0, -1; n != 0 && pos <= len(s); {
		at := re.prog.Find(s, pos, slots)
		if at == nil {
			return
		}
		take := true
		if at[1] > pos {
			pos = at[1]
		} else {
			// An empty match: go on one rune further, and drop it where the last one ended.
			take = at[0] != last || at[1] != at[0]
			_, size := utf8.DecodeRuneInString(s[pos:])
			pos += max(size, 1)
		}
		last = at[1]
		if take {
			f(at)
			n--
		}
	}
}

// Match: one group, or all; bytes, strings or places; the first or many.

func (re *Regexp) FindStringIndex(s string) (loc []int) { return re.prog.Find(s, 0, 2) }
func (re *Regexp) FindIndex(b []byte) (loc []int)       { return re.FindStringIndex(view(b)) }
func (re *Regexp) FindReaderIndex(r io.RuneReader) (loc []int) {
	return re.FindStringIndex(drain(r))
}

func (re *Regexp) FindString(s string) string {
	if at := re.FindStringIndex(s); at != nil {
		return s[at[0]:at[1]]
	}
	return ""
}

func (re *Regexp) Find(b []byte) []byte {
	if at := re.FindIndex(b); at != nil {
		return b[at[0]:at[1]:at[1]]
	}
	return nil
}

func (re *Regexp) FindStringSubmatchIndex(s string) []int { return re.prog.Find(s, 0, re.slots()) }
func (re *Regexp) FindSubmatchIndex(b []byte) []int       { return re.FindStringSubmatchIndex(view(b)) }
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return re.FindStringSubmatchIndex(drain(r))
}

// strs and parts are the groups at the places.
func strs(s string, at []int) []string {
	if at == nil {
		return nil
	}
	out := make([]string, len(at)/2)
	for i := range out {
		if at[2*i] >= 0 {
			out[i] = s[at[2*i]:at[2*i+1]]
		}
	}
	return out
}

func parts(b []byte, at []int) [][]byte {
	if at == nil {
		return nil
	}
	out := make([][]byte, len(at)/2)
	for i := range out {
		if at[2*i] >= 0 {
			out[i] = b[at[2*i]:at[2*i+1]:at[2*i+1]]
		}
	}
	return out
}

func (re *Regexp) FindStringSubmatch(s string) []string {
	return strs(s, re.FindStringSubmatchIndex(s))
}
func (re *Regexp) FindSubmatch(b []byte) [][]byte { return parts(b, re.FindSubmatchIndex(b)) }

// collect gathers what f makes of each match.
func collect[T any](re *Regexp, s string, n, slots int, f func(at []int) T) []T {
	var all []T
	re.each(s, n, slots, func(at []int) {
		if all == nil {
			all = make([]T, 0, 10)
		}
		all = append(all, f(at))
	})
	return all
}

func same(at []int) []int { return at }

func (re *Regexp) FindAllStringIndex(s string, n int) [][]int { return collect(re, s, n, 2, same) }
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int       { return re.FindAllStringIndex(view(b), n) }

func (re *Regexp) FindAllString(s string, n int) []string {
	return collect(re, s, n, 2, func(at []int) string { return s[at[0]:at[1]] })
}

func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	return collect(re, view(b), n, 2, func(at []int) []byte { return b[at[0]:at[1]:at[1]] })
}

func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return collect(re, s, n, re.slots(), same)
}

func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return re.FindAllStringSubmatchIndex(view(b), n)
}

func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return collect(re, s, n, re.slots(), func(at []int) []string { return strs(s, at) })
}

func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return collect(re, view(b), n, re.slots(), func(at []int) [][]byte { return parts(b, at) })
}

// Split cuts s at the matches into at most n pieces (all, if n < 0).
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if re.expr != "" && s == "" {
		return []string{""}
	}
	var pieces []string
	from, end := 0, 0
	for _, at := range re.FindAllStringIndex(s, n) {
		if n > 0 && len(pieces) == n-1 {
			break
		}
		end = at[0]
		if at[1] != 0 {
			pieces = append(pieces, s[from:end])
		}
		from = at[1]
	}
	if end != len(s) {
		pieces = append(pieces, s[from:])
	}
	return pieces
}
