// Package unicode tells properties of runes.
//
// SIMPLIFIED: the tables are the machine's own; a RangeTable declared here shows no ranges, and there are no maps of tables by name.
package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

// IsSpace reports white space as Unicode defines it.
func IsSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// IsDigit reports a decimal digit.
func IsDigit(r rune) bool {
	if r <= MaxLatin1 {
		return '0' <= r && r <= '9'
	}
	return class(r, 'd')
}

// IsNumber reports a number.
func IsNumber(r rune) bool {
	if r <= MaxASCII {
		return '0' <= r && r <= '9'
	}
	return class(r, 'N')
}

// IsLetter reports a letter.
func IsLetter(r rune) bool {
	if r <= MaxASCII {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return class(r, 'L')
}

// IsUpper reports an upper-case letter.
func IsUpper(r rune) bool {
	if r <= MaxASCII {
		return 'A' <= r && r <= 'Z'
	}
	return class(r, 'u')
}

// IsLower reports a lower-case letter.
func IsLower(r rune) bool {
	if r <= MaxASCII {
		return 'a' <= r && r <= 'z'
	}
	return class(r, 'l')
}

// IsTitle reports a title-case letter.
func IsTitle(r rune) bool { return r > MaxLatin1 && class(r, 't') }

// IsPunct reports punctuation.
func IsPunct(r rune) bool { return class(r, 'P') }

// IsSymbol reports a symbol.
func IsSymbol(r rune) bool { return class(r, 'S') }

// IsMark reports a mark.
func IsMark(r rune) bool { return r > MaxLatin1 && class(r, 'M') }

// IsControl reports a control character.
func IsControl(r rune) bool { return 0 <= r && r < 0x20 || 0x7f <= r && r < 0xa0 }

// IsPrint reports what prints: letters, marks, numbers, punctuation, symbols and the ASCII space.
func IsPrint(r rune) bool {
	if r <= MaxASCII {
		return 0x20 <= r && r < 0x7f
	}
	return class(r, 'p')
}

// IsGraphic reports what prints, and spaces.
func IsGraphic(r rune) bool { return IsPrint(r) || class(r, 'z') }

func class(r rune, which rune) bool
func fold(r rune) rune

//go:noescape
func inTable(name string, r rune) bool

// RangeTable is a set of runes, as sorted ranges.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int
	// name of a table of the package.
	name string
}

// Range16 is every Stride-th rune from Lo to Hi; Range32 is that for larger ones.
type (
	Range16 struct{ Lo, Hi, Stride uint16 }
	Range32 struct{ Lo, Hi, Stride uint32 }
)

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool {
	if rangeTab.name != "" {
		return inTable(rangeTab.name, r)
	}
	u := uint32(r)
	for _, g := range rangeTab.R16 {
		if uint32(g.Lo) <= u && u <= uint32(g.Hi) {
			return (u-uint32(g.Lo))%uint32(g.Stride) == 0
		}
	}
	for _, g := range rangeTab.R32 {
		if g.Lo <= u && u <= g.Hi {
			return (u-g.Lo)%g.Stride == 0
		}
	}
	return false
}

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool { return IsOneOf(ranges, r) }

// IsOneOf reports whether r is in one of the tables.
func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}

// SimpleFold goes through the runes equal to r but for case: the next larger one, or the smallest.
func SimpleFold(r rune) rune {
	if r < 0 || r > MaxRune {
		return r
	}
	return fold(r)
}

// CaseRange is how runes from Lo to Hi change case; a delta UpperLower means upper and lower alternate.
type CaseRange struct {
	Lo, Hi uint32
	Delta  [MaxCase]rune
}

const (
	MaxCase    = 3
	UpperLower = MaxRune + 1
	Version    = "15.0.0"
)

// SpecialCase is a language's own rules of case.
type SpecialCase []CaseRange

// TurkishCase has dotted and dotless i.
var TurkishCase SpecialCase = SpecialCase{
	{0x49, 0x49, [MaxCase]rune{0, 0x131 - 0x49, 0}},
	{0x69, 0x69, [MaxCase]rune{0x130 - 0x69, 0, 0x130 - 0x69}},
	{0x130, 0x130, [MaxCase]rune{0, 0x69 - 0x130, 0}},
	{0x131, 0x131, [MaxCase]rune{0x49 - 0x131, 0, 0x49 - 0x131}},
}

// AzeriCase is the same.
var AzeriCase SpecialCase = TurkishCase

func (s SpecialCase) to(c int, r rune) rune {
	for _, g := range s {
		if g.Lo <= uint32(r) && uint32(r) <= g.Hi {
			if d := g.Delta[c]; d <= MaxRune {
				return r + d
			}
			// Pairs: an even distance is upper case.
			return rune(g.Lo) + ((r-rune(g.Lo))&^1 | rune(c&1))
		}
	}
	return To(c, r)
}

func (s SpecialCase) ToUpper(r rune) rune { return s.to(UpperCase, r) }
func (s SpecialCase) ToLower(r rune) rune { return s.to(LowerCase, r) }
func (s SpecialCase) ToTitle(r rune) rune { return s.to(TitleCase, r) }

// To maps r to upper, lower or title case.
func To(_case int, r rune) rune {
	switch _case {
	case UpperCase:
		return ToUpper(r)
	case LowerCase:
		return ToLower(r)
	case TitleCase:
		return ToTitle(r)
	}
	return ReplacementChar
}
func toCase(which, r rune) rune

const (
	UpperCase = 0
	LowerCase = 1
	TitleCase = 2
)

// ToUpper gives r in upper case.
func ToUpper(r rune) rune {
	if r <= MaxASCII {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return toCase(UpperCase, r)
}

// ToLower gives r in lower case.
func ToLower(r rune) rune {
	if r <= MaxASCII {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return toCase(LowerCase, r)
}

// ToTitle gives r in title case.
func ToTitle(r rune) rune {
	if r <= MaxASCII {
		return ToUpper(r)
	}
	return toCase(TitleCase, r)
}
