package envelope

// table is the framer of CSV and TSV with a header row. Where a column holds the message, that is what was logged;
// without one a row becomes a line of its cells, a tab between them.
type table struct {
	delim   byte
	columns columns
	row     row
	u       unwrapper
	cell    []byte
	headed  bool  // the header row was read
	single  int64 // up to this offset rows are lines: a quote is open that is never closed
	long    bool  // in a line that is too long to be held
}

// columns says what the columns of a table are.
type columns struct {
	names   [][]byte
	roles   []name
	message int // -1 for none
	times   []int
	host    int // -1 for none
}

func (t *table) step(r *Reader) bool {
	if t.long {
		piece, end := r.feed.lineEnd()
		r.out.goOn(piece)
		r.feed.skip(len(piece))
		t.long = !end
		return true
	}
	if r.feed.ended() {
		return false
	}
	b, v := t.next(r)
	switch {
	case v == complete && !t.headed && len(t.row.cells) > 1:
		t.headed = true
		t.columns = columnsOf(&t.row)
		r.feed.skip(t.row.size)
	case v == complete && t.headed && len(t.row.cells) == len(t.columns.names):
		t.record(r)
		r.feed.skip(t.row.size)
	case v == complete && len(t.row.cells) == 1 && len(t.row.cells[0].text) == 0:
		r.feed.skip(t.row.size) // a blank line
	default:
		if v == goesOn {
			t.single = r.feed.off + int64(len(b))
		}
		t.stray(r)
	}
	return true
}

// next reads the next row. It goes on when a quote is not closed in what can be held.
func (t *table) next(r *Reader) (b []byte, v verdict) {
	if r.feed.off < t.single {
		line, whole := r.feed.line()
		if v = t.row.read(line, t.delim, true); v == goesOn || !whole {
			v = broken
		}
		return line, v
	}
	for n := 1 << 10; ; n *= 2 {
		b = r.feed.atLeast(n)
		over := len(b) < n && r.feed.err != nil
		v = t.row.read(b, t.delim, over)
		if v != goesOn || over || r.feed.full() {
			return b, v
		}
	}
}

// stray passes on the line that comes next.
func (t *table) stray(r *Reader) {
	line, whole := r.feed.line()
	if whole {
		r.stray(line)
		r.feed.skip(len(line))
		return
	}
	if r.out.settled() {
		r.report.Strays++
		r.out.raw(nil)
		t.long = true
	}
}

// record gives out a row.
func (t *table) record(r *Reader) {
	c, cells := &t.columns, t.row.cells
	m := moment{}
	for _, i := range c.times {
		t.cell = cells[i].appendTo(t.cell[:0])
		if next := readMoment(t.cell); next.zoned {
			m = next
			break
		} else if !m.known {
			m = next
		}
	}
	host := ""
	if c.host >= 0 {
		t.cell = cells[c.host].appendTo(t.cell[:0])
		host = t.u.host.of(t.cell)
	}
	if c.message < 0 {
		t.joined(r, m, host)
		return
	}
	t.u.text = cells[c.message].appendTo(t.u.text[:0])
	t.u.say(r, m, host, t.u.text)
	r.out.end()
	t.beside(r)
}

// beside gives out, as a line of JSON, the cells that could present a result which the message does not name.
func (t *table) beside(r *Reader) {
	news := beside{message: t.u.text}
	t.u.made = t.u.made[:0]
	for i := range t.row.cells {
		if i == t.columns.message || t.columns.roles[i] > endMessages && t.columns.roles[i] < endHosts {
			continue
		}
		least := namesResult(t.columns.names[i])
		if least == 0 {
			least = leastInText
			if !speaksOfCode(t.row.cells[i].text) {
				continue
			}
		}
		if t.cell = t.row.cells[i].appendTo(t.cell[:0]); news.addsNumber(t.cell, least) {
			t.u.made = appendMember(t.u.made, t.columns.names[i], t.cell)
		}
	}
	if len(t.u.made) > 0 {
		r.out.buf = append(append(append(r.out.buf, '{'), t.u.made...), "}\n"...)
	}
}

// joined gives out a row without a message. A number in a column that names a code has the name with it, without
// which it would be a number like others.
func (t *table) joined(r *Reader, m moment, host string) {
	r.open(m, host)
	for i, c := range t.row.cells {
		if i > 0 {
			r.out.buf = append(r.out.buf, '\t')
		}
		if name := t.columns.names[i]; len(c.text) < maxKey && isNumber(c.text) && namesResult(name) > 0 {
			r.out.buf = append(append(r.out.buf, name...), ": "...)
		}
		r.out.buf = c.appendTo(r.out.buf)
	}
	r.out.end()
}

func isNumber(b []byte) bool {
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
	}
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}
