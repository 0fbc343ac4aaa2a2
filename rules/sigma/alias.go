package sigma

import (
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// fieldOf returns our name of the field that a correlation names, by an alias perhaps; "" after a
// fault. An alias that means one field in all rules is that field. Rules of ours group by one
// name for all records, so that an alias of several fields has none.
func (r *reader) fieldOf(c *correlation, n *yamlpos.Node) string {
	given := n.Text
	if to, ok := r.alias(c, n); ok {
		given = to
	}
	if given == "" {
		return ""
	}
	name := fieldName(given)
	if name == "" {
		r.fail(n, "%.64q is no name of a field, want Latin letters and digits", given)
	}
	return name
}

// alias returns what a name is an alias of, if it is one.
func (r *reader) alias(c *correlation, n *yamlpos.Node) (field string, ok bool) {
	aliases := c.root.Get("aliases")
	alias := aliases.Get(n.Text)
	switch {
	case alias.Kind == 0:
		return "", false
	case alias.Kind != yamlpos.Mapping:
		r.fail(&alias, "want a mapping from rules to fields, got %s", alias.Kind)
		return "", true
	}
	of := make(map[*document]string)
	for i := range alias.Keys {
		d := r.byName[alias.Keys[i].Text]
		if d == nil {
			r.fail(&alias.Keys[i], "no rule has the name or id %.64q%s", alias.Keys[i].Text, r.nearName(alias.Keys[i].Text))
			continue
		}
		of[d] = r.text(&alias.Items[i])
	}
	var fields []string
	for _, d := range c.over {
		if of[d] == "" {
			r.fail(&alias, "the alias has no field for the rule %.64q", strings.TrimSpace(d.name+" "+d.id))
			return "", true
		}
		if field != "" && fieldName(of[d]) != fieldName(field) {
			fields = append(fields, of[d])
		}
		if field == "" {
			field = of[d]
			fields = append(fields, field)
		}
	}
	if len(fields) > 1 {
		r.fail(n, "the alias stands for several fields (%s), records are grouped by one: let the extractor put them under one name", strings.Join(fields, ", "))
		return "", true
	}
	return field, true
}
