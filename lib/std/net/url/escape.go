// Package url takes URLs apart and puts them together (RFC 3986).
package url

import (
	"sort"
	"strconv"
	"strings"
)

// EscapeError is a percent sign without two hexadecimal digits.
type EscapeError string

func (e EscapeError) Error() string { return "invalid URL escape " + strconv.Quote(string(e)) }

// InvalidHostError is a character that no host name has.
type InvalidHostError string

func (e InvalidHostError) Error() string {
	return "invalid character " + strconv.Quote(string(e)) + " in host name"
}

// The parts of a URL, with the characters that stand there as they are, besides letters, digits and - _ . ~.
const (
	inQuery    = ""
	inSegment  = "$&+=:@"
	inPath     = "$&+=:@/,;"
	inUser     = "$&+=,;"
	inFragment = "$&+,/:;=?@!()*"
	inHost     = "!$&'()*+,;=:[]<>\""
)

func stays(c byte, part string) bool {
	switch lower := c | 0x20; {
	case '0' <= c && c <= '9', 'a' <= lower && lower <= 'z', c == '-', c == '_', c == '.', c == '~':
		return true
	}
	return strings.IndexByte(part, c) >= 0
}

const digits = "0123456789ABCDEF"

func escape(s, part string) string {
	n := 0
	for i := range len(s) {
		if !stays(s[i], part) {
			n++
		}
	}
	if n == 0 {
		return s
	}
	b := make([]byte, 0, len(s)+2*n)
	for i := range len(s) {
		switch c := s[i]; {
		case stays(c, part):
			b = append(b, c)
		case c == ' ' && part == inQuery:
			b = append(b, '+')
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(b)
}

func hexDigit(c byte) int {
	switch lower := c | 0x20; {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= lower && lower <= 'f':
		return int(lower-'a') + 10
	}
	return -1
}

func unescape(s, part string) (string, error) {
	if part != inHost && strings.IndexByte(s, '%') < 0 && (part != inQuery || strings.IndexByte(s, '+') < 0) {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0 {
				return "", EscapeError(s[i:min(i+3, len(s))])
			}
			v := byte(hexDigit(s[i+1])<<4 | hexDigit(s[i+2]))
			if part == inHost && v < 0x80 && v != '%' {
				return "", EscapeError(s[i : i+3])
			}
			b = append(b, v)
			i += 2
		case c == '+' && part == inQuery:
			b = append(b, ' ')
		case part == inHost && c < 0x80 && !stays(c, part):
			return "", InvalidHostError(s[i : i+1])
		default:
			b = append(b, c)
		}
	}
	return string(b), nil
}

// QueryEscape and PathEscape make s fit a query's value or a segment of a path.
func QueryEscape(s string) string { return escape(s, inQuery) }
func PathEscape(s string) string  { return escape(s, inSegment) }

// QueryUnescape and PathUnescape undo that.
func QueryUnescape(s string) (string, error) { return unescape(s, inQuery) }
func PathUnescape(s string) (string, error)  { return unescape(s, inSegment) }

// Values are the values of a query by key.
type Values map[string][]string

// Get is the first value of a key, empty for none; Has tells whether there is one.
func (v Values) Get(key string) string {
	if all := v[key]; len(all) > 0 {
		return all[0]
	}
	return ""
}

func (v Values) Has(key string) bool {
	_, has := v[key]
	return has
}

func (v Values) Set(key, value string) { v[key] = []string{value} }
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }
func (v Values) Del(key string)        { delete(v, key) }

// Encode writes a query, sorted by key.
func (v Values) Encode() string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, k := range keys {
		name := QueryEscape(k)
		for _, value := range v[k] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(name + "=" + QueryEscape(value))
		}
	}
	return b.String()
}

type queryError string

func (e queryError) Error() string { return string(e) }

// ParseQuery takes a query apart; what is well-formed is given even with an error, the first.
func ParseQuery(query string) (Values, error) {
	v := Values{}
	var first error
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if pair == "" {
			continue
		}
		if strings.IndexByte(pair, ';') >= 0 {
			first = queryError("invalid semicolon separator in query")
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		key, err := QueryUnescape(key)
		if err == nil {
			value, err = QueryUnescape(value)
		}
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		v.Add(key, value)
	}
	return v, first
}
