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
		verdicts := rules.Builtin().Evaluate(sum, nil)
		about, explained := make(map[tally.Key][]bool), make(map[tally.Key]bool)
		counted := make(map[tally.Key]int64)
		for i, v := range verdicts {
			if i > 0 && verdicts[i-1].Class < v.Class {
				t.Fatalf("%s comes after a less bad verdict", v.Rule)
			}
			if v.Count < 1 || v.Share < 0 || v.Share > 1 || len(v.Evidence) > 3 || v.Users > sum.Totals.Users || v.Last.Before(v.First) {
				t.Fatalf("impossible verdict: %+v", v)
			}
			for i, k := range v.Codes {
				about[k] = append(about[k], v.Fallback)
				counted[k] += v.Counts[i]
			}
			for _, s := range v.Explains {
				explained[s.Key] = explained[s.Key] || s.Explained == s.Count
				counted[s.Key] += s.Explained
				if s.Explained < 1 || s.Explained > s.Count {
					t.Fatalf("%s explains %d of %d", v.Rule, s.Explained, s.Count)
				}
			}
		}
		for _, c := range sum.Codes {
			k := tally.Key{Family: c.Family, Code: c.Code}
			switch told := about[k]; {
			case counted[k] != c.Count:
				t.Fatalf("%v: %d of %d are told", k, counted[k], c.Count)
			case explained[k] && slices.Contains(told, true):
				t.Fatalf("%v is a symptom and told by a fallback", k)
			case len(told) > 1:
				t.Fatalf("%v is told %d times", k, len(told))
			}
		}
		checkExplanation(t, sum, verdicts)
	})
}

// checkExplanation compares the explanation of a summary by untimed rules that share out every finding with the sum of
// their verdicts.
func checkExplanation(t *rapid.T, sum *tally.Summary, verdicts []rules.Verdict) {
	got := rules.Explain(sum, verdicts)
	var want, rest int64
	causes := 0
	for _, v := range verdicts {
		if !v.Fallback {
			want += v.Explained
			causes += min(len(v.Codes), 1)
		}
	}
	for _, r := range got.Rest {
		rest += r.Count
	}
	if got.Findings != want || got.Causes != causes || rest+got.RestOther != sum.Totals.Findings-want || got.Users > sum.Totals.Users {
		t.Fatalf("%d findings of %d are explained by %d causes: %+v", want, sum.Totals.Findings, causes, got)
	}
}
