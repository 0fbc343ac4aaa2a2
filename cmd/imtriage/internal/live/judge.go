package live

import (
	"time"

	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// Judge takes the verdicts over all that was counted so far: those of rules that look at no time are
// known from here alone, and of the others the number of users is.
func (s *State) Judge(list []rules.Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	vs := &s.verdicts
	stands := make(map[verdictKey]bool)
	for i := range list {
		vs.judge(&list[i], stands)
	}
	for k, v := range vs.rows { // what does not hold any more, or is told by another rule
		if !v.told && !stands[k] {
			delete(vs.rows, k)
		}
	}
}

func (vs *verdicts) judge(j *rules.Verdict, stands map[verdictKey]bool) {
	var rows []*verdict
	for _, v := range vs.rows {
		if v.rule == j.Rule && v.told {
			rows = append(rows, v)
		}
	}
	for _, e := range j.Episodes {
		k := verdictKey{j.Rule, groupText(e.Group)}
		if v := vs.rows[k]; !e.Cleared.IsZero() || v != nil && v.told {
			continue
		}
		v := vs.row(k)
		v.open, v.since, v.count = true, e.Raised, e.Count
		v.fill(j)
		stands[k] = true
		rows = append(rows, v)
	}
	if len(rows) == 0 {
		v := vs.row(verdictKey{rule: j.Rule})
		v.open, v.since, v.until, v.count = j.State != rules.Cleared, j.First, time.Time{}, j.Count
		if !v.open {
			v.until = j.Last
		}
		v.fill(j)
		stands[v.verdictKey] = true
		rows = append(rows, v)
	}
	if len(rows) == 1 {
		rows[0].users = j.Users
	}
	vs.seen[VerdictLabel{j.Rule, rows[0].class.String()}] = true
}

// fill takes over what an evaluation says of a verdict that no transition told of.
func (v *verdict) fill(j *rules.Verdict) {
	v.class, v.title, v.remedy, v.evidence = j.Class, j.Title, j.Remedy, nil
	for _, e := range j.Evidence {
		v.evidence = append(v.evidence, cut(report.Sanitize(e.Text)))
	}
}
