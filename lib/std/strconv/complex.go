package strconv

// AppendQuoteToGraphic appends QuoteToGraphic's text.
func AppendQuoteToGraphic(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', false, true) }

// QuoteRuneToGraphic is QuoteRune leaving graphic characters as they are.
func QuoteRuneToGraphic(r rune) string { return string(AppendQuoteRuneToGraphic(nil, r)) }

// AppendQuoteRuneToGraphic appends QuoteRuneToGraphic's text.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	dst = appendEscaped(append(dst, '\''), validRune(r), '\'', false, true)
	return append(dst, '\'')
}

// QuotedPrefix is the quoted string that s begins with.
func QuotedPrefix(s string) (string, error) {
	if s == "" {
		return "", ErrSyntax
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			if _, err := Unquote(s[:i+1]); err != nil {
				return "", ErrSyntax
			}
			return s[:i+1], nil
		case s[i] == '\\' && s[0] != '`':
			i++
		}
	}
	return "", ErrSyntax
}

// ParseComplex reads N, Ni or N±Ni, perhaps in parentheses.
func ParseComplex(s string, bitSize int) (complex128, error) {
	const fn = "ParseComplex"
	bits := 64
	if bitSize == 64 {
		bits = 32
	}
	body := s
	if n := len(body); n > 1 && body[0] == '(' && body[n-1] == ')' {
		body = body[1 : n-1]
	}
	var parts [2]float64
	var wrong error
	part := func(k int, text string) {
		f, err := ParseFloat(text, bits)
		if parts[k] = f; err != nil && wrong != ErrSyntax {
			wrong = err.(*NumError).Err
		}
	}
	if n := len(body); n == 0 || body[n-1] != 'i' {
		part(0, body)
	} else {
		body = body[:n-1]
		// The sign of the imaginary part: the last that is not an exponent's.
		at := len(body) - 1
		for at > 0 && (body[at] != '+' && body[at] != '-' || exponent(body, at)) {
			at--
		}
		im := body
		if at > 0 {
			end := at
			if end > 1 && body[end-1] == '+' {
				end--
			}
			part(0, body[:end])
			im = body[at:]
		}
		if body == "" || im[0] == '-' && len(im) > 1 && im[1]|0x20 == 'n' {
			wrong = ErrSyntax
		} else {
			part(1, im)
			if len(im) > 1 && im[0] == '+' && im[1]|0x20 == 'n' {
				wrong = nil
				part(1, im[1:])
			}
		}
	}
	if wrong == ErrSyntax {
		return 0, syntaxError(fn, s)
	}
	c := complex(parts[0], parts[1])
	if wrong != nil {
		return c, rangeError(fn, s)
	}
	return c, nil
}

// exponent reports whether the sign at i belongs to an exponent.
func exponent(s string, i int) bool {
	switch s[i-1] | 0x20 {
	case 'p':
		return true
	case 'e':
		for _, c := range s[:i-1] {
			if c|0x20 == 'x' {
				return false
			}
		}
		return true
	}
	return false
}
