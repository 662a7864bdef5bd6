// Command unicode writes lib/std/natives/unicode_tables.ts: the classes and case
// mappings of Go's package unicode as run-length lists. Run it with the Go
// version whose tables are wanted:
//
//	go run scripts/unicode/main.go > lib/std/natives/unicode_tables.ts
package main

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unicode"
)

// ranges lists the runes satisfying f as gap,length pairs in base 36.
func ranges(f func(rune) bool) string {
	var out []string
	last := rune(0)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !f(r) {
			continue
		}
		lo := r
		for r <= unicode.MaxRune && f(r) {
			r++
		}
		out = append(out, strconv.FormatInt(int64(lo-last), 36), strconv.FormatInt(int64(r-lo), 36))
		last = r
	}
	return strings.Join(out, " ")
}

// mapping lists runs of runes at the same distance from their image: gap, length, step, distance.
func mapping(f func(rune) rune) string {
	var out []string
	last := rune(0)
	for r := rune(128); r <= unicode.MaxRune; r++ {
		d := f(r) - r
		if d == 0 {
			continue
		}
		step := rune(1)
		if f(r+1)-(r+1) != d && f(r+2)-(r+2) == d {
			step = 2
		}
		n := rune(1)
		for f(r+n*step)-(r+n*step) == d && (step == 1 || f(r+n*step-1) == r+n*step-1) {
			n++
		}
		out = append(out, strconv.FormatInt(int64(r-last), 36), strconv.FormatInt(int64(n), 36), strconv.FormatInt(int64(step), 36), strconv.FormatInt(int64(d), 36))
		r += (n-1)*step + 0
		last = r
	}
	return strings.Join(out, " ")
}

func main() {
	fmt.Printf("/** Unicode %s as Go %s has it. Made by scripts/unicode/main.go; do not edit. */\n\n", unicode.Version, strings.TrimPrefix(runtime.Version(), "go"))
	fmt.Println("/** Classes: gap and length of each run of runes, base 36. */\nexport const classes: Readonly<Record<string, string>> = {")
	for _, c := range []struct {
		name string
		f    func(rune) bool
	}{
		{"L", unicode.IsLetter}, {"N", unicode.IsNumber}, {"d", unicode.IsDigit}, {"u", unicode.IsUpper}, {"l", unicode.IsLower}, {"t", unicode.IsTitle},
		{"P", unicode.IsPunct}, {"S", unicode.IsSymbol}, {"M", unicode.IsMark}, {"p", unicode.IsPrint}, {"z", unicode.IsGraphic}, {"q", strconv.IsPrint},
	} {
		fmt.Printf("  %s: '%s',\n", c.name, ranges(c.f))
	}
	fmt.Println("};\n\n/** Case mappings (upper, lower, title): gap, count, step, distance of each run, base 36. */\nexport const cases: readonly string[] = [")
	for _, f := range []func(rune) rune{unicode.ToUpper, unicode.ToLower, unicode.ToTitle} {
		fmt.Printf("  '%s',\n", mapping(f))
	}
	fmt.Println("];")
}
