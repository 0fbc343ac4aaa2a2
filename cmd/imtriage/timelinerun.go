package main

import (
	"context"
	"errors"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/report/timeline"
	"github.com/imtriage/imtriage/scanner"
)

// timeline is the wiring of a timeline: sources → scanner → filter → collector → report.
func (a *app) timeline(ctx context.Context, o *timelineOptions, paths []string) error {
	target, err := o.format.target()
	if err != nil {
		return err
	}
	bare := o.options
	bare.users = nil // whose a record is takes more than its own words: the collector knows
	p, err := a.plan(&bare)
	if err != nil {
		return err
	}
	sources := p.inputs.Expand(paths)
	if err := p.filter.settle(ctx, sources); err != nil {
		return err
	}
	sink := &timelineSink{
		filter:    p.filter,
		collector: timeline.New(timeline.Options{Users: o.users, Redactor: p.redactor}),
		inputs:    tally.New(p.tallyOptions(0)),
	}
	progress, done := a.progress(&bare)
	s := scanner.Scanner{Extractor: p.extractor, Jobs: o.jobs, Progress: progress}
	err = s.Scan(ctx, sources, sink)
	done()
	interrupted := ctx.Err() != nil && errors.Is(err, context.Canceled)
	if err != nil && !interrupted {
		return err
	}
	sum := sink.inputs.Summary()
	t := report.NewTimeline(sink.collector.Timeline(), sum, reportOptions(p.lang))
	absent := sink.collector.Missing()
	if len(absent) < max(len(o.users), 1) {
		if err := a.writeTimeline(target, t, o.verbose); err != nil {
			return err
		}
	}
	for _, in := range sum.Inputs {
		if !in.Complete {
			a.warn("%s: %s", in.Name, in.Problem)
		}
	}
	switch {
	case interrupted:
		return interruption()
	case len(absent) > 0 && t.Incomplete == 0:
		return missing(absent, sink.collector, p.redactor)
	case len(absent) > 0:
		a.complain(missing(absent, sink.collector, p.redactor), "")
	}
	if t.Incomplete > 0 && !o.allowIncomplete {
		return &exitError{code: exitIncomplete}
	}
	return nil
}

// A timelineSink hands everything to a collector, and says what the filter lets pass.
type timelineSink struct {
	filter    *filter
	collector *timeline.Collector
	inputs    *tally.Tally // knows what was read, and how
}

// Finding implements [scanner.Sink].
func (s *timelineSink) Finding(f *tally.Finding) error {
	shown := s.filter.finding(f)
	if shown {
		s.inputs.Finding(f)
	}
	s.collector.Finding(f, shown)
	return nil
}

// Mark implements [scanner.Sink].
func (s *timelineSink) Mark(m *tally.Mark) error {
	shown := s.filter.mark(m)
	if shown {
		s.inputs.Mark(m)
	}
	s.collector.Mark(m, shown)
	return nil
}

// Piece implements [scanner.Sink].
func (s *timelineSink) Piece(p tally.Piece) error {
	s.collector.End(p.Source)
	return s.inputs.Piece(p)
}
