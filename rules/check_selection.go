package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// vocabulary returns the words of a list of constants.
func vocabulary[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return words
}

func classes() []string {
	var words []string
	for _, c := range catalog.Classes() {
		words = append(words, c.String())
	}
	return words
}

// needed checks a selection that must be given and pick something, and converts it.
func (p *parser) needed(path string, y *selectionYAML) Selection {
	if y == nil {
		y = new(selectionYAML)
	}
	faults := len(p.errs)
	s := p.selection(path, y)
	if s.IsZero() && len(p.errs) == faults && p.readable(path) {
		p.fail(path, "selects nothing, name codes, categories, topics, classes, families, known, events or fields")
	}
	return s
}

// given checks a selection if it is given, and converts it.
func (p *parser) given(path string, y *selectionYAML) Selection {
	if y == nil {
		return Selection{}
	}
	return p.needed(path, y)
}

// selection checks a selection and converts it. One that only uses another is that one, so that a
// name makes no difference.
func (p *parser) selection(path string, y *selectionYAML) Selection {
	p.weight++
	s := Selection{Known: y.Known}
	p.codes(path, y, &s)
	s.Topics = wordList[catalog.Topic](p, path+".topics", "topic", y.Topics, vocabulary(catalog.Topics()))
	s.Classes = wordList[catalog.Class](p, path+".classes", "class", y.Classes, classes())
	s.Families = wordList[catalog.Family](p, path+".families", "family", y.Families, vocabulary(catalog.Families()))
	s.Fields = p.fields(path+".fields", y.Fields)
	used := p.use(path+".use", &y.Use)
	if len(used) == 1 && s.IsZero() && len(y.All)+len(y.Any) == 0 && y.Not == nil {
		return used[0]
	}
	s.All = used
	for i := range y.All {
		s.All = append(s.All, p.needed(at(path+".all", i), &y.All[i]))
	}
	for i := range y.Any {
		s.Any = append(s.Any, p.needed(at(path+".any", i), &y.Any[i]))
	}
	if y.Not != nil {
		not := p.needed(path+".not", y.Not)
		s.Not = &not
	}
	return s
}

// codes checks and converts what is looked up in the catalog, and events.
func (p *parser) codes(path string, y *selectionYAML, s *Selection) {
	for _, c := range p.expand(path+".codes", y.Codes, false) {
		var span Span
		if err := span.UnmarshalText([]byte(c.text)); err != nil {
			p.fail(c.path, "%v", err)
			continue
		}
		s.Codes = append(s.Codes, span)
		p.span(c.path, span)
	}
	for _, w := range p.expand(path+".categories", y.Categories, false) {
		s.Categories = append(s.Categories, w.text)
		if !slices.Contains(p.categories, w.text) && !p.full() {
			p.fail(w.path, "unknown category %.64q%s", w.text, suggest(w.text, p.categories))
		}
	}
	for _, w := range p.expand(path+".events", y.Events, false) {
		s.Events = append(s.Events, w.text)
		if !p.event(w.text) && !p.full() {
			p.fail(w.path, "unknown event %.64q%s", w.text, p.orEvents(w.text))
		}
	}
}

// wordList converts the words of a vocabulary.
func wordList[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](p *parser, path, what string, given, words []string) (out []T) {
	for _, w := range p.expand(path, given, false) {
		out = append(out, word[T, P](p, w.path, what, w.text, words))
	}
	return out
}

// event reports whether an event has a name that marks can have.
func (p *parser) event(name string) bool {
	return slices.Contains(eventNames(), name) || ownName(name)
}

// ownName reports whether a name is one that a user's extractor may give.
func ownName(name string) bool { return strings.HasPrefix(name, "x_") && len(name) > len("x_") }

// orEvents ends a message about an unknown event.
func (p *parser) orEvents(given string) string {
	if hint := suggest(given, eventNames()); hint != "" {
		return hint
	}
	return ", want one of " + strings.Join(eventNames(), ", ") + ", or x_ and a name of your own"
}

// span checks that the catalog knows a code, or some code of a range.
func (p *parser) span(path string, s Span) {
	switch {
	case p.full():
	case s.Family != "" && !slices.Contains(catalog.Families(), s.Family):
		p.fail(path, "unknown family %.64q%s", s.Family, suggest(string(s.Family), vocabulary(catalog.Families())))
	case s.known(p.cat):
	case s.First != s.Last:
		p.fail(path, "the catalog knows no code in %s", s)
	default:
		p.fail(path, "the catalog does not know code %s%s", s, p.near(s))
	}
}

// near ends a message about an unknown code with the nearest known one.
func (p *parser) near(s Span) string {
	if s.Family != "" && p.cat.Known(s.First) {
		var in []string
		for _, e := range p.cat.Find(s.First) {
			in = append(in, string(e.Family))
		}
		return fmt.Sprintf(", the number belongs to %s", strings.Join(slices.Compact(in), ", "))
	}
	for _, e := range p.cat.Near(strconv.Itoa(s.First)) {
		if s.Family == "" || s.Family == e.Family {
			return fmt.Sprintf(", did you mean %d (%s)? A code of your own goes into a catalog overlay first", e.Code, e.Title().EN)
		}
	}
	return "; a code of your own goes into a catalog overlay first"
}
