package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An item is what rules share out among themselves: a code, or the marks of an event.
type item struct {
	code *tally.Code      // nil for an event
	mark *tally.MarkCount // nil for a code
}

func (it *item) matches(s *Selection) bool {
	if it.code != nil {
		return s.Matches(it.code)
	}
	return s.MatchesEvent(it.mark.Event)
}

func (it *item) count() int64 {
	if it.code != nil {
		return it.code.Count
	}
	return it.mark.Count
}

// An evaluation is one run over one summary.
type evaluation struct {
	sum    *tally.Summary
	items  []item
	taken  []bool // by a rule that is about it
	folded []bool // under a rule that explains it
}

// A candidate is a rule with the items it picks, as indices in ascending order.
type candidate struct {
	rule     *Rule
	about    []int
	symptoms []int // selected by Explains and not among about
	folded   []int // the symptoms that it does explain
}

// Evaluate returns the verdicts of all rules that hold, sorted by class from the worst, then
// specific before generic ones, then by count from the largest, then by id. A summary without
// findings and marks gives none.
func (s *Set) Evaluate(sum *tally.Summary) []Verdict {
	e := newEvaluation(sum)
	var specific, generic []*candidate
	for i := range s.rules {
		c := e.candidate(&s.rules[i])
		switch {
		case c == nil:
		case c.rule.Fallback:
			generic = append(generic, c)
		default:
			specific = append(specific, c)
		}
	}
	held := e.settle(specific)
	for _, c := range generic {
		c.about = slices.DeleteFunc(c.about, func(i int) bool { return e.taken[i] || e.folded[i] })
		if e.holds(c) {
			e.accept(c)
			held = append(held, c)
		}
	}
	var verdicts []Verdict
	for _, c := range held {
		verdicts = append(verdicts, e.verdict(c))
	}
	slices.SortFunc(verdicts, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(b.Class, a.Class), compareBool(a.Fallback, b.Fallback), cmp.Compare(b.Count, a.Count), strings.Compare(a.Rule, b.Rule))
	})
	return verdicts
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func newEvaluation(sum *tally.Summary) *evaluation {
	e := &evaluation{sum: sum}
	for _, codes := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range codes {
			if codes[i].Count > 0 {
				e.items = append(e.items, item{code: &codes[i]})
			}
		}
	}
	slices.SortFunc(e.items, func(a, b item) int { return compareKeys(a.code, b.code) })
	events := len(e.items)
	for i := range sum.Marks {
		if sum.Marks[i].Count > 0 {
			e.items = append(e.items, item{mark: &sum.Marks[i]})
		}
	}
	slices.SortFunc(e.items[events:], func(a, b item) int { return strings.Compare(a.mark.Event, b.mark.Event) })
	e.taken, e.folded = make([]bool, len(e.items)), make([]bool, len(e.items))
	return e
}

func compareKeys(a, b *tally.Code) int {
	return cmp.Or(strings.Compare(string(a.Family), string(b.Family)), cmp.Compare(a.Code, b.Code))
}

// candidate returns what a rule picks of the whole summary, or nil if it does not hold.
func (e *evaluation) candidate(r *Rule) *candidate {
	if r.Disabled {
		return nil
	}
	c := &candidate{rule: r}
	explains := !r.Explains.IsZero()
	for i := range e.items {
		if e.items[i].matches(&r.When.Select) {
			c.about = append(c.about, i)
		} else if explains && e.items[i].matches(&r.Explains) {
			c.symptoms = append(c.symptoms, i)
		}
	}
	if !e.holds(c) {
		return nil
	}
	return c
}

// holds reports whether the bounds of a rule hold for the items that it is about.
func (e *evaluation) holds(c *candidate) bool {
	if len(c.about) == 0 {
		return false
	}
	var all, findings int64
	for _, i := range c.about {
		n := e.items[i].count()
		all += n
		if e.items[i].code != nil {
			findings += n
		}
	}
	w := &c.rule.When
	if !w.Count.Holds(float64(all)) {
		return false
	}
	if w.Share > 0 && float64(findings)*100 < float64(w.Share)*float64(e.sum.Totals.Findings) {
		return false
	}
	if w.Users > 0 {
		users, _ := e.sum.UsersOf(e.keys(c.about)...)
		return users >= w.Users
	}
	return true
}

// keys returns the codes among items.
func (e *evaluation) keys(items []int) []tally.Key {
	var keys []tally.Key
	for _, i := range items {
		if c := e.items[i].code; c != nil {
			keys = append(keys, tally.Key{Family: c.Family, Code: c.Code})
		}
	}
	return keys
}
