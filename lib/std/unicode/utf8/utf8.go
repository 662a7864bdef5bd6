// Package utf8 encodes and decodes runes as UTF-8.
package utf8

const (
	RuneError = '\uFFFD'
	RuneSelf  = 0x80
	MaxRune   = '\U0010FFFF'
	UTFMax    = 4
)

const surrogateMin, surrogateMax = 0xD800, 0xDFFF

// first says of a first byte how long its sequence is (0: invalid) and the range of the second byte.
func first(c byte) (size int, lo, hi byte) {
	switch {
	case c < 0x80:
		return 1, 0, 0
	case c < 0xC2:
		return 0, 0, 0
	case c < 0xE0:
		return 2, 0x80, 0xBF
	case c == 0xE0:
		return 3, 0xA0, 0xBF
	case c == 0xED:
		return 3, 0x80, 0x9F
	case c < 0xF0:
		return 3, 0x80, 0xBF
	case c == 0xF0:
		return 4, 0x90, 0xBF
	case c < 0xF4:
		return 4, 0x80, 0xBF
	case c == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 0, 0, 0
}

func cont(c byte) bool { return c&0xC0 == 0x80 }

// FullRune reports whether p begins with a full encoding of a rune (an invalid one counts as full).
func FullRune(p []byte) bool { return fullRune(len(p), func(i int) byte { return p[i] }) }

// FullRuneInString is FullRune for a string.
func FullRuneInString(s string) bool { return fullRune(len(s), func(i int) byte { return s[i] }) }

func fullRune(n int, at func(int) byte) bool {
	if n == 0 {
		return false
	}
	size, lo, hi := first(at(0))
	if size <= n {
		return true
	}
	if n > 1 && (at(1) < lo || at(1) > hi) {
		return true
	}
	return n > 2 && !cont(at(2))
}

// DecodeRune gives the first rune of p and its width; (RuneError, 0) if p is empty, (RuneError, 1) if it is invalid.
func DecodeRune(p []byte) (rune, int) {
	if len(p) == 0 {
		return RuneError, 0
	}
	c := p[0]
	if c < RuneSelf {
		return rune(c), 1
	}
	size, lo, hi := first(c)
	if size == 0 || len(p) < size || p[1] < lo || p[1] > hi {
		return RuneError, 1
	}
	if size == 2 {
		return rune(c&0x1F)<<6 | rune(p[1]&0x3F), 2
	}
	if !cont(p[2]) {
		return RuneError, 1
	}
	if size == 3 {
		return rune(c&0x0F)<<12 | rune(p[1]&0x3F)<<6 | rune(p[2]&0x3F), 3
	}
	if !cont(p[3]) {
		return RuneError, 1
	}
	return rune(c&0x07)<<18 | rune(p[1]&0x3F)<<12 | rune(p[2]&0x3F)<<6 | rune(p[3]&0x3F), 4
}

// DecodeRuneInString is DecodeRune for a string.
func DecodeRuneInString(s string) (rune, int) {
	if len(s) == 0 {
		return RuneError, 0
	}
	c := s[0]
	if c < RuneSelf {
		return rune(c), 1
	}
	size, lo, hi := first(c)
	if size == 0 || len(s) < size || s[1] < lo || s[1] > hi {
		return RuneError, 1
	}
	if size == 2 {
		return rune(c&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if !cont(s[2]) {
		return RuneError, 1
	}
	if size == 3 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	if !cont(s[3]) {
		return RuneError, 1
	}
	return rune(c&0x07)<<18 | rune(s[1]&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F), 4
}

// DecodeLastRune gives the last rune of p and its width.
func DecodeLastRune(p []byte) (rune, int) {
	n := len(p)
	if n == 0 {
		return RuneError, 0
	}
	for w := 1; w <= UTFMax && w <= n; w++ {
		if !cont(p[n-w]) {
			if r, size := DecodeRune(p[n-w:]); size == w {
				return r, size
			}
			break
		}
	}
	return RuneError, 1
}

// DecodeLastRuneInString is DecodeLastRune for a string.
func DecodeLastRuneInString(s string) (rune, int) {
	n := len(s)
	if n == 0 {
		return RuneError, 0
	}
	for w := 1; w <= UTFMax && w <= n; w++ {
		if !cont(s[n-w]) {
			if r, size := DecodeRuneInString(s[n-w:]); size == w {
				return r, size
			}
			break
		}
	}
	return RuneError, 1
}

// RuneLen is the number of bytes r's encoding takes, -1 if r is no valid rune.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case surrogateMin <= r && r <= surrogateMax:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes r's encoding into p and gives its width.
func EncodeRune(p []byte, r rune) int { return copy(p, string(r)) }

// AppendRune appends r's encoding to p.
func AppendRune(p []byte, r rune) []byte {
	if uint32(r) < RuneSelf {
		return append(p, byte(r))
	}
	if RuneLen(r) < 0 {
		r = RuneError
	}
	switch RuneLen(r) {
	case 2:
		return append(p, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	case 3:
		return append(p, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return append(p, 0xF0|byte(r>>18), 0x80|byte(r>>12)&0x3F, 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
}

// RuneCount is the number of runes in p; invalid bytes count as one each.
func RuneCount(p []byte) int {
	n := 0
	for len(p) > 0 {
		_, w := DecodeRune(p)
		p = p[w:]
		n++
	}
	return n
}

// RuneCountInString is RuneCount for a string.
func RuneCountInString(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// RuneStart reports whether b could be the first byte of an encoded rune.
func RuneStart(b byte) bool { return !cont(b) }

// Valid reports whether p consists of valid encodings.
func Valid(p []byte) bool {
	for len(p) > 0 {
		r, w := DecodeRune(p)
		if r == RuneError && w == 1 {
			return false
		}
		p = p[w:]
	}
	return true
}

// ValidString is Valid for a string.
func ValidString(s string) bool {
	for len(s) > 0 {
		r, w := DecodeRuneInString(s)
		if r == RuneError && w == 1 {
			return false
		}
		s = s[w:]
	}
	return true
}

// ValidRune reports whether r can be encoded.
func ValidRune(r rune) bool { return RuneLen(r) > 0 }
