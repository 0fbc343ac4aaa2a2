package rules

import (
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A candidate is a rule with the items it picks, as indices in ascending order.
type candidate struct {
	rule    *Rule
	order   int      // in the set
	outcome *Outcome // nil: the summary judges

	about    []int
	picked   []int // what about was before anything was folded
	symptoms []int // selected by Explains and not among about
	folds    []fold

	superseded *candidate // by which rule; nil: it is not

	accepted bool
	reach    []int // what may come to be folded under it, see [evaluation.settle]
}

// A fold is an item that is told under a candidate.
type fold struct {
	item int
	via  tally.Key // of a relation of the catalog
}

// candidate returns what a rule picks of the whole, or nil if it does not hold.
func (e *evaluation) candidate(r *Rule, outcomes []Outcome) *candidate {
	if r.Disabled {
		return nil
	}
	c := &candidate{rule: r}
	if r.Timed() {
		for i := range outcomes {
			if o := &outcomes[i]; o.Rule != nil && o.Rule.ID == r.ID && o.Raised > 0 {
				c.outcome = o
			}
		}
		if c.outcome == nil {
			return nil
		}
	}
	explains := !r.Explains.IsZero()
	for i := range e.items {
		if c.picks(&e.items[i]) {
			c.about = append(c.about, i)
		} else if explains && e.items[i].matches(&r.Explains) {
			c.symptoms = append(c.symptoms, i)
		}
	}
	c.picked = c.about
	if !e.holds(c) {
		return nil
	}
	e.candidates = append(e.candidates, c)
	return c
}

// picks reports whether a candidate is about an item.
func (c *candidate) picks(it *item) bool {
	if c.outcome == nil {
		return it.matches(&c.rule.When.Select)
	}
	return c.counted(it) > 0
}

// counted returns how many records of an item an outcome is about.
func (c *candidate) counted(it *item) int64 {
	if it.code == nil {
		for i := range c.outcome.Marks {
			if m := &c.outcome.Marks[i]; m.Event == it.mark.Event {
				return m.Count
			}
		}
		return 0
	}
	for _, k := range c.outcome.Codes {
		if k.Key == it.key() {
			return k.Count
		}
	}
	return 0
}

// takes reports whether so much of an item is told by a candidate that fallbacks pass it.
func (c *candidate) takes(it *item) bool { return c.outcome == nil || 2*c.counted(it) >= it.count() }

// holds reports whether a rule still holds for the items that are left to it: one that is timed as long
// as its outcome has any.
func (e *evaluation) holds(c *candidate) bool {
	if c.outcome != nil {
		return len(c.about) > 0 || len(c.picked) == 0
	}
	if len(c.about) == 0 {
		return false
	}
	var all, findings int64
	for _, i := range c.about {
		n := e.items[i].left()
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
		users, _ := e.usersOf(c.about)
		return users >= w.Users
	}
	return true
}

// usersOf returns how many users what is left of items hit, and whether that is an estimate.
func (e *evaluation) usersOf(items []int) (n int, approx bool) {
	var whole []int
	rest, parts := 0, 0
	for _, i := range items {
		if it := &e.items[i]; it.folded > 0 {
			rest += it.others
			parts++
		} else {
			whole = append(whole, i)
		}
	}
	n, approx = e.sum.UsersOf(e.keys(whole)...)
	if parts == 0 {
		return n, approx
	}
	// Who of the rest of one code is among the rest of another is not known.
	all, _ := e.sum.UsersOf(e.keys(items)...)
	return min(n+rest, all), approx || n > 0 || parts > 1
}

// span returns the first and last time of what a candidate is about, zero if nothing has one.
func (e *evaluation) span(c *candidate) (first, last time.Time) {
	if c.outcome != nil {
		return c.outcome.First, c.outcome.Last
	}
	return e.spanOf(c.about)
}

// spanOf returns the first and last time of items, zero if none has one.
func (e *evaluation) spanOf(items []int) (first, last time.Time) {
	for _, i := range items {
		it := &e.items[i]
		var from, to time.Time
		if it.code != nil {
			from, to = it.code.First, it.code.Last
		} else {
			from, to = it.mark.First, it.mark.Last
		}
		if !from.IsZero() && (first.IsZero() || from.Before(first)) {
			first = from
		}
		if to.After(last) {
			last = to
		}
	}
	return first, last
}
