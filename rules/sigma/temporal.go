package sigma

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// maxStages bounds the stages of a sequence, in which a count is written out.
const maxStages = 15

// temporal looks for records of several rules that come together, in order perhaps.
func (r *reader) temporal(c *correlation) {
	if len(c.over) == 1 {
		n := c.root.Get("rules")
		r.fail(cmp.Or(present(&n), c.root), "%s wants two rules or more, event_count is for one", c.kind)
	}
	atLeast := r.temporalCondition(c)
	for _, d := range c.over {
		selection, count := d.selection, 1
		if d.correlation.Kind != 0 {
			selection, count = r.chained(c, d)
		}
		if !c.ordered {
			p := rules.Part{Select: selection}
			if count > 1 {
				p.Count = count
			}
			c.condition.Of = append(c.condition.Of, p)
			continue
		}
		if len(c.condition.Sequence)+count > maxStages {
			r.failChain(c, d, fmt.Sprintf("in order, all of them together may want %d records", maxStages))
			break
		}
		for range count {
			c.condition.Sequence = append(c.condition.Sequence, rules.Stage{Select: selection})
		}
	}
	if !c.ordered && atLeast < len(c.over) {
		c.condition.AtLeast = atLeast
	}
}

// temporalCondition returns how many of the rules must come together.
func (r *reader) temporalCondition(c *correlation) int {
	n := c.root.Get("condition")
	all := len(c.over)
	switch n.Kind {
	case 0:
		return all
	case yamlpos.Scalar:
		if e := r.expression(&n); e != nil {
			return r.together(c, &n, e)
		}
		return all
	}
	b := r.bound(&n)
	want, ok := least(b)
	if len(b.Limits) == 1 && b.Limits[0] == (rules.Limit{Op: rules.Equal, Value: float64(all)}) {
		want, ok = all, true
	}
	switch {
	case len(b.Limits) == 0:
		return all
	case !ok:
		r.fail(&n, "%s wants a least number of rules, as in {gte: %d}", c.kind, all)
	case want < 1 || want > all && all > 0:
		r.fail(&n, "want a number of rules from 1 to %d, got %d", all, want)
	case c.ordered && want < all:
		r.fail(&n, "a sequence wants all of its rules: %d of %d in order is not supported, temporal has it without order", want, all)
	}
	return want
}

// together reads an expression over the rules: all of them, or any.
func (r *reader) together(c *correlation, n *yamlpos.Node, e *expression) int {
	var named []*document
	plain := e.op == "and" || e.op == "or"
	for _, a := range e.args {
		plain = plain && a.op == ""
		if d := r.byName[a.name]; d != nil && !slices.Contains(named, d) {
			named = append(named, d)
		}
	}
	switch {
	case !plain || c.ordered && e.op == "or":
		r.fail(n, "only all rules (a and b) or any of them (a or b, without order) is supported")
	case slices.ContainsFunc(named, func(d *document) bool { return !slices.Contains(c.over, d) }), len(named) != len(c.over), len(named) != len(e.args):
		r.fail(n, "want each of the rules of the correlation once, got %d of %d", len(named), len(c.over))
	case e.op == "or":
		return 1
	}
	return len(c.over)
}

// namedByCondition returns the rules that an expression names, for a correlation without a list of them.
func (r *reader) namedByCondition(d *document) []yamlpos.Node {
	n := d.correlation.Get("condition")
	if n.Kind != yamlpos.Scalar {
		return nil
	}
	quiet := &reader{}
	e := quiet.expression(&n)
	if e == nil {
		return nil
	}
	var out []yamlpos.Node
	for _, name := range e.names() {
		at := n
		at.Text = name
		out = append(out, at)
	}
	return out
}

// names lists the names in an expression, each once.
func (e *expression) names() []string {
	if e.op == "" {
		return []string{e.name}
	}
	var out []string
	for _, a := range e.args {
		for _, name := range a.names() {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// chained returns what a correlation inside another one asks of records: how many of which. It
// must be a count over the same window and the same groups, for there is one window.
func (r *reader) chained(c *correlation, d *document) (rules.Selection, int) {
	r.correlateOnce(d)
	inner := d.correlated
	if inner == nil { // faulty, or the chain bites its tail
		r.failChain(c, d, "only an event_count with gte or gt can")
		return rules.Selection{}, 1
	}
	count, ok := least(inner.condition.Count)
	switch {
	case inner.kind != "event_count" || !ok:
		r.failChain(c, d, "only an event_count with gte or gt can")
	case inner.condition.Within != c.condition.Within || !sameFields(inner.condition.By, c.condition.By):
		r.failChain(c, d, "both want the same timespan and group-by, because they are judged in one window")
	default:
		return inner.condition.Select, count
	}
	return inner.condition.Select, 1
}

func sameFields(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
