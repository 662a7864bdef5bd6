// Package regex parses regular expressions of RE2's syntax and runs them in time
// linear in the text (match.go).
package regex

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of nodes.
const (
	opEmpty = iota
	opRune
	opClass
	opAny
	opAnyButNewline
	opAssert
	opCapture
	opRepeat
	opConcat
	opAlternate
)

// Assertions about a place between two characters.
const (
	lineStart = 1 << iota
	lineEnd
	textStart
	textEnd
	word
	noWord
)

// node is an expression.
type node struct {
	op    int
	rune  rune
	fold  bool
	class *class
	at    int
	name  string
	// Repetitions: at least min, at most max (-1: no limit), as few as possible if lazy.
	min, max int
	lazy     bool
	subs     []*node
}

// class is a set of runes: ranges in pairs, tables by name, other classes, all of it perhaps turned around.
type class struct {
	ranges []rune
	tables []string
	parts  []*class
	not    bool
	fold   bool
}

func inTable(name string, r rune) bool

//go:noescape
func isTable(name string) bool

func (c *class) holds(r rune) bool {
	in := c.has(r)
	if !in && c.fold {
		for f := unicode.SimpleFold(r); f != r && !in; f = unicode.SimpleFold(f) {
			in = c.has(f)
		}
	}
	return in != c.not
}

func (c *class) has(r rune) bool {
	for i := 0; i < len(c.ranges); i += 2 {
		if c.ranges[i] <= r && r <= c.ranges[i+1] {
			return true
		}
	}
	for _, t := range c.tables {
		if inTable(t, r) {
			return true
		}
	}
	for _, p := range c.parts {
		if p.holds(r) {
			return true
		}
	}
	return false
}

type parser struct {
	whole, rest string
	names       []string
	// The flags i, m, s, U.
	fold, lines, dot, swap bool
	// Only what egrep has.
	posix bool
	depth int
}

type failed struct{ err *syntax.Error }

func (p *parser) fail(code syntax.ErrorCode, expr string) {
	panic(failed{&syntax.Error{Code: code, Expr: expr}})
}

// parse gives the tree of an expression, and the names of its groups.
func parse(s string, posix bool) (n *node, names []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(failed)
			if !ok {
				panic(r)
			}
			err = f.err
		}
	}()
	p := &parser{whole: s, rest: s, names: []string{""}, lines: posix, posix: posix}
	if !utf8.ValidString(s) {
		for i, r := range s {
			if _, size := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
				p.fail(syntax.ErrInvalidUTF8, s[i:])
			}
		}
	}
	n = p.alternate()
	if p.rest != "" {
		p.fail(syntax.ErrUnexpectedParen, s)
	}
	return n, p.names, nil
}

func (p *parser) next() rune {
	r, size := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[size:]
	return r
}

func (p *parser) eat(s string) bool {
	rest, ok := strings.CutPrefix(p.rest, s)
	if ok {
		p.rest = rest
	}
	return ok
}

func (p *parser) alternate() *node {
	if p.depth++; p.depth > 1000 {
		p.fail(syntax.ErrNestingDepth, p.whole)
	}
	defer func() { p.depth-- }()
	subs := []*node{p.concat()}
	for p.eat("|") {
		subs = append(subs, p.concat())
	}
	if len(subs) == 1 {
		return subs[0]
	}
	return &node{op: opAlternate, subs: subs}
}

func (p *parser) concat() *node {
	var subs []*node
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		if !p.posix && p.eat(`\Q`) {
			text, rest, _ := strings.Cut(p.rest, `\E`)
			p.rest = rest
			for _, r := range text {
				subs = append(subs, p.literal(r))
			}
			if len(subs) > 0 && text != "" {
				subs[len(subs)-1] = p.repeats(subs[len(subs)-1])
			}
			continue
		}
		if n := p.atom(); n != nil {
			subs = append(subs, p.repeats(n))
		}
	}
	switch len(subs) {
	case 0:
		return &node{op: opEmpty}
	case 1:
		return subs[0]
	}
	return &node{op: opConcat, subs: subs}
}

func (p *parser) literal(r rune) *node {
	return &node{op: opRune, rune: r, fold: p.fold && unicode.SimpleFold(r) != r}
}

// repetition is the operator at the start of s: how often, and how long it is (0: there is none).
func (p *parser) repetition(s string) (lo, hi, size int) {
	switch {
	case s == "":
	case s[0] == '*':
		return 0, -1, 1
	case s[0] == '+':
		return 1, -1, 1
	case s[0] == '?':
		return 0, 1, 1
	case s[0] == '{':
		i := 1
		if lo, i = digits(s, i); lo == none || i == len(s) {
			return 0, 0, 0
		}
		hi = lo
		if s[i] == ',' {
			if i++; i == len(s) {
				return 0, 0, 0
			}
			if hi = -1; s[i] != '}' {
				if hi, i = digits(s, i); hi == none {
					return 0, 0, 0
				}
			}
		}
		if i == len(s) || s[i] != '}' {
			return 0, 0, 0
		}
		if lo > 1000 || hi > 1000 || hi >= 0 && lo > hi {
			p.fail(syntax.ErrInvalidRepeatSize, s[:i+1])
		}
		return lo, hi, i + 1
	}
	return 0, 0, 0
}

const none = -2

func digits(s string, i int) (n, end int) {
	from := i
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if n = n*10 + int(s[i]-'0'); n > 1001 {
			n = 1001
		}
	}
	if i == from || i-from > 1 && s[from] == '0' {
		return none, i
	}
	return n, i
}

// repeats applies the operators that follow n.
func (p *parser) repeats(n *node) *node {
	before := p.rest
	lo, hi, size := p.repetition(before)
	if size == 0 {
		return n
	}
	p.rest = before[size:]
	lazy := p.swap
	if !p.posix && p.eat("?") {
		lazy = !lazy
	}
	if _, _, again := p.repetition(p.rest); again > 0 && !p.posix {
		p.fail(syntax.ErrInvalidRepeatOp, before[:len(before)-len(p.rest)+again])
	}
	n = &node{op: opRepeat, min: lo, max: hi, lazy: lazy, subs: []*node{n}}
	if n.count(1000) > 1000 && hi != 0 {
		p.fail(syntax.ErrInvalidRepeatSize, before[:size])
	}
	if p.posix {
		return p.repeats(n)
	}
	return n
}

// count is how often the innermost of nested counted repetitions are made, up to a limit.
func (n *node) count(limit int) int {
	most := 1
	for _, s := range n.subs {
		most = max(most, s.count(limit))
	}
	if n.op == opRepeat {
		times := max(n.min, n.max)
		if times > 1 {
			most *= times
		}
	}
	return min(most, limit+1)
}

// atom reads one expression without operators behind it; nil for one that only sets flags.
func (p *parser) atom() *node {
	at := p.rest
	switch r := p.next(); r {
	case '(':
		return p.group(at)
	case '[':
		return p.brackets(at)
	case '.':
		if p.dot {
			return &node{op: opAny}
		}
		return &node{op: opAnyButNewline}
	case '^':
		if p.lines {
			return &node{op: opAssert, at: lineStart}
		}
		return &node{op: opAssert, at: textStart}
	case '$':
		if p.lines {
			return &node{op: opAssert, at: lineEnd}
		}
		return &node{op: opAssert, at: textEnd}
	case '*', '+', '?':
		_, _, size := p.repetition(at)
		if !p.posix && strings.HasPrefix(at[size:], "?") {
			size++
		}
		p.fail(syntax.ErrMissingRepeatArgument, at[:size])
	case '{':
		if _, _, size := p.repetition(at); size > 0 {
			p.fail(syntax.ErrMissingRepeatArgument, at[:size])
		}
		return p.literal(r)
	case '\\':
		return p.escape(at)
	default:
		return p.literal(r)
	}
	return nil
}

func (p *parser) group(at string) *node {
	fold, lines, dot, swap := p.fold, p.lines, p.dot, p.swap
	n := &node{op: opCapture}
	if !p.posix && strings.HasPrefix(p.rest, "?") {
		if strings.HasPrefix(p.rest, "?P<") || strings.HasPrefix(p.rest, "?<") {
			_, named, _ := strings.Cut(at, "<")
			name, rest, ok := strings.Cut(named, ">")
			if !ok {
				p.fail(syntax.ErrInvalidNamedCapture, at)
			}
			if !goodName(name) {
				p.fail(syntax.ErrInvalidNamedCapture, at[:len(at)-len(rest)])
			}
			n.name, p.rest = name, rest
		} else if n = p.flags(at); n == nil {
			return nil
		}
	}
	if n.op == opCapture {
		n.at = len(p.names)
		p.names = append(p.names, n.name)
	}
	sub := p.alternate()
	if !p.eat(")") {
		p.fail(syntax.ErrMissingParen, p.whole)
	}
	p.fold, p.lines, p.dot, p.swap = fold, lines, dot, swap
	if n.op != opCapture {
		return sub
	}
	n.subs = []*node{sub}
	return n
}

func goodName(s string) bool {
	for i := range len(s) {
		if !syntax.IsWordChar(rune(s[i])) {
			return false
		}
	}
	return s != ""
}

// flags reads (?flags) or (?flags:, for which it gives a node.
func (p *parser) flags(at string) *node {
	p.rest = p.rest[1:]
	on, any := true, false
	for p.rest != "" {
		switch p.next() {
		case 'i':
			p.fold, any = on, true
		case 'm':
			p.lines, any = on, true
		case 's':
			p.dot, any = on, true
		case 'U':
			p.swap, any = on, true
		case '-':
			if !on {
				p.fail(syntax.ErrInvalidPerlOp, at[:len(at)-len(p.rest)])
			}
			on, any = false, false
		case ':', ')':
			if !on && !any {
				p.fail(syntax.ErrInvalidPerlOp, at[:len(at)-len(p.rest)])
			}
			if at[len(at)-len(p.rest)-1] == ')' {
				return nil
			}
			return &node{op: opEmpty}
		default:
			p.fail(syntax.ErrInvalidPerlOp, at[:len(at)-len(p.rest)])
		}
	}
	p.fail(syntax.ErrInvalidPerlOp, at)
	return nil
}

// perl is the class of \d and its like.
func perl(c byte) *class {
	var k *class
	switch c | 0x20 {
	case 'd':
		k = &class{ranges: []rune{'0', '9'}}
	case 's':
		k = &class{ranges: []rune{'\t', '\n', '\f', '\r', ' ', ' '}}
	case 'w':
		k = &class{ranges: []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}}
	default:
		return nil
	}
	k.not = c&0x20 == 0
	return k
}

// classEscape reads \d, \pL and their like; nil if at does not start with one.
func (p *parser) classEscape(at string) *class {
	if p.posix || len(at) < 2 || at[0] != '\\' {
		return nil
	}
	if k := perl(at[1]); k != nil {
		p.rest = at[2:]
		k.fold = p.fold
		return k
	}
	if at[1] != 'p' && at[1] != 'P' {
		return nil
	}
	p.rest = at[2:]
	if p.rest == "" {
		p.fail(syntax.ErrInvalidCharRange, at)
	}
	k := &class{not: at[1] == 'P', fold: p.fold}
	var name string
	if r := p.next(); r != '{' {
		name = string(r)
	} else {
		var ok bool
		if name, p.rest, ok = strings.Cut(p.rest, "}"); !ok {
			p.fail(syntax.ErrInvalidCharRange, at)
		}
	}
	if rest, ok := strings.CutPrefix(name, "^"); ok {
		name, k.not = rest, !k.not
	}
	if name == "Any" {
		k.ranges = []rune{0, unicode.MaxRune}
	} else if !isTable(name) {
		p.fail(syntax.ErrInvalidCharRange, at[:len(at)-len(p.rest)])
	} else {
		k.tables = []string{name}
	}
	return k
}

func (p *parser) escape(at string) *node {
	if k := p.classEscape(at); k != nil {
		return &node{op: opClass, class: k}
	}
	if len(at) > 1 && !p.posix {
		assert := 0
		switch at[1] {
		case 'A':
			assert = textStart
		case 'z':
			assert = textEnd
		case 'b':
			assert = word
		case 'B':
			assert = noWord
		case 'C':
			p.fail(syntax.ErrInvalidEscape, at[:2])
		}
		if assert != 0 {
			p.rest = at[2:]
			return &node{op: opAssert, at: assert}
		}
	}
	return p.literal(p.escaped(at))
}

// escaped reads a character written with a backslash.
func (p *parser) escaped(at string) rune {
	p.rest = at[1:]
	if p.rest == "" {
		p.fail(syntax.ErrTrailingBackslash, "")
	}
	switch c := p.next(); {
	case '0' <= c && c <= '7':
		if c != '0' && (p.rest == "" || p.rest[0] < '0' || p.rest[0] > '7') {
			break
		}
		r := c - '0'
		for n := 1; n < 3 && p.rest != "" && '0' <= p.rest[0] && p.rest[0] <= '7'; n++ {
			r = r*8 + p.next() - '0'
		}
		return r
	case c == 'x':
		if r, ok := p.hex(); ok {
			return r
		}
	case c < utf8.RuneSelf && !syntax.IsWordChar(c) || c == '_':
		return c
	case c == 'a':
		return 7
	case c == 'f':
		return '\f'
	case c == 'n':
		return '\n'
	case c == 'r':
		return '\r'
	case c == 't':
		return '\t'
	case c == 'v':
		return '\v'
	}
	p.fail(syntax.ErrInvalidEscape, at[:len(at)-len(p.rest)])
	return 0
}

func hexDigit(c rune) rune {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return -1
}

func (p *parser) hex() (r rune, ok bool) {
	if p.rest == "" {
		return 0, false
	}
	c := p.next()
	if c != '{' {
		if p.rest == "" {
			return 0, false
		}
		hi, lo := hexDigit(c), hexDigit(p.next())
		return hi<<4 | lo, hi >= 0 && lo >= 0
	}
	for n := 0; p.rest != ""; n++ {
		c = p.next()
		if c == '}' {
			return r, n > 0
		}
		d := hexDigit(c)
		if d < 0 {
			return 0, false
		}
		if r = r<<4 | d; r > unicode.MaxRune {
			return 0, false
		}
	}
	return 0, false
}

// The classes of [:alpha:] and its like.
var posix = map[string]string{
	"alnum": "09AZaz", "alpha": "AZaz", "ascii": "\x00\x7f", "blank": "\t\t  ", "cntrl": "\x00\x1f\x7f\x7f", "digit": "09", "graph": "!~",
	"lower": "az", "print": " ~", "punct": "!/:@[`{~", "space": "\t\r  ", "upper": "AZ", "word": "09AZaz__", "xdigit": "09AFaf",
}

func (p *parser) brackets(at string) *node {
	k := &class{fold: p.fold}
	if p.eat("^") {
		k.not = true
		if p.posix {
			// There [^a] does not match the end of a line.
			k.ranges = []rune{'\n', '\n'}
		}
	}
	for first := true; ; first = false {
		if p.rest == "" {
			p.fail(syntax.ErrMissingBracket, at)
		}
		if p.rest[0] == ']' && !first {
			p.rest = p.rest[1:]
			return &node{op: opClass, class: k}
		}
		if p.rest[0] == '-' && !first && !strings.HasPrefix(p.rest[1:], "]") {
			// A minus in the middle is allowed only before the end; Perl's rule is laxer than POSIX's.
			k.ranges = append(k.ranges, '-', '-')
			p.rest = p.rest[1:]
			continue
		}
		if strings.HasPrefix(p.rest, "[:") {
			if end := strings.Index(p.rest, ":]"); end >= 0 {
				name := p.rest[2:end]
				plain, not := strings.CutPrefix(name, "^")
				pairs, ok := posix[plain]
				if !ok {
					p.fail(syntax.ErrInvalidCharRange, p.rest[:end+2])
				}
				sub := &class{not: not, fold: p.fold}
				for _, r := range pairs {
					sub.ranges = append(sub.ranges, r)
				}
				k.parts = append(k.parts, sub)
				p.rest = p.rest[end+2:]
				continue
			}
		}
		if sub := p.classEscape(p.rest); sub != nil {
			k.parts = append(k.parts, sub)
			continue
		}
		start := p.rest
		lo := p.classRune(at)
		hi := lo
		if len(p.rest) >= 2 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.rest = p.rest[1:]
			if hi = p.classRune(at); hi < lo {
				p.fail(syntax.ErrInvalidCharRange, start[:len(start)-len(p.rest)])
			}
		}
		k.ranges = append(k.ranges, lo, hi)
	}
}

func (p *parser) classRune(at string) rune {
	if p.rest == "" {
		p.fail(syntax.ErrMissingBracket, at)
	}
	if p.rest[0] == '\\' {
		return p.escaped(p.rest)
	}
	return p.next()
}
