package sigma

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// A correlation is what a document correlates.
type correlation struct {
	root      *yamlpos.Node // of its section
	kind      string
	over      []*document
	ordered   bool
	condition rules.Condition
}

var correlationKeys = []string{"type", "rules", "aliases", "group-by", "timespan", "condition", "generate"}

// A kind is a type of correlation: what it makes of the selection of its rules.
type kind struct {
	name    string
	measure func(*rules.Condition, *rules.Measure) // of those that measure a field
	build   func(*reader, *correlation)            // of the others
}

// kinds lists the types. It is no variable because a chain leads from one back to the list.
func kinds() []kind {
	return []kind{
		{name: "event_count", build: (*reader).eventCount},
		{name: "value_count", measure: func(c *rules.Condition, m *rules.Measure) { c.Distinct = m }},
		{name: "value_sum", measure: func(c *rules.Condition, m *rules.Measure) { c.Sum = m }},
		{name: "value_avg", measure: func(c *rules.Condition, m *rules.Measure) { c.Average = m }},
		{name: "value_median", measure: func(c *rules.Condition, m *rules.Measure) { c.Percentile, m.P = m, 50 }},
		{name: "value_percentile", measure: func(c *rules.Condition, m *rules.Measure) { c.Percentile = m }},
		{name: "temporal", build: (*reader).temporal},
		{name: "temporal_ordered", build: (*reader).temporal},
	}
}

func kindNames() []string {
	var list []string
	for _, k := range kinds() {
		list = append(list, k.name)
	}
	return list
}

// correlateOnce reads the correlation of a document, if it has one and was not read before.
func (r *reader) correlateOnce(d *document) {
	if d.correlation.Kind != 0 && !d.seen {
		d.seen = true
		d.correlated = r.correlate(d)
	}
}

// correlate reads the correlation of a document; nil after a fault that leaves nothing to read.
func (r *reader) correlate(d *document) *correlation {
	n := &d.correlation
	if n.Kind != yamlpos.Mapping {
		r.fail(n, "want a mapping, got %s", n.Kind)
		return nil
	}
	for i := range n.Keys {
		if key := &n.Keys[i]; !slices.Contains(correlationKeys, key.Text) {
			hint := ", want one of " + strings.Join(correlationKeys, ", ")
			if near := yamlpos.DidYouMean(key.Text, correlationKeys); near != "" {
				hint = fmt.Sprintf(", did you mean %q?", near)
			}
			r.fail(key, "unknown field%s", hint)
		}
	}
	given := n.Get("type")
	c := &correlation{root: n, kind: r.text(&given), ordered: given.Text == "temporal_ordered"}
	kinds := kinds()
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == c.kind })
	switch {
	case given.Kind == 0:
		r.fail(n, "no type given, want one of %s", strings.Join(kindNames(), ", "))
	case at < 0 && given.Kind == yamlpos.Scalar:
		r.fail(&given, "unknown type %.64q, want one of %s", c.kind, strings.Join(kindNames(), ", "))
	}
	c.over = r.correlatedRules(d)
	c.condition.Within = r.timespan(n)
	c.condition.By = r.groupBy(c)
	switch {
	case at < 0:
	case kinds[at].build != nil:
		kinds[at].build(r, c)
	default:
		r.measure(c, kinds[at].measure)
	}
	return c
}

// correlatedRules returns the documents that a correlation names, and marks them.
func (r *reader) correlatedRules(d *document) []*document {
	n := d.correlation.Get("rules")
	inner, outer := d.correlation.Get("generate"), d.root.Get("generate")
	generate := r.flag(&inner)
	generate = r.flag(&outer) || generate
	named := r.list(&n)
	if n.Kind == 0 {
		named = r.namedByCondition(d)
	}
	if len(named) == 0 && n.Kind != yamlpos.Mapping {
		r.fail(cmp.Or(present(&n), &d.correlation), "names no rules")
	}
	var over []*document
	for i := range named {
		base := r.byName[named[i].Text]
		switch {
		case base == d:
			r.fail(&named[i], "the correlation names itself")
		case base == nil:
			r.fail(&named[i], "no rule has the name or id %.64q%s", named[i].Text, r.nearName(named[i].Text))
		case slices.Contains(over, base):
			r.fail(&named[i], "%.64q is named twice", named[i].Text)
		default:
			base.named, base.generate = true, base.generate || generate
			over = append(over, base)
		}
	}
	return over
}

// present returns the node, or nil if it is not there.
func present(n *yamlpos.Node) *yamlpos.Node {
	if n.Kind == 0 {
		return nil
	}
	return n
}

func (r *reader) nearName(name string) string {
	var list []string
	for _, d := range r.documents {
		list = append(list, d.name, d.id)
	}
	if near := yamlpos.DidYouMean(name, list); near != "" {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	return ": the rules of a correlation stand in the same file, separated by lines of ---"
}

// selection returns what the rules of a correlation pick together.
func (c *correlation) selection() rules.Selection {
	var list []rules.Selection
	for _, d := range c.over {
		list = append(list, d.selection)
	}
	return anyOf(list)
}
