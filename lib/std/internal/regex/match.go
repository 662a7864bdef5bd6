package regex

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// A machine follows all ways through a program at once, rune by rune, in the order
// in which one would be preferred to another: a state that was reached already is
// not entered again, so that the work per rune is bounded by the program.

// queue is a set of states in the order of their adding, with the captures of the way to each.
type queue struct {
	sparse []int32
	dense  []int32
	caps   [][]int
}

type machine struct {
	now, then queue
	pool      [][]int
	stack     []frame
}

// frame is a state to enter, or (pc < 0) a slot to set back to what it held.
type frame struct{ pc, slot, old int }

func (q *queue) init(n int) {
	q.sparse = make([]int32, n)
	q.dense = make([]int32, 0, n)
	q.caps = make([][]int, n)
}

func (q *queue) has(pc int) bool {
	i := q.sparse[pc]
	return int(i) < len(q.dense) && int(q.dense[i]) == pc
}

func (p *Prog) machine() *machine {
	if n := len(p.free); n > 0 {
		m := p.free[n-1]
		p.free = p.free[:n-1]
		return m
	}
	m := new(machine)
	m.now.init(len(p.insts))
	m.then.init(len(p.insts))
	return m
}

func (m *machine) captures(from []int) []int {
	var c []int
	if n := len(m.pool); n > 0 && cap(m.pool[n-1]) >= len(from) {
		c = m.pool[n-1][:len(from)]
		m.pool = m.pool[:n-1]
	} else {
		c = make([]int, len(from))
	}
	copy(c, from)
	return c
}

func (m *machine) clear(q *queue, from int) {
	for _, pc := range q.dense[from:] {
		if c := q.caps[pc]; c != nil {
			m.pool = append(m.pool, c)
			q.caps[pc] = nil
		}
	}
	q.dense = q.dense[:0]
}

// context is what holds between two runes; -1 stands for none.
func context(before, after rune) int {
	held := 0
	if before < 0 {
		held |= textStart | lineStart
	} else if before == '\n' {
		held |= lineStart
	}
	if after < 0 {
		held |= textEnd | lineEnd
	} else if after == '\n' {
		held |= lineEnd
	}
	if syntax.IsWordChar(before) != syntax.IsWordChar(after) {
		return held | word
	}
	return held | noWord
}

// enter adds state pc and all that it leads to without a rune. caps is changed on the way and set back.
func (p *Prog) enter(m *machine, q *queue, pc, pos, held int, caps []int) {
	m.stack = append(m.stack[:0], frame{pc: pc})
	for len(m.stack) > 0 {
		f := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		if f.pc < 0 {
			caps[f.slot] = f.old
			continue
		}
		for pc := f.pc; !q.has(pc); {
			q.sparse[pc] = int32(len(q.dense))
			q.dense = append(q.dense, int32(pc))
			in := &p.insts[pc]
			switch in.op {
			case iFail:
			case iSplit:
				m.stack = append(m.stack, frame{pc: in.arg})
				pc = in.out
			case iAssert:
				if in.arg&held != 0 {
					pc = in.out
				}
			case iCapture:
				if in.arg < len(caps) {
					m.stack = append(m.stack, frame{-1, in.arg, caps[in.arg]})
					caps[in.arg] = pos
				}
				pc = in.out
			default:
				q.caps[pc] = m.captures(caps)
			}
		}
	}
}

func (in *inst) takes(r rune) bool {
	switch in.op {
	case iRune:
		return int(r) == in.arg
	case iFold:
		return int(r) == in.arg || r >= 0 && int(least(r)) == in.arg
	case iClass:
		return in.class.holds(r)
	case iAny:
		return true
	case iAnyButNewline:
		return r != '\n'
	}
	return false
}

// Find finds the leftmost match in s from pos on: pairs of places of the first slots/2 groups, nil for none.
// With no slots, a match is an empty slice.
func (p *Prog) Find(s string, pos, slots int) []int {
	if p.anchored && pos > 0 {
		return nil
	}
	m := p.machine()
	defer func() { p.free = append(p.free, m) }()
	caps := make([]int, slots)
	var found []int
	q, next := &m.now, &m.then
	before := rune(-1)
	if pos > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:pos])
	}
	for {
		if len(q.dense) == 0 {
			if found != nil || p.anchored && pos > 0 {
				break
			}
			// Nothing is under way: jump to where a match can begin.
			if p.Prefix != "" {
				skip := strings.Index(s[pos:], p.Prefix)
				if skip < 0 {
					break
				}
				if skip > 0 {
					pos += skip
					before, _ = utf8.DecodeLastRuneInString(s[:pos])
				}
			}
		}
		after, size := rune(-1), 0
		if pos < len(s) {
			if after, size = rune(s[pos]), 1; after >= utf8.RuneSelf {
				after, size = utf8.DecodeRuneInString(s[pos:])
			}
		}
		if found == nil {
			for i := range caps {
				caps[i] = -1
			}
			if slots > 0 {
				caps[0] = pos
			}
			p.enter(m, q, p.start, pos, context(before, after), caps)
		}
		held := 0
		if pos+size < len(s) {
			ahead := rune(s[pos+size])
			if ahead >= utf8.RuneSelf {
				ahead, _ = utf8.DecodeRuneInString(s[pos+size:])
			}
			held = context(after, ahead)
		} else {
			held = context(after, -1)
		}
		stop := len(q.dense)
		for i := 0; i < len(q.dense); i++ {
			pc := int(q.dense[i])
			in := &p.insts[pc]
			c := q.caps[pc]
			if c == nil {
				continue
			}
			q.caps[pc] = nil
			if found != nil && p.Longest && slots > 0 && found[0] < c[0] {
				m.pool = append(m.pool, c)
				continue
			}
			if in.op == iMatch {
				if !p.Longest || found == nil || slots > 0 && (c[0] < found[0] || pos > found[1]) {
					found = append(found[:0], c...)
					if found == nil {
						found = []int{}
					}
					if slots > 1 {
						found[1] = pos
					}
				}
				m.pool = append(m.pool, c)
				if slots == 0 || !p.Longest {
					// All other ways are preferred less.
					stop = i + 1
					break
				}
				continue
			}
			if size > 0 && in.takes(after) {
				p.enter(m, next, in.out, pos+size, held, c)
			}
			m.pool = append(m.pool, c)
		}
		m.clear(q, min(stop, len(q.dense)))
		q, next = next, q
		if size == 0 || slots == 0 && found != nil {
			break
		}
		before = after
		pos += size
	}
	m.clear(q, 0)
	m.clear(next, 0)
	return found
}
