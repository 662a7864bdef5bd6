package slog

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
)

// A Level is how important an event is; between the named ones there is room.
type Level int

const (
	LevelDebug Level = -4
	LevelInfo  Level = 0
	LevelWarn  Level = 4
	LevelError Level = 8
)

// Leveler gives a level, perhaps another each time.
type Leveler interface{ Level() Level }

var levelNames = []struct {
	from Level
	name string
}{{LevelError, "ERROR"}, {LevelWarn, "WARN"}, {LevelInfo, "INFO"}, {LevelDebug, "DEBUG"}}

func (l Level) String() string {
	for i, n := range levelNames {
		if l >= n.from || i == len(levelNames)-1 {
			if l == n.from {
				return n.name
			}
			return fmt.Sprintf("%s%+d", n.name, int(l-n.from))
		}
	}
	panic("unreachable")
}

func (l Level) AppendText(b []byte) ([]byte, error) {
	b = append(b, l.String()...)
	return b, nil
}

// Level makes a Level a Leveler.
func (l Level) Level() Level { return l }

// UnmarshalText reads what String gives, in letters of either case.
func (l *Level) UnmarshalText(data []byte) error { return l.parse(string(data)) }

func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

func (l *Level) parse(s string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("slog: level string %q: %w", s, err)
		}
	}()
	name, offset := s, 0
	if i := strings.IndexAny(s, "+-"); i >= 0 {
		name = s[:i]
		if offset, err = strconv.Atoi(s[i:]); err != nil {
			return err
		}
	}
	for _, n := range levelNames {
		if strings.EqualFold(name, n.name) {
			*l = n.from + Level(offset)
			return nil
		}
	}
	return errors.New("unknown name")
}

// UnmarshalJSON reads what MarshalJSON writes.
func (l *Level) UnmarshalJSON(data []byte) error {
	name, err := strconv.Unquote(string(data))
	if err == nil {
		err = l.parse(name)
	}
	return err
}

// MarshalJSON gives the level's text, quoted.
func (l Level) MarshalJSON() ([]byte, error) { return []byte(strconv.Quote(l.String())), nil }

// A LevelVar is a level that may change while it is used.
type LevelVar struct{ val atomic.Int64 }

func (v *LevelVar) UnmarshalText(data []byte) error {
	var now Level
	err := now.parse(string(data))
	if err == nil {
		v.Set(now)
	}
	return err
}

func (v *LevelVar) Set(l Level)    { v.val.Store(int64(l)) }
func (v *LevelVar) Level() Level   { return Level(v.val.Load()) }
func (v *LevelVar) String() string { return "LevelVar(" + v.Level().String() + ")" }

// AppendText and MarshalText give the level's text.
func (v *LevelVar) AppendText(b []byte) ([]byte, error) {
	now := Level(v.val.Load())
	return now.AppendText(b)
}
func (v *LevelVar) MarshalText() ([]byte, error) {
	now := Level(v.val.Load())
	return now.MarshalText()
}
