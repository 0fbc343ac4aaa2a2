package main

import (
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// BenchmarkBatchSink counts a finding of a log in order. Without filters it costs what the tally alone does.
func BenchmarkBatchSink(b *testing.B) {
	epoch := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	entry := catalog.Builtin().Lookup(catalog.SDK, 6206)
	for _, tc := range []struct {
		name  string
		flags filterFlags
	}{
		{"without filter", filterFlags{}},
		{"with filters", filterFlags{classes: []string{"fatal", "error", "warning"}, spanFlags: spanFlags{until: "2030-01-01"}}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			f, err := tc.flags.compile(catalog.Builtin(), epoch, time.UTC)
			if err != nil {
				b.Fatal(err)
			}
			sink := &batchSink{filter: f, tally: tally.New(tally.Options{})}
			x := tally.Finding{
				Place: tally.Place{Source: "app.log"}, Code: 6206, Family: catalog.SDK, Entry: entry, Later: 100,
				Fields: tally.Fields{{Key: tally.KeyUser, Value: "u_1001"}},
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				x.Time, x.Offset = epoch.Add(time.Duration(i)*time.Millisecond), int64(i)*150
				if err := sink.Finding(&x); err != nil {
					b.Fatal(err)
				}
			}
			if sink.left > 0 {
				b.Fatalf("%d findings left out", sink.left)
			}
		})
	}
}
