package tally_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestLaterChangesNothing tells a tally how many findings of a code are to come, or fewer: what it
// keeps stays the same, whatever the order they come in.
func TestLaterChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := tally.Options{Samples: rapid.IntRange(1, 5).Draw(rt, "samples")}
		seconds := rapid.SliceOfN(rapid.IntRange(0, 4), 10, 30).Draw(rt, "seconds")
		slices.Sort(seconds)
		plain, told := tally.New(o), tally.New(o)
		var list []*tally.Finding
		for i, s := range seconds {
			f := finding("sdk", 6206, time.Duration(s)*time.Second)
			f.Offset = int64(i)
			plain.Finding(f)
			f.Later = rapid.SampledFrom([]int{0, 1, 2, len(seconds)}).Draw(rt, "later")
			f.Later = min(f.Later, len(seconds)-1-i)
			list = append(list, f)
		}
		for _, f := range rapid.Permutation(list).Draw(rt, "order") {
			told.Finding(f)
		}
		if diff := cmp.Diff(encode(t, plain), encode(t, told)); diff != "" {
			rt.Fatal(diff)
		}
	})
}
