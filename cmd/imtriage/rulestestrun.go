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

// A testBench runs the examples of rules as scan runs its inputs, but filters and redacts nothing.
type testBench struct {
	catalog   *catalog.Catalog
	extractor *scanner.Extractor
	rules     *rules.Set
	redactor  *redact.Redactor
}

func newTestBench(cat *catalog.Catalog, x *scanner.Extractor, set *rules.Set) (*testBench, error) {
	plain, err := redact.New(redact.Options{Off: true})
	return &testBench{cat, x, set, plain}, err
}

// A tested is what an example came to.
type tested struct {
	verdicts []rules.Verdict
	outcomes []rules.Outcome
}

// run takes a log, held in memory.
func (b *testBench) run(ctx context.Context, log string) (*tested, error) {
	in := scanner.Inputs{Stdin: strings.NewReader(log), Now: testNow, Zone: time.UTC, Jobs: 1}
	t := tally.New(tally.Options{Catalog: b.catalog, Redactor: b.redactor, Records: tally.NewRecords(tally.RecordsOptions{})})
	sink := &batchSink{filter: &filter{open: true}, tally: t, recorder: newRecorder(b.rules, b.redactor)}
	s := scanner.Scanner{Extractor: b.extractor, Jobs: 1}
	if err := s.Scan(ctx, in.Expand([]string{"-"}), sink); err != nil {
		return nil, err
	}
	sum := t.Summary()
	e, err := engineOver(b.rules, t, sum)
	if err != nil {
		return nil, err
	}
	outcomes := e.Outcomes()
	return &tested{b.rules.Evaluate(sum, outcomes), outcomes}, nil
}
