package template

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of tokens.
type kind int

const (
	tEOF kind = iota
	tText
	tLeft
	tRight
	tField  // .name
	tVar    // $name
	tIdent  // name, keywords included
	tDot    // . alone
	tString // quoted or raw, as written
	tChar   // 'c'
	tNumber
	tPipe
	tComma
	tAssign  // =
	tDeclare // :=
	tOpen
	tClose
	tSpace
	tOther
)

type token struct {
	kind kind
	pos  int
	text string
}

// lexer cuts the text of a template into tokens. Inside of an action blanks are tokens
// too, since they part arguments.
type lexer struct {
	text        string
	left, right string
	tokens      []token
	pos         int
}

// failure is thrown by parser and lexer and caught where parsing begins.
type failure struct {
	pos int
	msg string
}

func fail(pos int, format string, args ...any) { panic(failure{pos, fmt.Sprintf(format, args...)}) }

const blanks = " \t\r\n"

func lex(text, left, right string) []token {
	l := &lexer{text: text, left: left, right: right}
	for {
		i := strings.Index(text[l.pos:], left)
		if i < 0 {
			l.add(tText, l.pos, text[l.pos:])
			l.add(tEOF, len(text), "")
			return l.tokens
		}
		start := l.pos + i
		before := text[l.pos:start]
		l.pos = start + len(left)
		if trims(text[l.pos:]) {
			before = strings.TrimRight(before, blanks)
			l.pos += 2
		}
		l.add(tText, start-i, before)
		if rest := text[l.pos:]; strings.HasPrefix(rest, "/*") {
			l.comment(start)
			continue
		}
		l.add(tLeft, start, left)
		l.action(start)
	}
}

// trims says whether an action begins with a minus and a blank.
func trims(s string) bool { return len(s) >= 2 && s[0] == '-' && strings.IndexByte(blanks, s[1]) >= 0 }

func (l *lexer) add(k kind, pos int, text string) {
	if k == tText && text == "" {
		return
	}
	l.tokens = append(l.tokens, token{k, pos, text})
}

func (l *lexer) comment(start int) {
	i := strings.Index(l.text[l.pos:], "*/")
	if i < 0 {
		fail(start, "unclosed comment")
	}
	l.pos += i + 2
	if !l.end() {
		fail(start, "comment ends before closing delimiter")
	}
}

// end steps over the end of an action, and over blanks of the text after it if it asks for that.
func (l *lexer) end() bool {
	rest := l.text[l.pos:]
	if len(rest) >= 2 && strings.IndexByte(blanks, rest[0]) >= 0 && rest[1] == '-' && strings.HasPrefix(rest[2:], l.right) {
		l.pos += 2 + len(l.right)
		l.pos += len(l.text[l.pos:]) - len(strings.TrimLeft(l.text[l.pos:], blanks))
		return true
	}
	if strings.HasPrefix(rest, l.right) {
		l.pos += len(l.right)
		return true
	}
	return false
}

func letter(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// word is the length of the name that begins at the lexer's place plus skip.
func (l *lexer) word(skip int) int {
	n := skip
	for {
		r, size := utf8.DecodeRuneInString(l.text[l.pos+n:])
		if size == 0 || !letter(r) {
			return n
		}
		n += size
	}
}

// action cuts what is between delimiters.
func (l *lexer) action(start int) {
	depth := 0
	for {
		at := l.pos
		if l.end() {
			if depth > 0 {
				fail(at, "unclosed left paren")
			}
			l.add(tRight, at, l.right)
			return
		}
		if at >= len(l.text) {
			fail(start, "unclosed action")
		}
		r, size := utf8.DecodeRuneInString(l.text[at:])
		n, k := size, tEOF
		switch {
		case strings.IndexByte(blanks, l.text[at]) >= 0:
			k = tSpace
			// The blank before a trimming end is the end's.
			for at+n < len(l.text) && strings.IndexByte(blanks, l.text[at+n]) >= 0 && !strings.HasPrefix(l.text[at+n:], l.text[at+n:at+n+1]+"-"+l.right) {
				n++
			}
		case r == '"' || r == '`' || r == '\'':
			k = tString
			if r == '\'' {
				k = tChar
			}
			n = l.quoted(byte(r))
		case r == ':':
			if !strings.HasPrefix(l.text[at:], ":=") {
				fail(at, "expected :=")
			}
			k, n = tDeclare, 2
		case r == '=':
			k = tAssign
		case r == '|':
			k = tPipe
		case r == ',':
			k = tComma
		case r == '(':
			depth++
			k = tOpen
		case r == ')':
			if depth--; depth < 0 {
				fail(at, "unexpected right paren")
			}
			k = tClose
		case r == '$':
			k, n = tVar, l.word(1)
			l.ended(at, n)
		case r == '.' && (at+1 >= len(l.text) || l.text[at+1] < '0' || l.text[at+1] > '9'):
			k, n = tField, l.word(1)
			if n == 1 {
				k = tDot
			}
			l.ended(at, n)
		case r == '+' || r == '-' || r == '.' || r >= '0' && r <= '9':
			k, n = tNumber, l.number()
		case letter(r):
			k, n = tIdent, l.word(0)
			l.ended(at, n)
		default:
			if r >= utf8.RuneSelf || r < '!' {
				fail(at, "unrecognized character in action: %#U", r)
			}
			k = tOther
		}
		l.add(k, at, l.text[at:at+n])
		l.pos = at + n
	}
}

// ended complains about a name that runs into what may not follow one.
func (l *lexer) ended(at, n int) {
	rest := l.text[at+n:]
	if rest == "" || strings.HasPrefix(rest, l.right) {
		return
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune(blanks+".,|:=)(", r) {
		fail(at+n, "bad character %#U", r)
	}
}

func (l *lexer) quoted(q byte) int {
	s := l.text[l.pos:]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == q:
			return i + 1
		case s[i] == '\\' && q != '`':
			i++
		case s[i] == '\n' && q != '`':
			i = len(s)
		}
	}
	what := map[byte]string{'"': "unterminated quoted string", '`': "unterminated raw quoted string", '\'': "unterminated character constant"}
	fail(l.pos, "%s", what[q])
	return 0
}

func (l *lexer) number() int {
	s, n := l.text[l.pos:], 0
	if s[0] == '+' || s[0] == '-' {
		n++
	}
	hex := strings.HasPrefix(s[n:], "0x") || strings.HasPrefix(s[n:], "0X")
	for n < len(s) {
		c := s[n]
		sign := (c == '+' || c == '-') && (strings.IndexByte("eE", s[n-1]) >= 0 && !hex || strings.IndexByte("pP", s[n-1]) >= 0)
		if c < utf8.RuneSelf && letter(rune(c)) || c == '.' || sign {
			n++
			continue
		}
		// The sign of an imaginary part.
		if (c == '+' || c == '-') && n > 0 && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9' && strings.IndexByte(s[n:], 'i') > 0 {
			n++
			continue
		}
		break
	}
	return n
}
