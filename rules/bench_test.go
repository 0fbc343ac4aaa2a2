package rules_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// BenchmarkEvaluate is the worst summary: every code and event that there is, each with a few findings only.
func BenchmarkEvaluate(b *testing.B) {
	sum, s := wholeCatalog(), rules.Builtin()
	for b.Loop() {
		s.Evaluate(sum, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*(len(sum.Codes)+len(sum.Unknown))), "ns/code")
	b.ReportMetric(float64(b.N)*float64(sum.Totals.Findings)/b.Elapsed().Seconds(), "findings/s")
}

// BenchmarkFindings is the whole way from findings to verdicts, and says which part of it is the rules'.
func BenchmarkFindings(b *testing.B) {
	findings := make([]tally.Finding, 1<<17)
	entries := catalog.Builtin().Entries()
	for i := range findings {
		e := entries[i%len(entries)]
		findings[i] = tally.Finding{
			Place: tally.Place{Source: "app.log", Offset: int64(i * 150), Time: noon.Add(time.Duration(i) * time.Millisecond)},
			Code:  e.Code, Family: e.Family, Fields: tally.Fields{{Key: tally.KeyUser, Value: strconv.Itoa(i % 500)}},
		}
	}
	var evaluating time.Duration
	s := rules.Builtin()
	for b.Loop() {
		t := tally.New(tally.Options{})
		for i := range findings {
			t.Finding(&findings[i])
		}
		sum, counted := t.Summary(), time.Now()
		s.Evaluate(sum, nil)
		evaluating += time.Since(counted)
	}
	b.ReportMetric(float64(b.N*len(findings))/b.Elapsed().Seconds(), "findings/s")
	b.ReportMetric(100*evaluating.Seconds()/b.Elapsed().Seconds(), "%rules")
}
