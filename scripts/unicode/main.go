// Command unicode writes lib/std/natives/unicode_tables.ts: the classes and case
// mappings of Go's package unicode as run-length lists. Run it with the Go
// version whose tables are wanted:
//
//	go run scripts/unicode/main.go lib/std/unicode > lib/std/natives/unicode_tables.ts
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
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
	fmt.Println("];\n\n/** Where folding is not upper to lower or lower to upper: from and to, base 36. */")
	var folds []string
	for r := rune(0); r <= unicode.MaxRune; r++ {
		plain := unicode.ToLower(r)
		if plain == r {
			plain = unicode.ToUpper(r)
		}
		if f := unicode.SimpleFold(r); f != plain {
			folds = append(folds, strconv.FormatInt(int64(r), 36), strconv.FormatInt(int64(f), 36))
		}
	}
	fmt.Printf("export const folds: string = '%s';\n", strings.Join(folds, " "))
	fmt.Println("\n/** Range tables of package unicode by name: as classes. */\nexport const rangeTables: Readonly<Record<string, string>> = {")
	names := tableNames()
	for _, n := range names {
		t := n.table
		fmt.Printf("  %s: '%s',\n", n.name, ranges(func(r rune) bool { return unicode.Is(t, r) }))
	}
	fmt.Println("};")
	if len(os.Args) > 1 {
		os.WriteFile(os.Args[1]+"/tables.go", []byte(goTables(names)), 0o644)
	}
}

type named struct {
	name  string
	table *unicode.RangeTable
}

// tableNames are the names of categories, scripts and properties.
func tableNames() (out []named) {
	for _, m := range []map[string]*unicode.RangeTable{unicode.Categories, unicode.Scripts, unicode.Properties} {
		var names []string
		for n := range m {
			if n != "LC" && n != "Cn" {
				names = append(names, n)
			}
		}
		sort.Strings(names)
		for _, n := range names {
			out = append(out, named{n, m[n]})
		}
	}
	return out
}

// goTables declares the tables' variables.
func goTables(names []named) string {
	s := "// Made by scripts/unicode/main.go; do not edit.\n\npackage unicode\n\n// Tables of runes by category, script and property.\nvar (\n"
	for _, n := range names {
		s += fmt.Sprintf("\t%s = &RangeTable{name: %q}\n", n.name, n.name)
	}
	s += "\n"
	for _, a := range []string{"Letter L", "Mark M", "Number N", "Punct P", "Symbol S", "Space Z", "Other C", "Upper Lu", "Lower Ll", "Title Lt", "Digit Nd"} {
		long, short, _ := strings.Cut(a, " ")
		s += fmt.Sprintf("\t%s = %s\n", long, short)
	}
	return s + ")\n"
}
