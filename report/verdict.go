package report

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// A Verdict is what a rule concluded, with its texts in one language.
type Verdict struct {
	rules.Verdict
	Title    string
	Remedy   []Step
	Hosts    []string // where its codes were seen, the busiest first
	Insights []string // sentences about what its numbers show; may hold names as the log has them
}

// A Step is one thing to do about a verdict.
type Step struct {
	Owner rules.Owner // who can do it
	Who   string      // the owner for readers
	Do    string
}

// newVerdicts keeps the order, which is that of [rules.Set.Evaluate].
func newVerdicts(list []rules.Verdict, l catalog.Lang) []Verdict {
	var out []Verdict
	for _, v := range list {
		w := Verdict{Verdict: v, Title: v.Title.In(l), Insights: insights(&v, l)}
		for _, h := range v.Impact.Hosts.Names {
			w.Hosts = append(w.Hosts, h.Name)
		}
		for _, s := range v.Remedy {
			w.Remedy = append(w.Remedy, Step{s.Owner, s.Owner.Title(l), s.Do.In(l)})
		}
		out = append(out, w)
	}
	return out
}
