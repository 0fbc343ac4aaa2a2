package sigma

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// operators are the comparisons of a condition.
var operators = []struct {
	name string
	op   rules.Op
}{
	{"gt", rules.Above}, {"gte", rules.AtLeast}, {"lt", rules.Below}, {"lte", rules.AtMost}, {"eq", rules.Equal}, {"neq", rules.Not},
}

// bound reads the comparisons of a condition; others are the keys that may stand beside them.
func (r *reader) bound(n *yamlpos.Node, others ...string) rules.Bound {
	var b rules.Bound
	if n.Kind != yamlpos.Mapping {
		r.fail(n, "want a mapping such as {gte: 10}, got %s", n.Kind)
		return b
	}
	compared := false
	known := slices.Clone(others)
	for _, o := range operators {
		known = append(known, o.name)
		if !has(n, o.name) {
			continue
		}
		compared = true
		v := n.Get(o.name)
		if limit, ok := r.number(&v, o.op); ok {
			b.Limits = append(b.Limits, limit)
		}
	}
	for i := range n.Keys {
		if !slices.Contains(known, n.Keys[i].Text) {
			r.fail(&n.Keys[i], "unknown field, want one of %s", strings.Join(known, ", "))
		}
	}
	if !compared {
		r.fail(n, "compares with nothing, such as {gte: 10}")
	}
	return b
}

// maxCount bounds what is counted in a window.
const maxCount = 10_000

// eventCount counts records.
func (r *reader) eventCount(c *correlation) {
	r.refuseChain(c)
	n := c.root.Get("condition")
	if n.Kind == 0 {
		r.fail(c.root, "no condition given, such as condition: {gte: 10}")
		return
	}
	b := r.bound(&n)
	rising := true
	for _, l := range b.Limits {
		rising = rising && (l.Op == rules.AtLeast || l.Op == rules.Above)
		if l.Value > maxCount || l.Value < 0 {
			r.fail(&n, "want a number of records from 0 to %d, got %s", maxCount, strconv.FormatFloat(l.Value, 'f', -1, 64))
		}
	}
	if rising && len(b.Limits) > 0 && b.Holds(0) {
		r.fail(&n, "holds without any record, want at least 1")
	}
	c.condition.Select, c.condition.Count = c.selection(), b
}

// measure measures a field.
func (r *reader) measure(c *correlation, set func(*rules.Condition, *rules.Measure)) {
	r.refuseChain(c)
	n := c.root.Get("condition")
	if n.Kind == 0 {
		r.fail(c.root, "no condition given, such as condition: {field: user, gte: 10}")
		return
	}
	m := &rules.Measure{}
	if c.kind == "value_percentile" {
		m.Bound = r.bound(&n, "field", "percentile")
		m.P = r.percentile(&n)
	} else {
		m.Bound = r.bound(&n, "field")
	}
	field := n.Get("field")
	list := r.list(&field)
	switch {
	case field.Kind == 0 && n.Kind == yamlpos.Mapping:
		r.fail(&n, "no field given")
	case len(list) > 1:
		r.fail(&field, "several fields are not supported, name one")
	case len(list) == 1:
		m.Field = r.fieldOf(c, &list[0])
	}
	c.condition.Select = c.selection()
	set(&c.condition, m)
}

// percentile reads which one is meant.
func (r *reader) percentile(condition *yamlpos.Node) float64 {
	n := condition.Get("percentile")
	if n.Kind == 0 {
		if condition.Kind == yamlpos.Mapping {
			r.fail(condition, "no percentile given; 50 is the median")
		}
		return 0
	}
	limit, ok := r.number(&n, rules.AtLeast)
	if ok && (limit.Value <= 0 || limit.Value > 100) {
		r.fail(&n, "want a percentile above 0 and up to 100, got %s", n.Text)
	}
	return limit.Value
}

// least returns the smallest whole number that a condition lets pass, if it is one of the kind "at least".
func least(b rules.Bound) (n int, ok bool) {
	for _, l := range b.Limits {
		switch v := math.Ceil(l.Value); {
		case l.Op == rules.Above && v == l.Value:
			n = max(n, int(v)+1)
		case l.Op == rules.Above || l.Op == rules.AtLeast:
			n = max(n, int(v))
		default:
			return 0, false
		}
	}
	return n, len(b.Limits) > 0
}

// refuseChain refuses correlations among the rules of one that looks at records.
func (r *reader) refuseChain(c *correlation) {
	for _, d := range c.over {
		if d.correlation.Kind != 0 {
			r.failChain(c, d, fmt.Sprintf("%s looks at records, not at what another correlation came to", c.kind))
		}
	}
}

func (r *reader) failChain(c *correlation, d *document, why string) {
	n := c.root.Get("rules")
	for _, v := range r.list(&n) {
		if r.byName[v.Text] == d {
			n = v
		}
	}
	r.fail(&n, "%.64q cannot be chained: %s", d.called(), why)
}

// called returns what people call the document.
func (d *document) called() string {
	switch {
	case d.name != "":
		return d.name
	case d.title != "":
		return d.title
	}
	return d.id
}
