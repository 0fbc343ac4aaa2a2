package rules

import (
	"cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A Coverage tells which rules of a set a log needs, and what no rule is about. Its way is
//
//	c := set.NewCoverage()
//	c.Record(r) // for every record of the log, in any order
//	c.Rules(trace)
type Coverage struct {
	set      *Set
	program  *program
	seen     map[string]int64 // by timed rule: records that it counts
	specific map[what]int64   // records that a specific timed rule counts
}

// NewCoverage returns a coverage of the set that has seen no record yet.
func (s *Set) NewCoverage() *Coverage {
	return &Coverage{set: s, program: newProgram(s), seen: make(map[string]int64), specific: make(map[what]int64)}
}

// Record takes a record that timed rules select.
func (c *Coverage) Record(r *tally.Record) {
	specific := false
	for _, n := range c.program.listening(r.Selections, roleAbout) {
		rule := c.program.rules[n].Rule
		c.seen[rule.ID]++
		specific = specific || !rule.Fallback
	}
	if specific {
		c.specific[what{r.Key, r.Event}]++
	}
}

// A RuleCoverage is what a log was to a rule.
type RuleCoverage struct {
	Rule *Rule
	// Fate is FateTold, FateFolded if all that it is about are symptoms, FateSuperseded, FateTaken, FateShort,
	// FateOff or FateUnselected.
	Fate Fate
	// Selected counts the findings and marks that the rule is about, whether it is told or not.
	Selected int64
	Verdict  int    // number of its verdict, from 1; 0: none
	By       string // id of the rule that is told instead, of several the first
	Raised   int    // how often a timed rule that is told was raised
	Count    int64  // of its verdict
	Explains int64  // findings and marks that its verdict has as symptoms
}

// Rules tells of every rule of the set, in its order, what the log of a trace was to it.
func (c *Coverage) Rules(t *Trace) []RuleCoverage {
	out := make([]RuleCoverage, 0, len(c.set.rules))
	for i := range c.set.rules {
		out = append(out, c.rule(&c.set.rules[i], t))
	}
	return out
}

func (c *Coverage) rule(r *Rule, t *Trace) RuleCoverage {
	x := RuleCoverage{Rule: r, Verdict: t.numbers[r.ID], Selected: c.seen[r.ID]}
	items := t.after.pickedBy(r)
	if !r.Timed() {
		for _, i := range items {
			x.Selected += t.after.items[i].count()
		}
	}
	if x.Verdict > 0 {
		v := &t.verdicts[x.Verdict-1]
		x.Fate, x.Raised, x.Count = FateTold, v.Raised, v.Count
		for _, s := range v.Explains {
			x.Explains += s.Explained
		}
		return x
	}
	judged := t.judged[r.ID]
	switch {
	case r.Disabled:
		x.Fate, x.Selected = FateOff, 0
	case x.Selected == 0:
		x.Fate = FateUnselected
	case judged == nil:
		x.Fate = FateShort
	case judged.superseded != nil:
		x.Fate, x.By = FateSuperseded, judged.superseded.rule.ID
	default:
		x.Fate, x.By = t.lost(r, items)
	}
	return x
}

// lost tells to whom a rule that held to begin with lost what it is about.
func (t *Trace) lost(r *Rule, items []int) (fate Fate, by string) {
	fate = FateFolded
	for _, i := range items {
		switch it := &t.after.items[i]; {
		case it.gone():
			by = cmp.Or(by, it.cause.rule.ID)
		case r.Fallback && it.teller != nil:
			fate, by = FateTaken, cmp.Or(by, it.teller.rule.ID)
		default:
			return FateShort, by
		}
	}
	return fate, by
}
