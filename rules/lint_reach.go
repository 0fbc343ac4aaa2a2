package rules

import (
	"fmt"
	"iter"
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A specimen is a code or an event that records can have.
type specimen struct {
	code  *tally.Code // nil for an event
	event string
}

// A world is every code and event that a set of rules can meet, as far as they make a difference.
type world struct {
	real []specimen // codes of the catalog, unknown numbers, events
	more []specimen // codes that a team's catalog may bring later
}

// all yields what there is and what may come.
func (w *world) all() iter.Seq[specimen] {
	return func(yield func(specimen) bool) {
		for _, list := range [][]specimen{w.real, w.more} {
			for _, c := range list {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// nobody is a number that no catalog knows.
const nobody = 999_999_937

func newWorld(s *Set, cat *catalog.Catalog) *world {
	w := &world{}
	seen := make(map[tally.Key]bool)
	add := func(n int, f catalog.Family, e *catalog.Entry) {
		k := tally.Key{Family: f, Code: n}
		if !seen[k] {
			seen[k] = true
			w.real = append(w.real, specimen{code: codeOf(&tally.Finding{Code: n, Family: f, Entry: e})})
		}
	}
	for _, e := range cat.Entries() {
		for _, f := range append([]catalog.Family{e.Family}, e.Also...) {
			add(e.Code, f, e)
		}
	}
	events := eventNames()
	numbers := []int{nobody}
	for i := range s.rules {
		s.rules[i].visit(func(_ string, sel *Selection) {
			sel.walk(func(sel *Selection) {
				for _, p := range sel.Codes {
					numbers = append(numbers, p.First, p.Last)
				}
				for _, e := range sel.Events {
					if !slices.Contains(events, e) {
						events = append(events, e)
					}
				}
			})
		})
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		for _, f := range catalog.Families() {
			if e := cat.Lookup(f, n); e != nil || n == nobody || !cat.Known(n) {
				add(n, f, e)
			}
		}
	}
	for _, e := range events {
		w.real = append(w.real, specimen{event: e})
	}
	for _, f := range catalog.Families() {
		for _, t := range catalog.Topics() {
			for _, c := range catalog.Classes() {
				e := &catalog.Entry{Code: nobody, Last: nobody, Family: f, Topic: t, Class: c}
				w.more = append(w.more, specimen{code: codeOf(&tally.Finding{Code: nobody, Family: f, Entry: e})})
			}
		}
	}
	return w
}

// visit calls a function with each selection of a rule that is given, and its path.
func (r *Rule) visit(f func(key string, s *Selection)) {
	given := func(key string, s *Selection) {
		if !s.IsZero() {
			f(key, s)
		}
	}
	c := &r.When
	given("when.select", &c.Select)
	for i := range c.Sequence {
		given(at("when.sequence", i, "select"), &c.Sequence[i].Select)
		given(at("when.sequence", i, "not"), &c.Sequence[i].Not)
	}
	for i := range c.Of {
		given(at("when.of", i, "select"), &c.Of[i].Select)
	}
	if c.Ratio != nil {
		given("when.ratio.of", &c.Ratio.Of)
	}
	if c.Without != nil {
		given("when.without.select", &c.Without.Select)
	}
	given("explains", &r.Explains)
	given("clear.seen", &r.Clear.Seen)
}

// walk calls a function with the selection and all that it joins.
func (s *Selection) walk(f func(*Selection)) {
	f(s)
	for i := range s.All {
		s.All[i].walk(f)
	}
	for i := range s.Any {
		s.Any[i].walk(f)
	}
	if s.Not != nil {
		s.Not.walk(f)
	}
}

// own answers for the tests of a selection itself, as a [Recorder] does.
func (c specimen) own(s *Selection) bool {
	return (&listeners{code: c.code, event: c.event}).picks(s)
}

// value returns the value of a field if it follows from the code or the event.
func (c specimen) value(field string) (string, bool) {
	switch field {
	case tally.DerivedEvent:
		return c.event, true
	case tally.DerivedCode, tally.DerivedFamily, tally.DerivedCategory, tally.DerivedTopic, tally.DerivedClass:
		if c.code == nil {
			return "", true
		}
		f := tally.Finding{Code: c.code.Code, Family: c.code.Family, Entry: c.code.Entry}
		return f.Value(field), true
	}
	return "", false
}

// reach says whether a selection picks records of a specimen: yes, no, or perhaps where it takes
// the record to know.
func (m *matcher) reach(c specimen) answer {
	return m.ask(c.own, func(f *fieldMatcher) answer {
		v, known := c.value(f.test.Field)
		switch {
		case !known:
			return perhaps
		case f.matches(v):
			return yes
		}
		return no
	})
}

// reach looks for selections that nothing can pass.
func (l *linter) reach() {
	short := len(l.rule.When.Of) - l.rule.When.AtLeast // parts of several that may be missing
	if l.rule.When.AtLeast == 0 {
		short = 0
	}
	l.rule.visit(func(key string, s *Selection) {
		m := newMatcher(s)
		if slices.ContainsFunc(l.world.real, func(c specimen) bool { return m.reach(c) != no }) {
			return
		}
		what := "the rule can never hold"
		switch {
		case key == "explains":
			what = "the rule explains nothing"
		case key == "clear.seen":
			what = "it never ends the rule"
		case key == "when.without.select":
			what = "every selected record is without it"
		case len(l.rule.When.Of) > 0 && short > 0:
			what = fmt.Sprintf("one of the parts can never come, and at_least %d is enough", l.rule.When.AtLeast)
			short--
		case len(l.rule.When.Sequence) > 0 && key[len(key)-len("not"):] == "not":
			what = "it undoes nothing"
		}
		l.warn(l.at, key, "no code of the catalog and no event passes all of it: %s", what)
	})
}
