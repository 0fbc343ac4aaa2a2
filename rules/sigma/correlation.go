package sigma

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
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

var timespanText = regexp.MustCompile(`^([0-9]{1,9})([smhdwMy])$`)

// The units of a timespan. A month and a year are the mean ones of the Gregorian calendar.
var units = map[string]time.Duration{
	"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
	"M": 2629746 * time.Second, "y": 31556952 * time.Second,
}

// maxTimespan is as far as any window of ours reaches.
const maxTimespan = 366 * 24 * time.Hour

func (r *reader) timespan(section *yamlpos.Node) rules.Duration {
	n := section.Get("timespan")
	if n.Kind == 0 {
		r.fail(section, "no timespan given, such as 5m")
		return 0
	}
	m := timespanText.FindStringSubmatch(r.text(&n))
	if m == nil {
		if n.Kind == yamlpos.Scalar {
			r.fail(&n, "%.32q is no timespan, want a number and one of s, m, h, d, w, M, y, such as 5m", n.Text)
		}
		return 0
	}
	number, _ := strconv.Atoi(m[1]) // cannot fail on nine digits
	if unit := units[m[2]]; number < 1 || time.Duration(number) > maxTimespan/unit {
		r.fail(&n, "%.32q: want a timespan above 0 and up to 366d", n.Text)
		return 0
	}
	return rules.Duration(time.Duration(number) * units[m[2]])
}

func (r *reader) groupBy(c *correlation) []string {
	n := c.root.Get("group-by")
	var by []string
	for _, v := range r.list(&n) {
		name := r.fieldOf(c, &v)
		switch {
		case name == "":
		case name == tally.DerivedText:
			r.fail(&v, "the text of a record makes no groups, each is another one")
		case slices.Contains(by, name):
			r.fail(&v, "%s is given twice", name)
		default:
			by = append(by, name)
		}
	}
	return by
}

// selection returns what the rules of a correlation pick together.
func (c *correlation) selection() rules.Selection {
	var list []rules.Selection
	for _, d := range c.over {
		list = append(list, d.selection)
	}
	return anyOf(list)
}
