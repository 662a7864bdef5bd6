// Package csv reads and writes comma-separated values (RFC 4180).
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	ErrBareQuote     = errors.New("bare \" in non-quoted-field")
	ErrQuote         = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount    = errors.New("wrong number of fields")
	ErrTrailingComma = errors.New("extra delimiter at end of line")

	errDelimiter = errors.New("csv: invalid field or comment delimiter")
)

// ParseError says where a record is wrong; lines and columns (bytes) count from 1.
type ParseError struct {
	StartLine int
	Line      int
	Column    int
	Err       error
}

func (e *ParseError) Error() string {
	switch {
	case e.Err == ErrFieldCount:
		return fmt.Sprintf("record on line %d: %v", e.Line, e.Err)
	case e.StartLine != e.Line:
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", e.StartLine, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", e.Line, e.Column, e.Err)
}

func (e *ParseError) Unwrap() error { return e.Err }

// Reader reads records.
type Reader struct {
	Comma            rune
	Comment          rune
	FieldsPerRecord  int
	LazyQuotes       bool
	TrimLeadingSpace bool
	ReuseRecord      bool
	TrailingComma    bool

	in     *bufio.Reader
	line   int
	offset int64
	// A line longer than in's buffer.
	long []byte
	// The record being read: its fields' text, where each ends in it, and where each began.
	text   []byte
	ends   []int
	places []place
	last   []string
}

type place struct{ line, column int }

// NewReader gives a Reader of commas.
func NewReader(r io.Reader) *Reader { return &Reader{Comma: ',', in: bufio.NewReader(r)} }

func delimiter(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// Read reads a record; io.EOF when there are no more.
func (r *Reader) Read() (record []string, err error) {
	if !r.ReuseRecord {
		r.last = nil
	}
	record, err = r.read(r.last)
	r.last = record
	return record, err
}

// ReadAll reads all that is left; the end is no error.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.read(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// InputOffset is where the last record ended, in bytes.
func (r *Reader) InputOffset() int64 { return r.offset }

// FieldPos is where a field of the last record began.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.places) {
		panic("out of range index passed to FieldPos")
	}
	return r.places[field].line, r.places[field].column
}

// readLine reads a line with its end, which becomes a single \n.
func (r *Reader) readLine() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		r.long = append(r.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = r.in.ReadSlice('\n')
			r.long = append(r.long, line...)
		}
		line = r.long
	}
	r.offset += int64(len(line))
	if len(line) == 0 {
		return nil, err
	}
	if err == io.EOF {
		err = nil
		// A lone \r at the end of the text is dropped.
		line = bytes.TrimSuffix(line, []byte{'\r'})
	}
	r.line++
	if bytes.HasSuffix(line, []byte("\r\n")) {
		line = line[:len(line)-1]
		line[len(line)-1] = '\n'
	}
	return line, err
}

func body(line []byte) []byte { return bytes.TrimSuffix(line, []byte{'\n'}) }

func (r *Reader) read(reuse []string) ([]string, error) {
	if !delimiter(r.Comma) || r.Comment == r.Comma || r.Comment != 0 && !delimiter(r.Comment) {
		return nil, errDelimiter
	}
	var line []byte
	for {
		var err error
		if line, err = r.readLine(); err != nil {
			return nil, err
		}
		if c, _ := utf8.DecodeRune(line); r.Comment != 0 && c == r.Comment || len(body(line)) == 0 {
			if len(line) == 0 {
				return nil, io.EOF
			}
			continue
		}
		break
	}
	start := r.line
	r.text, r.ends, r.places = r.text[:0], r.ends[:0], r.places[:0]
	err := r.fields(line)
	if e, ok := err.(*ParseError); ok {
		e.StartLine = start
	}
	record := reuse
	if cap(record) < len(r.ends) {
		record = make([]string, len(r.ends))
	}
	record = record[:len(r.ends)]
	all, from := string(r.text), 0
	for i, end := range r.ends {
		record[i] = all[from:end]
		from = end
	}
	if r.FieldsPerRecord > 0 {
		if len(record) != r.FieldsPerRecord && err == nil {
			err = &ParseError{start, start, 1, ErrFieldCount}
		}
	} else if r.FieldsPerRecord == 0 {
		r.FieldsPerRecord = len(record)
	}
	return record, err
}

func (r *Reader) endField() { r.ends = append(r.ends, len(r.text)) }

// fields takes a record apart, of which line is the first.
func (r *Reader) fields(line []byte) error {
	width := utf8.RuneLen(r.Comma)
	rest := line
	column := func() int { return len(line) - len(rest) + 1 }
	for {
		if r.TrimLeadingSpace {
			n := bytes.IndexFunc(rest, func(c rune) bool { return !unicode.IsSpace(c) })
			if n < 0 {
				n = len(body(rest))
			}
			rest = rest[n:]
		}
		r.places = append(r.places, place{r.line, column()})
		if len(rest) == 0 || rest[0] != '"' {
			at := bytes.IndexRune(rest, r.Comma)
			field := body(rest)
			if at >= 0 {
				field = rest[:at]
			}
			if q := bytes.IndexByte(field, '"'); q >= 0 && !r.LazyQuotes {
				rest = rest[q:]
				return &ParseError{Line: r.line, Column: column(), Err: ErrBareQuote}
			}
			r.text = append(r.text, field...)
			r.endField()
			if at < 0 {
				return nil
			}
			rest = rest[at+width:]
			continue
		}
		rest = rest[1:]
	quoted:
		for {
			q := bytes.IndexByte(rest, '"')
			if q < 0 {
				if len(rest) == 0 {
					// The text ended inside of quotes.
					if !r.LazyQuotes {
						return &ParseError{Line: r.line, Column: column(), Err: ErrQuote}
					}
					r.endField()
					return nil
				}
				r.text = append(r.text, rest...)
				ended := rest
				next, err := r.readLine()
				if err != nil && err != io.EOF {
					return err
				}
				if len(next) == 0 {
					if !r.LazyQuotes {
						rest = ended[len(ended):]
						return &ParseError{Line: r.line, Column: column(), Err: ErrQuote}
					}
					r.endField()
					return nil
				}
				line, rest = next, next
				continue
			}
			r.text = append(r.text, rest[:q]...)
			rest = rest[q+1:]
			c, _ := utf8.DecodeRune(rest)
			switch {
			case len(rest) > 0 && c == '"':
				r.text = append(r.text, '"')
				rest = rest[1:]
			case len(rest) > 0 && c == r.Comma:
				rest = rest[width:]
				r.endField()
				break quoted
			case len(body(rest)) == 0:
				r.endField()
				return nil
			case r.LazyQuotes:
				r.text = append(r.text, '"')
			default:
				rest = line[len(line)-len(rest)-1:]
				return &ParseError{Line: r.line, Column: column(), Err: ErrQuote}
			}
		}
	}
}

// Writer writes records.
type Writer struct {
	Comma   rune
	UseCRLF bool
	out     *bufio.Writer
}

// NewWriter gives a Writer of commas.
func NewWriter(w io.Writer) *Writer { return &Writer{Comma: ',', out: bufio.NewWriter(w)} }

// Write writes a record; it may stay in the buffer until Flush.
func (w *Writer) Write(record []string) error {
	if !delimiter(w.Comma) {
		return errDelimiter
	}
	for i, field := range record {
		if i > 0 {
			w.out.WriteRune(w.Comma)
		}
		if !w.quoted(field) {
			w.out.WriteString(field)
			continue
		}
		w.out.WriteByte('"')
		for _, part := range strings.SplitAfter(field, "\"") {
			switch {
			case w.UseCRLF:
				part = strings.ReplaceAll(strings.ReplaceAll(part, "\r", ""), "\n", "\r\n")
			}
			w.out.WriteString(part)
			if strings.HasSuffix(part, "\"") {
				w.out.WriteByte('"')
			}
		}
		w.out.WriteByte('"')
	}
	if w.UseCRLF {
		w.out.WriteByte('\r')
	}
	return w.out.WriteByte('\n')
}

// quoted reports whether the field must stand in quotes.
func (w *Writer) quoted(field string) bool {
	if field == "" {
		return false
	}
	if field == `\.` || strings.ContainsRune(field, w.Comma) || strings.ContainsAny(field, "\"\r\n") {
		return true
	}
	c, _ := utf8.DecodeRuneInString(field)
	return unicode.IsSpace(c)
}

// Flush writes what the buffer holds.
func (w *Writer) Flush() { w.out.Flush() }

// Error is what went wrong in an earlier Write or Flush.
func (w *Writer) Error() error {
	_, err := w.out.Write(nil)
	return err
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return w.out.Flush()
}
