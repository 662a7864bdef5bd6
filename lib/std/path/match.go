package path

import (
	"errors"
	"unicode/utf8"
)

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether the whole name matches the shell pattern, in which * and
// ? do not match a slash. A malformed pattern is found whether or not the name
// comes that far.
func Match(pattern, name string) (matched bool, err error) {
	// Where to go on after the last star: the pattern behind it, and the name it may yet swallow from.
	var starPattern, starName string
	starred, ok := false, true
	for {
		if pattern != "" && pattern[0] == '*' {
			pattern = pattern[1:]
			starPattern, starName, starred = pattern, name, ok
			continue
		}
		if pattern == "" && name == "" && ok {
			return true, nil
		}
		rest, left := pattern, name
		hit := false
		if pattern != "" {
			hit, rest, left, err = one(pattern, name)
			if err != nil {
				return false, err
			}
		}
		switch {
		case ok && hit:
			pattern, name = rest, left
		case ok && starred && starName != "" && starName[0] != '/':
			_, size := utf8.DecodeRuneInString(starName)
			starName = starName[size:]
			pattern, name = starPattern, starName
		case pattern == "":
			return false, nil
		default:
			// No match; the rest of the pattern is looked at for its syntax only.
			ok, pattern, name = false, rest, ""
		}
	}
}

// one matches the first term of a pattern, not a star, with the first character of name.
func one(pattern, name string) (hit bool, rest, left string, err error) {
	c, size := utf8.DecodeRuneInString(name)
	left = name[size:]
	switch pattern[0] {
	case '?':
		return name != "" && c != '/', pattern[1:], left, nil
	case '[':
		rest = pattern[1:]
		not := rest != "" && rest[0] == '^'
		if not {
			rest = rest[1:]
		}
		in := false
		for n := 0; ; n++ {
			if rest != "" && rest[0] == ']' && n > 0 {
				return name != "" && in != not && c != '/', rest[1:], left, nil
			}
			var lo, hi rune
			if lo, rest, err = member(rest); err != nil {
				return false, rest, left, err
			}
			if hi = lo; rest[0] == '-' {
				if hi, rest, err = member(rest[1:]); err != nil {
					return false, rest, left, err
				}
			}
			if lo <= c && c <= hi {
				in = true
			}
		}
	case '\\':
		if pattern = pattern[1:]; pattern == "" {
			return false, "", left, ErrBadPattern
		}
	}
	p, size := utf8.DecodeRuneInString(pattern)
	return name != "" && p == c, pattern[size:], left, nil
}

// member reads a character of a class; something must follow it.
func member(s string) (rune, string, error) {
	if s == "" || s[0] == '-' || s[0] == ']' {
		return 0, s, ErrBadPattern
	}
	if s[0] == '\\' {
		s = s[1:]
	}
	c, size := utf8.DecodeRuneInString(s)
	if size == 0 || c == utf8.RuneError && size == 1 || len(s) == size {
		return 0, s, ErrBadPattern
	}
	return c, s[size:], nil
}
