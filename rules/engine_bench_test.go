package rules_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// BenchmarkPack is what the embedded pack costs a finding: the look-up of its code, and the engine
// for what a timed rule selects. The findings are of all codes in turn.
func BenchmarkPack(b *testing.B) {
	s := rules.Builtin()
	x, e := s.NewRecorder(), rules.NewEngine(s, rules.EngineOptions{})
	entries := catalog.Builtin().Entries()
	findings := make([]tally.Finding, 1<<16)
	for i := range findings {
		c := entries[i%len(entries)]
		findings[i] = tally.Finding{Code: c.Code, Family: c.Family, Entry: c, Fields: tally.Fields{{Key: tally.KeyUser, Value: strconv.Itoa(i % 500)}}}
	}
	n := 0
	for b.Loop() {
		f := &findings[n%len(findings)]
		f.Time = noon.Add(time.Duration(n) * time.Millisecond)
		n++
		if x == nil {
			continue
		}
		if selected := x.Finding(f); selected != nil {
			e.Add(recorded(f, selected, x.Keys(selected)))
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "findings/s")
}

// BenchmarkHundredRules is 100 rules that select every finding, with a group-by.
func BenchmarkHundredRules(b *testing.B) {
	for _, users := range []int{100, 10_000, 1_000_000} {
		b.Run(fmt.Sprintf("users=%d", users), func(b *testing.B) {
			var text strings.Builder
			text.WriteString("rules:\n")
			for i := range 100 {
				text.WriteString(rule(fmt.Sprintf("r%d", i), fmt.Sprintf("    when: {select: {families: [server]}, by: [user], within: %dm, count: %d}\n", 1+i%10, 2+i)))
			}
			s := parse(b, text.String())
			x, e := s.NewRecorder(), rules.NewEngine(s, rules.EngineOptions{})
			findings := make([]tally.Finding, 1<<16)
			for i := range findings {
				findings[i] = tally.Finding{Code: 70001, Family: catalog.Server, Fields: tally.Fields{{Key: tally.KeyUser, Value: strconv.Itoa(i % users)}}}
			}
			n := 0
			for b.Loop() {
				f := &findings[n%len(findings)]
				f.Time = noon.Add(time.Duration(n) * time.Millisecond)
				n++
				selected := x.Finding(f)
				e.Add(recorded(f, selected, x.Keys(selected)))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "findings/s")
		})
	}
}

// recorded makes the record of a finding without redaction, into the same memory each time.
func recorded(f *tally.Finding, selected []uint16, keys []string) *tally.Record {
	r := &benchRecord
	r.Place, r.Key, r.Selections, r.Values = f.Place, tally.Key{Family: f.Family, Code: f.Code}, selected, r.Values[:0]
	for _, k := range keys {
		if v := f.Value(k); v != "" {
			r.Values = append(r.Values, tally.Value{Key: k, Text: v, Hash: hash(v)})
		}
	}
	r.User = hash(f.Fields.Get(tally.KeyUser))
	return r
}

var benchRecord tally.Record
