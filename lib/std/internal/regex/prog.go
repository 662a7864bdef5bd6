package regex

import (
	"regexp/syntax"
	"strings"
	"unicode"
)

// Instructions of a program.
const (
	iFail = iota
	iMatch
	// iSplit goes to out, and failing that to arg.
	iSplit
	// iAssert goes on where the assertions arg hold, iCapture after noting the place in slot arg.
	iAssert
	iCapture
	// The others take a rune.
	iRune
	iFold
	iClass
	iAny
	iAnyButNewline
)

type inst struct {
	op, out, arg int
	class        *class
}

// Prog is a program: a machine of states for one expression.
type Prog struct {
	insts []inst
	start int
	// Names of the groups, the whole match's first.
	Names []string
	// Prefix is what every match begins with; All says that it is all of a match.
	Prefix string
	All    bool
	// A match can only begin where the text does.
	anchored bool
	// Longest prefers the longest of the matches that begin leftmost.
	Longest bool
	free    []*machine
}

const maxInsts = 200_000

// Compile makes the program of an expression.
func Compile(expr string, posix bool) (*Prog, error) {
	n, names, err := parse(expr, posix)
	if err != nil {
		return nil, err
	}
	p := &Prog{Names: names, Longest: posix, insts: []inst{{op: iFail}, {op: iMatch}}}
	if p.start = p.add(n, 1); p.start < 0 {
		return nil, &syntax.Error{Code: syntax.ErrLarge, Expr: expr}
	}
	p.Prefix, p.All = prefix(n)
	p.anchored = anchored(n)
	return p, nil
}

func (p *Prog) emit(i inst) int {
	p.insts = append(p.insts, i)
	return len(p.insts) - 1
}

// add appends the states of n, which lead to state out, and gives the first; -1 if they are too many.
func (p *Prog) add(n *node, out int) int {
	if out < 0 || len(p.insts) > maxInsts {
		return -1
	}
	switch n.op {
	case opEmpty:
		return out
	case opRune:
		if n.fold {
			return p.emit(inst{op: iFold, out: out, arg: int(least(n.rune))})
		}
		return p.emit(inst{op: iRune, out: out, arg: int(n.rune)})
	case opClass:
		return p.emit(inst{op: iClass, out: out, class: n.class})
	case opAny:
		return p.emit(inst{op: iAny, out: out})
	case opAnyButNewline:
		return p.emit(inst{op: iAnyButNewline, out: out})
	case opAssert:
		return p.emit(inst{op: iAssert, out: out, arg: n.at})
	case opCapture:
		end := p.emit(inst{op: iCapture, out: out, arg: 2*n.at + 1})
		in := p.add(n.subs[0], end)
		if in < 0 {
			return -1
		}
		return p.emit(inst{op: iCapture, out: in, arg: 2 * n.at})
	case opConcat:
		for i := len(n.subs) - 1; i >= 0; i-- {
			out = p.add(n.subs[i], out)
		}
		return out
	case opAlternate:
		at := p.add(n.subs[len(n.subs)-1], out)
		for i := len(n.subs) - 2; i >= 0 && at >= 0; i-- {
			first := p.add(n.subs[i], out)
			if first < 0 {
				return -1
			}
			at = p.emit(inst{op: iSplit, out: first, arg: at})
		}
		return at
	}
	return p.repeat(n, out)
}

// choose makes a state that prefers in to out, or out to in if lazy.
func (p *Prog) choose(in, out int, lazy bool) int {
	if lazy {
		in, out = out, in
	}
	return p.emit(inst{op: iSplit, out: in, arg: out})
}

func (p *Prog) repeat(n *node, out int) int {
	sub := n.subs[0]
	if n.max < 0 {
		if n.min == 0 && !nullable(sub) {
			loop := p.emit(inst{op: iSplit})
			in := p.add(sub, loop)
			if in < 0 {
				return -1
			}
			p.insts[loop].out, p.insts[loop].arg = in, out
			if n.lazy {
				p.insts[loop].out, p.insts[loop].arg = out, in
			}
			return loop
		}
		// One or more: the loop stands behind the last copy. What can be empty is none or else one or more.
		loop := p.emit(inst{op: iSplit})
		at := p.add(sub, loop)
		if at < 0 {
			return -1
		}
		p.insts[loop].out, p.insts[loop].arg = at, out
		if n.lazy {
			p.insts[loop].out, p.insts[loop].arg = out, at
		}
		for i := 1; i < n.min && at >= 0; i++ {
			at = p.add(sub, at)
		}
		if n.min == 0 {
			at = p.choose(at, out, n.lazy)
		}
		return at
	}
	at := out
	for i := n.min; i < n.max && at >= 0; i++ {
		// Each optional copy may stop: x(x(x)?)?.
		in := p.add(sub, at)
		if in < 0 {
			return -1
		}
		at = p.choose(in, out, n.lazy)
	}
	for i := 0; i < n.min && at >= 0; i++ {
		at = p.add(sub, at)
	}
	return at
}

// least is the smallest of the runes that differ from r by case.
func least(r rune) rune {
	m := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		m = min(m, f)
	}
	return m
}

// nullable reports whether n can match the empty text.
func nullable(n *node) bool {
	switch n.op {
	case opEmpty, opAssert:
		return true
	case opCapture:
		return nullable(n.subs[0])
	case opRepeat:
		return n.min == 0 || nullable(n.subs[0])
	case opConcat:
		for _, s := range n.subs {
			if !nullable(s) {
				return false
			}
		}
		return true
	case opAlternate:
		for _, s := range n.subs {
			if nullable(s) {
				return true
			}
		}
	}
	return false
}

// prefix is the plain text that n begins with, and whether that is all of it.
func prefix(n *node) (string, bool) {
	switch {
	case n.op == opRune && !n.fold:
		return string(n.rune), true
	case n.op == opEmpty:
		return "", true
	case n.op == opCapture:
		return prefix(n.subs[0])
	case n.op == opAlternate:
		for _, sub := range n.subs {
			if sub.op != opEmpty {
				return "", false
			}
		}
		return "", true
	case n.op == opRepeat && n.min > 0 && n.min == n.max:
		if s, all := prefix(n.subs[0]); all && s != "" {
			return strings.Repeat(s, n.min), true
		}
	case n.op == opRepeat && n.min > 0:
		s, _ := prefix(n.subs[0])
		return s, false
	case n.op == opConcat:
		text := ""
		for _, sub := range n.subs {
			s, all := prefix(sub)
			if text += s; !all {
				return text, false
			}
		}
		return text, true
	}
	return "", false
}

// anchored reports whether n matches only at the start of the text.
func anchored(n *node) bool {
	switch n.op {
	case opAssert:
		return n.at == textStart
	case opCapture:
		return anchored(n.subs[0])
	case opConcat:
		return anchored(n.subs[0])
	}
	return false
}
