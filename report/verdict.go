package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// A Verdict is what a rule concluded, with its texts in one language.
type Verdict struct {
	rules.Verdict
	Title  string
	Remedy []Step
	Hosts  []string // where its codes were seen, the busiest first
}

// A Step is one thing to do about a verdict.
type Step struct {
	Owner rules.Owner // who can do it
	Who   string      // the owner for readers
	Do    string
}

// newVerdicts keeps the order, which is that of [rules.Set.Evaluate].
func newVerdicts(list []rules.Verdict, sum *tally.Summary, l catalog.Lang) []Verdict {
	var out []Verdict
	for _, v := range list {
		w := Verdict{Verdict: v, Title: v.Title.In(l), Hosts: hosts(sum, v.Codes)}
		for _, s := range v.Remedy {
			w.Remedy = append(w.Remedy, Step{s.Owner, s.Owner.Title(l), s.Do.In(l)})
		}
		out = append(out, w)
	}
	return out
}

// hosts lists the hosts on which any of the codes was seen, the busiest first.
func hosts(sum *tally.Summary, keys []tally.Key) []string {
	counts := map[string]int64{}
	for _, list := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range list {
			if c := &list[i]; slices.Contains(keys, tally.Key{Family: c.Family, Code: c.Code}) {
				for _, h := range c.Hosts {
					counts[h.Name] += h.Count
				}
			}
		}
	}
	var out []string
	for name := range counts {
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	return out
}
