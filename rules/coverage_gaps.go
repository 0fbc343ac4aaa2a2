package rules

import (
	"cmp"
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Gap is a code, or an event that is trouble, of which no specific rule counts some records, nor
// has them as a symptom.
type Gap struct {
	Code  *tally.Code      // nil for an event
	Mark  *tally.MarkCount // nil for a code
	Count int64            // of those records
}

// Gaps are what specific rules leave of a log.
type Gaps struct {
	Findings int64   // that some specific rule counts, or has as a symptom
	Share    float64 // of them in all findings, from 0 to 1; 1 if there are none
	// Gaps are sorted by class from the worst, then by count from the largest, codes before events, then
	// by family and code or by event. Other counts the findings of numbers that the summary does not keep
	// apart.
	Gaps  []Gap
	Other int64
}

// Gaps tells what of the log of a trace no specific rule is about. Rules that are switched off do not
// count.
func (c *Coverage) Gaps(t *Trace) Gaps {
	var out Gaps
	for i := range t.after.items {
		it := &t.after.items[i]
		gap := it.count() - c.covered(it)
		if it.code != nil {
			out.Findings += it.count() - gap
		}
		if gap > 0 && (it.code != nil || isTrouble(it.mark.Event)) {
			out.Gaps = append(out.Gaps, Gap{it.code, it.mark, gap})
		}
	}
	slices.SortStableFunc(out.Gaps, func(a, b Gap) int { // codes come first, each kind by name
		return cmp.Or(cmp.Compare(b.class(), a.class()), cmp.Compare(b.Count, a.Count))
	})
	out.Other = t.after.sum.UnknownOther
	out.Share = 1
	if all := t.after.sum.Totals.Findings; all > 0 {
		out.Share = float64(out.Findings) / float64(all)
	}
	return out
}

// covered returns how many records of an item a specific rule counts or has as symptoms.
func (c *Coverage) covered(it *item) int64 {
	for i := range c.set.rules {
		if r := &c.set.rules[i]; !r.Disabled && !r.Fallback && !r.Timed() && it.matches(&r.When.Select) {
			return it.count()
		}
	}
	w := what{}
	if it.code != nil {
		w.key = it.key()
	} else {
		w.event = it.mark.Event
	}
	n := c.specific[w]
	if it.cause != nil && !it.cause.rule.Fallback {
		n = max(n, it.folded)
	}
	return min(n, it.count())
}

func isTrouble(event string) bool {
	e, ours := tally.EventNamed(event)
	return ours && e.Trouble
}

// class is that of a code; an event is as bad as a rule that is about it alone.
func (g *Gap) class() catalog.Class {
	if g.Code != nil {
		return g.Code.Class
	}
	return catalog.Warning
}
