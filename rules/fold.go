package rules

import (
	"slices"
	"time"
)

// settle decides which of the specific rules are told, and folds symptoms under their causes.
//
// A rule whose items may be symptoms of another one waits until that one is decided, because it
// may lose them. Rules that wait for each other in a circle are decided in the order of the set.
func (e *evaluation) settle(waiting []*candidate) (held []*candidate) {
	explainers := make([]int, len(e.items)) // how many of waiting may explain an item
	for _, c := range waiting {
		for _, i := range c.symptoms {
			explainers[i]++
		}
	}
	for len(waiting) > 0 {
		next := slices.IndexFunc(waiting, func(c *candidate) bool {
			return !slices.ContainsFunc(c.about, func(i int) bool { return explainers[i] > 0 })
		})
		next = max(next, 0)
		c := waiting[next]
		waiting = slices.Delete(waiting, next, next+1)
		for _, i := range c.symptoms {
			explainers[i]--
		}
		c.about = slices.DeleteFunc(c.about, func(i int) bool { return e.folded[i] })
		if e.holds(c) {
			e.accept(c)
			held = append(held, c)
		}
	}
	return held
}

// accept marks what a rule is about as taken, and folds its symptoms.
func (e *evaluation) accept(c *candidate) {
	for _, i := range c.about {
		e.taken[i] = true
	}
	for _, i := range c.symptoms {
		if !e.taken[i] && e.follows(i, c.about) {
			e.folded[i] = true
			c.folded = append(c.folded, i)
		}
	}
}

// follows reports whether a symptom can come from a cause, as far as a summary tells. It cannot
// if it ended before the cause began, or if most of the users it hit never met the cause.
func (e *evaluation) follows(symptom int, cause []int) bool {
	began, _ := e.span(cause)
	_, ended := e.span([]int{symptom})
	if !began.IsZero() && !ended.IsZero() && ended.Before(began) {
		return false
	}
	of := e.keys([]int{symptom})
	by := e.keys(cause)
	hit, _ := e.sum.UsersOf(of...)
	met, _ := e.sum.UsersOf(by...)
	if len(of) == 0 || hit == 0 || met == 0 {
		return true // who was hit is not known
	}
	both, _ := e.sum.UsersOf(append(by, of...)...)
	return 2*(hit+met-both) >= hit
}

// span returns the first and last time of items, zero if none has one.
func (e *evaluation) span(items []int) (first, last time.Time) {
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
