package template

import (
	"fmt"

	"strconv"
	"strings"
)

// Kinds of nodes.
const (
	nList = iota
	nText
	nAction
	nIf
	nRange
	nWith
	nTemplate
	nBreak
	nContinue
	nPipe
	nCommand
	nDot
	nNil
	nBool
	nNumber
	nString
	nFunc
	nField // .a.b
	nVar   // $a.b
	nChain // (pipe).a.b
)

// node is a piece of a template. What its parts are depends on its kind.
type node struct {
	kind int
	pos  int
	// Text of a text node, a name, or how a literal is written.
	text string
	// Names after the first: of fields and chains all of them.
	fields []string
	// Parts of lists, commands of pipes, arguments of commands; what a chain begins with.
	list []*node
	// Pipe of actions and headers, and the two branches.
	pipe      *node
	then, els *node
	decl      []*node
	assign    bool
	value     string
	number    number
}

// number is a literal as each type that can hold it.
type number struct {
	isInt, isUint, isFloat, isComplex bool
	i                                 int64
	u                                 uint64
	f                                 float64
	c                                 complex128
}

// String is the node as it could have been written.
func (n *node) String() string {
	dotted := func(s string) string {
		for _, f := range n.fields {
			s += "." + f
		}
		return s
	}
	join := func(list []*node, sep string) string {
		var b strings.Builder
		for i, x := range list {
			if i > 0 {
				b.WriteString(sep)
			}
			if n.kind == nCommand && x.kind == nPipe {
				b.WriteString("(" + x.String() + ")")
			} else {
				b.WriteString(x.String())
			}
		}
		return b.String()
	}
	switch n.kind {
	case nField, nVar:
		return dotted(n.text)
	case nChain:
		if first := n.list[0]; first.kind == nPipe {
			return dotted("(" + first.String() + ")")
		}
		return dotted(n.list[0].String())
	case nCommand:
		return join(n.list, " ")
	case nPipe:
		s := ""
		if len(n.decl) > 0 {
			s = join(n.decl, ", ")
			if n.assign {
				s += " = "
			} else {
				s += " := "
			}
		}
		return s + join(n.list, " | ")
	case nList:
		return join(n.list, "")
	case nAction:
		return "{{" + n.pipe.String() + "}}"
	case nTemplate:
		s := "{{template " + strconv.Quote(n.value)
		if n.pipe != nil {
			s += " " + n.pipe.String()
		}
		return s + "}}"
	case nIf, nRange, nWith:
		s := "{{" + n.text + " " + n.pipe.String() + "}}" + n.then.String()
		if n.els != nil {
			s += "{{else}}" + n.els.String()
		}
		return s + "{{end}}"
	case nBreak:
		return "{{break}}"
	case nContinue:
		return "{{continue}}"
	}
	return n.text
}

// parser makes trees of tokens.
type parser struct {
	name   string
	text   string
	tokens []token
	k      int
	funcs  func(name string) bool
	vars   []string
	loops  int
	depth  int
	// Templates defined.
	defs map[string]*tree
}

// tree is a parsed template.
type tree struct {
	root *node
	// Of the file it stands in.
	file, text string
}

const deepest = 1000

// parse gives the templates a text defines, itself under its own name.
func parse(name, text, left, right string, funcs func(string) bool) (defs map[string]*tree, err error) {
	p := &parser{name: name, text: text, funcs: funcs, vars: []string{"$"}, defs: map[string]*tree{}}
	defer func() {
		switch x := recover().(type) {
		case nil:
		case failure:
			defs, err = nil, fmt.Errorf("template: %s:%d: %s", name, 1+strings.Count(text[:x.pos], "\n"), x.msg)
		default:
			panic(x)
		}
	}()
	p.tokens = lex(text, left, right)
	root := &node{kind: nList}
	for p.tokens[p.k].kind != tEOF {
		if p.tokens[p.k].kind == tLeft && p.word(1) == "define" {
			p.define()
			continue
		}
		n := p.textOrAction()
		if n.kind == nMark {
			p.unexpected(n)
		}
		root.list = append(root.list, n)
	}
	p.put(name, root)
	return p.defs, nil
}

// put enters a definition; one that is empty does not replace another.
func (p *parser) put(name string, root *node) {
	t := &tree{root, p.name, p.text}
	if old, ok := p.defs[name]; ok && !t.empty() && !old.empty() {
		p.fail("template: multiple definition of template %q", name)
	} else if !ok || old.empty() {
		p.defs[name] = t
	}
}

// empty says whether a tree is blank text and comments.
func (t *tree) empty() bool {
	for _, n := range t.root.list {
		if n.kind != nText || strings.Trim(n.text, blanks) != "" {
			return false
		}
	}
	return true
}

func (p *parser) fail(format string, args ...any) {
	k := min(p.k, len(p.tokens)-1)
	fail(p.tokens[k].pos, format, args...)
}

// word is the text of the token so many tokens on, blanks not counted.
func (p *parser) word(n int) string {
	k := p.k
	for ; n > 0; n-- {
		for k++; p.tokens[k].kind == tSpace; k++ {
		}
	}
	return p.tokens[k].text
}

func (p *parser) skip() {
	for p.tokens[p.k].kind == tSpace {
		p.k++
	}
}

// next takes a token after blanks.
func (p *parser) next() token {
	p.skip()
	t := p.tokens[p.k]
	if t.kind != tEOF {
		p.k++
	}
	return t
}

// peek looks at the next token after blanks.
func (p *parser) peek() token {
	p.skip()
	return p.tokens[p.k]
}

// shown is a token as messages have it.
func (t token) shown() string {
	switch {
	case t.kind == tEOF:
		return "EOF"
	case t.kind == tIdent && keywords[t.text] || t.kind == tDot:
		return "<" + t.text + ">"
	case len(t.text) > 10:
		return fmt.Sprintf("%.10q...", t.text)
	}
	return strconv.Quote(t.text)
}

func (p *parser) surprise(t token, context string) {
	p.k = min(p.k, len(p.tokens)-1)
	fail(t.pos, "unexpected %s in %s", t.shown(), context)
}

func (p *parser) expect(k kind, context string) token {
	t := p.next()
	if t.kind != k {
		p.surprise(t, context)
	}
	return t
}

var keywords = map[string]bool{"block": true, "break": true, "continue": true, "define": true, "else": true, "end": true, "if": true, "nil": true, "range": true, "template": true, "with": true}

// nMark is what ends a list: {{end}}, or {{else}} with what follows it in text.
const nMark = -1

func (p *parser) unexpected(n *node) { fail(n.pos, "unexpected {{%s}}", n.text) }

func (p *parser) define() {
	p.next()
	p.next()
	const context = "define clause"
	name := p.quotedName(context)
	p.expect(tRight, context)
	vars, loops := p.vars, p.loops
	p.vars, p.loops = []string{"$"}, 0
	list, mark := p.list()
	if mark.text != "end" {
		fail(mark.pos, "unexpected {{%s}} in %s", mark.text, context)
	}
	p.vars, p.loops = vars, loops
	p.put(name, list)
}

// quotedName takes a string.
func (p *parser) quotedName(context string) string {
	t := p.next()
	if t.kind != tString {
		p.surprise(t, context)
	}
	s, err := strconv.Unquote(t.text)
	if err != nil {
		fail(t.pos, "%s", err)
	}
	return s
}

// list parses up to a mark, which it gives too.
func (p *parser) list() (*node, *node) {
	l := &node{kind: nList, pos: p.tokens[p.k].pos}
	for p.tokens[p.k].kind != tEOF {
		n := p.textOrAction()
		if n.kind == nMark {
			return l, n
		}
		l.list = append(l.list, n)
	}
	p.fail("unexpected EOF")
	return nil, nil
}

func (p *parser) textOrAction() *node {
	t := p.next()
	if t.kind == tText {
		return &node{kind: nText, pos: t.pos, text: t.text}
	}
	if t.kind != tLeft {
		p.surprise(t, "input")
	}
	t = p.peek()
	if t.kind == tIdent {
		switch t.text {
		case "if", "range", "with":
			p.next()
			return p.control(t)
		case "end":
			p.next()
			p.expect(tRight, "end")
			return &node{kind: nMark, pos: t.pos, text: "end"}
		case "else":
			p.next()
			if w := p.peek(); w.kind == tIdent && (w.text == "if" || w.text == "with") {
				return &node{kind: nMark, pos: t.pos, text: "else", value: w.text}
			}
			p.expect(tRight, "else")
			return &node{kind: nMark, pos: t.pos, text: "else"}
		case "template":
			p.next()
			const context = "template clause"
			n := &node{kind: nTemplate, pos: p.peek().pos}
			n.value = p.quotedName(context)
			if p.peek().kind != tRight {
				n.pipe = p.pipeline(context, tRight)
			} else {
				p.next()
			}
			return n
		case "block":
			p.next()
			const context = "block clause"
			n := &node{kind: nTemplate, pos: p.peek().pos}
			n.value = p.quotedName(context)
			n.pipe = p.pipeline(context, tRight)
			vars, loops := p.vars, p.loops
			p.vars, p.loops = []string{"$"}, 0
			list, mark := p.list()
			if mark.text != "end" {
				fail(mark.pos, "unexpected {{%s}} in %s", mark.text, context)
			}
			p.vars, p.loops = vars, loops
			p.put(n.value, list)
			return n
		case "break", "continue":
			if p.funcs(t.text) {
				break
			}
			p.next()
			if end := p.next(); end.kind != tRight {
				p.surprise(end, "{{"+t.text+"}}")
			}
			if p.loops == 0 {
				fail(t.pos, "{{%s}} outside {{range}}", t.text)
			}
			if t.text == "break" {
				return &node{kind: nBreak, pos: t.pos}
			}
			return &node{kind: nContinue, pos: t.pos}
		case "define":
			p.surprise(t, "command")
		}
	}
	return &node{kind: nAction, pos: t.pos, pipe: p.pipeline("command", tRight)}
}

// control parses if, range and with after their word.
func (p *parser) control(t token) *node {
	n := &node{kind: map[string]int{"if": nIf, "range": nRange, "with": nWith}[t.text], pos: t.pos, text: t.text}
	vars := len(p.vars)
	n.pipe = p.pipeline(t.text, tRight)
	if t.text == "range" {
		p.loops++
	}
	var mark *node
	n.then, mark = p.list()
	if t.text == "range" {
		p.loops--
	}
	if mark.text == "else" {
		if mark.value != "" && mark.value == t.text {
			// {{else if}} is an if within the else, whose end is the outer one's.
			w := p.next()
			n.els = &node{kind: nList, pos: mark.pos, list: []*node{p.control(w)}}
			p.vars = p.vars[:vars]
			return n
		}
		if mark.value != "" {
			p.surprise(p.peek(), "input")
		}
		n.els, mark = p.list()
		if mark.text != "end" {
			fail(mark.pos, "expected end; found {{%s}}", mark.text)
		}
	}
	p.vars = p.vars[:vars]
	return n
}

// pipeline parses up to a token of kind end.
func (p *parser) pipeline(context string, end kind) *node {
	if p.depth++; p.depth > deepest {
		p.fail("max expression depth exceeded")
	}
	defer func() { p.depth-- }()
	n := &node{kind: nPipe, pos: p.peek().pos}
	p.declarations(n, context)
	for {
		t := p.peek()
		if t.kind == tIdent && keywords[t.text] && t.text != "nil" && !p.funcs(t.text) {
			p.surprise(t, context)
		}
		switch t.kind {
		case end:
			p.next()
			p.check(n, context)
			return n
		case tBool, tChar, tDot, tField, tIdent, tNumber, tString, tVar, tOpen:
			n.list = append(n.list, p.command())
		default:
			p.surprise(t, context)
		}
	}
}

// tBool never comes from the lexer: true and false are names there.
const tBool kind = -1

func (p *parser) declarations(n *node, context string) {
	for {
		save := p.k
		v := p.peek()
		if v.kind != tVar {
			return
		}
		p.next()
		switch t := p.peek(); {
		case t.kind == tDeclare || t.kind == tAssign:
			p.next()
			n.assign = t.kind == tAssign
			n.decl = append(n.decl, &node{kind: nVar, pos: v.pos, text: v.text})
			if !n.assign {
				p.vars = append(p.vars, v.text)
			}
			return
		case t.kind == tComma && context == "range" && len(n.decl) == 0:
			p.next()
			n.decl = append(n.decl, &node{kind: nVar, pos: v.pos, text: v.text})
			p.vars = append(p.vars, v.text)
			if w := p.peek(); w.kind != tVar {
				p.fail("range can only initialize variables")
			}
			continue
		case t.kind == tComma:
			p.fail("too many declarations in %s", context)
		}
		p.k = save
		return
	}
}

func (p *parser) check(n *node, context string) {
	if len(n.list) == 0 {
		p.k--
		p.fail("missing value for %s", context)
	}
	for i, c := range n.list[1:] {
		switch c.list[0].kind {
		case nBool, nDot, nNil, nNumber, nString:
			p.k--
			p.fail("non executable command in pipeline stage %d", i+2)
		}
	}
}

// command parses operands up to a pipe or the end.
func (p *parser) command() *node {
	c := &node{kind: nCommand, pos: p.peek().pos}
	for {
		if x := p.operand(); x != nil {
			c.list = append(c.list, x)
		}
		t := p.tokens[p.k]
		if t.kind == tSpace {
			p.skip()
			if t = p.tokens[p.k]; t.kind != tRight && t.kind != tClose && t.kind != tPipe {
				continue
			}
		}
		switch t.kind {
		case tRight, tClose:
		case tPipe:
			p.next()
		default:
			fail(t.pos, "unexpected %s in operand", t.shown())
		}
		break
	}
	if len(c.list) == 0 {
		p.fail("empty command")
	}
	return c
}

// operand parses a term with the fields after it; nil if none is there.
func (p *parser) operand() *node {
	x := p.term()
	if x == nil || p.tokens[p.k].kind != tField {
		return x
	}
	var fields []string
	pos := p.tokens[p.k].pos
	for p.tokens[p.k].kind == tField {
		fields = append(fields, p.tokens[p.k].text[1:])
		p.k++
	}
	switch x.kind {
	case nField, nVar:
		// Told at its second name.
		x.fields, x.pos = append(x.fields, fields...), pos
		return x
	case nBool, nString, nNumber, nNil, nDot:
		fail(pos, "unexpected . after term %q", x.String())
	}
	return &node{kind: nChain, pos: pos, fields: fields, list: []*node{x}}
}

func (p *parser) term() *node {
	t := p.peek()
	n := &node{pos: t.pos, text: t.text}
	switch t.kind {
	case tIdent:
		switch t.text {
		case "true", "false":
			n.kind = nBool
		case "nil":
			n.kind = nNil
		default:
			if keywords[t.text] && !p.funcs(t.text) {
				fail(t.pos, "unexpected %s in operand", t.shown())
			}
			if !p.funcs(t.text) {
				fail(t.pos, "function %q not defined", t.text)
			}
			n.kind = nFunc
		}
	case tDot:
		n.kind = nDot
	case tVar:
		found := false
		for _, v := range p.vars {
			found = found || v == t.text
		}
		if !found {
			fail(t.pos, "undefined variable %q", t.text)
		}
		n.kind = nVar
	case tField:
		n.kind, n.text, n.fields = nField, "", []string{t.text[1:]}
	case tChar, tNumber:
		n.kind = nNumber
		if !n.number.set(t.text, t.kind == tChar) {
			if t.kind == tChar {
				fail(t.pos, "malformed character constant: %s", t.text)
			}
			fail(t.pos, "bad number syntax: %q", t.text)
		}
	case tOpen:
		p.next()
		return p.pipeline("parenthesized pipeline", tClose)
	case tString:
		s, err := strconv.Unquote(t.text)
		if err != nil {
			fail(t.pos, "%s", err)
		}
		n.kind, n.value = nString, s
	default:
		return nil
	}
	p.next()
	return n
}

// set reads a literal as every type that can hold it.
func (n *number) set(s string, char bool) bool {
	if char {
		r, _, tail, err := strconv.UnquoteChar(s[1:], s[0])
		if err != nil || tail != "'" {
			return false
		}
		*n = number{true, true, true, false, int64(r), uint64(r), float64(r), 0}
		return true
	}
	if s[len(s)-1] == 'i' {
		f, err := strconv.ParseFloat(s[:len(s)-1], 64)
		if err != nil {
			return false
		}
		n.isComplex, n.c = true, complex(0, f)
		if f == 0 {
			n.isFloat = true
		}
	} else {
		u, err := strconv.ParseUint(s, 0, 64)
		n.isUint, n.u = err == nil, u
		i, err := strconv.ParseInt(s, 0, 64)
		n.isInt, n.i = err == nil, i
		if n.isInt && i == 0 {
			n.isUint = true
		}
		if n.isInt {
			n.isFloat, n.f = true, float64(i)
		} else if n.isUint {
			n.isFloat, n.f = true, float64(u)
		} else if f, err := strconv.ParseFloat(s, 64); err == nil && (strings.ContainsAny(s, ".eEpP")) {
			n.isFloat, n.f = true, f
		}
	}
	if n.isFloat && !n.isInt && float64(int64(n.f)) == n.f {
		n.isInt, n.i = true, int64(n.f)
	}
	if n.isFloat && !n.isUint && n.f >= 0 && float64(uint64(n.f)) == n.f {
		n.isUint, n.u = true, uint64(n.f)
	}
	return n.isInt || n.isUint || n.isFloat || n.isComplex
}
