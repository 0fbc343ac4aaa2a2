package rules

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A Warning is something about a rule that can be meant so, but most likely is not.
type Warning yamlpos.Error

// String returns "file:line:col: warning: path: what".
func (w Warning) String() string {
	e := yamlpos.Error(w)
	e.Path = strings.TrimSuffix("warning: "+e.Path, ": ")
	return e.Error()
}

// Lint looks at the rules of users' files that are in force, and at those that an instant puts back
// in force, and returns what is odd about them by file and position. Rules of the pack are looked at
// only as what others stand beside.
func (s *Set) Lint(cat *catalog.Catalog, now time.Time) []Warning {
	l := &linter{set: s.At(now), world: newWorld(s, cat)}
	for i, p := range s.places {
		before, r := &s.rules[i], &l.set.rules[i]
		if before.Disabled && !r.Disabled && p.off.doc != nil {
			l.warn(p.off, "until", "the day is over and rule %q is on again: take this out, or give a later day", r.ID)
		}
		if r.Disabled || p.rule.doc == nil {
			continue
		}
		l.rule, l.at = r, p.rule
		l.reach()
		l.conditions()
		l.fields()
		l.twin(i)
		if r.Fallback && !r.Timed() {
			l.shadow(i)
		}
	}
	slices.SortStableFunc(l.warnings, func(a, b Warning) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), strings.Compare(a.What, b.What))
	})
	return l.warnings
}

// Untested counts the rules of users' files that are in force and have no example beside them, though
// their language has a place for one.
func (s *Set) Untested() (n int) {
	for i, p := range s.places {
		if r := &s.rules[i]; p.rule.path != "" && !r.Disabled && len(r.Tests) == 0 {
			n++
		}
	}
	return n
}

// A linter looks at one rule after the other.
type linter struct {
	set      *Set
	world    *world
	rule     *Rule
	at       position
	warnings []Warning
}

func (l *linter) warn(at position, part, format string, args ...any) {
	l.warnings = append(l.warnings, Warning(at.errorf(part, format, args...)))
}

// conditions looks for bounds that do less than they seem to.
func (l *linter) conditions() {
	c := &l.rule.When
	if !c.Count.rising() && len(c.By) > 0 {
		l.warn(l.at, "when.count", "a group of %s that was never seen is not judged: silence is told only of those that had a record", strings.Join(c.By, ", "))
	}
	if c.Ratio != nil && c.Within > 0 && c.Ratio.Min == 0 {
		l.warn(l.at, "when.ratio", "without min a window with one record can hold, such as one call by night that fails")
	}
	if c.Spike != nil && c.Spike.ReferenceMin == 0 && c.Spike.Direction != Down {
		l.warn(l.at, "when.spike", "without reference_min the first few records after a quiet window are a spike")
	}
	if w := c.Without; w != nil && same(&w.Select, &c.Select) {
		l.warn(l.at, "when.without.select", "what the rule waits for is what it selects: it can never hold")
	}
	if s := &l.rule.Clear.Seen; !s.IsZero() && same(s, &c.Select) {
		l.warn(l.at, "clear.seen", "what ends the rule is what it selects: it can never hold")
	}
	for i, id := range l.rule.Supersedes {
		if id == l.rule.ID || slices.Contains(l.rule.Supersedes[:i], id) {
			l.warn(l.at, at("supersedes", i), "%q is this rule itself or stands here twice", id)
		}
	}
	if f := c.FirstSeen; f != nil && f.Learn == 0 {
		l.warn(l.at, "when.first_seen", "without learn every value is new at the beginning of a log")
	}
}

// twin looks for a rule before this one that says the same.
func (l *linter) twin(i int) {
	own := conditionText(l.rule)
	for j := range l.set.rules[:i] {
		if other := &l.set.rules[j]; !other.Disabled && conditionText(other) == own {
			l.warn(l.at, "when", "rule %q has the same condition, both will be told", other.ID)
			return
		}
	}
	// New rules stand in front of the pack: a twin there comes after.
	for j := i + 1; j < len(l.set.rules); j++ {
		if other := &l.set.rules[j]; Builtin().Rule(other.ID) != nil && !other.Disabled && conditionText(other) == own {
			l.warn(l.at, "when", "rule %q of the pack has the same condition, both will be told: give this one its id to replace it", other.ID)
			return
		}
	}
}

// same reports whether two selections say the same.
func same(a, b *Selection) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

// conditionText returns what makes a rule hold as a text to compare.
func conditionText(r *Rule) string {
	data, err := json.Marshal(r.When)
	if err != nil {
		panic("rules: a condition does not encode: " + err.Error()) // plain data always does
	}
	return fmt.Sprint(r.Fallback, string(data))
}

// shadow looks for fallbacks before this one that leave nothing to it.
func (l *linter) shadow(i int) {
	var before []*matcher
	var names []string
	for j := range l.set.rules[:i] {
		r := &l.set.rules[j]
		if w := &r.When; r.Fallback && !r.Disabled && !r.Timed() && w.Count.IsZero() && w.Share == 0 && w.Users <= 1 {
			before, names = append(before, newMatcher(&w.Select)), append(names, r.ID)
		}
	}
	own := newMatcher(&l.rule.When.Select)
	var by []string
	for c := range l.world.all() {
		if own.reach(c) == no {
			continue
		}
		k := slices.IndexFunc(before, func(m *matcher) bool { return m.reach(c) == yes })
		if k < 0 {
			return
		}
		if !slices.Contains(by, names[k]) {
			by = append(by, names[k])
		}
	}
	if by != nil {
		l.warn(l.at, "when.select", "nothing is left to this fallback: %s before it takes it all", strings.Join(by, ", "))
	}
}
