package alert

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A route picks alerts for receivers.
type route struct {
	RouteSpec
	class catalog.Class
	to    []int // receivers by number
}

// route checks a route.
func (l *loader) route(at string, s *RouteSpec) route {
	r := route{RouteSpec: *s}
	var names []string
	for _, c := range l.config.Receivers {
		names = append(names, c.Name)
	}
	if len(s.To) == 0 {
		l.fail(at, "no receiver: say to: [NAME]")
	}
	for i, name := range s.To {
		n := slices.Index(names, name)
		if n < 0 {
			l.unknown(fmt.Sprintf("%s.to[%d]", at, i), "receiver", name, names)
			continue
		}
		r.to = append(r.to, n)
	}
	if s.Class != "" {
		var err error
		if r.class, err = catalog.ParseClass(s.Class); err != nil {
			l.unknown(at+".class", "class", s.Class, classNames())
		}
	}
	l.among(at+".topic", "topic", s.Topic, words(catalog.Topics()))
	l.among(at+".turn", "turn", s.Turn, words(turnOrder))
	for i, pattern := range s.Rule {
		l.rule(fmt.Sprintf("%s.rule[%d]", at, i), pattern)
	}
	return r
}

// rule checks that a pattern names a rule: one that never does is a mistake that nobody would
// notice until an alert is missing.
func (l *loader) rule(at, pattern string) {
	if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
		l.fail(at, "want the id of a rule, or a pattern such as usersig-*, got %q", pattern)
		return
	}
	if l.options.Rules == nil {
		return
	}
	var ids []string
	for _, r := range l.options.Rules.Rules() {
		if ok, _ := path.Match(pattern, r.ID); ok {
			return
		}
		ids = append(ids, r.ID)
	}
	what := fmt.Sprintf("no rule %q", pattern)
	if near := yamlpos.DidYouMean(pattern, ids); near != "" {
		what += fmt.Sprintf(", did you mean %q?", near)
	} else {
		what += ": imtriage rules list shows them"
	}
	l.fail(at, "%s", what)
}

func (l *loader) unknown(at, what, word string, list []string) {
	list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
	if near := yamlpos.DidYouMean(word, list); near != "" {
		l.fail(at, "unknown %s %q, did you mean %q?", what, word, near)
		return
	}
	l.fail(at, "unknown %s %q, want one of %s", what, word, strings.Join(list, ", "))
}

// among holds every word of a list against those that there are.
func (l *loader) among(at, what string, given, known []string) {
	for i, word := range given {
		if !slices.Contains(known, word) {
			l.unknown(fmt.Sprintf("%s[%d]", at, i), what, word, known)
		}
	}
}

func classNames() (names []string) {
	for _, c := range catalog.Classes() {
		names = append(names, c.String())
	}
	return names
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// takes reports whether an alert goes this way.
func (r *route) takes(a *Alert) bool {
	return a.Class >= r.class &&
		(len(r.Topic) == 0 || slices.ContainsFunc(a.Topics, func(t catalog.Topic) bool { return slices.Contains(r.Topic, string(t)) })) &&
		(len(r.Turn) == 0 || slices.Contains(r.Turn, string(a.Turn))) &&
		(len(r.Rule) == 0 || slices.ContainsFunc(r.Rule, func(p string) bool {
			ok, _ := path.Match(p, a.Rule)
			return ok
		}))
}
