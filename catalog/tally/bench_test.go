package tally_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// stream returns findings as a dense log gives them: some codes, some users, one a millisecond.
func stream(n int) []tally.Finding {
	numbers := []int{6206, 6208, 6012, 70001, 20009}
	text := strings.Repeat("2026-03-01 12:00:00.000 E imsdk request failed, ", 3)
	out := make([]tally.Finding, n)
	for i := range out {
		f := &out[i]
		f.Family, f.Code = "sdk", numbers[i%len(numbers)]
		f.Source, f.Offset, f.Line = "app.log", int64(i*150), int64(i+1)
		f.Time = epoch.Add(time.Duration(i) * time.Millisecond)
		f.Text, f.Extractor, f.Level = text, "imsdk", "E"
		f.Fields = tally.Fields{{Key: tally.KeyHost, Value: "app-1"}, {Key: tally.KeyUser, Value: fmt.Sprint("user", i%500)}}
	}
	return out
}

// BenchmarkFinding counts findings of known codes and seen users that are no new samples:
// at most 150 ns and no allocation.
func BenchmarkFinding(b *testing.B) {
	findings := stream(1 << 12)
	t := tally.New(tally.Options{})
	for range 2 {
		for i := range findings {
			t.Finding(&findings[i])
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		t.Finding(&findings[i%(len(findings)-64)+32])
	}
}

// BenchmarkFindingOrdered makes every finding the last one of its code, as an ordered log does.
func BenchmarkFindingOrdered(b *testing.B) {
	findings := stream(1 << 12)
	t := tally.New(tally.Options{})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f := findings[i%len(findings)]
		f.Time, f.Offset = epoch.Add(time.Duration(i)*time.Millisecond), int64(i)*150
		t.Finding(&f)
	}
}

func BenchmarkMerge(b *testing.B) {
	findings := stream(1 << 12)
	from := tally.New(tally.Options{})
	for i := range findings {
		from.Finding(&findings[i])
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := tally.New(tally.Options{}).Merge(from); err != nil {
			b.Fatal(err)
		}
	}
}

// kept is a Kept without anything to say.
type kept struct{ fields tally.Fields }

func (k *kept) Detail(f *tally.Finding) { f.Level, f.Fields = "E", k.fields }

// TestFindingAllocs guards the hot path: once a code, its user and its names are known, neither
// a finding in the middle nor a new last sample allocates, also if that keeps what will be asked later.
func TestFindingAllocs(t *testing.T) {
	findings := stream(1 << 12)
	x := tally.New(tally.Options{})
	for i := range findings {
		x.Finding(&findings[i])
	}
	i := 0
	var f tally.Finding // one for all, as a scanner has it
	detail := func(*tally.Finding) {}
	keep := func(spare tally.Kept) tally.Kept {
		k, _ := spare.(*kept)
		if k == nil {
			k = new(kept)
		}
		k.fields = f.Fields
		return k
	}
	for _, lazy := range []bool{false, true} {
		got := testing.AllocsPerRun(1000, func() {
			f = findings[i%len(findings)]
			f.Offset += 1<<40 + int64(i)*150 // at the same time, but behind all others
			f.Time = findings[len(findings)-1].Time
			if lazy {
				f.Detail, f.Keep = detail, keep
			}
			x.Finding(&f)
			x.Finding(&findings[100+i%1000])
			i++
		})
		if got != 0 {
			t.Errorf("%v allocations, want none; with a Keep: %v", got, lazy)
		}
	}
}
