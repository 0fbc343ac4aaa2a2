package envelope

import (
	"bytes"
	"encoding/binary"
)

// journalExport is the framer of journalctl -o export: fields as KEY=value lines, or where a value is no plain line as
// KEY, the length of the value in eight bytes and the value; entries are apart by a blank line. Source: systemd,
// "Journal Export Formats".
type journalExport struct {
	u       unwrapper
	when    moment
	host    string
	text    []byte // of the entry
	extra   []byte // its fields that could present a result, as members of JSON
	spoken  bool   // it has a message
	passing uint64 // bytes of a value that is too long to be held
	shown   bool   // that value is the message
	long    bool   // in a line that is too long to be held
}

// isJournalExport reports whether a head begins as journalctl -o export does.
func isJournalExport(head []byte) bool {
	head = bytes.TrimLeft(head, "\n")
	return bytes.HasPrefix(head, []byte("__CURSOR=")) && bytes.Contains(head, []byte("\n__REALTIME_TIMESTAMP="))
}

func (j *journalExport) step(r *Reader) bool {
	switch {
	case j.passing > 0:
		j.pass(r)
		return true
	case j.long:
		piece, end := r.feed.lineEnd()
		r.out.goOn(piece)
		r.feed.skip(len(piece))
		j.long = !end
		return true
	}
	line, whole := r.feed.line()
	if len(line) == 0 {
		j.entry(r)
		return false
	}
	if !whole {
		j.entry(r)
		if r.out.settled() {
			r.report.Strays++
			r.out.raw(nil)
			j.long = true
		}
		return true
	}
	j.field(r, line)
	return true
}

// field takes a field, which begins with a line.
func (j *journalExport) field(r *Reader, line []byte) {
	b := chomp(line)
	if len(b) == 0 {
		j.entry(r)
		r.feed.skip(len(line))
		return
	}
	key, value, text := bytes.Cut(b, []byte("="))
	switch {
	case !isFieldName(key):
		r.stray(line)
		r.feed.skip(len(line))
	case text:
		j.set(r, key, value)
		r.feed.skip(len(line))
	default:
		j.binary(r, len(key), len(line))
	}
}

// binary takes a field whose value follows its length.
func (j *journalExport) binary(r *Reader, keyLen, lineLen int) {
	b := r.feed.atLeast(lineLen + 8)
	if len(b) < lineLen+8 {
		j.cutShort(r, b)
		return
	}
	size := binary.LittleEndian.Uint64(b[lineLen:])
	if size > maxElement/2 {
		shown := string(b[:keyLen]) == "MESSAGE"
		if size > maxValue {
			r.stray(b[:lineLen])
			r.problem("journal export: no length behind a field, at byte %d", r.feed.off)
			r.feed.skip(lineLen)
			return
		}
		if !shown || r.out.settled() {
			if shown {
				r.open(j.when, j.host)
			}
			j.passing, j.shown = size, shown
			r.feed.skip(lineLen + 8)
		}
		return
	}
	n := lineLen + 8 + int(size)
	if b = r.feed.atLeast(n); len(b) < n {
		j.cutShort(r, b)
		return
	}
	j.set(r, b[:keyLen], b[lineLen+8:n])
	if len(b) == n {
		b = r.feed.atLeast(n + 1)
	}
	if len(b) > n && b[n] == '\n' {
		n++
	}
	r.feed.skip(n)
}

// maxValue is how long a value may say that it is: no journal has larger ones.
const maxValue = 1 << 30

// pass takes a piece of a long value.
func (j *journalExport) pass(r *Reader) {
	if r.feed.ended() {
		r.problem("journal export is cut short in a field")
		j.passing = 0
		return
	}
	b := r.feed.rest()
	b = b[:min(uint64(len(b)), j.passing)]
	if j.shown {
		r.out.goOn(b)
	}
	r.feed.skip(len(b))
	if j.passing -= uint64(len(b)); j.passing == 0 && j.shown {
		r.out.goOn([]byte{'\n'})
	}
}

// cutShort gives out what is left of the input, which ends in a field.
func (j *journalExport) cutShort(r *Reader, b []byte) {
	r.problem("journal export is cut short in a field, at byte %d", r.feed.off)
	n := len(b)
	r.stray(b)
	r.feed.skip(n)
}

// set takes the value of a field.
func (j *journalExport) set(r *Reader, key, value []byte) {
	switch string(key) {
	case "MESSAGE":
		if len(j.text)+len(value) > maxElement {
			j.entry(r) // nobody logs so many messages at once
		}
		if j.spoken {
			j.text = append(j.text, '\n')
		}
		j.text, j.spoken = append(j.text, value...), true
	case "__REALTIME_TIMESTAMP":
		j.when = readMoment(value)
	case "_HOSTNAME":
		j.host = j.u.host.of(value)
	default:
		if key[0] != '_' && string(key) != "ERRNO" && len(j.extra) < maxElement && namesResult(key) > 0 {
			j.extra = appendMember(j.extra, key, value)
		}
	}
}
