package sigma

import (
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// A search is one named part of a detection.
type search struct {
	name   string
	values int // below it
	rules.Selection
}

// detection reads a detection: named searches and the condition that joins them.
func (r *reader) detection(n *yamlpos.Node) rules.Selection {
	if n.Kind != yamlpos.Mapping {
		r.fail(n, "want a mapping, got %s", n.Kind)
		return rules.Selection{}
	}
	var searches []search
	for i := range n.Keys {
		switch name := n.Keys[i].Text; name {
		case "condition":
		case "timeframe":
			r.fail(&n.Keys[i], "a time frame belongs to a correlation, as its timespan")
		default:
			searches = append(searches, search{name, count(&n.Items[i]), r.search(&n.Items[i])})
		}
	}
	condition := n.Get("condition")
	if condition.Kind == 0 {
		r.fail(n, "no condition given, such as condition: selection")
	}
	var either []rules.Selection
	for _, c := range r.list(&condition) {
		if e := r.expression(&c); e != nil {
			either = append(either, r.resolve(&c, e, searches))
		}
	}
	return anyOf(either)
}

// count returns the number of values below one, itself included.
func count(n *yamlpos.Node) int {
	total := 1
	for i := range n.Items {
		total += count(&n.Items[i])
	}
	return total
}

// search reads one search: a mapping, all of which must hold, or a list, of which anything may.
func (r *reader) search(n *yamlpos.Node) rules.Selection {
	switch n.Kind {
	case yamlpos.Scalar:
		return r.keywords(n, modifiers{}, []yamlpos.Node{*n})
	case yamlpos.Mapping:
		var all []rules.Selection
		for i := range n.Keys {
			all = append(all, r.item(&n.Keys[i], &n.Items[i]))
		}
		if len(all) == 0 {
			r.fail(n, "selects nothing, name a field and its value")
		}
		return allOf(all)
	case yamlpos.List:
		var either []rules.Selection
		var words []yamlpos.Node
		for i := range n.Items {
			if n.Items[i].Kind == yamlpos.Scalar {
				words = append(words, n.Items[i])
			} else {
				either = append(either, r.search(&n.Items[i]))
			}
		}
		if len(words) > 0 {
			either = append(either, r.keywords(n, modifiers{}, words))
		}
		if len(n.Items) == 0 {
			r.fail(n, "selects nothing, name a field and its value")
		}
		return anyOf(either)
	}
	return rules.Selection{}
}

// keywords reads values that may stand anywhere in a record.
func (r *reader) keywords(n *yamlpos.Node, m modifiers, values []yamlpos.Node) rules.Selection {
	if m.match == "" {
		m.match = "contains"
	}
	return r.tests(n, tally.DerivedText, m, values)
}
