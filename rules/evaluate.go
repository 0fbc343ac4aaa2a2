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

	settled, settling bool // it is decided, or just being decided, whether it is folded

	teller *candidate  // the first accepted rule that is about it, and not about a small part only
	cause  *candidate  // the accepted rule under which it is folded
	folded int64       // how much of it is
	others int         // users of the rest, if a part is folded
	by     []tally.Key // the codes that brought that part about
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

// left returns how much of it no cause explains.
func (it *item) left() int64 { return it.count() - it.folded }

// gone reports whether all of it is folded.
func (it *item) gone() bool { return it.cause != nil && it.left() <= 0 }

func (it *item) key() tally.Key { return tally.Key{Family: it.code.Family, Code: it.code.Code} }

// An evaluation is one run over one summary.
type evaluation struct {
	sum        *tally.Summary
	items      []item
	at         map[tally.Key]int // the items of codes
	causes     [][]int           // of each item, those that the catalog names and that may be, ascending
	candidates []*candidate
	superseded []*candidate
}

// Evaluate returns the verdicts of all rules that hold, sorted by class from the worst, then
// specific before generic ones, then by how much they are about and explain, from the most, then by id. A timed rule holds if
// there is an outcome for it, every other one by the summary alone. A summary without findings and
// marks gives none but those of outcomes.
func (s *Set) Evaluate(sum *tally.Summary, outcomes []Outcome) []Verdict {
	return s.evaluate(newEvaluation(sum), outcomes)
}

func (s *Set) evaluate(e *evaluation, outcomes []Outcome) []Verdict {
	var specific, generic []*candidate
	for i := range s.rules {
		c := e.candidate(&s.rules[i], outcomes)
		if c == nil {
			continue
		}
		c.order = i
		if c.rule.Fallback {
			generic = append(generic, c)
		} else {
			specific = append(specific, c)
		}
	}
	specific = e.supersede(specific)
	var verdicts []Verdict
	for _, c := range append(e.settle(specific), e.share(generic)...) {
		verdicts = append(verdicts, e.verdict(c))
	}
	slices.SortFunc(verdicts, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(b.Class, a.Class), compareBool(a.Fallback, b.Fallback), cmp.Compare(b.weight(), a.weight()), strings.Compare(a.Rule, b.Rule))
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
	slices.SortFunc(e.items, func(a, b item) int { return compareKeys(a.key(), b.key()) })
	events := len(e.items)
	e.at = make(map[tally.Key]int, events)
	for i := range e.items {
		e.at[e.items[i].key()] = i
	}
	for i := range sum.Marks {
		if sum.Marks[i].Count > 0 {
			e.items = append(e.items, item{mark: &sum.Marks[i]})
		}
	}
	slices.SortFunc(e.items[events:], func(a, b item) int { return strings.Compare(a.mark.Event, b.mark.Event) })
	e.causes = e.documented()
	return e
}

func compareKeys(a, b tally.Key) int {
	return cmp.Or(strings.Compare(string(a.Family), string(b.Family)), cmp.Compare(a.Code, b.Code))
}

// codeOf returns what was found of a code, or nil if the summary does not keep it apart.
func (e *evaluation) codeOf(k tally.Key) *tally.Code {
	i, found := e.at[k]
	if !found {
		return nil
	}
	return e.items[i].code
}

// keys returns the codes among items.
func (e *evaluation) keys(items []int) []tally.Key {
	var keys []tally.Key
	for _, i := range items {
		if e.items[i].code != nil {
			keys = append(keys, e.items[i].key())
		}
	}
	return keys
}
