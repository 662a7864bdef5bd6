package time

// Duration is a time span in nanoseconds.
type Duration int64

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d / Microsecond) }
func (d Duration) Milliseconds() int64 { return int64(d / Millisecond) }
func (d Duration) Seconds() float64    { return d.in(Second) }
func (d Duration) Minutes() float64    { return d.in(Minute) }
func (d Duration) Hours() float64      { return d.in(Hour) }

// in is d in units; whole units apart from the rest, so that both are exact.
func (d Duration) in(unit Duration) float64 {
	whole := d / unit
	return float64(whole) + float64(d-whole*unit)/float64(unit)
}

// Truncate rounds d toward zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m > 0 {
		d -= d % m
	}
	return d
}

// Round rounds d to the nearest multiple of m, halves away from zero; what overflows becomes the largest Duration.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	rest := d % m
	whole := d - rest
	switch {
	case uint64(rest.Abs())*2 < uint64(m):
		return whole
	case d < 0:
		if up := whole - m; up <= 0 {
			return up
		}
		return minDuration
	}
	if up := whole + m; up >= 0 {
		return up
	}
	return maxDuration
}

// Abs is the absolute value; that of the least Duration is the largest one.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

// String gives the duration as 72h3m0.5s, with a smaller unit below one second.
func (d Duration) String() string {
	var text [32]byte
	b := text[:0]
	u := uint64(d)
	if d < 0 {
		b = append(b, '-')
		u = -u
	}
	switch {
	case u == 0:
		return "0s"
	case u < uint64(Microsecond):
		b = append(appendFixed(b, u, 0), "ns"...)
	case u < uint64(Millisecond):
		b = append(appendFixed(b, u, 3), "µs"...)
	case u < uint64(Second):
		b = append(appendFixed(b, u, 6), "ms"...)
	default:
		minutes := u / uint64(Minute)
		if minutes >= 60 {
			b = append(appendFixed(b, minutes/60, 0), 'h')
		}
		if minutes > 0 {
			b = append(appendFixed(b, minutes%60, 0), 'm')
		}
		b = append(appendFixed(b, u%uint64(Minute), 9), 's')
	}
	return string(b)
}

// appendFixed writes u / 10**places without trailing zeros.
func appendFixed(b []byte, u uint64, places int) []byte {
	unit := uint64(1)
	for range places {
		unit *= 10
	}
	whole, part := u/unit, u%unit
	top := uint64(1)
	for whole/top >= 10 {
		top *= 10
	}
	for ; top > 0; top /= 10 {
		b = append(b, byte('0'+whole/top%10))
	}
	if part == 0 {
		return b
	}
	b = append(b, '.')
	for ; part > 0; part %= unit {
		unit /= 10
		b = append(b, byte('0'+part/unit))
	}
	return b
}

type textError string

func (e textError) Error() string { return "time: " + string(e) }

// ParseDuration reads a duration as String writes it, with signs, fractions and any order of units.
func ParseDuration(s string) (Duration, error) {
	bad := func(what string) (Duration, error) { return 0, textError(what + quote(s)) }
	rest := s
	neg := false
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		neg = rest[0] == '-'
		rest = rest[1:]
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return bad("invalid duration ")
	}
	var total uint64
	for rest != "" {
		// Digits, a point, digits: scaled is the number times scale.
		var whole, frac, scale uint64 = 0, 0, 1
		i, some := 0, false
		for ; i < len(rest) && isDigit(rest[i]); i++ {
			if whole > 1<<63/10 {
				return bad("invalid duration ")
			}
			whole = whole*10 + uint64(rest[i]-'0')
			if whole > 1<<63 {
				return bad("invalid duration ")
			}
			some = true
		}
		if i < len(rest) && rest[i] == '.' {
			for i++; i < len(rest) && isDigit(rest[i]); i++ {
				some = true
				if scale < 1e18 && frac <= (1<<63-1)/10-1 {
					frac = frac*10 + uint64(rest[i]-'0')
					scale *= 10
				}
			}
		}
		if !some {
			return bad("invalid duration ")
		}
		j := i
		for j < len(rest) && rest[j] != '.' && !isDigit(rest[j]) {
			j++
		}
		if i == j {
			return bad("missing unit in duration ")
		}
		name := rest[i:j]
		rest = rest[j:]
		var unit uint64
		switch name {
		case "ns":
			unit = uint64(Nanosecond)
		case "us", "µs", "μs":
			unit = uint64(Microsecond)
		case "ms":
			unit = uint64(Millisecond)
		case "s":
			unit = uint64(Second)
		case "m":
			unit = uint64(Minute)
		case "h":
			unit = uint64(Hour)
		default:
			return bad("unknown unit " + quote(name) + " in duration ")
		}
		if whole > 1<<63/unit {
			return bad("invalid duration ")
		}
		whole *= unit
		if frac > 0 {
			whole += uint64(float64(frac) * (float64(unit) / float64(scale)))
		}
		if whole > 1<<63 {
			return bad("invalid duration ")
		}
		if total += whole; total > 1<<63 {
			return bad("invalid duration ")
		}
	}
	switch {
	case neg:
		return -Duration(total), nil
	case total > 1<<63-1:
		return bad("invalid duration ")
	}
	return Duration(total), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// quote is s in quotes; what is not printable ASCII is escaped byte by byte.
func quote(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c >= 0x7f:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
