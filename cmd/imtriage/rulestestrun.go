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

// A testBench runs the examples of rules as scan runs its inputs: by the plan of a run that filters and
// redacts nothing.
type testBench struct{ plan *plan }

func newTestBench(cat *catalog.Catalog, x *scanner.Extractor, set *rules.Set) (*testBench, error) {
	all, err := new(filterFlags).compile(cat, testNow, time.UTC)
	if err != nil {
		return nil, err
	}
	plain, err := redact.New(redact.Options{Off: true})
	p := &plan{catalog: cat, rules: set, extractor: x, redactor: plain, filter: all, zone: time.UTC}
	return &testBench{p}, err
}

// A tested is what an example came to.
type tested struct {
	verdicts []rules.Verdict
	outcomes []rules.Outcome
}

// run takes a log, held in memory.
func (b *testBench) run(ctx context.Context, log string) (*tested, error) {
	in := scanner.Inputs{Stdin: strings.NewReader(log), Now: testNow, Zone: b.plan.zone, Jobs: 1}
	counting := b.plan.tallyOptions(0)
	counting.Records = tally.NewRecords(tally.RecordsOptions{})
	t := tally.New(counting)
	sink := &batchSink{filter: b.plan.filter, tally: t, recorder: newRecorder(b.plan.rules, b.plan.redactor)}
	s := scanner.Scanner{Extractor: b.plan.extractor, Jobs: 1}
	if err := s.Scan(ctx, in.Expand([]string{"-"}), sink); err != nil {
		return nil, err
	}
	sum := t.Summary()
	e, err := engineOver(b.plan.rules, t, sum)
	if err != nil {
		return nil, err
	}
	outcomes := e.Outcomes()
	return &tested{b.plan.rules.Evaluate(sum, outcomes), outcomes}, nil
}
