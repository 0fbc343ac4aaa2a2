package rules_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// On any log the pack tells every code, and tells it once: about it or as a symptom, and generic
// rules only where no specific one did.
func TestPackTellsEveryCodeOnce(t *testing.T) {
	entries := catalog.Builtin().Entries()
	rapid.Check(t, func(t *rapid.T) {
		var log []record
		for range rapid.IntRange(0, 40).Draw(t, "records") {
			e := rapid.SampledFrom(entries).Draw(t, "entry")
			r := record{code: e.Code, family: e.Family, min: rapid.IntRange(-1, 3).Draw(t, "minute")}
			r.user = rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "user")
			log = append(log, r)
		}
		sum := summary(log...)
		verdicts := rules.Builtin().Evaluate(sum)
		about, explained := make(map[tally.Key][]bool), make(map[tally.Key]bool)
		for i, v := range verdicts {
			if i > 0 && verdicts[i-1].Class < v.Class {
				t.Fatalf("%s comes after a less bad verdict", v.Rule)
			}
			if v.Count < 1 || v.Share < 0 || v.Share > 1 || len(v.Evidence) > 3 || v.Users > sum.Totals.Users || v.Last.Before(v.First) {
				t.Fatalf("impossible verdict: %+v", v)
			}
			for _, k := range v.Codes {
				about[k] = append(about[k], v.Fallback)
			}
			for _, s := range v.Explains {
				explained[s.Key] = true
			}
		}
		for _, c := range sum.Codes {
			k := tally.Key{Family: c.Family, Code: c.Code}
			switch told := about[k]; {
			case len(told) == 0 && !explained[k]:
				t.Fatalf("%v is not told", k)
			case explained[k] && slices.Contains(told, true):
				t.Fatalf("%v is a symptom and told by a fallback", k)
			case len(told) > 1:
				t.Fatalf("%v is told %d times", k, len(told))
			}
		}
	})
}
