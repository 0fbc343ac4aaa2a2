package live

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// maxVerdictRows bounds the verdicts that are remembered, more than are shown.
const maxVerdictRows = 1024

// maxEvidence is how many texts a verdict shows.
const maxEvidence = 3

// verdicts are what rules say, by rule and group. Transitions open and close them at once; evaluations,
// which come rarer and know more, add those that no transition tells of.
type verdicts struct {
	rows map[verdictKey]*verdict
	seen map[VerdictLabel]bool // for metrics: those that were open go on as 0
	seq  int64
}

type verdictKey struct{ rule, group string }

// A VerdictLabel names a verdict as metrics have it.
type VerdictLabel struct{ Rule, Class string }

type verdict struct {
	verdictKey
	seq          int64 // the newer the higher
	told         bool  // by a transition
	class        catalog.Class
	title        catalog.Text
	open         bool
	since, until time.Time
	count        int64
	users        int
	remedy       []rules.Step
	evidence     []string
}

func newVerdicts() verdicts {
	return verdicts{rows: make(map[verdictKey]*verdict), seen: make(map[VerdictLabel]bool)}
}

// announce names the verdicts whose class is known before they are.
func (vs *verdicts) announce(set *rules.Set) {
	for i := range set.Rules() {
		if r := &set.Rules()[i]; r.Class != 0 && !r.Disabled {
			vs.seen[VerdictLabel{r.ID, r.Class.String()}] = true
		}
	}
}

// Transition opens a verdict, renews it or closes it.
func (s *State) Transition(t rules.Transition) {
	s.mu.Lock()
	defer s.mu.Unlock()
	vs := &s.verdicts
	v := vs.row(verdictKey{t.Rule.ID, groupText(t.Group)})
	v.title, v.remedy, v.told = t.Rule.Title, t.Rule.Remedy, true
	v.class = cmp.Or(max(v.class, s.classAt(&t)), catalog.Warning)
	v.count = t.Count
	switch t.Turn {
	case rules.Raised:
		vs.seq++
		v.open, v.since, v.until, v.evidence, v.seq = true, t.At, time.Time{}, nil, vs.seq
	case rules.Repeated:
		if !v.open { // it was raised before this process began
			v.open, v.since, v.until = true, t.At, time.Time{}
		}
	case rules.Ended:
		v.open, v.until = false, t.At
	}
	if t.Record != nil && t.Turn != rules.Ended {
		v.evidence = append(v.evidence, cut(report.Sanitize(t.Record.Text)))
		if n := len(v.evidence); n > maxEvidence { // the first ones and the newest
			v.evidence = append(v.evidence[:maxEvidence-1], v.evidence[n-1])
		}
	}
	vs.seen[VerdictLabel{v.rule, v.class.String()}] = true
}

// classAt returns the class of the rule, or else of the record that brought a transition about.
func (s *State) classAt(t *rules.Transition) catalog.Class {
	switch {
	case t.Rule.Class != 0:
		return t.Rule.Class
	case t.Record == nil:
		return 0
	case t.Record.Event != "":
		return catalog.Warning
	}
	return classOf(s.catalog.Lookup(t.Record.Family, t.Record.Code))
}

// row returns the row of a key, a new one if need be.
func (vs *verdicts) row(k verdictKey) *verdict {
	if v := vs.rows[k]; v != nil {
		return v
	}
	if len(vs.rows) >= maxVerdictRows {
		list := vs.sorted()
		for _, v := range list[len(list)-maxVerdictRows/4:] {
			delete(vs.rows, v.verdictKey)
		}
	}
	vs.seq++
	v := &verdict{verdictKey: k, seq: vs.seq}
	vs.rows[k] = v
	return v
}

// sorted returns open verdicts first, the worst first, then the newest.
func (vs *verdicts) sorted() []*verdict {
	list := make([]*verdict, 0, len(vs.rows))
	for _, v := range vs.rows {
		list = append(list, v)
	}
	rank := func(open bool) int {
		if open {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b *verdict) int {
		if c := cmp.Compare(rank(a.open), rank(b.open)); c != 0 {
			return c
		}
		if a.open {
			if c := cmp.Compare(b.class, a.class); c != 0 {
				return c
			}
		}
		return cmp.Or(b.until.Compare(a.until), b.since.Compare(a.since), cmp.Compare(b.seq, a.seq))
	})
	return list
}

// groupText writes a group for readers; it names the group, too.
func groupText(group tally.Fields) string {
	var parts []string
	for _, f := range group {
		parts = append(parts, f.Key+"="+report.Sanitize(f.Value))
	}
	return strings.Join(parts, ", ")
}
