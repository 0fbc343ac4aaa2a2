package sigma

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

var decimal = regexp.MustCompile(`^-?[0-9]{1,15}(?:\.[0-9]{1,6})?$`)

// test turns one value into a test without its field.
func (r *reader) test(n *yamlpos.Node, m modifiers) (t rules.FieldTest, ok bool) {
	switch m.match {
	case "exists":
		want := r.flag(n)
		return rules.FieldTest{Exists: &want}, true
	case "cidr":
		_, err := netip.ParsePrefix(n.Text)
		if _, single := netip.ParseAddr(n.Text); err != nil && single != nil {
			r.fail(n, "%.64q is no network such as 10.0.0.0/8", n.Text)
			return t, false
		}
		return rules.FieldTest{CIDR: []string{n.Text}}, true
	case "lt", "lte", "gt", "gte":
		limit, ok := r.number(n, comparisons[m.match])
		return rules.FieldTest{Number: rules.Bound{Limits: []rules.Limit{limit}}}, ok
	case "re":
		return r.expressionTest(n, m)
	}
	return r.textTest(n, m)
}

// expressionTest reads a regular expression.
func (r *reader) expressionTest(n *yamlpos.Node, m modifiers) (t rules.FieldTest, ok bool) {
	flags := ""
	for _, f := range []struct {
		given bool
		name  string
	}{{m.ignoreCase, "i"}, {m.lines, "m"}, {m.dotAll, "s"}} {
		if f.given {
			flags += f.name
		}
	}
	text := n.Text
	if flags != "" {
		text = "(?" + flags + ")" + text
	}
	re, err := regexp.Compile(text)
	switch {
	case err != nil:
		r.fail(n, "%s", strings.Replace(err.Error(), "error parsing regexp", "no regular expression of RE2", 1))
	case re.MatchString(""):
		r.fail(n, "%.64q matches every text", n.Text)
	default:
		return rules.FieldTest{Regex: []string{text}}, true
	}
	return t, false
}

// textTest reads a text that may have wildcards.
func (r *reader) textTest(n *yamlpos.Node, m modifiers) (t rules.FieldTest, ok bool) {
	parts := unescape(n.Text)
	open := m.match == "contains" || m.match == "endswith" // at the beginning
	if parts[0] == (part{wild: '*'}) {
		open, parts = true, parts[1:]
	}
	shut := m.match != "contains" && m.match != "startswith" // at the end
	if last := len(parts) - 1; last >= 0 && parts[last] == (part{wild: '*'}) {
		shut, parts = false, parts[:last]
	}
	t.IgnoreCase = !m.cased
	switch {
	case len(parts) == 0:
		there := true
		return rules.FieldTest{Exists: &there}, true
	case len(parts) > 1 || parts[0].wild != 0:
		return rules.FieldTest{Regex: []string{pattern(parts, open, shut, m.cased)}}, true
	case parts[0].text == "" && m.match == "":
		there := false
		return rules.FieldTest{Exists: &there}, true
	case parts[0].text == "":
		r.fail(n, "an empty value is in every text")
		return t, false
	case open && !shut:
		t.Contains = []string{parts[0].text}
	case open:
		t.EndsWith = []string{parts[0].text}
	case !shut:
		t.StartsWith = []string{parts[0].text}
	default:
		t.Is = []string{parts[0].text}
	}
	return t, true
}

// A part of a value is a text or a wildcard.
type part struct {
	text string
	wild byte // * or ?, 0 for a text
}

// unescape splits a value at its wildcards; there is at least one part. A backslash takes the sense from a
// wildcard and from another backslash, and stands for itself before anything else.
func unescape(s string) []part {
	var parts []part
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			parts = append(parts, part{text: b.String()})
			b.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`*?\`, s[i+1]) >= 0:
			i++
			b.WriteByte(s[i])
		case c == '*' || c == '?':
			flush()
			if next := (part{wild: c}); c == '?' || len(parts) == 0 || parts[len(parts)-1] != next {
				parts = append(parts, next)
			}
		default:
			b.WriteByte(c)
		}
	}
	flush()
	if parts == nil {
		parts = []part{{}}
	}
	return parts
}

// pattern returns the regular expression of a value with wildcards inside.
func pattern(parts []part, open, shut, cased bool) string {
	var b strings.Builder
	b.WriteString("(?s")
	if !cased {
		b.WriteByte('i')
	}
	b.WriteByte(')')
	if !open {
		b.WriteByte('^')
	}
	for _, p := range parts {
		switch p.wild {
		case '*':
			b.WriteString(".*")
		case '?':
			b.WriteByte('.')
		default:
			b.WriteString(regexp.QuoteMeta(p.text))
		}
	}
	if shut {
		b.WriteByte('$')
	}
	return b.String()
}
