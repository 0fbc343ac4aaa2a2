package tally_test

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestAgainstModel compares a tally with the plainest way to compute the same.
func TestAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := rapid.IntRange(1, 6).Draw(rt, "samples")
		x := tally.New(tally.Options{Samples: k}.Within(small))
		var all []*tally.Finding
		byCode := make(map[code][]*tally.Finding)
		for _, group := range groups(rt) {
			if err := apply(x, group); err != nil {
				t.Fatal(err)
			}
			for _, o := range group {
				if f := o.finding; f != nil {
					all = append(all, f)
					byCode[code{f.Family, f.Code}] = append(byCode[code{f.Family, f.Code}], f)
				}
			}
		}
		s := x.Summary()
		sum, pooled, numbers := s.UnknownOther, 0, 0
		for key := range byCode {
			if key.number > 100000 {
				numbers++
			}
		}
		for _, c := range slices.Concat(s.Codes, s.Unknown) {
			sum += c.Count
			key := code{c.Family, c.Code}
			if key.number > 100000 {
				pooled++
			}
			checkCode(rt, key, c, byCode[key], k)
		}
		if want := min(numbers, small.Pool); pooled != want {
			rt.Errorf("%d numbers in the pool, want %d", pooled, want)
		}
		if int(sum) != len(all) || int(s.Totals.Findings) != len(all) {
			rt.Errorf("%d findings, totals %d, want %d", sum, s.Totals.Findings, len(all))
		}
		checkUsers(rt, "all codes", s.Totals.Users, s.Totals.UsersApprox, all)
	})
}

func checkCode(rt *rapid.T, key code, got tally.Code, in []*tally.Finding, k int) {
	want := tally.Code{Count: int64(len(in)), Histogram: modelHistogram(in)}
	for _, f := range in {
		if ts := clamp(f.Time); !ts.IsZero() {
			if want.First.IsZero() || ts.Before(want.First) {
				want.First = ts
			}
			if ts.After(want.Last) {
				want.Last = ts
			}
		}
	}
	slices.SortFunc(in, func(a, b *tally.Finding) int {
		return cmp.Or(clamp(a.Time).Compare(clamp(b.Time)), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Offset, b.Offset))
	})
	var offsets []int64
	for i, f := range in {
		if i < (k+1)/2 || i >= len(in)-k/2 {
			offsets = append(offsets, f.Offset)
		}
	}
	var gotOffsets []int64
	for _, s := range got.Samples {
		gotOffsets = append(gotOffsets, s.Offset)
	}
	if diff := gocmp.Diff(offsets, gotOffsets); diff != "" {
		rt.Errorf("%v: samples: %s", key, diff)
	}
	checkNames(rt, key, got.Hosts, in, tally.KeyHost)
	checkNames(rt, key, got.Versions, in, tally.KeyVersion)
	checkUsers(rt, key.String(), got.Users, got.UsersApprox, in)
	have := tally.Code{Count: got.Count, First: got.First, Last: got.Last, Histogram: got.Histogram}
	if diff := gocmp.Diff(want, have, summaries); diff != "" {
		rt.Errorf("%v: %s", key, diff)
	}
}

// clamp is the rule for times outside 1970 to 2261.
func clamp(ts time.Time) time.Time {
	switch {
	case ts.IsZero():
		return ts
	case ts.Unix() < 0:
		return time.Unix(0, 0).UTC()
	case ts.Year() > 2261:
		return time.Date(2261, 12, 31, 23, 59, 59, 999999999, time.UTC)
	}
	return ts
}

func modelHistogram(in []*tally.Finding) tally.Histogram {
	const day = 24 * time.Hour
	var out tally.Histogram
	for _, out.Step = range []time.Duration{time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, day, 30 * day} {
		counts := make(map[int64]int64)
		out.NoTime = 0
		for _, f := range in {
			if ts := clamp(f.Time); ts.IsZero() {
				out.NoTime++
			} else {
				seconds := int64(out.Step / time.Second)
				counts[ts.Unix()/seconds*seconds]++
			}
		}
		if len(counts) > small.Buckets && out.Step < 30*day {
			continue
		}
		for second, n := range counts {
			out.Buckets = append(out.Buckets, tally.Bucket{T: time.Unix(second, 0).UTC(), N: n})
		}
		break
	}
	slices.SortFunc(out.Buckets, func(a, b tally.Bucket) int { return a.T.Compare(b.T) })
	for len(out.Buckets) > small.Buckets {
		out.Before += out.Buckets[0].N
		out.Buckets = out.Buckets[1:]
	}
	return out
}

// checkNames makes sure that whatever name is kept has its full count.
func checkNames(rt *rapid.T, key code, got []tally.NameCount, in []*tally.Finding, field string) {
	counts := make(map[string]int64)
	for _, f := range in {
		if v := f.Fields.Get(field); v != "" {
			counts[tally.Clean(v, 128)]++
		}
	}
	if want := min(len(counts), small.Names); len(got) != want {
		rt.Errorf("%v: %d names of %s, want %d", key, len(got), field, want)
	}
	for i, n := range got {
		if n.Count != counts[n.Name] {
			rt.Errorf("%v: %s %q: %d, want %d", key, field, n.Name, n.Count, counts[n.Name])
		}
		if i > 0 && n.Count > got[i-1].Count {
			rt.Errorf("%v: %s is not sorted: %v", key, field, got)
		}
	}
}

func checkUsers(rt *rapid.T, what string, got int, approx bool, in []*tally.Finding) {
	users := make(map[string]bool)
	for _, f := range in {
		if u := f.Fields.Get(tally.KeyUser); u != "" {
			users[u] = true
		}
	}
	if approx != (len(users) > small.Users) || math.Abs(float64(got-len(users))) > 1 {
		rt.Errorf("%s: %d users, approximate %v, want %d", what, got, approx, len(users))
	}
}
