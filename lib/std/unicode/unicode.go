// Package unicode tells properties of runes. SIMPLIFIED: classes and case come
// from the host's Unicode tables through natives, without range tables.
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
