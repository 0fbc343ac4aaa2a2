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

// fieldsOf collects the values that stand beside a code: what the spec's own groups hold, then for every other
// key the value nearest to the code in its record.
func (w *worker) fieldsOf(f *found, in *Input, fields *fieldSet) tally.Fields {
	var out tally.Fields
	set := func(key string, value []byte) {
		if !fields.all && !isCounted(key) {
			return
		}
		if v := clean(value); v != "" && out.Get(key) == "" {
			out = append(out, tally.Field{Key: key, Value: v})
		}
	}
	s := &w.x.specs[f.c.spec]
	groups := f.c.groups
	if fields.all {
		groups = s.groups(f.line.Buf, &f.c)
	}
	own(s.re.names, groups, f.line.Buf[f.c.lit:], set)
	if fields.all && f.c.event == "" && out.Get(tally.KeyMessage) == "" {
		if text, paired := w.judge.message(f.line.Buf, &f.c, f.ruling.lo, f.ruling.hi); paired {
			set(tally.KeyMessage, []byte(messageEnd(string(text))))
		}
	}
	w.nearest(f, fields, set)
	if out.Get(tally.KeyHost) == "" && in.Host != "" {
		out = append(out, tally.Field{Key: tally.KeyHost, Value: in.Host})
	}
	slices.SortFunc(out, func(a, b tally.Field) int { return strings.Compare(a.Key, b.Key) })
	return out
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

// nearest runs the field patterns over the record and sets, for each key, the value that stands
// nearest to the code.
func (w *worker) nearest(f *found, fields *fieldSet, set func(string, []byte)) {
	type value struct {
		key  string
		text []byte
		dist int
	}
	var best []value
	buf, lo, hi := f.line.Buf, f.ruling.lo, f.ruling.hi
	w.hits = fields.lits.Append(w.hits[:0], buf[:hi], lo, hi)
	for _, h := range w.hits {
		fd := &fields.fields[fields.owner[h.Lit]]
		if fd.before != nil && !w.run.endsWith(fd.before, buf[max(lo, h.Pos-beforeReach):h.Pos]) {
			continue
		}
		m := w.run.find(fd.re, buf[h.Pos:min(hi, h.Pos+patternReach)])
		if m == nil {
			continue
		}
		dist := max(h.Pos-f.c.at, f.c.at-h.Pos)
		own(fd.re.names, m, buf[h.Pos:], func(key string, text []byte) {
			i := slices.IndexFunc(best, func(v value) bool { return v.key == key })
			switch {
			case i < 0:
				best = append(best, value{key, text, dist})
			case dist < best[i].dist:
				best[i] = value{key, text, dist}
			}
		})
	}
	for _, v := range best {
		set(v.key, v.text)
	}
}

// clean trims what surrounds a value in logs, and bounds it.
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
	return string(bytes.TrimSpace(b))
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
