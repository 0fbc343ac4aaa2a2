package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// names returns the words of a vocabulary.
func names[T ~string](list []T) []string {
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

// selection checks a selection and converts it.
func (p *parser) selection(path string, y *selectionYAML) Selection {
	s := Selection{Known: y.Known}
	for i, code := range y.Codes {
		s.Codes = append(s.Codes, code.Span)
		if code.ok {
			p.span(at(path+".codes", i), code.Span)
		}
	}
	for i, w := range y.Topics {
		s.Topics = append(s.Topics, word[catalog.Topic](p, at(path+".topics", i), "topic", w, names(catalog.Topics())))
	}
	for i, w := range y.Classes {
		s.Classes = append(s.Classes, word[catalog.Class](p, at(path+".classes", i), "class", w, classes()))
	}
	for i, w := range y.Families {
		s.Families = append(s.Families, word[catalog.Family](p, at(path+".families", i), "family", w, names(catalog.Families())))
	}
	s.Categories, s.Events = y.Categories, y.Events
	for i, w := range y.Categories {
		if !slices.Contains(p.categories, w) && !p.full() {
			p.fail(at(path+".categories", i), "unknown category %.64q%s", w, suggest(w, p.categories))
		}
	}
	for i, w := range y.Events {
		if !slices.Contains(eventNames(), w) && !strings.HasPrefix(w, "x_") && !p.full() {
			p.fail(at(path+".events", i), "unknown event %.64q%s", w, p.orEvents(w))
		}
	}
	return s
}

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
		p.fail(path, "unknown family %.64q%s", s.Family, suggest(string(s.Family), names(catalog.Families())))
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
