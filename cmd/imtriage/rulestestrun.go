package main

import (
	"context"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// testNow is the reference instant of every test: a day before the end of a year, so that all stamps
// without a year are of that one.
var testNow = time.Date(2026, time.December, 31, 0, 0, 0, -1, time.UTC)

// A testBench is what the examples of rules are run on.
type testBench struct {
	catalog   *catalog.Catalog
	extractor *scanner.Extractor
	rules     *rules.Set
	filter    *filter
	redactor  *redact.Redactor
}

func newTestBench(cat *catalog.Catalog, x *scanner.Extractor, set *rules.Set) (*testBench, error) {
	all, err := new(filterFlags).compile(cat, testNow, time.UTC)
	if err != nil {
		return nil, err
	}
	plain, err := redact.New(redact.Options{Off: true})
	return &testBench{catalog: cat, extractor: x, rules: set, filter: all, redactor: plain}, err
}

// A tested is what an example came to.
type tested struct {
	verdicts []rules.Verdict
	outcomes []rules.Outcome
}

// run takes a log the way that scan takes an input.
func (b *testBench) run(ctx context.Context, log string) (*tested, error) {
	in := scanner.Inputs{Stdin: strings.NewReader(log), Now: testNow, Zone: time.UTC, Jobs: 1}
	sink := &testSink{
		tally: tally.New(tally.Options{Catalog: b.catalog, Redactor: b.redactor}), redactor: b.redactor,
		recorder: b.rules.NewRecorder(), records: tally.NewRecords(tally.RecordsOptions{}),
	}
	s := scanner.Scanner{Extractor: b.extractor, Jobs: 1}
	if err := s.Scan(ctx, in.Expand([]string{"-"}), sink); err != nil {
		return nil, err
	}
	sum := sink.tally.Summary()
	engine := rules.NewEngine(b.rules, rules.EngineOptions{})
	err := sink.records.Each(func(r *tally.Record) error {
		engine.Add(r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var end time.Time
	for _, c := range sum.Codes {
		if c.Last.After(end) {
			end = c.Last
		}
	}
	for _, m := range sum.Marks {
		if m.Last.After(end) {
			end = m.Last
		}
	}
	engine.Close(end)
	t := &tested{outcomes: engine.Outcomes()}
	t.verdicts = b.rules.Evaluate(sum, t.outcomes)
	return t, nil
}

// A testSink counts everything and keeps what timed rules select.
type testSink struct {
	tally    *tally.Tally
	redactor *redact.Redactor
	recorder *rules.Recorder // nil: there are no timed rules
	records  *tally.Records
}

// Finding implements [scanner.Sink].
func (s *testSink) Finding(f *tally.Finding) error {
	if s.recorder != nil {
		if picked := s.recorder.Finding(f); picked != nil {
			if err := s.records.Add(tally.NewRecord(f, picked, s.recorder.Keys(), s.redactor)); err != nil {
				return err
			}
		}
	}
	s.tally.Finding(f)
	return nil
}

// Mark implements [scanner.Sink].
func (s *testSink) Mark(m *tally.Mark) error {
	if s.recorder != nil {
		if picked := s.recorder.Mark(m); picked != nil {
			if err := s.records.Add(tally.NewMarkRecord(m, picked, s.recorder.Keys(), s.redactor)); err != nil {
				return err
			}
		}
	}
	s.tally.Mark(m)
	return nil
}

// Piece implements [scanner.Sink].
func (s *testSink) Piece(p tally.Piece) error { return s.tally.Piece(p) }
