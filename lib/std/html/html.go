// Package html escapes and unescapes the text of HTML.
//
// SIMPLIFIED: of the entities with names, those of Latin-1, of common punctuation and of Greek letters are known.
package html

import (
	"strings"
	"unicode/utf8"
)

var escaper = strings.NewReplacer("&", "&amp;", "'", "&#39;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// EscapeString writes < > & ' " as entities.
func EscapeString(s string) string { return escaper.Replace(s) }

// Names of U+00A0 to U+00FF, which need no semicolon, and others with their characters.
const latin = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest " +
	"Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig " +
	"agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
const greek = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho . Sigma Tau Upsilon Phi Chi Psi Omega"

var entities map[string]rune

// bare has the names that need no semicolon.
var bare = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "LT": '<', "GT": '>', "AMP": '&', "QUOT": '"', "COPY": '©', "REG": '®'}

func load() {
	entities = map[string]rune{
		"apos": '\'', "hellip": '…', "ndash": '–', "mdash": '—', "lsquo": '‘', "rsquo": '’', "ldquo": '“', "rdquo": '”', "sbquo": '‚', "bdquo": '„', "bull": '•', "dagger": '†',
		"euro": '€', "trade": '™', "larr": '←', "uarr": '↑', "rarr": '→', "darr": '↓', "harr": '↔', "rArr": '⇒', "lArr": '⇐', "forall": '∀', "exist": '∃', "isin": '∈', "infin": '∞',
		"ne": '≠', "le": '≤', "ge": '≥', "sum": '∑', "prod": '∏', "minus": '−', "radic": '√', "cap": '∩', "cup": '∪', "int": '∫', "asymp": '≈', "equiv": '≡', "sub": '⊂', "sup": '⊃',
		"Tab": '\t', "NewLine": '\n', "excl": '!', "num": '#', "dollar": '$', "percnt": '%', "lpar": '(', "rpar": ')', "ast": '*', "plus": '+', "comma": ',', "period": '.', "sol": '/', "colon": ':', "semi": ';', "equals": '=', "quest": '?', "commat": '@', "lsqb": '[', "rsqb": ']', "bsol": '\\', "lowbar": '_', "grave": '`', "lcub": '{', "rcub": '}', "vert": '|',
		"ensp": '\u2002', "emsp": '\u2003', "thinsp": '\u2009', "zwj": '\u200d', "zwnj": '\u200c', "permil": '‰', "lsaquo": '‹', "rsaquo": '›', "OElig": 'Œ', "oelig": 'œ', "Scaron": 'Š', "scaron": 'š', "Yuml": 'Ÿ', "fnof": 'ƒ', "circ": 'ˆ', "tilde": '˜',
	}
	for i, name := range strings.Fields(latin) {
		bare[name] = rune(0xa0 + i)
	}
	for i, name := range strings.Fields(greek) {
		if name != "." {
			entities[name] = rune(0x391 + i)
			entities[strings.ToLower(name)] = rune(0x3b1 + i)
		}
	}
	entities["sigmaf"] = 'ς'
	entities["epsilon"] = 'ε'
}

// UnescapeString writes entities as what they stand for.
func UnescapeString(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for at >= 0 {
		out = append(out, s[:at]...)
		s = s[at:]
		r, size := entity(s)
		if size == 0 {
			out = append(out, '&')
			size = 1
		} else {
			out = utf8.AppendRune(out, r)
		}
		s = s[size:]
		at = strings.IndexByte(s, '&')
	}
	return string(append(out, s...))
}

// entity is the character that s, which begins with &, begins with, and how long it is written; 0 if it is none.
func entity(s string) (r rune, size int) {
	if strings.HasPrefix(s, "&#") {
		return number(s)
	}
	if entities == nil {
		load()
	}
	n := 1
	for n < len(s) && ('0' <= s[n] && s[n] <= '9' || 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z') {
		n++
	}
	name := s[1:n]
	if n < len(s) && s[n] == ';' {
		if r, ok := entities[name]; ok {
			return r, n + 1
		}
		if r, ok := bare[name]; ok {
			return r, n + 1
		}
	}
	// Without a semicolon the longest name that the text begins with counts.
	for k := min(len(name), 6); k > 1; k-- {
		if r, ok := bare[name[:k]]; ok {
			return r, k + 1
		}
	}
	return 0, 0
}

// What browsers take the numbers 128 to 159 for.
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

func number(s string) (r rune, size int) {
	base, i := rune(10), 2
	if i < len(s) && s[i]|0x20 == 'x' {
		base, i = 16, 3
	}
	from := i
	for ; i < len(s); i++ {
		d := digit(rune(s[i]))
		if d >= base {
			break
		}
		r = min(r*base+d, utf8.MaxRune+1)
	}
	if i == from {
		return 0, 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	switch {
	case 0x80 <= r && r <= 0x9f:
		r = []rune(windows)[r-0x80]
	case r == 0 || 0xd800 <= r && r <= 0xdfff || r > utf8.MaxRune:
		r = utf8.RuneError
	}
	return r, i
}

// digit is the value of a hexadecimal digit, 16 for anything else.
func digit(c rune) rune {
	switch lower := c | 0x20; {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= lower && lower <= 'f':
		return lower - 'a' + 10
	}
	return 16
}
