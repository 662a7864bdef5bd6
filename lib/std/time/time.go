// Package time measures the virtual clock, which starts at 2009-11-10 23:00:00 UTC.
//
// SIMPLIFIED: the local zone is UTC, and there is no data base of zones.
package time

// Month is a month of the year.
type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

// Weekday is a day of the week.
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

func (m Month) String() string {
	if m < January || m > December {
		return "%!Month(" + itoa(int(m)) + ")"
	}
	return monthNames[m-1]
}

func (d Weekday) String() string {
	if d < Sunday || d > Saturday {
		return "%!Weekday(" + itoa(int(d)) + ")"
	}
	return dayNames[d]
}

func itoa(n int) string {
	if n < 0 {
		return "-" + string(appendFixed(nil, -uint64(n), 0))
	}
	return string(appendFixed(nil, uint64(n), 0))
}

// Location is a time zone with one offset.
type Location struct {
	name   string
	offset int
	// zone is the abbreviation, if it is not the name.
	zone string
}

var utcLoc, localLoc = Location{name: "UTC"}, Location{name: "Local", zone: "UTC"}

// UTC and the local zone.
var (
	UTC   *Location = &utcLoc
	Local *Location = &localLoc
)

// FixedZone is a zone offset seconds east of UTC.
func FixedZone(name string, offset int) *Location { return &Location{name: name, offset: offset} }

// LoadLocation finds a zone by name.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	return nil, zoneError("unknown time zone " + name)
}

type zoneError string

func (e zoneError) Error() string { return string(e) }

func (l *Location) String() string { return l.or().name }

func (l *Location) or() *Location {
	if l == nil {
		return &utcLoc
	}
	return l
}

const (
	secondsPerDay = 86400
	// Seconds from year 1 to 1970, and to the start of the virtual clock.
	unixEpoch  = 62135596800
	clockStart = unixEpoch + 1257894000
	// Bits of Time.wall: nanoseconds below, and whether the time was read from the clock.
	nsecMask  = 1<<30 - 1
	fromClock = 1 << 63
)

// Time is an instant, with the zone it is shown in.
type Time struct {
	wall uint64
	// ext is in seconds from January 1, year 1 UTC.
	ext int64
	loc *Location
}

// Now is the virtual time.
func Now() Time {
	n := now()
	return Time{uint64(n%1e9) | fromClock, clockStart + n/1e9, Local}
}

func at(sec int64, nsec int64, loc *Location) Time {
	if nsec < 0 || nsec >= 1e9 {
		sec += nsec / 1e9
		if nsec %= 1e9; nsec < 0 {
			nsec += 1e9
			sec--
		}
	}
	if loc == &utcLoc {
		loc = nil
	}
	return Time{uint64(nsec), sec, loc}
}

// Unix is the time sec seconds and nsec nanoseconds after 1970-01-01 UTC.
func Unix(sec int64, nsec int64) Time { return at(sec+unixEpoch, nsec, Local) }

// UnixMilli is the time msec milliseconds after 1970-01-01 UTC.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }

// UnixMicro is the time usec microseconds after 1970-01-01 UTC.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

// Since is the time passed since t.
func Since(t Time) Duration { return Now().Sub(t) }

// Until is the time left to t.
func Until(t Time) Duration { return t.Sub(Now()) }

func (t Time) nsec() int64 { return int64(t.wall & nsecMask) }

func (t Time) Unix() int64      { return t.ext - unixEpoch }
func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + t.nsec()/1e6 }
func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + t.nsec()/1e3 }
func (t Time) UnixNano() int64  { return t.Unix()*1e9 + t.nsec() }

// IsZero reports whether t is the zero Time: year 1, January 1, 00:00:00 UTC.
func (t Time) IsZero() bool { return t.ext == 0 && t.nsec() == 0 }

// Compare is -1, 0 or 1.
func (t Time) Compare(u Time) int {
	a, b := t.ext, u.ext
	if a == b {
		a, b = t.nsec(), u.nsec()
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (t Time) After(u Time) bool  { return t.Compare(u) > 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) Equal(u Time) bool  { return t.Compare(u) == 0 }

// Add is t + d.
func (t Time) Add(d Duration) Time {
	u := at(t.ext+int64(d/Second), t.nsec()+int64(d%Second), t.loc)
	u.wall |= t.wall & fromClock
	return u
}

// Sub is t - u, held within the range of Duration.
func (t Time) Sub(u Time) Duration {
	sec := t.ext - u.ext
	d := Duration(sec)*Second + Duration(t.nsec()-u.nsec())
	switch {
	case u.Add(d).Equal(t) && sec/1e9 < 10 && sec/1e9 > -10:
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

// AddDate adds to year, month and day and normalizes.
func (t Time) AddDate(years int, months int, days int) Time {
	y, m, d := t.Date()
	h, min, s := t.Clock()
	return Date(y+years, m+Month(months), d+days, h, min, s, int(t.nsec()), t.Location())
}

func (t Time) strip() Time {
	t.wall &^= fromClock
	return t
}

// UTC is t shown in UTC.
func (t Time) UTC() Time { return t.In(UTC) }

// Local is t shown in the local zone.
func (t Time) Local() Time { return t.In(Local) }

// In is t shown in a zone.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == &utcLoc {
		loc = nil
	}
	t.loc = loc
	return t
}

// Location is the zone t is shown in.
func (t Time) Location() *Location { return t.loc.or() }

// Zone is the zone's abbreviation and its offset in seconds east of UTC.
func (t Time) Zone() (name string, offset int) {
	l := t.loc.or()
	if l.zone != "" {
		return l.zone, l.offset
	}
	return l.name, l.offset
}

// ZoneBounds are zero times: no zone here changes.
func (t Time) ZoneBounds() (start, end Time) { return }

// IsDST reports false: no zone here has summer time.
func (t Time) IsDST() bool { return false }

// local is t in seconds of its zone.
func (t Time) local() int64 { return t.ext + int64(t.loc.or().offset) }

// days and the second in the day of t in its zone, from January 1, year 1.
func (t Time) split() (day int64, sec int) {
	s := t.local()
	day = s / secondsPerDay
	sec = int(s % secondsPerDay)
	if sec < 0 {
		sec += secondsPerDay
		day--
	}
	return day, sec
}

// civil turns days from January 1, year 1 into a date; yday counts from 0.
//
// The year is taken to begin in March, so that the leap day comes last: then months follow one rule, and 400 years are 146097 days.
func civil(day int64) (year int, month Month, mday, yday int) {
	day += 306 // to March 1, year 0
	era := day / 146097
	if day < 0 {
		era = (day - 146096) / 146097
	}
	doe := day - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	mday = int(doy-(153*mp+2)/5) + 1
	year = int(yoe + era*400)
	month = Month(mp + 3)
	if month > December {
		month -= 12
		year++
	}
	if yday = int(doy) + 59; month < March {
		yday = int(doy) - 306
	} else if leap(year) {
		yday++
	}
	return year, month, mday, yday
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// daysTo counts days from January 1, year 1 to the date.
func daysTo(year int, month Month, mday int) int64 {
	y := int64(year)
	m := int64(month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int64(mday) - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 306
}

// Date is the time of that date and clock in loc; values out of range carry over.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	year += m / 12
	if m %= 12; m < 0 {
		m += 12
		year--
	}
	days := daysTo(year, Month(m+1), 1) + int64(day) - 1
	s := days*secondsPerDay + int64(hour)*3600 + int64(min)*60 + int64(sec) - int64(loc.offset)
	return at(s, int64(nsec), loc)
}

// Date gives year, month and day.
func (t Time) Date() (year int, month Month, day int) {
	n, _ := t.split()
	year, month, day, _ = civil(n)
	return
}

// Clock gives hour, minute and second.
func (t Time) Clock() (hour, min, sec int) {
	_, s := t.split()
	return s / 3600, s / 60 % 60, s % 60
}

func (t Time) Year() int       { y, _, _ := t.Date(); return y }
func (t Time) Month() Month    { _, m, _ := t.Date(); return m }
func (t Time) Day() int        { _, _, d := t.Date(); return d }
func (t Time) Hour() int       { h, _, _ := t.Clock(); return h }
func (t Time) Minute() int     { _, m, _ := t.Clock(); return m }
func (t Time) Second() int     { _, _, s := t.Clock(); return s }
func (t Time) Nanosecond() int { return int(t.nsec()) }

// YearDay is the day of the year, from 1.
func (t Time) YearDay() int {
	n, _ := t.split()
	_, _, _, yday := civil(n)
	return yday + 1
}

// Weekday is the day of the week; January 1, year 1 was a Monday.
func (t Time) Weekday() Weekday {
	n, _ := t.split()
	return Weekday(((n+1)%7 + 7) % 7)
}

// ISOWeek is the ISO 8601 week: the one that holds the year's first Thursday is week 1.
func (t Time) ISOWeek() (year, week int) {
	n, _ := t.split()
	thursday := n - int64((t.Weekday()+6)%7) + 3
	year, _, _, yday := civil(thursday)
	return year, yday/7 + 1
}

// Truncate rounds down to a multiple of d since the zero time.
func (t Time) Truncate(d Duration) Time {
	t = t.strip()
	if d <= 0 {
		return t
	}
	return t.Add(-t.over(d))
}

// Round rounds to the nearest multiple of d since the zero time, halves up.
func (t Time) Round(d Duration) Time {
	t = t.strip()
	if d <= 0 {
		return t
	}
	r := t.over(d)
	if r+r < d && r+r >= 0 {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// over is the time since the zero time modulo d.
func (t Time) over(d Duration) Duration {
	// (sec·1e9 + nsec) mod d, the seconds by doubling so that nothing overflows.
	m := uint64(d)
	sec := t.ext
	neg := sec < 0
	nsec := t.nsec()
	if neg {
		sec = -sec
		if nsec > 0 {
			sec--
			nsec = 1e9 - nsec
		}
	}
	var r uint64
	for i := 62; i >= 0; i-- {
		if r = r << 1 % m; sec>>uint(i)&1 != 0 {
			r = (r + 1e9%m) % m
		}
	}
	r = (r + uint64(nsec)%m) % m
	if neg && r != 0 {
		r = m - r
	}
	return Duration(r)
}
