// Package utf16 splits characters into 16-bit units.
package utf16

const (
	high, low, end = 0xd800, 0xdc00, 0xe000
	first          = 0x10000
	bad            = '\uFFFD'
)

// IsSurrogate reports whether r is half of a pair.
func IsSurrogate(r rune) bool { return high <= r && r < end }

// DecodeRune is the character of a pair, U+FFFD if it is none.
func DecodeRune(r1, r2 rune) rune {
	if high <= r1 && r1 < low && low <= r2 && r2 < end {
		return (r1-high)<<10 | (r2 - low) + first
	}
	return bad
}

// EncodeRune is the pair of a character, U+FFFD twice if it needs none.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < first || r > '\U0010FFFF' {
		return bad, bad
	}
	r -= first
	return high + r>>10, low + r&0x3ff
}

// RuneLen is the number of units of a character, -1 if it is none.
func RuneLen(r rune) int {
	switch {
	case 0 <= r && r < high, end <= r && r < first:
		return 1
	case first <= r && r <= '\U0010FFFF':
		return 2
	}
	return -1
}

// AppendRune adds a character's units.
func AppendRune(a []uint16, r rune) []uint16 {
	switch RuneLen(r) {
	case 1:
		return append(a, uint16(r))
	case 2:
		h, l := EncodeRune(r)
		return append(a, uint16(h), uint16(l))
	}
	return append(a, bad)
}

// Encode gives the units of characters.
func Encode(s []rune) []uint16 {
	n := 0
	for _, r := range s {
		n += max(RuneLen(r), 1)
	}
	a := make([]uint16, 0, n)
	for _, r := range s {
		a = AppendRune(a, r)
	}
	return a
}

// Decode gives the characters of units.
func Decode(s []uint16) []rune {
	out := make([]rune, 0, len(s))
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			next := rune(0)
			if i+1 < len(s) {
				next = rune(s[i+1])
			}
			if r = DecodeRune(r, next); r != bad {
				i++
			}
		}
		out = append(out, r)
	}
	return out
}
