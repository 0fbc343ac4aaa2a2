package scanner

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// valueReach bounds how much of a value is kept, in bytes.
const valueReach = 512

// A fieldSet finds values that stand beside codes.
type fieldSet struct {
	fields []field
	lits   *literal.Set
	owner  []int // literal → field
	all    bool  // fields that nobody counts are wanted too
}

func newFieldSet(fields []field, all bool) (*fieldSet, error) {
	s := &fieldSet{fields: fields, all: all}
	var lits []string
	for i, f := range fields {
		for _, l := range f.literals {
			lits, s.owner = append(lits, l), append(s.owner, i)
		}
	}
	var err error
	s.lits, err = literal.New(lits)
	return s, err
}

// fieldsOf collects the values that stand beside a code: what the spec's own groups hold, then for every other
// key the value nearest to the code in its record.
func (w *worker) fieldsOf(f *found, fields *fieldSet) tally.Fields {
	at := len(w.fields)
	set := func(key string, value []byte) {
		if !fields.all && !isCounted(key) {
			return
		}
		if w.run.trace != nil && len(value) > valueReach {
			w.run.trace.noteAll() // of where it is cut
		}
		if v := clean(value); v != "" && tally.Fields(w.fields[at:]).Get(key) == "" {
			w.fields = append(w.fields, tally.Field{Key: key, Value: v})
		}
	}
	s := &w.x.specs[f.c.spec]
	if fields.all || slices.ContainsFunc(s.re.names, isCounted) {
		own(s.re.names, w.run.groups(s, f.line.Buf, &f.c), f.line.Buf[f.c.lit:], set)
	}
	if fields.all && f.c.event == "" && !f.c.saysMessage(s) && tally.Fields(w.fields[at:]).Get(tally.KeyMessage) == "" {
		if m := w.judge.message(f.line.Buf, &f.c, f.ruling.lo, f.ruling.hi); m.how != absent {
			set(tally.KeyMessage, []byte(messageEnd(string(w.judge.text(&m)))))
		}
	}
	w.nearest(f, fields, set)
	if fields := w.fields[at:]; len(fields) > 1 {
		slices.SortFunc(fields, func(a, b tally.Field) int { return strings.Compare(a.Key, b.Key) })
	}
	return w.fields[at:len(w.fields):len(w.fields)]
}

// withHost adds the host that the line comes from, if the record names none. The fields are the last ones of the worker.
func (w *worker) withHost(fields tally.Fields, host string) tally.Fields {
	if host == "" || fields.Get(tally.KeyHost) != "" {
		return fields
	}
	i, _ := slices.BinarySearchFunc(fields, tally.KeyHost, func(f tally.Field, key string) int { return strings.Compare(f.Key, key) })
	at := len(w.fields) - len(fields)
	w.fields = slices.Insert(w.fields, at+i, tally.Field{Key: tally.KeyHost, Value: host})
	return w.fields[at:len(w.fields):len(w.fields)]
}

// isCounted reports whether a tally counts the values of a key.
func isCounted(key string) bool {
	return key == tally.KeyUser || key == tally.KeyAPI || key == tally.KeyHost || key == tally.KeyVersion
}

// own sets the values of a pattern's named groups.
func own(names []string, groups []int, text []byte, set func(string, []byte)) {
	for i, name := range names {
		if name != "" && name != "code" && name != "event" && groups[2*i] >= 0 {
			set(name, text[groups[2*i]:groups[2*i+1]])
		}
	}
}

// nearest sets, for each key that a field pattern finds in the record, the value that stands nearest to the code.
func (w *worker) nearest(f *found, fields *fieldSet, set func(string, []byte)) {
	var room [16]value
	best := room[:0]
	for _, v := range w.values(f, fields) {
		i := slices.IndexFunc(best, func(o value) bool { return o.key == v.key })
		switch {
		case i < 0:
			best = append(best, v)
			continue
		case v.far(f) < best[i].far(f): // of two as near the first one counts
			best[i] = v
		}
		if w.run.trace != nil {
			w.run.trace.noteAll() // which one is nearer depends on what stands between
		}
	}
	for i := range best {
		set(best[i].key, f.line.Buf[best[i].lo:best[i].hi])
	}
}

// A value is what a field pattern found: buf[lo:hi], its literal at pos.
type value struct {
	key         string
	pos, lo, hi int
}

// far is how far a value stands from the code.
func (v *value) far(f *found) int { return max(v.pos-f.c.at, f.c.at-v.pos) }

// A fieldMemo keeps the values of one record: those whose literal begins in buf[from:to]. The codes of a long line
// then share them.
type fieldMemo struct {
	fields   *fieldSet
	record   int // where the record begins, or -2 less the line break before a line that is longer than a window
	from, to int
	values   []value // by position
	hits     []literal.Hit
}

// values returns the values around a code, by position.
func (w *worker) values(f *found, fields *fieldSet) []value {
	m, lo, hi := &w.beside, f.ruling.lo, f.ruling.hi
	record := f.line.RecLo
	if !f.line.Whole {
		record = -2 - f.line.brk
	}
	if m.fields != fields || m.record != record || lo < m.from || lo > m.to {
		*m = fieldMemo{fields: fields, record: record, from: lo, to: lo, values: m.values[:0], hits: m.hits}
	}
	if hi > m.to {
		w.findValues(f, fields, m.to, hi)
		m.to = hi
	}
	first, _ := slices.BinarySearchFunc(m.values, lo, func(v value, at int) int { return v.pos - at })
	last, _ := slices.BinarySearchFunc(m.values, hi, func(v value, at int) int { return v.pos - at })
	return m.values[first:last]
}

// findValues runs the field patterns whose literal begins in buf[lo:hi].
func (w *worker) findValues(f *found, fields *fieldSet, lo, hi int) {
	buf := f.line.Buf[:max(f.line.RecHi, hi)]
	hits := fields.lits.AppendBy(w.beside.hits[:0], f.line.Buf, lo, hi, len(buf))
	w.beside.hits = hits
	for _, h := range hits {
		fd := &fields.fields[fields.owner[h.Lit]]
		if fd.before != nil && !w.run.endsWith(fd.before, buf[max(0, f.line.RecLo, h.Pos-beforeReach):h.Pos]) {
			continue
		}
		m := w.run.find(fd.re, buf[h.Pos:min(len(buf), h.Pos+patternReach)])
		if m == nil {
			continue
		}
		for i, name := range fd.re.names {
			if name != "" && m[2*i] >= 0 {
				w.beside.values = append(w.beside.values, value{name, h.Pos, h.Pos + m[2*i], h.Pos + m[2*i+1]})
			}
		}
	}
}

// clean trims what surrounds a value in logs, and bounds it. It returns a [view].
func clean(b []byte) string {
	b = bytes.Trim(bytes.TrimSpace(b), `"'\`+"`")
	b = b[:min(len(b), valueReach)]
	for n := 0; n < utf8.UTFMax && len(b) > 0; n++ {
		// A cut inside a rune takes the rest of it along.
		if r, size := utf8.DecodeLastRune(b); r != utf8.RuneError || size != 1 {
			break
		}
		b = b[:len(b)-1]
	}
	return view(bytes.TrimSpace(b))
}

// messageEnd cuts the text behind a message key where the message ends.
func messageEnd(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if q := s[0]; q == '"' || q == '\'' {
		if i := strings.IndexByte(s[1:], q); i >= 0 {
			return strings.TrimSuffix(s[1:1+i], `\`)
		}
	}
	for _, end := range []string{"|", `\"`, `",`, `"}`, "',", "'}", ", data", "\t"} {
		if i := strings.Index(s, end); i > 0 {
			s = s[:i]
		}
	}
	return strings.TrimRight(s, " ,;}\"')")
}

// levelReach is how far into a line a level may stand, in bytes.
const levelReach = 160

// levelWords are the levels of common loggers, folded.
var levelWords = []string{
	"fatal", "critical", "crit", "error", "err", "warning", "warn", "notice", "info", "debug", "trace", "verbose",
}

// level returns the level of a line as the line spells it, or "": a word, or the single letter of the native SDK,
// logcat and klog.
func level(line []byte) string {
	line = line[:min(len(line), levelReach)]
	if len(line) > 5 && strings.IndexByte("IWEF", line[0]) >= 0 && digits(line[1:5]) && line[5] == ' ' {
		return string(line[:1])
	}
	for from := 0; from < len(line); {
		if !isLetter(line[from]) {
			from++
			continue
		}
		to := from
		for to < len(line) && isWordByte(line[to]) {
			to++
		}
		w := line[from:to]
		switch {
		case len(w) == 1 && strings.IndexByte("VDIWEF", w[0]) >= 0 && bounded(line, from, to),
			len(w) <= len("critical") && slices.Contains(levelWords, strings.ToLower(string(w))):
			return string(w)
		}
		from = to
	}
	return ""
}

// bounded reports whether a single letter stands as a level does: between spaces, slashes or bars, or before
// the bracket of logcat's brief form.
func bounded(line []byte, from, to int) bool {
	left := from == 0 || strings.IndexByte(" /|", line[from-1]) >= 0
	right := to == len(line) || strings.IndexByte(" /|(", line[to]) >= 0
	return left && right
}
