package envelope

import "bytes"

// A row is a record of a table: its cells, which are parts of its text, and how many bytes it takes with its break.
type row struct {
	cells []cell
	size  int
}

// A cell holds its text. If it was quoted, quotes in it are still doubled.
type cell struct {
	text   []byte
	quoted bool
}

// maxCells is how many cells a row may have.
const maxCells = 1024

// read reads the row that b begins with (RFC 4180). It goes on if b is over inside of it, which it is also if the last
// line has no break; end says that nothing follows b. Quotes count at the edges of a cell alone.
func (r *row) read(b []byte, delim byte, end bool) verdict {
	r.cells = r.cells[:0]
	for i := 0; ; i++ {
		if len(r.cells) == maxCells {
			return broken
		}
		from := i
		quoted := i < len(b) && b[i] == '"'
		if quoted {
			n := quoteEnd(b[i+1:])
			if n < 0 {
				return goesOn
			}
			from, i = i+1, i+1+n
			r.cells = append(r.cells, cell{b[from:i], true})
			i++
		} else {
			n := cellEnd(b[i:], delim)
			i += n
			if i == len(b) && !end {
				return goesOn
			}
			text := b[from:i]
			if i == len(b) || b[i] == '\n' {
				text = bytes.TrimSuffix(text, []byte("\r"))
			}
			r.cells = append(r.cells, cell{text, false})
		}
		if quoted && i < len(b) && b[i] == '\r' {
			i++
		}
		switch {
		case i == len(b) && !end:
			return goesOn
		case i == len(b):
			r.size = i
			return complete
		case b[i] == '\n':
			r.size = i + 1
			return complete
		case b[i] != delim:
			return broken
		}
	}
}

// quoteEnd returns where the quote is that closes a cell, -1 if it is not in b.
func quoteEnd(b []byte) int {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		if i+1 == len(b) || b[i+1] != '"' {
			return i
		}
		i += 2
	}
}

// cellEnd returns where a cell without quotes ends.
func cellEnd(b []byte, delim byte) int {
	n := bytes.IndexByte(b, '\n')
	if n < 0 {
		n = len(b)
	}
	if d := bytes.IndexByte(b[:n], delim); d >= 0 {
		return d
	}
	return n
}

// appendTo appends the text of a cell.
func (c cell) appendTo(dst []byte) []byte {
	if !c.quoted {
		return append(dst, c.text...)
	}
	b := c.text
	for {
		i := bytes.IndexByte(b, '"')
		if i < 0 || i+1 >= len(b) {
			return append(dst, b...)
		}
		dst, b = append(dst, b[:i+1]...), b[i+2:]
	}
}
