package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// SplitFunc finds the next token at the start of data; atEOF: there is no more data.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
	// ErrFinalToken, given by a SplitFunc, makes its token the last one.
	ErrFinalToken = errors.New("final token")
)

// MaxScanTokenSize is the largest buffer unless Buffer says otherwise.
const MaxScanTokenSize = 64 * 1024

const firstBuffer = 4096

// Scanner gives a reader's tokens one by one. buf[start:end] is read but not yet given out.
type Scanner struct {
	r          io.Reader
	split      SplitFunc
	maxSize    int
	token      []byte
	buf        []byte
	start, end int
	err        error
	empties    int
	scanning   bool
	done       bool
}

// NewScanner gives a Scanner of lines.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, split: ScanLines, maxSize: MaxScanTokenSize}
}

// Err is the first error that was not io.EOF.
func (s *Scanner) Err() error {
	err := s.err
	if err == io.EOF {
		err = nil
	}
	return err
}

// Bytes is the token, good until the next Scan; Text is a copy.
func (s *Scanner) Bytes() []byte { return s.token }
func (s *Scanner) Text() string  { return string(s.token) }

func (s *Scanner) fail(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// Buffer sets the first buffer and the largest size of one.
func (s *Scanner) Buffer(buf []byte, max int) {
	if s.scanning {
		panic("Buffer called after Scan")
	}
	s.buf, s.maxSize = buf[:cap(buf)], max
}

// Split sets the SplitFunc.
func (s *Scanner) Split(split SplitFunc) {
	if s.scanning {
		panic("Split called after Scan")
	}
	s.split = split
}

// Scan goes to the next token; false at the end or after an error.
func (s *Scanner) Scan() bool {
	if s.done {
		return false
	}
	s.scanning = true
	for {
		if s.start < s.end || s.err != nil {
			found, stop := s.next()
			if found || stop {
				return found
			}
		}
		if s.err != nil {
			// Nothing can be made of what is left.
			s.start, s.end, s.token = 0, 0, nil
			return false
		}
		if !s.room() {
			return false
		}
		s.more()
	}
}

// next asks the SplitFunc: a token was found, or scanning must stop.
func (s *Scanner) next() (found, stop bool) {
	advance, token, err := s.split(s.buf[s.start:s.end], s.err != nil)
	if err == ErrFinalToken {
		s.token, s.done = token, true
		return token != nil, true
	}
	switch {
	case err != nil:
	case advance < 0:
		err = ErrNegativeAdvance
	case advance > s.end-s.start:
		err = ErrAdvanceTooFar
	}
	if err != nil {
		s.fail(err)
		s.token = nil
		return false, true
	}
	s.start += advance
	s.token = token
	if token == nil {
		return false, false
	}
	if s.err != nil && advance == 0 {
		// An empty token at the end, again and again.
		if s.empties++; s.empties > maxEmptyReads {
			panic("bufio.Scan: too many empty tokens without progressing")
		}
	} else if advance > 0 {
		s.empties = 0
	} else if s.empties++; s.empties > maxEmptyReads {
		panic("bufio.Scan: too many empty tokens without progressing")
	}
	return true, false
}

// room makes place for reading: moves the rest to the front, or doubles the buffer.
func (s *Scanner) room() bool {
	if half := len(s.buf) / 2; s.start > half || s.start > 0 && s.end == len(s.buf) {
		s.end = copy(s.buf, s.buf[s.start:s.end])
		s.start = 0
	}
	if s.end < len(s.buf) {
		return true
	}
	if len(s.buf) >= s.maxSize || len(s.buf) > 1<<62 {
		s.fail(ErrTooLong)
		s.token = nil
		return false
	}
	size := len(s.buf) * 2
	if size == 0 {
		size = firstBuffer
	}
	bigger := make([]byte, min(size, s.maxSize))
	s.end = copy(bigger, s.buf[s.start:s.end])
	s.buf, s.start = bigger, 0
	return true
}

func (s *Scanner) more() {
	for range maxEmptyReads {
		n, err := s.r.Read(s.buf[s.end:])
		if n < 0 || n > len(s.buf)-s.end {
			s.fail(ErrBadReadCount)
			return
		}
		s.end += n
		if err != nil {
			s.fail(err)
			return
		}
		if n > 0 {
			s.empties = 0
			return
		}
	}
	s.fail(io.ErrNoProgress)
}

// ScanBytes splits into bytes.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes splits into characters; bytes that are not UTF-8 become U+FFFD.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 || !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	r, n := utf8.DecodeRune(data)
	if r == utf8.RuneError && n == 1 {
		return 1, []byte(string(utf8.RuneError)), nil
	}
	return n, data[:n], nil
}

// ScanLines splits into lines without their ends (\n or \r\n).
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	line := data
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		advance, line = i+1, data[:i]
	} else if atEOF && len(data) > 0 {
		advance = len(data)
	} else {
		return 0, nil, nil
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return advance, line, nil
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// ScanWords splits into words, separated by spaces.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start := -1
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch space := isSpace(r); {
		case !space && start < 0:
			start = i
		case space && start >= 0:
			return i + n, data[start:i], nil
		}
		i += n
	}
	switch {
	case start < 0:
		return len(data), nil, nil
	case atEOF:
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
