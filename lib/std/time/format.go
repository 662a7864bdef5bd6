package time

// Layouts: how the reference time Mon Jan 2 15:04:05 MST 2006 would be written.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// The elements of layouts, the longer of two that begin alike first.
var elements = [...]string{
	"January", "Jan", "Monday", "Mon", "MST", "2006", "__2", "_2", "002", "01", "02", "03", "04", "05", "06", "15",
	"PM", "pm", "-07:00:00", "-07:00", "-070000", "-0700", "-07", "Z07:00:00", "Z07:00", "Z070000", "Z0700", "Z07", "1", "2", "3", "4", "5",
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }

// element splits a layout at its first element.
func element(layout string) (before, elem, after string) {
	for i := 0; i < len(layout); i++ {
		rest := layout[i:]
		switch c := rest[0]; c {
		case '.', ',':
			if n := fractionLen(rest); n > 0 {
				return layout[:i], rest[:n], rest[n:]
			}
			continue
		case 'J', 'M', '2', '_', '0', '1', 'P', 'p', '-', 'Z', '3', '4', '5':
		default:
			continue
		}
		if hasPrefix(rest, "_2006") {
			return layout[:i+1], "2006", rest[5:]
		}
		for _, e := range elements {
			if !hasPrefix(rest, e) {
				continue
			}
			after := rest[len(e):]
			if (e == "Jan" || e == "Mon") && after != "" && 'a' <= after[0] && after[0] <= 'z' {
				continue
			}
			return layout[:i], e, after
		}
	}
	return layout, "", ""
}

// fractionLen is the length of .000 or .999 at the start of s, 0 if there is none.
func fractionLen(s string) int {
	if len(s) < 2 || s[1] != '0' && s[1] != '9' {
		return 0
	}
	n := 2
	for n < len(s) && s[n] == s[1] {
		n++
	}
	if n < len(s) && isDigit(s[n]) {
		return 0
	}
	return n
}

// pad writes n with spaces up to width.
func pad(b []byte, n, width int) []byte {
	for w, limit := 2, 10; w <= width; w, limit = w+1, limit*10 {
		if n < limit {
			b = append(b, ' ')
		}
	}
	return appendFixed(b, uint64(n), 0)
}

// zeros writes n with at least width digits.
func zeros(b []byte, n, width int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	for w, limit := 2, 10; w <= width; w, limit = w+1, limit*10 {
		if n < limit {
			b = append(b, '0')
		}
	}
	return appendFixed(b, uint64(n), 0)
}

// appendOffset writes a zone's offset as the element does.
func appendOffset(b []byte, elem string, offset int) []byte {
	if elem[0] == 'Z' && offset == 0 {
		return append(b, 'Z')
	}
	sign := byte('+')
	if offset < 0 {
		sign = '-'
		offset = -offset
	}
	b = zeros(append(b, sign), offset/3600, 2)
	colon := len(elem) > 3 && elem[3] == ':'
	if len(elem) > 3 {
		if colon {
			b = append(b, ':')
		}
		b = zeros(b, offset/60%60, 2)
	}
	if len(elem) > 6 {
		if colon {
			b = append(b, ':')
		}
		b = zeros(b, offset%60, 2)
	}
	return b
}

// Format is t in the layout.
func (t Time) Format(layout string) string {
	var buf [64]byte
	return string(t.AppendFormat(buf[:0], layout))
}

// AppendFormat is Format at the end of b.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	day, clock := t.split()
	year, month, mday, yday := civil(day)
	hour, min, sec := clock/3600, clock/60%60, clock%60
	for layout != "" {
		before, elem, after := element(layout)
		b = append(b, before...)
		layout = after
		switch elem {
		case "":
			return b
		case "2006":
			b = zeros(b, year, 4)
		case "06":
			b = zeros(b, max(year, -year)%100, 2)
		case "January":
			b = append(b, month.String()...)
		case "Jan":
			b = append(b, month.String()[:3]...)
		case "1":
			b = zeros(b, int(month), 1)
		case "01":
			b = zeros(b, int(month), 2)
		case "Monday":
			b = append(b, t.Weekday().String()...)
		case "Mon":
			b = append(b, t.Weekday().String()[:3]...)
		case "2":
			b = zeros(b, mday, 1)
		case "_2":
			b = pad(b, mday, 2)
		case "02":
			b = zeros(b, mday, 2)
		case "__2":
			b = pad(b, yday+1, 3)
		case "002":
			b = zeros(b, yday+1, 3)
		case "15":
			b = zeros(b, hour, 2)
		case "3":
			b = zeros(b, (hour+11)%12+1, 1)
		case "03":
			b = zeros(b, (hour+11)%12+1, 2)
		case "4":
			b = zeros(b, min, 1)
		case "04":
			b = zeros(b, min, 2)
		case "5":
			b = zeros(b, sec, 1)
		case "05":
			b = zeros(b, sec, 2)
		case "PM":
			b = append(b, "AMPM"[hour/12*2], 'M')
		case "pm":
			b = append(b, "ampm"[hour/12*2], 'm')
		case "MST":
			name, offset := t.Zone()
			if name != "" {
				b = append(b, name...)
			} else {
				b = appendOffset(b, "-0700", offset)
			}
		default:
			if elem[0] == '.' || elem[0] == ',' {
				b = appendFraction(b, elem, int(t.nsec()))
			} else {
				_, offset := t.Zone()
				b = appendOffset(b, elem, offset)
			}
		}
	}
	return b
}

func appendFraction(b []byte, elem string, nsec int) []byte {
	places := min(len(elem)-1, 9)
	start := len(b)
	b = append(b, elem[0])
	div := 100000000
	for range places {
		b = append(b, byte('0'+nsec/div%10))
		div /= 10
	}
	for range len(elem) - 1 - places {
		b = append(b, '0')
	}
	if elem[1] == '9' {
		for b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
		if len(b) == start+1 {
			b = b[:start]
		}
	}
	return b
}

// String is t as "2006-01-02 15:04:05.999999999 -0700 MST", with the clock's reading if t was read from it.
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.wall&fromClock == 0 {
		return s
	}
	b := []byte(s)
	{
		since := (t.ext-clockStart)*1e9 + t.nsec()
		b = append(b, " m="...)
		sign := byte('+')
		if since < 0 {
			sign, since = '-', -since
		}
		b = appendFixed(append(b, sign), uint64(since/1e9), 0)
		b = zeros(append(b, '.'), int(since%1e9), 9)
	}
	return string(b)
}

// GoString is t as Go source.
func (t Time) GoString() string {
	y, m, d := t.Date()
	h, min, s := t.Clock()
	b := append([]byte("time.Date("), itoa(y)...)
	b = append(b, ", time."...)
	b = append(b, m.String()...)
	for _, n := range []int{d, h, min, s, int(t.nsec())} {
		b = append(b, ", "...)
		b = append(b, itoa(n)...)
	}
	b = append(b, ", time."...)
	switch l := t.Location(); l {
	case UTC, Local:
		b = append(b, l.name...)
	default:
		b = append(b, "Location("...)
		b = append(b, quote(l.name)...)
		b = append(b, ')')
	}
	return string(append(b, ')'))
}

// ParseError says what could not be read of a time.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (e *ParseError) Error() string {
	if e.Message != "" {
		return "parsing time " + quote(e.Value) + e.Message
	}
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}

// Parse reads a time in UTC, or the zone that value names.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation reads a time in loc unless value names a zone.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// scanner reads a value element by element.
type scanner struct {
	s      string
	failed bool
}

// number reads from lo to hi digits.
func (p *scanner) number(lo, hi int) int {
	n, i := 0, 0
	for ; i < hi && i < len(p.s) && isDigit(p.s[i]); i++ {
		n = n*10 + int(p.s[i]-'0')
	}
	if i < lo {
		p.failed = true
		return 0
	}
	p.s = p.s[i:]
	return n
}

// name reads one of names, at most n letters of it, whatever their case; its index.
func (p *scanner) name(names []string, n int) int {
	for i, name := range names {
		if n > 0 {
			name = name[:n]
		}
		if len(p.s) >= len(name) && equalFold(p.s[:len(name)], name) {
			p.s = p.s[len(name):]
			return i
		}
	}
	p.failed = true
	return 0
}

func equalFold(a, b string) bool {
	for i := 0; i < len(a); i++ {
		if a[i]|0x20 != b[i]|0x20 {
			return false
		}
	}
	return true
}

// fraction reads a point and digits as nanoseconds.
func (p *scanner) fraction(places int) int {
	if len(p.s) <= places || p.s[0] != '.' && p.s[0] != ',' {
		p.failed = true
		return 0
	}
	ns := 0
	for i := 1; i <= 9; i++ {
		ns *= 10
		if i <= places {
			if !isDigit(p.s[i]) {
				p.failed = true
				return 0
			}
			ns += int(p.s[i] - '0')
		}
	}
	p.s = p.s[places+1:]
	return ns
}

func (p *scanner) digitsAfterPoint() int {
	n := 1
	for n < len(p.s) && isDigit(p.s[n]) {
		n++
	}
	return n - 1
}

// offset reads an offset as the element writes it.
func (p *scanner) offset(elem string) (seconds int) {
	if elem[0] == 'Z' && len(p.s) > 0 && p.s[0] == 'Z' {
		p.s = p.s[1:]
		return 0
	}
	if p.s == "" || p.s[0] != '+' && p.s[0] != '-' {
		p.failed = true
		return 0
	}
	sign := 1
	if p.s[0] == '-' {
		sign = -1
	}
	p.s = p.s[1:]
	colon := len(elem) > 3 && elem[3] == ':'
	part := func(limit int) int {
		n := p.number(2, 2)
		p.failed = p.failed || n > limit
		return n
	}
	sep := func() {
		if !colon {
			return
		}
		if p.s == "" || p.s[0] != ':' {
			p.failed = true
			return
		}
		p.s = p.s[1:]
	}
	seconds = part(24) * 3600
	if len(elem) > 3 {
		sep()
		seconds += part(60) * 60
	}
	if len(elem) > 6 {
		sep()
		seconds += part(60)
	}
	return sign * seconds
}

// zoneName reads an abbreviation: three or four capitals (five only as ChST and MeST with small letters), or GMT+3, or ±03.
func (p *scanner) zoneName() string {
	s := p.s
	take := func(n int) string { p.s = s[n:]; return s[:n] }
	if hasPrefix(s, "ChST") || hasPrefix(s, "MeST") {
		return take(4)
	}
	signed := func(i int) int {
		if i >= len(s) || s[i] != '+' && s[i] != '-' {
			return 0
		}
		n, j := 0, i+1
		for j < len(s) && isDigit(s[j]) && n < 100 {
			n = n*10 + int(s[j]-'0')
			j++
		}
		if j == i+1 || n > 23 {
			return 0
		}
		return j
	}
	if hasPrefix(s, "GMT") {
		return take(max(3, signed(3)))
	}
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		if n := signed(0); n > 0 {
			return take(n)
		}
		p.failed = true
		return ""
	}
	n := 0
	for n < len(s) && n < 6 && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	if n == 3 || n == 4 && (s[3] == 'T' || s[:4] == "WITA") || n == 5 && s[4] == 'T' {
		return take(n)
	}
	p.failed = true
	return ""
}

func parse(layout, value string, zone, local *Location) (Time, error) {
	wholeLayout, wholeValue := layout, value
	year, month, day, yday := 0, -1, -1, -1
	hour, min, sec, nsec := 0, 0, 0, 0
	pm, pmSet, amSet := false, false, false
	offset, haveOffset, zoneName := 0, false, ""
	var zoneUTC bool
	rangeOf := ""
	p := &scanner{s: value}
	spaces := func() {
		for p.s != "" && p.s[0] == ' ' {
			p.s = p.s[1:]
		}
	}
	fail := func(elem, rest string) (Time, error) {
		return Time{}, &ParseError{wholeLayout, wholeValue, elem, rest, ""}
	}
	for {
		before, elem, after := element(layout)
		// Text between elements must be the same, but for runs of spaces.
		for before != "" {
			if before[0] == ' ' {
				if p.s != "" && p.s[0] != ' ' {
					return fail(before, p.s)
				}
				for before != "" && before[0] == ' ' {
					before = before[1:]
				}
				spaces()
				continue
			}
			if p.s == "" || p.s[0] != before[0] {
				return fail(before, p.s)
			}
			before, p.s = before[1:], p.s[1:]
		}
		if elem == "" {
			if p.s != "" {
				return Time{}, &ParseError{wholeLayout, wholeValue, "", p.s, ": extra text: " + quote(p.s)}
			}
			break
		}
		layout = after
		hold := p.s
		p.failed = false
		switch elem {
		case "2006":
			year = p.number(4, 4)
		case "06":
			if year = p.number(2, 2); year >= 69 {
				year += 1900
			} else {
				year += 2000
			}
		case "January":
			month = p.name(monthNames[:], 0) + 1
		case "Jan":
			month = p.name(monthNames[:], 3) + 1
		case "1", "01":
			month = p.number(len(elem), 2)
			if !p.failed && (month < 1 || month > 12) {
				rangeOf = "month"
			}
		case "Monday":
			p.name(dayNames[:], 0)
		case "Mon":
			p.name(dayNames[:], 3)
		case "2", "_2", "02":
			if elem == "_2" && p.s != "" && p.s[0] == ' ' {
				p.s = p.s[1:]
			}
			lo := 1
			if elem == "02" {
				lo = 2
			}
			day = p.number(lo, 2)
		case "__2", "002":
			if elem == "__2" {
				for i := 0; i < 2 && p.s != "" && p.s[0] == ' '; i++ {
					p.s = p.s[1:]
				}
				yday = p.number(1, 3)
			} else {
				yday = p.number(3, 3)
			}
		case "15":
			if hour = p.number(1, 2); hour >= 24 {
				rangeOf = "hour"
			}
		case "3", "03":
			if hour = p.number(len(elem), 2); hour > 12 {
				rangeOf = "hour"
			}
		case "4", "04":
			if min = p.number(len(elem), 2); min >= 60 {
				rangeOf = "minute"
			}
		case "5", "05":
			if sec = p.number(len(elem), 2); sec >= 60 {
				rangeOf = "second"
				break
			}
			// A fraction may follow the seconds although the layout has none.
			if len(p.s) >= 2 && (p.s[0] == '.' || p.s[0] == ',') && isDigit(p.s[1]) {
				if _, next, _ := element(layout); next == "" || next[0] != '.' && next[0] != ',' {
					nsec = p.fraction(p.digitsAfterPoint())
				}
			}
		case "PM", "pm":
			switch {
			case len(p.s) >= 2 && (elem == "PM" && p.s[:2] == "PM" || elem == "pm" && p.s[:2] == "pm"):
				pmSet = true
			case len(p.s) >= 2 && (elem == "PM" && p.s[:2] == "AM" || elem == "pm" && p.s[:2] == "am"):
				amSet = true
			default:
				p.failed = true
			}
			if !p.failed {
				p.s = p.s[2:]
			}
		case "MST":
			if hasPrefix(p.s, "UTC") {
				zoneUTC = true
				p.s = p.s[3:]
			} else {
				zoneName = p.zoneName()
			}
		default:
			switch elem[0] {
			case '.', ',':
				if elem[1] == '0' {
					nsec = p.fraction(len(elem) - 1)
				} else if len(p.s) >= 2 && (p.s[0] == '.' || p.s[0] == ',') && isDigit(p.s[1]) {
					nsec = p.fraction(p.digitsAfterPoint())
				}
			default:
				if elem[0] == 'Z' && hasPrefix(p.s, "Z") {
					zoneUTC = true
				}
				offset = p.offset(elem)
				haveOffset = true
			}
		}
		if rangeOf != "" {
			return Time{}, &ParseError{wholeLayout, wholeValue, elem, hold, ": " + rangeOf + " out of range"}
		}
		if p.failed {
			return fail(elem, hold)
		}
	}
	pm = pmSet
	switch {
	case pm && hour < 12:
		hour += 12
	case amSet && hour == 12:
		hour = 0
	}
	outOf := func(what string) (Time, error) {
		return Time{}, &ParseError{wholeLayout, wholeValue, "", wholeValue, ": " + what}
	}
	if yday >= 0 {
		days := 365
		if leap(year) {
			days++
		}
		if yday < 1 || yday > days {
			return outOf("day-of-year out of range")
		}
		_, m, d, _ := civil(daysTo(year, January, 1) + int64(yday) - 1)
		if month >= 0 && month != int(m) {
			return outOf("day-of-year does not match month")
		}
		if day >= 0 && day != d {
			return outOf("day-of-year does not match day")
		}
		month, day = int(m), d
	} else {
		if month < 0 {
			month = 1
		}
		if day < 0 {
			day = 1
		}
	}
	if day < 1 || day > int(daysTo(year+month/12, Month(month%12+1), 1)-daysTo(year, Month(month), 1)) {
		return outOf("day out of range")
	}
	in := func(l *Location) Time { return Date(year, Month(month), day, hour, min, sec, nsec, l) }
	switch {
	case zoneUTC:
		return in(UTC), nil
	case haveOffset:
		t := in(UTC).Add(-Duration(offset) * Second)
		if name, off := t.In(local).Zone(); off == offset && (zoneName == "" || name == zoneName) {
			return t.In(local), nil
		}
		return t.In(FixedZone(zoneName, offset)), nil
	case zoneName != "":
		if name, _ := in(local).Zone(); name == zoneName {
			return in(local), nil
		}
		// An unknown abbreviation has offset 0, but for GMT±n.
		if len(zoneName) > 3 && zoneName[:3] == "GMT" {
			n := 0
			for _, c := range zoneName[4:] {
				n = n*10 + int(c-'0')
			}
			if zoneName[3] == '-' {
				n = -n
			}
			offset = n * 3600
		}
		return in(UTC).In(FixedZone(zoneName, offset)), nil
	}
	return in(zone), nil
}

type yearError string

func (e yearError) Error() string { return string(e) }

func (t Time) strict(b []byte, who string) ([]byte, error) {
	if y := t.Year(); y < 0 || y > 9999 {
		return nil, yearError(who + ": year outside of range [0,9999]")
	}
	return t.AppendFormat(b, RFC3339Nano), nil
}

// MarshalText writes RFC 3339.
func (t Time) MarshalText() ([]byte, error) { return t.strict(nil, "Time.MarshalText") }

// AppendText is MarshalText at the end of b.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.strict(b, "Time.AppendText") }

// MarshalJSON writes RFC 3339 in quotes.
func (t Time) MarshalJSON() ([]byte, error) {
	b, err := t.strict([]byte{'"'}, "Time.MarshalJSON")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// UnmarshalText reads RFC 3339.
func (t *Time) UnmarshalText(data []byte) error {
	var err error
	*t, err = Parse(RFC3339, string(data))
	return err
}

// UnmarshalJSON reads RFC 3339 in quotes.
func (t *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return yearError("Time.UnmarshalJSON: input is not a JSON string")
	}
	return t.UnmarshalText(data[1 : len(data)-1])
}
