// Package live keeps the picture of what goes on while logs are followed: rates, the codes of now,
// verdicts that stand, the newest findings, the state of the inputs.
//
// Whoever follows tells a [State] what happens; whoever shows asks it for a [Snapshot] when it wants to
// draw, and whoever measures for its [Totals]. However much comes, the State stays bounded. It counts by
// arrival, on a clock that is handed in: what a report says about a log by its own times is the business
// of package tally, and comes from there.
package live

import (
	"sync"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// Options say what a [State] works with.
type Options struct {
	Now      func() time.Time // the clock of arrival; nil stands for time.Now
	Catalog  *catalog.Catalog // nil stands for the one that comes with the program
	Rules    *rules.Set       // those whose transitions come; nil for none
	Redactor *redact.Redactor // for the texts of findings
}

// A State is what goes on. Make one with [New]. It is safe for concurrent use.
type State struct {
	now      func() time.Time
	started  time.Time
	redactor *redact.Redactor

	mu       sync.Mutex
	catalog  *catalog.Catalog
	rules    *rules.Set
	lines    int64
	findings int64
	ok       int64
	marks    marks
	classes  map[catalog.Class]*rate
	codes    codes
	newest   newest
	verdicts verdicts
	inputs   []InputRow
	turns    int64    // rotations of all inputs, those that have gone too
	notes    []string // the newest last
}

// A rate counts the findings of a class.
type rate struct {
	total        int64
	spark, pulse buckets
}

// New returns a State that has seen nothing. It starts no goroutine.
func New(o Options) *State {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &State{now: o.Now, started: o.Now(), redactor: o.Redactor, classes: make(map[catalog.Class]*rate)}
	for _, c := range catalog.Classes() {
		s.classes[c] = &rate{spark: buckets{step: SparkStep}, pulse: buckets{step: PulseStep}}
	}
	s.codes = newCodes()
	s.verdicts = newVerdicts()
	s.marks = make(marks)
	for _, e := range tally.Events() {
		s.marks[e.Name] = 0
	}
	s.Reload(o.Catalog, o.Rules)
	return s
}

// Reload takes another catalog and other rules from now on and keeps what was counted. Nil means what it
// means in [Options].
func (s *State) Reload(c *catalog.Catalog, set *rules.Set) {
	if c == nil {
		c = catalog.Builtin()
	}
	if set == nil {
		set = new(rules.Set)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalog, s.rules = c, set
	s.codes.announce(c)
	s.verdicts.announce(set)
}

// Restore begins with the counts of an earlier run, so that the totals go on where they were. It is for
// a State that has seen nothing yet.
func (s *State) Restore(sum *tally.Summary) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines, s.findings, s.ok = sum.Totals.Lines, sum.Totals.Findings, sum.Totals.OK
	for _, m := range sum.Marks {
		s.marks.add(m.Event, m.Count)
	}
	for _, c := range sum.Classes {
		if r := s.classes[c.Class]; r != nil {
			r.total = c.Findings
		}
	}
	for _, list := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range list {
			s.codes.restore(&list[i])
		}
	}
	s.codes.restoreOther(sum.UnknownOther)
}

// Users takes how many users each code has from the tally, which counts them.
func (s *State) Users(sum *tally.Summary) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, list := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range list {
			s.codes.countUsers(&list[i])
		}
	}
}

// Lines counts lines that were read.
func (s *State) Lines(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines += n
}

// Finding counts a finding and remembers it as the newest one. Nothing of f is kept.
func (s *State) Finding(f *tally.Finding) {
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings++
	if r := s.classes[classOf(f.Entry)]; r != nil {
		r.total++
		r.spark.add(now, 1)
		r.pulse.add(now, 1)
	}
	s.codes.add(f, now)
	s.newest.add(f, s.findings)
}

// Mark counts a mark: a result with code 0 as OK, others by their event. Nothing of m is kept.
func (s *State) Mark(m *tally.Mark) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch m.Event {
	case tally.MarkOK:
		s.ok++
	case tally.MarkSession: // belongs to its input, and is counted nowhere
	default:
		s.marks.add(m.Event, 1)
	}
}

// Inputs replaces the state of all inputs.
func (s *State) Inputs(rows []InputRow) {
	kept := make([]InputRow, len(rows))
	for i, r := range rows {
		r.Name, r.Problem = report.Sanitize(r.Name), report.Sanitize(r.Problem)
		kept[i] = r
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := make(map[string]int64, len(s.inputs))
	for i := range s.inputs {
		before[s.inputs[i].Name] = s.inputs[i].Rotations
	}
	for i := range kept {
		s.turns += max(kept[i].Rotations-before[kept[i].Name], 0)
	}
	s.inputs = kept
}

// Note keeps a sentence for whoever looks, once, and the newest ones of many.
func (s *State) Note(text string) {
	text = cut(report.Sanitize(text))
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, n := range s.notes {
		if n == text {
			s.notes = append(s.notes[:i], s.notes[i+1:]...)
			break
		}
	}
	s.notes = append(s.notes, text)
	if extra := len(s.notes) - MaxNotes; extra > 0 {
		s.notes = append(s.notes[:0], s.notes[extra:]...)
	}
}

// classOf returns the class of what a catalog says, or says not.
func classOf(e *catalog.Entry) catalog.Class {
	if e == nil {
		return catalog.Error
	}
	return e.Class
}

// Started returns when the State was made.
func (s *State) Started() time.Time { return s.started }
