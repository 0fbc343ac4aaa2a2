package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// tests checks the examples beside a rule and converts them.
func (p *parser) tests(path string, r *Rule, y []testYAML) {
	first := make(map[string]int)
	for i, t := range y {
		path := at(path+".tests", i)
		if t.Name == "" {
			p.missing(path+".name", "no name given: say what the example shows")
		} else if before, twice := first[t.Name]; twice {
			p.fail(path+".name", "%.64q is the name of test %d too", t.Name, before+1)
		} else {
			first[t.Name] = i
		}
		if strings.TrimSpace(t.Log) == "" {
			p.missing(path+".log", "no lines given")
		}
		if t.Want == nil {
			p.missing(path+".want", "no result given, want one such as {count: 3} or {holds: false}")
			continue
		}
		r.Tests = append(r.Tests, Test{Name: t.Name, Log: t.Log, Want: p.want(path+".want", r, t.Want)})
	}
}

// want checks what the verdict of a rule must be.
func (p *parser) want(path string, r *Rule, y *wantYAML) Want {
	w := Want{
		Holds: y.Holds, Count: y.Count, Users: y.Users, Raised: y.Raised, Told: y.Told,
		First: y.First.Time, Last: y.Last.Time, Groups: y.Groups,
		Codes: y.Codes, Explains: y.Explains, Also: y.Also,
	}
	if y.Class != "" {
		w.Class = word[catalog.Class](p, path+".class", "class", y.Class, classes())
	}
	if y.State != "" {
		w.State = word[State](p, path+".state", "state", y.State, vocabulary(States()))
	}
	for i, c := range y.Codes {
		p.wantCode(at(path+".codes", i), c)
	}
	for i, c := range y.Explains {
		if p.full() {
			break
		}
		if hint := suggest(c, eventNames()); hint != "" && !p.event(c) {
			p.fail(at(path+".explains", i), "unknown event %.64q%s", c, hint)
		} else if !p.event(c) {
			p.wantCode(at(path+".explains", i), c)
		}
	}
	for i, id := range y.Also {
		if !idText.MatchString(id) {
			p.fail(at(path+".also", i), "%.64q is no id of a rule", id)
		}
	}
	p.wantGroups(path+".groups", r, y.Groups)
	absent := y.Holds != nil && !*y.Holds
	if absent && (y.Class != "" || y.State != "" || y.Count != nil || y.Users != nil || y.Raised != nil || y.Told != nil ||
		!w.First.IsZero() || !w.Last.IsZero() || y.Codes != nil || y.Explains != nil || y.Groups != nil) {
		p.fail(path+".holds", "a rule that must not hold has no verdict to look at; only also can stand beside it")
	}
	if (y.Raised != nil || y.Told != nil) && !r.Timed() && p.readable(path) {
		p.fail(path+".raised", "only a rule that looks at times, groups or fields is raised")
	}
	return w
}

// wantCode checks a code that a verdict names.
func (p *parser) wantCode(path, text string) {
	if p.readable(path) && !nameOfCode(text) {
		p.fail(path, "%.64q is no code of a family, want one such as server/70001", text)
	}
}

// nameOfCode reports whether a text names one code of one family.
func nameOfCode(text string) bool {
	var s Span
	return s.UnmarshalText([]byte(text)) == nil && s.First == s.Last && slices.Contains(catalog.Families(), s.Family)
}

// wantGroups checks that groups have the fields by which the rule groups.
func (p *parser) wantGroups(path string, r *Rule, groups []map[string]string) {
	for i, g := range groups {
		if p.full() {
			break
		}
		for _, name := range slices.Sorted(maps.Keys(g)) {
			if !slices.Contains(r.When.By, name) && p.readable(path) {
				p.failKey(yamlpos.Join(at(path, i), name), "the rule does not group by %.64q%s", name, suggest(name, r.When.By))
			}
		}
	}
}
