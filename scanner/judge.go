package scanner

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// evidenceReach bounds the part of a record that is looked at around a code, in bytes.
const evidenceReach = 4 << 10

// A candidate is a number that a spec's pattern found, before it is judged.
type candidate struct {
	spec    int
	lit     int // where the literal begins
	at, end int // the number, in the block; for a mark the whole match
	code    int
	groups  []int // submatches of the pattern, relative to lit
	event   string
}

// before orders candidates by position, then rank.
func (c *candidate) before(o *candidate) bool {
	return c.at < o.at || c.at == o.at && c.spec < o.spec
}

// A ruling says why a candidate is a finding or not. Reasons are collected only for people.
type ruling struct {
	points  int
	entry   *catalog.Entry
	others  []catalog.Family
	family  catalog.Family
	missing string // the evidence without which nothing counts
	lo, hi  int    // the part of the record that was looked at
	reasons *[]string
}

func (v *ruling) accepted() bool { return v.missing == "" && v.points >= Threshold }

func (v *ruling) add(points int, format string, args ...any) {
	v.points += points
	if v.reasons != nil && points != 0 {
		*v.reasons = append(*v.reasons, fmt.Sprintf("%+d %s", points, fmt.Sprintf(format, args...)))
	}
}

// A judge weighs candidates of one block. It is not safe for concurrent use.
type judge struct {
	x      *Extractor
	run    *runner
	base   int64 // of the block in the input
	hits   []literal.Hit
	lo, hi int    // the record whose evidence is known
	mask   uint64 // that evidence
	known  [1 << knownBits]answer
}

// knownBits makes room for the shapes, words and codes of an ordinary log.
const knownBits = 9

// An answer is remembered until another question needs its place.
type answer struct {
	asked bool
	question
	ruling
}

// A question is all that the number and the words of a record bear upon; its answers repeat.
type question struct {
	mask uint64
	spec int
	code int
	// event is set for a mark, of which the number does not count.
	event bool
}

// place is where the answer is remembered.
func (q *question) place() uint64 {
	return (q.mask ^ uint64(q.code)<<20 ^ uint64(q.spec)<<52) * 0x9E3779B97F4A7C15 >> (64 - knownBits)
}

// weigh adds up what speaks for c in the record buf[lo:hi].
func (j *judge) weigh(buf []byte, c *candidate, lo, hi int, reasons *[]string) ruling {
	recLo, recHi := min(lo, c.lit), max(hi, c.end)
	s := &j.x.specs[c.spec]
	v := ruling{reasons: reasons}
	// A pattern over several lines may begin above the record of its code.
	lo, hi = max(min(lo, c.lit), c.at-evidenceReach), min(max(hi, c.end), c.end+evidenceReach)
	v.lo, v.hi = lo, hi
	mask := j.evidence(buf, j.grid(lo, -1, recLo), j.grid(hi, 1, recHi))
	q := question{mask, c.spec, c.code, c.event != ""}
	if reasons == nil {
		v = j.answer(q)
		v.lo, v.hi = lo, hi
	} else {
		j.count(&v, q)
	}
	if q.event {
		return v
	}
	if reasons == nil && (v.missing != "" || v.points >= Threshold || v.points+j.help(v.entry) < Threshold) {
		return v // nothing else that could speak for it changes anything
	}
	m := j.message(buf, c, lo, hi)
	if s.message > 0 {
		if groups := j.run.groups(s, buf, c); c.saysMessage(s) {
			// What the pattern took may stand on either side of the number.
			m = message{buf[c.lit : c.lit+groups[1]], taken}
		}
	}
	if m.how != absent {
		v.add(pairWorth, "a message beside it")
	}
	if v.entry == nil || v.points >= Threshold {
		return v
	}
	if t := j.run.trace; t != nil {
		t.noteLetters()
		if slices.ContainsFunc(v.entry.Symbols, func(s string) bool { return strings.ContainsAny(s, "0123456789") }) {
			t.noteBytes(lo, hi)
		}
	}
	if symbol := j.symbol(buf[lo:hi], v.entry); symbol != "" {
		v.add(symbolWorth, "symbol %s", symbol)
		return v
	}
	text := j.text(&m)
	v.add(j.x.agree.points(v.entry, string(text[:min(len(text), 2*agreeReach)]), m.how != absent), "the message says what the catalog says")
	return v
}

// help is the most that a message and a symbol can add for a number of that sense, nil for none.
func (j *judge) help(e *catalog.Entry) int {
	switch {
	case e == nil:
		return pairWorth
	case len(e.Symbols) == 0:
		return pairWorth + agreeWorth
	}
	return pairWorth + max(agreeWorth, symbolWorth)
}

// answer counts what the number and the words of a record are worth, or remembers it.
func (j *judge) answer(q question) ruling {
	a := &j.known[q.place()]
	if !a.asked || a.question != q {
		*a = answer{asked: true, question: q}
		j.count(&a.ruling, q)
	}
	return a.ruling
}

// count adds up what the shape, the words of the record and the number are worth, and says what the number means.
func (j *judge) count(v *ruling, q question) {
	s := &j.x.specs[q.spec]
	if s.needs != 0 && s.needs&q.mask == 0 {
		v.missing = strings.Join(s.Needs, " or ")
	}
	v.add(s.weight, "shape %s", s.Name)
	j.x.evidence.weigh(q.mask, v)
	if q.event {
		return
	}
	families := j.x.evidence.families(q.mask, s.Family)
	v.family = catalog.App
	if len(families) > 0 {
		v.family = families[0]
	}
	known := false
	if entry, others := j.x.cat.Resolve(q.code, families...); entry != nil {
		v.entry, v.others = entry, others
		known = allows(entry, families)
	}
	if q.code == 0 {
		v.entry, v.others = nil, nil
		known = true
	}
	if !known {
		v.entry, v.others = nil, nil
	} else if v.entry != nil {
		v.family = v.entry.Family
	}
	v.add(worth(q.code, known, v.entry), "number %d", q.code)
}

// allows reports whether a record may present a code of the entry's family. Numbers that only push
// and the media engines use belong to other modules unless the evidence or the spec names them.
func allows(e *catalog.Entry, families []catalog.Family) bool {
	ours := append([]catalog.Family{catalog.SDK, catalog.Server, catalog.V3, catalog.Web, catalog.App}, families...)
	return slices.Contains(ours, e.Family) || slices.ContainsFunc(e.Also, func(f catalog.Family) bool { return slices.Contains(ours, f) })
}

// grid moves an end of the window for evidence outwards to a round offset of the input, not beyond the
// record. The codes of one record then share a window, and with it one search.
func (j *judge) grid(pos, outwards, bound int) int {
	const step = evidenceReach
	abs := j.base + int64(pos)
	if outwards < 0 {
		return max(bound, int(abs-abs%step-j.base))
	}
	return min(bound, int((abs+step-1)/step*step-j.base))
}

// evidence finds the groups of words in buf[lo:hi]; codes of one record ask in a row.
func (j *judge) evidence(buf []byte, lo, hi int) uint64 {
	if lo != j.lo || hi != j.hi {
		j.mask, j.hits = j.x.evidence.find(j.hits, buf, lo, hi)
		j.lo, j.hi = lo, hi
	}
	return j.mask
}

var constant = regexp.MustCompile(`\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b`)

// symbol returns a constant of the entry's that stands in the text, or "".
func (j *judge) symbol(text []byte, e *catalog.Entry) string {
	if len(e.Symbols) == 0 || bytes.IndexByte(text, '_') < 0 {
		return ""
	}
	for _, name := range constant.FindAll(text, 8) {
		for _, s := range e.Symbols {
			if s == string(name) {
				return s
			}
		}
	}
	return ""
}
