package envelope

import "bytes"

// columnsOf reads a header row.
func columnsOf(r *row) columns {
	c := columns{message: -1, host: -1}
	for i := range r.cells {
		column := r.cells[i].appendTo(nil)
		n := names[string(column)]
		if n == kNone {
			n = names[string(bytes.ToLower(column))]
		}
		c.names, c.roles = append(c.names, column), append(c.roles, n)
		switch {
		case n == kNone:
		case n < endMessages:
			if c.message < 0 || n < c.roles[c.message] {
				c.message = i
			}
		case n < endTimes:
			c.times = append(c.times, i)
		case n < endHosts:
			if c.host < 0 || n < c.roles[c.host] {
				c.host = i
			}
		}
	}
	return c
}

// detectTable recognises a table by its header row, which names columns as exports do, and by rows of as many cells
// below it.
//
// A log whose lines have commas has no such row. One row is enough where the header names both a message and a time;
// else there are two.
func detectTable(head []byte, whole bool) Format {
	head = bytes.TrimLeft(head, "\r\n")
	end := bytes.IndexByte(head, '\n')
	if end < 0 {
		return None
	}
	for _, kind := range []struct {
		format Format
		delim  byte
	}{{CSV, ','}, {TSV, '\t'}} {
		var r row
		if bytes.IndexByte(head[:end], kind.delim) < 0 || r.read(head, kind.delim, whole) != complete {
			continue
		}
		c := columnsOf(&r)
		if !c.plausible() {
			continue
		}
		if hasRows(head[r.size:], kind.delim, whole, &c) {
			return kind.format
		}
	}
	return None
}

// plausible reports whether the columns could be those of an export: short names, none twice, no sentences, and a
// message or a time among them.
func (c *columns) plausible() bool {
	seen := make(map[string]bool, len(c.names))
	for _, n := range c.names {
		if seen[string(n)] || !isColumn(n) {
			return false
		}
		seen[string(n)] = true
	}
	return len(c.names) > 1 && (c.message >= 0 || len(c.times) > 0)
}

// hasRows reports whether enough rows follow the header, and all of its width. The last one may be cut off.
func hasRows(b []byte, delim byte, whole bool, c *columns) bool {
	var r row
	rows := 0
	for len(b) > 0 && rows < maxLooked {
		v := r.read(b, delim, whole)
		if v == goesOn && rows > 0 {
			break
		}
		if v == goesOn && !whole && c.message >= 0 {
			rows = 2 // it is long, and so is its message
			break
		}
		if v != complete {
			return false
		}
		b = b[r.size:]
		if len(r.cells) == 1 && len(r.cells[0].text) == 0 {
			continue
		}
		if len(r.cells) != len(c.names) {
			return false
		}
		rows++
	}
	return rows >= 2 || rows == 1 && c.message >= 0 && len(c.times) > 0
}

// isColumn reports whether a name could be that of a column. Those of log services begin with two underscores and may
// have colons.
func isColumn(n []byte) bool {
	switch {
	case len(n) == 0, len(n) > 64, isDigit(n[0]), n[0] == '-', isBlank(n[0]), bytes.Count(n, []byte(" ")) > 1:
		return false
	}
	return !bytes.ContainsAny(n, "\n=:{}[]\"") || bytes.HasPrefix(n, []byte("__"))
}
