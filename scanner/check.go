package scanner

import (
	"fmt"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// Check runs the samples and rejects of a pack that the extractor was built with: every sample must
// give its codes (or the spec's event) through its own spec, and a reject nothing. The paths of its problems
// are those of the pack, such as extractors[2].samples[0].
func (x *Extractor) Check(p Pack) []Problem {
	var out []Problem
	report := func(path, format string, args ...any) {
		out = append(out, Problem{path, fmt.Sprintf(format, args...)})
	}
	for i, s := range p.Extractors {
		n := slices.IndexFunc(x.specs, func(o spec) bool { return o.Name == s.Name })
		for j, sample := range s.Samples {
			at := fmt.Sprintf("extractors[%d].samples[%d]", i, j)
			findings, marks := x.find(sample.Line)
			if s.Event != "" {
				k := slices.IndexFunc(marks, func(m *tally.Mark) bool { return m.Event == s.Event && m.Extractor == s.Name })
				if k < 0 {
					report(at, "the sample gives no event %q", s.Event)
				} else {
					checkFields(report, at, marks[k].Fields, sample.Fields)
				}
				continue
			}
			if !x.shapeMatches(n, sample.Line) {
				report(at, "the pattern does not match the sample where a literal begins")
				continue
			}
			if got := codesOf(findings); !slices.Equal(got, sample.Codes) {
				report(at, "the sample gives %v, want %v", got, sample.Codes)
				continue
			}
			checkFields(report, at, fieldsOfFirst(findings), sample.Fields)
		}
		for j, line := range s.Rejects {
			findings, marks := x.find(line)
			for _, f := range findings {
				if f.Extractor == s.Name {
					report(fmt.Sprintf("extractors[%d].rejects[%d]", i, j), "the line gives %d", f.Code)
				}
			}
			for _, m := range marks {
				if m.Extractor == s.Name && m.Event != tally.MarkOK {
					report(fmt.Sprintf("extractors[%d].rejects[%d]", i, j), "the line gives the event %s", m.Event)
				}
			}
		}
	}
	for i, f := range p.Fields {
		for j, sample := range f.Samples {
			// A code makes a record of the sample; the field's value must then come with it.
			findings, _ := x.find("TIM: error_code:70001|" + sample.Line)
			checkFields(report, fmt.Sprintf("fields[%d].samples[%d]", i, j), fieldsOfFirst(findings), sample.Fields)
		}
	}
	return out
}

// A Problem is a fault of a spec that only running it shows.
type Problem struct{ Path, What string }

func fieldsOfFirst(findings []*tally.Finding) tally.Fields {
	if len(findings) == 0 {
		return nil
	}
	return findings[0].Fields
}

func checkFields(report func(path, format string, args ...any), at string, have tally.Fields, want map[string]string) {
	keys := make([]string, 0, len(want))
	for k := range want {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if got := have.Get(k); got != want[k] {
			report(at, "field %s is %q, want %q", k, got, want[k])
		}
	}
}

// find returns what the extractor finds in a text of its own.
func (x *Extractor) find(text string) (findings []*tally.Finding, marks []*tally.Mark) {
	in := &Input{Name: "-", Zone: time.UTC}
	r := newWorker(x).scan(&Block{Buf: []byte(text), To: len(text)}, in)
	w := newWorker(x)
	for i := range r.events {
		if e := &r.events[i]; e.isMark() {
			var m tally.Mark
			w.mark(&m, e, r, in)
			w.detailMark(&m, e, r, in)
			marks = append(marks, m.Clone())
		} else {
			var f tally.Finding
			w.finding(&f, e, r, in)
			f.Level, f.Fields = w.detailOf(e, r, in)
			findings = append(findings, f.Clone())
		}
	}
	return findings, marks
}

// shapeMatches reports whether a spec's pattern matches anywhere in a text, whatever the evidence.
func (x *Extractor) shapeMatches(n int, text string) bool {
	w := newWorker(x)
	for _, h := range x.set.Append(nil, []byte(text), 0, len(text)) {
		if slices.Contains(x.sharers[h.Lit].specs, n) {
			if _, ok := w.match([]byte(text), n, h.Pos); ok {
				return true
			}
		}
	}
	return false
}

func codesOf(findings []*tally.Finding) []int {
	var out []int
	for _, f := range findings {
		if !slices.Contains(out, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}
