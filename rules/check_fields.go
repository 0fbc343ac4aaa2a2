package rules

import (
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// fieldNames lists the fields that can be named besides a user's own.
func fieldNames() []string { return slices.Concat(tally.FieldKeys(), tally.DerivedKeys()) }

// knownField reports whether records can have a field of that name.
func knownField(name string) bool { return slices.Contains(fieldNames(), name) || ownName(name) }

// orFields ends a message about an unknown field.
func orFields(given string) string {
	if hint := suggest(given, fieldNames()); hint != "" {
		return hint
	}
	return ", want one of " + strings.Join(fieldNames(), ", ") + ", or x_ and a name of your own"
}

// field checks the name of a field whose values are told apart.
func (p *parser) field(path, name string) {
	switch {
	case p.full():
	case name == "":
		p.missing(path, "no field given, want one such as user, api or code")
	case !knownField(name):
		p.fail(path, "unknown field %.64q%s", name, orFields(name))
	case name == tally.DerivedText:
		p.fail(path, "the text of a record is no field to tell records apart by: no two are alike")
	}
}

// fields checks the tests of fields and converts them, sorted by field.
func (p *parser) fields(path string, y map[string]fieldYAML) (out []FieldTest) {
	for _, name := range slices.Sorted(maps.Keys(y)) {
		p.weight++
		sub := yamlpos.Join(path, name)
		if p.full() || p.heavy(sub, 0) {
			break
		}
		if !knownField(name) && !p.full() {
			p.failKey(sub, "unknown field %.64q%s", name, orFields(name))
		}
		out = append(out, p.fieldTest(sub, name, y[name]))
	}
	return out
}

// fieldTest checks the test of one field.
func (p *parser) fieldTest(path, name string, y fieldYAML) FieldTest {
	t := FieldTest{Field: name, Number: y.Number, Exists: y.Exists, IgnoreCase: y.IgnoreCase}
	is := path
	if !y.short {
		is += ".is"
	}
	faults := len(p.errs)
	t.Is = p.values(is, &y.Is, nil)
	t.Contains = p.values(path+".contains", &y.Contains, nil)
	t.StartsWith = p.values(path+".starts_with", &y.StartsWith, nil)
	t.EndsWith = p.values(path+".ends_with", &y.EndsWith, nil)
	t.Regex = p.values(path+".regex", &y.Regex, p.regex)
	t.CIDR = p.values(path+".cidr", &y.CIDR, p.cidr)
	if t.Number.Percent {
		p.fail(path+".number", "want a number, got the percentage %s", t.Number)
	}
	words := len(t.Is) + len(t.Contains) + len(t.StartsWith) + len(t.EndsWith) + len(t.Regex)
	tests := words + len(t.CIDR) + len(t.Number.Limits)
	switch {
	case len(p.errs) > faults || !p.readable(path):
	case tests == 0 && t.Exists == nil:
		p.fail(path, "no test given, want a word, a list of words, or is, contains, starts_with, ends_with, regex, cidr, number or exists")
	case tests > 0 && t.Exists != nil && !*t.Exists:
		p.fail(path+".exists", "a field that is not there passes no other test")
	case t.IgnoreCase && words == 0:
		p.fail(path+".ignore_case", "no words are given whose case could be ignored")
	}
	return t
}

// values checks the words of a test, each by itself if check is given.
func (p *parser) values(path string, w *wordsYAML, check func(path, text string)) (out []string) {
	items := p.expand(path, w.words, w.single)
	if w.words != nil && len(w.words) == 0 && p.readable(path) {
		p.fail(path, "the list is empty")
	}
	for _, i := range items {
		out = append(out, i.text)
		switch {
		case i.text == "":
			p.fail(i.path, "the text is empty; exists: false is a field that is not there")
		case check != nil:
			check(i.path, i.text)
		}
	}
	return out
}

// maxRegex bounds a pattern, whose cost grows with its length.
const maxRegex = 1000

// regex checks a pattern.
func (p *parser) regex(path, text string) {
	re, err := regexp.Compile(text)
	switch {
	case len(text) > maxRegex:
		p.fail(path, "the pattern has %d bytes, want at most %d", len(text), maxRegex)
	case err != nil:
		p.fail(path, "%s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	case re.MatchString(""):
		p.fail(path, "the pattern matches the empty text, and so every value")
	}
}

// cidr checks a network or an address.
func (p *parser) cidr(path, text string) {
	if _, err := netip.ParsePrefix(text); err == nil {
		return
	}
	if _, err := netip.ParseAddr(text); err != nil {
		p.fail(path, "%.64q is no network, want one such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7", text)
	}
}
