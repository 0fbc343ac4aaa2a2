package rules

import (
	"cmp"
	"slices"
	"time"
)

// A settling is the state of deciding which of the specific rules are told.
type settling struct {
	*evaluation
	waiting    []*candidate
	explainers []int // how many of waiting may come to explain an item
	tellers    []int // how many of waiting are about an item
}

// settle decides which of the specific rules are told, and folds symptoms under their causes.
//
// A rule whose items may be symptoms of another one waits until that one is decided, because it
// may lose them. Of rules that wait for each other in a circle the one that began first is decided
// first, and of several such the first one of the set.
func (e *evaluation) settle(specific []*candidate) (held []*candidate) {
	s := &settling{evaluation: e, waiting: slices.Clone(specific)}
	s.measure()
	for len(s.waiting) > 0 {
		at := slices.IndexFunc(s.waiting, func(c *candidate) bool {
			return !slices.ContainsFunc(c.about, func(i int) bool { return s.explainers[i] > 0 })
		})
		circle := at < 0
		if circle {
			at = s.first(s.circle())
		}
		c := s.waiting[at]
		s.waiting = slices.Delete(s.waiting, at, at+1)
		s.count(c, -1)
		for _, i := range c.about {
			e.fold(i, s.open)
		}
		c.about = e.leftOf(c.about)
		if e.holds(c) {
			e.accept(c)
			held = append(held, c)
		}
		if circle {
			s.measure() // it is cut there, and perhaps no circle any more
		}
	}
	for i := range e.items {
		e.fold(i, s.open)
	}
	return held
}

// measure finds out what each candidate may come to explain: what its items bring about, by its own word,
// by the catalog's, or by that of a rule that goes because all its items are folded. What is settled cannot come
// under it any more, nor what is brought about by that.
func (s *settling) measure() {
	s.explainers, s.tellers = make([]int, len(s.items)), make([]int, len(s.items))
	effects := make([][]int, len(s.items))
	for i, causes := range s.causes {
		for _, p := range causes {
			effects[p] = append(effects[p], i)
		}
	}
	for _, c := range s.waiting {
		for _, i := range c.about {
			effects[i] = append(effects[i], c.symptoms...)
		}
	}
	for _, c := range s.waiting {
		c.reach = nil
		seen := make([]bool, len(s.items))
		for _, i := range c.about {
			seen[i] = true
		}
		for queue := slices.Clone(c.about); len(queue) > 0; queue = queue[1:] {
			for _, i := range effects[queue[0]] {
				if !seen[i] && !s.items[i].settled {
					seen[i] = true
					queue = append(queue, i)
					c.reach = append(c.reach, i)
				}
			}
		}
		slices.Sort(c.reach)
		s.count(c, 1)
	}
}

// count notes that a candidate waits, or that it does not any more.
func (s *settling) count(c *candidate, n int) {
	for _, i := range c.reach {
		s.explainers[i] += n
	}
	for _, i := range c.about {
		s.tellers[i] += n
	}
}

// open reports whether it cannot be said yet under what an item is told.
func (s *settling) open(i int) bool { return s.explainers[i] > 0 || s.tellers[i] > 0 }

// circle returns candidates, as indices of waiting, each of which waits for the next one and the last for the
// first. There is one if every candidate waits for another.
func (s *settling) circle() []int {
	var path []int
	for at := 0; ; {
		if from := slices.Index(path, at); from >= 0 {
			return path[from:]
		}
		path = append(path, at)
		about := s.waiting[at].about
		at = slices.IndexFunc(s.waiting, func(c *candidate) bool {
			return slices.ContainsFunc(about, func(i int) bool {
				_, found := slices.BinarySearch(c.reach, i)
				return found
			})
		})
	}
}

// first returns which of some candidates began first.
func (s *settling) first(list []int) int {
	return slices.MinFunc(list, func(a, b int) int {
		x, y := s.waiting[a], s.waiting[b]
		from, _ := s.span(x)
		to, _ := s.span(y)
		return cmp.Or(compareTimes(from, to), cmp.Compare(x.order, y.order))
	})
}

// compareTimes orders times, those that are not known last.
func compareTimes(a, b time.Time) int {
	return cmp.Or(compareBool(a.IsZero(), b.IsZero()), a.Compare(b))
}

// leftOf returns the items of which something is left to be told.
func (e *evaluation) leftOf(items []int) []int {
	return slices.DeleteFunc(slices.Clone(items), func(i int) bool { return e.items[i].gone() })
}

// accept notes that a rule is told, and what it takes.
func (e *evaluation) accept(c *candidate) {
	c.accepted = true
	for _, i := range c.about {
		if it := &e.items[i]; it.teller == nil && c.takes(it) {
			it.teller = c
		}
	}
}

// share gives generic rules what no specific one took, and folds what one of them explains and another
// one is about.
func (e *evaluation) share(generic []*candidate) (held []*candidate) {
	for _, c := range generic {
		c.about = slices.DeleteFunc(e.leftOf(c.about), func(i int) bool { return e.items[i].teller != nil })
		if c.picked = c.about; e.holds(c) {
			e.accept(c)
			held = append(held, c)
		}
	}
	for i := range e.items {
		if it := &e.items[i]; it.cause == nil && (it.teller == nil || it.teller.rule.Fallback) {
			it.settled = false
		}
	}
	for i := range e.items {
		e.fold(i, func(int) bool { return false })
	}
	return slices.DeleteFunc(held, func(c *candidate) bool {
		c.about = e.leftOf(c.about)
		return len(c.about) == 0 && len(c.picked) > 0
	})
}
