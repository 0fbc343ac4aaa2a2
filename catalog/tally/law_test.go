package tally_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

func options(rt *rapid.T) tally.Options {
	r, err := redact.New(redact.Options{Key: []byte("k"), Redact: []redact.Kind{redact.Host}})
	if err != nil {
		rt.Fatal(err)
	}
	return tally.Options{Samples: rapid.IntRange(-1, 7).Draw(rt, "samples"), Redactor: r}.Within(small)
}

// TestAnySplitAnyOrder holds the law that the package is built on.
func TestAnySplitAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o, in := options(rt), groups(rt)
		whole := fresh(o)
		if err := apply(whole, slices.Concat(in...)); err != nil {
			t.Fatal(err)
		}
		// Single calls go anywhere in any order, as long as nothing is encoded on the way.
		ops := rapid.Permutation(slices.Concat(in...)).Draw(rt, "order")
		parts := make([]*tally.Tally, rapid.IntRange(1, 4).Draw(rt, "parts"))
		for i := range parts {
			parts[i] = fresh(o)
		}
		for _, one := range ops {
			if err := apply(parts[rapid.IntRange(0, len(parts)-1).Draw(rt, "part")], []op{one}); err != nil {
				t.Fatal(err)
			}
		}
		same(t, rt, whole, mergeAll(t, rt, parts, nil))
	})
}

// TestAnyMergeTree lets pieces travel as partials, each with its findings.
func TestAnyMergeTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o, in := options(rt), groups(rt)
		whole := fresh(o)
		if err := apply(whole, slices.Concat(in...)); err != nil {
			t.Fatal(err)
		}
		parts := []*tally.Tally{fresh(o), fresh(o), fresh(o), fresh(o)}
		for _, group := range in {
			if err := apply(parts[rapid.IntRange(0, len(parts)-1).Draw(rt, "part")], group); err != nil {
				t.Fatal(err)
			}
		}
		same(t, rt, whole, mergeAll(t, rt, parts, func(x *tally.Tally) *tally.Tally { return decode(t, encode(t, x), o) }))
	})
}

// mergeAll joins tallies two by two in a random order; travel may replace one on its way.
func mergeAll(t *testing.T, rt *rapid.T, parts []*tally.Tally, travel func(*tally.Tally) *tally.Tally) *tally.Tally {
	t.Helper()
	for len(parts) > 1 {
		parts = rapid.Permutation(parts).Draw(rt, "parts")
		into, from := parts[0], parts[len(parts)-1]
		if travel != nil && rapid.Bool().Draw(rt, "travels") {
			from = travel(from)
		}
		before := encode(t, from)
		if err := into.Merge(from); err != nil {
			t.Fatal(err)
		}
		if after := encode(t, from); after != before {
			t.Fatalf("Merge changed its argument:\n%s", cmp.Diff(before, after))
		}
		parts = parts[:len(parts)-1]
	}
	if travel != nil {
		return travel(parts[0])
	}
	return parts[0]
}

func same(t *testing.T, rt *rapid.T, want, got *tally.Tally) {
	t.Helper()
	if diff := cmp.Diff(want.Summary(), got.Summary(), summaries); diff != "" {
		rt.Fatalf("summary differs:\n%s", diff)
	}
	if diff := cmp.Diff(encode(t, want), encode(t, got)); diff != "" {
		rt.Fatalf("partial differs:\n%s", diff)
	}
}

func TestNewIsNeutral(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o, in := options(rt), groups(rt)
		x, zero := fresh(o), fresh(o)
		if err := apply(x, slices.Concat(in...)); err != nil {
			t.Fatal(err)
		}
		want := encode(t, x)
		if err := zero.Merge(x); err != nil {
			t.Fatal(err)
		}
		if err := x.Merge(fresh(o)); err != nil {
			t.Fatal(err)
		}
		if got := encode(t, x); got != want {
			rt.Fatalf("zero on the right: %s", cmp.Diff(want, got))
		}
		if got := encode(t, zero); got != want {
			rt.Fatalf("zero on the left: %s", cmp.Diff(want, got))
		}
		// The two share nothing: what one counts further the other does not see.
		f := tally.Finding{Code: 6206, Family: "sdk", Text: "later"}
		x.Finding(&f)
		if got := encode(t, zero); got != want {
			rt.Fatalf("shared state: %s", cmp.Diff(want, got))
		}
	})
}

func TestMergeKeepsFewerSamples(t *testing.T) {
	for _, k := range []struct{ a, b, want int }{{5, 2, 2}, {2, 5, 2}, {0, -1, 0}, {1, 64, 1}, {900, 64, 64}} {
		t.Run(fmt.Sprint(k.a, " and ", k.b), func(t *testing.T) {
			a, b, direct := tally.New(tally.Options{Samples: k.a}), tally.New(tally.Options{Samples: k.b}), tally.New(tally.Options{Samples: max(k.want, 0)})
			if k.want == 0 {
				direct = tally.New(tally.Options{Samples: -1})
			}
			for i := range 200 {
				f := &tally.Finding{Code: 6206, Family: "sdk"}
				f.Source, f.Offset = "a.log", int64(i)
				[]*tally.Tally{a, b}[i%2].Finding(f)
				direct.Finding(f)
			}
			if err := a.Merge(b); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(encode(t, direct), encode(t, a)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
