package sigma

import (
	"cmp"
	"slices"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// item reads a field and its values.
func (r *reader) item(key, value *yamlpos.Node) rules.Selection {
	m, ok := r.modifiers(key)
	values := r.list(value)
	switch {
	case !ok:
		return rules.Selection{}
	case value.Kind == yamlpos.List && len(value.Items) == 0:
		r.fail(value, "no value given")
		return rules.Selection{}
	case m.field == "":
		return r.negated(m, r.keywords(key, m, values))
	}
	name := fieldName(m.field)
	if name == "" {
		r.fail(key, "%.64q is no name of a field, want Latin letters and digits", m.field)
		return rules.Selection{}
	}
	if read := codeKeys[name]; read != nil && m.match == "" && !m.all {
		return r.negated(m, read(r, values))
	}
	return r.negated(m, r.tests(key, name, m, values))
}

func (r *reader) negated(m modifiers, s rules.Selection) rules.Selection {
	if m.neq {
		return notOf(s)
	}
	return s
}

// tests compares a field with values: with any of them, or with each if m.all.
func (r *reader) tests(key *yamlpos.Node, field string, m modifiers, values []yamlpos.Node) rules.Selection {
	var list []rules.FieldTest
	for i := range values {
		t, ok := r.test(&values[i], m)
		if !ok {
			continue
		}
		t.Field = field
		if same := slices.IndexFunc(list, func(o rules.FieldTest) bool { return sameKind(&o, &t) }); same >= 0 && !m.all {
			join(&list[same], &t)
		} else {
			list = append(list, t)
		}
	}
	if m.match == "exists" && len(values) > 1 {
		r.fail(key, "exists takes one value, true or false")
	}
	if m.all || len(list) < 2 {
		return rules.Selection{Fields: list}
	}
	var either []rules.Selection
	for _, t := range list {
		either = append(either, rules.Selection{Fields: []rules.FieldTest{t}})
	}
	return anyOf(either)
}

// sameKind reports whether the values of two tests are alternatives of one list.
func sameKind(a, b *rules.FieldTest) bool {
	return a.IgnoreCase == b.IgnoreCase && (len(a.Is) > 0 && len(b.Is) > 0 ||
		len(a.Contains) > 0 && len(b.Contains) > 0 || len(a.StartsWith) > 0 && len(b.StartsWith) > 0 ||
		len(a.EndsWith) > 0 && len(b.EndsWith) > 0 || len(a.Regex) > 0 && len(b.Regex) > 0 || len(a.CIDR) > 0 && len(b.CIDR) > 0)
}

func join(to, from *rules.FieldTest) {
	to.Is = append(to.Is, from.Is...)
	to.Contains = append(to.Contains, from.Contains...)
	to.StartsWith = append(to.StartsWith, from.StartsWith...)
	to.EndsWith = append(to.EndsWith, from.EndsWith...)
	to.Regex = append(to.Regex, from.Regex...)
	to.CIDR = append(to.CIDR, from.CIDR...)
}

var comparisons = map[string]rules.Op{"lt": rules.Below, "lte": rules.AtMost, "gt": rules.Above, "gte": rules.AtLeast}

// number reads a limit.
func (r *reader) number(n *yamlpos.Node, op rules.Op) (rules.Limit, bool) {
	var b rules.Bound
	if n.Quoted || !decimal.MatchString(n.Text) || b.UnmarshalText([]byte(n.Text)) != nil {
		r.fail(n, "want a number, got %.64q", cmp.Or(n.Text, "nothing"))
		return rules.Limit{}, false
	}
	return rules.Limit{Op: op, Value: b.Limits[0].Value}, true
}
