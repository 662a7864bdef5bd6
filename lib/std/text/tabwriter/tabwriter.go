// Package tabwriter aligns cells that end in tabs in columns (elastic tabstops).
//
// Text is kept line by line as cells; a column is a block of neighbouring lines
// that have a cell at the same place, and it is as wide as its widest. A block is
// written when a line comes that cannot belong to it.
package tabwriter

import (
	"io"
	"unicode/utf8"
)

// What the Writer does otherwise than by default.
const (
	FilterHTML uint = 1 << iota
	StripEscape
	AlignRight
	DiscardEmptyColumns
	TabIndent
	Debug
)

// Escape surrounds text that is taken as it stands.
const Escape = '\xff'

// A cell is the next size bytes of the writer's text, width characters wide.
type cell struct {
	size, width int
	// It ends in a tab; a vertical tab makes it soft.
	hard bool
}

// Writer is a filter that aligns what is written to it.
type Writer struct {
	out                         io.Writer
	minwidth, tabwidth, padding int
	padchar                     byte
	flags                       uint

	// What is not written yet. The last cell of a line has no tab behind it and is in no column.
	text  []byte
	lines [][]cell
	// The byte that ends the tag, entity or escape being read, or 0; and how much it takes already.
	until   byte
	special int

	widths []int
	err    error
}

// NewWriter is new(Writer).Init(…).
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init sets the Writer up: cells are at least minwidth wide with padding, which padchar fills.
func (w *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	w.out, w.minwidth, w.tabwidth, w.padding, w.padchar = output, minwidth, tabwidth, padding, padchar
	if padchar == '\t' {
		// Tabs cannot push text to the right by less than their width.
		flags &^= AlignRight
	}
	w.flags = flags
	w.reset()
	return w
}

func (w *Writer) reset() {
	w.text = w.text[:0]
	w.widths = w.widths[:0]
	w.until, w.special = 0, 0
	w.lines = append(w.lines[:0], []cell{{}})
}

// current is the cell that text goes to.
func (w *Writer) current() *cell {
	line := w.lines[len(w.lines)-1]
	return &line[len(line)-1]
}

func (w *Writer) put(b []byte) {
	if w.err != nil || len(b) == 0 {
		return
	}
	n, err := w.out.Write(b)
	if w.err = err; err == nil && n != len(b) {
		w.err = io.ErrShortWrite
	}
}

// fill writes n bytes c.
func (w *Writer) fill(c byte, n int) {
	var b [16]byte
	for i := range b {
		b[i] = c
	}
	for ; n > 0; n -= len(b) {
		w.put(b[:min(n, len(b))])
	}
}

// pad fills what a cell of width have lacks to want.
func (w *Writer) pad(have, want int, tabs bool) {
	if w.padchar != '\t' && !tabs {
		w.fill(w.padchar, want-have)
		return
	}
	if w.tabwidth > 0 {
		// A tab goes to the next multiple of its width.
		stop := (want + w.tabwidth - 1) / w.tabwidth * w.tabwidth
		w.fill('\t', (stop-have+w.tabwidth-1)/w.tabwidth)
	}
}

// write writes lines in the widths found, and gives the text behind them.
func (w *Writer) write(text []byte, lines [][]cell, last bool) []byte {
	for i, line := range lines {
		indent := w.flags&TabIndent != 0
		for j, c := range line {
			if j > 0 && w.flags&Debug != 0 {
				w.fill('|', 1)
			}
			here := text[:c.size]
			text = text[c.size:]
			indent = indent && c.size == 0
			right := w.flags&AlignRight != 0 && c.size > 0
			if !right {
				w.put(here)
			}
			if j < len(w.widths) && j < len(line)-1 {
				w.pad(c.width, w.widths[j], indent)
			}
			if right {
				w.put(here)
			}
		}
		if !last || i < len(lines)-1 {
			w.fill('\n', 1)
		}
	}
	return text
}

// format writes lines that have all the columns in w.widths; blocks of lines with one more are formatted by themselves.
func (w *Writer) format(text []byte, lines [][]cell, last bool) []byte {
	column, from := len(w.widths), 0
	for i := 0; i < len(lines); {
		if len(lines[i]) <= column+1 {
			i++
			continue
		}
		text = w.write(text, lines[from:i], false)
		from = i
		width, nothing := w.minwidth, w.flags&DiscardEmptyColumns != 0
		for ; i < len(lines) && len(lines[i]) > column+1; i++ {
			c := lines[i][column]
			width = max(width, c.width+w.padding)
			nothing = nothing && c.width == 0 && !c.hard
		}
		if nothing {
			width = 0
		}
		w.widths = append(w.widths, width)
		text = w.format(text, lines[from:i], last && i == len(lines))
		w.widths = w.widths[:column]
		from = i
	}
	return w.write(text, lines[from:], last)
}

// emit writes all that is kept; the last line is not ended.
func (w *Writer) emit() {
	w.format(w.text, w.lines, true)
	w.reset()
}

// Flush writes what is kept; an escape that is open ends there.
func (w *Writer) Flush() error {
	if w.until != 0 {
		w.closeSpecial(false)
	}
	w.emit()
	err := w.err
	w.err = nil
	return err
}

// add takes bytes of the cell in, as wide as they have characters.
func (w *Writer) add(b []byte) {
	c := w.current()
	w.text = append(w.text, b...)
	c.size += len(b)
	c.width += utf8.RuneCount(b)
}

// closeSpecial ends a tag (no width), an entity (1) or an escape (without its marks).
func (w *Writer) closeSpecial(ended bool) {
	c := w.current()
	switch w.until {
	case ';':
		c.width++
	case Escape:
		b := w.text[len(w.text)-w.special:]
		if w.flags&StripEscape == 0 {
			b = b[1:]
			if ended {
				b = b[:len(b)-1]
			}
		}
		c.width += utf8.RuneCount(b)
	}
	w.until, w.special = 0, 0
}

// Write takes text in; it is written when its columns are known.
func (w *Writer) Write(buf []byte) (n int, err error) {
	done := 0
	for i, c := range buf {
		if w.until != 0 {
			if c == w.until {
				keep := i + 1
				if c == Escape && w.flags&StripEscape != 0 {
					keep = i
				}
				w.raw(buf[done:keep])
				done = i + 1
				w.closeSpecial(true)
			}
			continue
		}
		html := w.flags&FilterHTML != 0
		switch {
		case c == '\t' || c == '\v' || c == '\n' || c == '\f':
			w.add(buf[done:i])
			done = i + 1
			last := len(w.lines) - 1
			if c == '\t' || c == '\v' {
				w.current().hard = c == '\t'
				w.lines[last] = append(w.lines[last], cell{})
				continue
			}
			alone := len(w.lines[last]) == 1
			w.lines = append(w.lines, []cell{{}})
			if c == '\f' || alone {
				// No column goes on from here.
				w.emit()
				if c == '\f' && w.flags&Debug != 0 {
					w.put([]byte("---\n"))
				}
			}
		case c == Escape || html && (c == '<' || c == '&'):
			w.add(buf[done:i])
			done = i
			switch c {
			case '<':
				w.until = '>'
			case '&':
				w.until = ';'
			default:
				w.until = Escape
				if w.flags&StripEscape != 0 {
					done++
				}
			}
		}
		if w.err != nil {
			err, w.err = w.err, nil
			return i, err
		}
	}
	if w.until != 0 {
		w.raw(buf[done:])
	} else {
		w.add(buf[done:])
	}
	return len(buf), nil
}

// raw takes bytes of a special text in, of no width yet.
func (w *Writer) raw(b []byte) {
	w.text = append(w.text, b...)
	w.current().size += len(b)
	w.special += len(b)
}
