package rules

import (
	"slices"
	"strconv"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Miss is a test of a selection that a record failed. Of tests that all must pass it is the first
// one; where any of several selections would do, there is one for each of them.
type Miss struct {
	// Key is where the test stands in the rule, such as when.select.families or
	// when.select.fields.api; that of a selection under not ends in .not.
	Key   string
	Field string   // of a test of a field
	Op    string   // of a test of a field: is, contains, starts_with, ends_with, regex, cidr, number or exists
	Have  string   // what the record has, raw; "" for nothing
	Want  []string // any of these would have passed; nil where nothing of the kind could
}

// A subject is a record of which rules are asked whether they pick it.
type subject struct {
	listeners
	value func(string) string
}

func findingSubject(f *tally.Finding) *subject {
	f.Complete()
	return &subject{listeners{code: codeOf(f)}, f.Value}
}

func markSubject(m *tally.Mark) *subject {
	m.Complete()
	return &subject{listeners{event: m.Event}, m.Value}
}

// picks lists the selections of a rule that pick the subject, by their path in the rule, and what the
// others miss.
func (s *subject) picks(r *Rule) (keys []string, misses []Miss) {
	r.visit(func(key string, sel *Selection) {
		m := newMatcher(sel)
		if m.record(s.listeners.picks, s.value) {
			keys = append(keys, key)
		} else {
			misses = append(misses, s.miss(key, m)...)
		}
	})
	return keys, misses
}

// miss returns the first test of a selection that fails.
func (s *subject) miss(key string, m *matcher) []Miss {
	if x, failed := s.ownMiss(key, m.sel); failed {
		return []Miss{x}
	}
	for i := range m.fields {
		if x, failed := m.fields[i].miss(s.value(m.fields[i].test.Field)); failed {
			x.Key = key + ".fields." + x.Field
			return []Miss{x}
		}
	}
	for i, sub := range m.all {
		if !sub.record(s.listeners.picks, s.value) {
			return s.miss(at(key+".all", i), sub)
		}
	}
	fits := func(x *matcher) bool { return x.record(s.listeners.picks, s.value) }
	if len(m.any) == 0 || slices.ContainsFunc(m.any, fits) {
		return []Miss{{Key: key + ".not"}} // all else passed
	}
	var list []Miss
	for i, sub := range m.any {
		list = append(list, s.miss(at(key+".any", i), sub)...)
	}
	return list
}

// ownMiss goes through the tests that look at the code or the event.
func (s *subject) ownMiss(key string, sel *Selection) (x Miss, failed bool) {
	c := s.code
	switch {
	case s.listeners.picks(sel):
		return Miss{}, false
	case c == nil:
		return Miss{Key: key + ".events", Have: s.event, Want: sel.Events}, true
	case !sel.picksFindings():
		return Miss{Key: key + ".events", Want: sel.Events}, true
	}
	for _, test := range []struct {
		key, have string
		want      []string
		passed    bool
	}{
		{
			"codes", s.value(tally.DerivedCode), texts(sel.Codes, Span.String),
			slices.ContainsFunc(sel.Codes, func(p Span) bool { return p.covers(c) }),
		},
		{"families", string(c.Family), texts(sel.Families, func(f catalog.Family) string { return string(f) }), slices.Contains(sel.Families, c.Family)},
		{"categories", c.Category, sel.Categories, slices.Contains(sel.Categories, c.Category)},
		{"topics", string(c.Topic), texts(sel.Topics, func(t catalog.Topic) string { return string(t) }), slices.Contains(sel.Topics, c.Topic)},
		{"classes", c.Class.String(), texts(sel.Classes, catalog.Class.String), slices.Contains(sel.Classes, c.Class)},
	} {
		if len(test.want) > 0 && !test.passed {
			return Miss{Key: key + "." + test.key, Have: test.have, Want: test.want}, true
		}
	}
	known := c.Entry != nil
	return Miss{Key: key + ".known", Have: strconv.FormatBool(known), Want: []string{strconv.FormatBool(!known)}}, true
}
