package sigma

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// codeKeys are the fields that pick findings by their code, and marks by their event, as the keys
// of a selection of ours do.
var codeKeys = map[string]func(*reader, []yamlpos.Node) rules.Selection{
	tally.DerivedCode:     (*reader).codes,
	tally.DerivedFamily:   (*reader).families,
	tally.DerivedCategory: (*reader).categories,
	tally.DerivedTopic:    (*reader).topics,
	tally.DerivedClass:    (*reader).classes,
	tally.DerivedEvent:    (*reader).events,
}

func (r *reader) codes(values []yamlpos.Node) (s rules.Selection) {
	for i := range values {
		var span rules.Span
		if err := span.UnmarshalText([]byte(values[i].Text)); err != nil {
			r.fail(&values[i], "%v", err)
		} else if what := r.unknown(span); what != "" {
			r.fail(&values[i], "%s", what)
		}
		s.Codes = append(s.Codes, span)
	}
	return s
}

// unknown says what is wrong with a code that the catalog does not know.
func (r *reader) unknown(s rules.Span) string {
	known := slices.ContainsFunc(r.cat.Entries(), func(e *catalog.Entry) bool {
		return e.Code <= s.Last && s.First <= e.Last && (s.Family == "" || s.Family == e.Family)
	})
	switch {
	case s.Family != "" && !slices.Contains(catalog.Families(), s.Family):
		return fmt.Sprintf("unknown family %.64q, want one of %s", s.Family, strings.Join(names(catalog.Families()), ", "))
	case known || s.First == s.Last && s.Family != "" && r.cat.Lookup(s.Family, s.First) != nil:
		return ""
	case s.First != s.Last:
		return fmt.Sprintf("the catalog knows no code in %s", s)
	}
	for _, e := range r.cat.Near(strconv.Itoa(s.First)) {
		return fmt.Sprintf("the catalog does not know code %s, did you mean %d (%s)?", s, e.Code, e.Title().EN)
	}
	return fmt.Sprintf("the catalog does not know code %s; a code of your own goes into a catalog overlay first", s)
}

func (r *reader) families(values []yamlpos.Node) rules.Selection {
	return rules.Selection{Families: words(r, values, "family", catalog.Families())}
}

func (r *reader) topics(values []yamlpos.Node) rules.Selection {
	return rules.Selection{Topics: words(r, values, "topic", catalog.Topics())}
}

func (r *reader) categories(values []yamlpos.Node) rules.Selection {
	var list []string
	for _, s := range r.cat.Sections() {
		list = append(list, string(s.Family)+"/"+s.Name)
	}
	for _, f := range catalog.Families() {
		list = append(list, string(f)+"/unknown")
	}
	return rules.Selection{Categories: words(r, values, "category", list)}
}

func (r *reader) classes(values []yamlpos.Node) (s rules.Selection) {
	var list []string
	for _, c := range catalog.Classes() {
		list = append(list, c.String())
	}
	for _, w := range words(r, values, "class", list) {
		s.Classes = append(s.Classes, catalog.Classes()[slices.Index(list, w)])
	}
	return s
}

// events reads those of marks, and names of one's own, which begin with x_.
func (r *reader) events(values []yamlpos.Node) (s rules.Selection) {
	var list []string
	for _, e := range tally.Events() {
		list = append(list, e.Name)
	}
	for i := range values {
		if own := strings.ToLower(values[i].Text); strings.HasPrefix(own, "x_") {
			s.Events = append(s.Events, own)
		} else {
			s.Events = append(s.Events, words(r, values[i:i+1], "event", list)...)
		}
	}
	return s
}

// words looks values up in a vocabulary, in any case.
func words[T ~string](r *reader, values []yamlpos.Node, what string, list []T) []T {
	var out []T
	for i := range values {
		at := slices.Index(list, T(strings.ToLower(values[i].Text)))
		if at >= 0 {
			out = append(out, list[at])
			continue
		}
		hint := ", want one of " + strings.Join(names(list), ", ")
		if near := yamlpos.DidYouMean(values[i].Text, names(list)); near != "" {
			hint = fmt.Sprintf(", did you mean %q?", near)
		}
		r.fail(&values[i], "unknown %s %.64q%s", what, values[i].Text, hint)
	}
	return out
}

func names[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}
