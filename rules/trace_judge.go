package rules

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// judge tells what one rule made of a record.
func (t *Trace) judge(r *Rule, x *traced) Judgement {
	j := Judgement{Rule: r, Verdict: t.numbers[r.ID], Near: x.near(r), Look: x.look(r)}
	var misses []Miss
	j.Selected, misses = x.picks(r)
	about := slices.ContainsFunc(j.Selected, isAbout)
	explains := slices.Contains(j.Selected, "explains")
	switch it := t.itemOf(x); {
	case it != nil && it.cause != nil && it.cause.rule.ID == r.ID:
		j.Fate, j.Via = FateExplains, it.via(x.item)
	case j.Selected == nil:
		j.Fate, j.Misses = FateUnselected, misses
	case r.Disabled:
		j.Fate = FateOff
	case about:
		t.about(&j, x)
	case !explains:
		j.Fate = FateAgainst
	case !t.accepted(r):
		j.Fate = FateAbsent
		if c := t.judged[r.ID]; c != nil && c.superseded != nil {
			j.By = c.superseded.rule.ID
		}
	default:
		j.Fate = FateApart
		if it != nil && it.cause != nil {
			j.Fate, j.By, j.Via = FateFolded, it.cause.rule.ID, it.via(x.item)
		}
	}
	return j
}

// isAbout reports whether a selection is one of those whose records a rule counts.
func isAbout(key string) bool {
	return strings.HasPrefix(key, "when.") && key != "when.ratio.of" && key != "when.without.select" && !strings.HasSuffix(key, ".not")
}

func (t *Trace) itemOf(x *traced) *item {
	if x.item < 0 {
		return nil
	}
	return &t.after.items[x.item]
}

// accepted reports whether a rule is told, or was until all that it is about turned out to be a symptom.
func (t *Trace) accepted(r *Rule) bool {
	c := t.judged[r.ID]
	return c != nil && c.superseded == nil && c.accepted
}

// via returns the code of which the catalog says that it brings an item about, if that is why it is folded.
func (it *item) via(i int) tally.Key {
	for _, f := range it.cause.folds {
		if f.item == i {
			return f.via
		}
	}
	return tally.Key{}
}

// about tells what became of a rule that counts the record.
func (t *Trace) about(j *Judgement, x *traced) {
	r := j.Rule
	c, it := t.judged[r.ID], t.itemOf(x)
	if r.Timed() {
		if j.Field = x.lacks(r); j.Field != "" {
			j.Fate = FateLacks
			return
		}
		if r.windowed() && !x.timed {
			j.Fate = FateUntimed
			return
		}
	} else {
		j.Whole.Readings = t.before.readings(r, t.before.pickedBy(r))
	}
	switch {
	case c == nil, r.Timed() && (j.Look == nil || j.Look.Episode == nil):
		j.Fate = FateShort
	case c.superseded != nil:
		j.Fate, j.By = FateSuperseded, c.superseded.rule.ID
	case it != nil && it.gone():
		j.Fate, j.By, j.Via = FateFolded, it.cause.rule.ID, it.via(x.item)
	case j.Verdict > 0 && (it == nil || slices.Contains(c.about, x.item)):
		j.Fate = FateTold
	case r.Fallback && it != nil && it.teller != nil && it.teller != c:
		j.Fate, j.By = FateTaken, it.teller.rule.ID
	default: // what is left to it does not do
		j.Fate = FateShort
		if !r.Timed() {
			j.Whole.Readings = t.after.readings(r, t.after.leftOf(c.picked))
		}
		for _, i := range c.picked {
			if cause := t.after.items[i].cause; cause != nil && j.By == "" {
				j.By = cause.rule.ID
			}
		}
	}
}

// pickedBy lists the items that a rule over the whole log is about.
func (e *evaluation) pickedBy(r *Rule) (items []int) {
	for i := range e.items {
		if e.items[i].matches(&r.When.Select) {
			items = append(items, i)
		}
	}
	return items
}

// windowed reports whether a rule takes only records with a time of their own.
func (r *Rule) windowed() bool {
	return r.When.Within > 0 || r.When.FirstSeen != nil || r.Clear.After > 0
}

// lacks returns the first field that a rule groups by or measures and the record has not, or "".
func (s *subject) lacks(r *Rule) string {
	for _, key := range r.keys() {
		if s.value(key) == "" {
			return key
		}
	}
	return ""
}
