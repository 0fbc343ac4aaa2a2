package main

import (
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// maxWhy is how many findings and marks of a text are traced.
const maxWhy = 100

// why is the wiring of a trace: sources → scanner → tally and records → rules → page.
func (a *app) why(ctx context.Context, o *whyOptions, t *whyTarget) (err error) {
	target, err := o.format.target()
	if err != nil {
		return err
	}
	p, err := t.plan(a, o)
	if err != nil {
		return err
	}
	records := newRecords()
	defer func() { err = cmp.Or(err, records.Close()) }()
	counting := p.tallyOptions(0)
	counting.Records = records
	sink := &whySink{target: t, batchSink: batchSink{filter: p.filter, tally: tally.New(counting), recorder: newRecorder(p.rules, p.redactor)}}
	progress, done := a.progress(&o.options)
	s := scanner.Scanner{Extractor: p.extractor, Jobs: o.jobs, Progress: progress}
	err = s.Scan(ctx, p.inputs.Expand(t.paths), sink)
	done()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return &exitError{code: exitInterrupt, err: errors.New("interrupted: a trace needs the whole log")}
	}
	if err != nil {
		return err
	}
	w, err := sink.trace(p)
	if err != nil {
		return err
	}
	incomplete := false
	for _, in := range w.sum.Inputs {
		if !in.Complete {
			incomplete = true
			a.warn("%s: %s", in.Name, in.Problem)
		}
	}
	switch {
	case len(w.lines) > 0:
	case incomplete && !o.allowIncomplete:
		return &exitError{code: exitIncomplete}
	default:
		return sink.nothing(w.sum)
	}
	if sink.more > 0 {
		a.warn("only the first %d findings and events are shown, of %d", maxWhy, maxWhy+sink.more)
	}
	w.plan, w.only, w.near = p, o.rule, o.verbose
	err = a.write(target, func(out io.Writer) error {
		if target.name == "json" {
			return w.json(out)
		}
		return w.page(a.page(out, target))
	})
	if err == nil && incomplete && !o.allowIncomplete {
		return &exitError{code: exitIncomplete}
	}
	return err
}

// A whySink counts and records everything, and keeps what is asked about.
type whySink struct {
	batchSink
	target  *whyTarget
	lines   []whyLine
	watched []*tally.Record
	more    int
	ok      bool  // code 0 stands in a line that is asked about
	nearest int64 // line of the target's file with a finding or mark that is nearest to the target
}

// A whyLine is a finding or a mark that is asked about.
type whyLine struct {
	finding  *tally.Finding // nil for a mark
	mark     *tally.Mark    // nil for a finding
	watched  int            // number of its record among those that the engine watches; -1: no rule wants it
	decision rules.Decision
}

// Finding implements [scanner.Sink].
func (s *whySink) Finding(f *tally.Finding) error {
	if s.wants(&f.Place) {
		f.Complete()
		line := whyLine{finding: f.Clone(), watched: -1}
		if r := s.recorder; r != nil {
			if selections := r.rules.Finding(f); selections != nil {
				line.watched = len(s.watched)
				s.watched = append(s.watched, tally.NewRecord(f, selections, r.rules.Keys(selections), r.redactor))
			}
		}
		s.lines = append(s.lines, line)
	}
	return s.batchSink.Finding(f)
}

// Mark implements [scanner.Sink].
func (s *whySink) Mark(m *tally.Mark) error {
	switch {
	case m.Event == tally.MarkOK || m.Event == tally.MarkSession: // which rules cannot name
		s.ok = s.ok || m.Event == tally.MarkOK && s.target.wants(&m.Place)
	case s.wants(&m.Place):
		m.Complete()
		line := whyLine{mark: m.Clone(), watched: -1}
		if r := s.recorder; r != nil {
			if selections := r.rules.Mark(m); selections != nil {
				line.watched = len(s.watched)
				s.watched = append(s.watched, tally.NewMarkRecord(m, selections, r.rules.Keys(selections), r.redactor))
			}
		}
		s.lines = append(s.lines, line)
	}
	return s.batchSink.Mark(m)
}

// wants reports whether a place is asked about, and notes the nearest one that is not.
func (s *whySink) wants(p *tally.Place) bool {
	t := s.target
	if t.wants(p) {
		if len(s.lines) == maxWhy {
			s.more++
			return false
		}
		return true
	}
	here := *t
	here.line = p.Line
	if here.wants(p) && (s.nearest == 0 || distance(p.Line, t.line) < distance(s.nearest, t.line)) {
		s.nearest = p.Line
	}
	return false
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

// trace judges the whole log and asks about the lines.
func (s *whySink) trace(p *plan) (*whyTrace, error) {
	sum := s.tally.Summary()
	e := rules.NewEngine(p.rules, rules.EngineOptions{Watch: s.watched})
	if err := runEngine(e, s.tally, sum); err != nil {
		return nil, err
	}
	t := p.rules.Trace(sum, e.Outcomes())
	for i := range s.lines {
		line := &s.lines[i]
		var looks []rules.Look
		if line.watched >= 0 {
			looks = e.Looks(line.watched)
		}
		if line.finding != nil {
			line.decision = t.Finding(line.finding, looks)
		} else {
			line.decision = t.Mark(line.mark, looks)
		}
	}
	return &whyTrace{lines: s.lines, sum: sum, verdicts: t.Verdicts()}, nil
}
