package rules

import (
	"slices"
	"strconv"

	"github.com/imtriage/imtriage/catalog/tally"
)

// miss returns the first part of a test of a field that a value fails.
func (m *fieldMatcher) miss(value string) (x Miss, failed bool) {
	if m.matches(value) {
		return Miss{}, false
	}
	for _, p := range m.test.parts() {
		one := newFieldMatcher(&p.test)
		if !one.matches(value) {
			return Miss{Field: m.test.Field, Op: p.op, Have: value, Want: p.want}, true
		}
	}
	return Miss{Field: m.test.Field, Have: value}, true
}

// A fieldPart is what a test of a field says under one key.
type fieldPart struct {
	op   string
	want []string
	test FieldTest
}

// parts takes a test of a field apart, in the order in which a value is held against it.
func (t *FieldTest) parts() (list []fieldPart) {
	add := func(op string, want []string, set func(*FieldTest)) {
		if len(want) > 0 {
			p := fieldPart{op, want, FieldTest{Field: t.Field, IgnoreCase: t.IgnoreCase}}
			set(&p.test)
			list = append(list, p)
		}
	}
	if t.Exists != nil {
		add("exists", []string{strconv.FormatBool(*t.Exists)}, func(p *FieldTest) { p.Exists = t.Exists })
	}
	add("is", t.Is, func(p *FieldTest) { p.Is = t.Is })
	add("contains", t.Contains, func(p *FieldTest) { p.Contains = t.Contains })
	add("starts_with", t.StartsWith, func(p *FieldTest) { p.StartsWith = t.StartsWith })
	add("ends_with", t.EndsWith, func(p *FieldTest) { p.EndsWith = t.EndsWith })
	add("regex", t.Regex, func(p *FieldTest) { p.Regex = t.Regex })
	add("cidr", t.CIDR, func(p *FieldTest) { p.CIDR = t.CIDR })
	if !t.Number.IsZero() {
		add("number", []string{t.Number.String()}, func(p *FieldTest) { p.Number = t.Number })
	}
	return list
}

// near reports whether a rule speaks of a subject in some way: of its number in whatever family, of its
// topic, its category or its event.
func (s *subject) near(r *Rule) bool {
	found := false
	r.visit(func(_ string, sel *Selection) {
		sel.walk(func(sel *Selection) {
			if c := s.code; c == nil {
				found = found || sel.MatchesEvent(s.event)
			} else {
				found = found || slices.Contains(sel.Categories, c.Category) || c.Topic != "" && slices.Contains(sel.Topics, c.Topic) ||
					slices.ContainsFunc(sel.Codes, func(p Span) bool { return p.First <= c.Code && c.Code <= p.Last })
			}
			for i := range sel.Fields {
				found = found || s.nearField(&sel.Fields[i])
			}
		})
	})
	return found
}

// nearField does the same for a test of what follows from the code or the event.
func (s *subject) nearField(t *FieldTest) bool {
	if !slices.Contains([]string{tally.DerivedCode, tally.DerivedCategory, tally.DerivedTopic, tally.DerivedEvent}, t.Field) {
		return false
	}
	m := newFieldMatcher(t)
	value := s.value(t.Field)
	return value != "" && m.matches(value)
}

// texts writes the values of a list.
func texts[T any](list []T, write func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = write(v)
	}
	return out
}
