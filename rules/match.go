package rules

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An answer is what a selection says about a record of which only the code or the event is known.
type answer int8

const (
	no answer = iota
	perhaps
	yes
)

// A matcher is a selection made ready to look at single records.
type matcher struct {
	sel      *Selection
	fields   []fieldMatcher
	all, any []*matcher
	not      *matcher
}

func newMatcher(s *Selection) *matcher {
	m := &matcher{sel: s}
	for i := range s.Fields {
		m.fields = append(m.fields, newFieldMatcher(&s.Fields[i]))
	}
	for i := range s.All {
		m.all = append(m.all, newMatcher(&s.All[i]))
	}
	for i := range s.Any {
		m.any = append(m.any, newMatcher(&s.Any[i]))
	}
	if s.Not != nil {
		m.not = newMatcher(s.Not)
	}
	return m
}

// first answers from what own says of the selections themselves, apart from their tests of fields
// and what they join.
func (m *matcher) first(own func(*Selection) bool) answer {
	return m.ask(own, func(*fieldMatcher) answer { return perhaps })
}

// ask joins what own says of the selections themselves and field of their tests of fields.
func (m *matcher) ask(own func(*Selection) bool, field func(*fieldMatcher) answer) answer {
	if !own(m.sel) {
		return no
	}
	a := yes
	for i := range m.fields {
		a = min(a, field(&m.fields[i]))
	}
	for _, x := range m.all {
		a = min(a, x.ask(own, field))
	}
	if len(m.any) > 0 {
		best := no
		for _, x := range m.any {
			best = max(best, x.ask(own, field))
		}
		a = min(a, best)
	}
	if m.not != nil {
		a = min(a, yes-m.not.ask(own, field))
	}
	return a
}

// record finishes what first left open: own is asked again where selections are joined.
func (m *matcher) record(own func(*Selection) bool, value func(string) string) bool {
	if !own(m.sel) {
		return false
	}
	for i := range m.fields {
		if !m.fields[i].matches(value(m.fields[i].test.Field)) {
			return false
		}
	}
	for _, x := range m.all {
		if !x.record(own, value) {
			return false
		}
	}
	if len(m.any) > 0 && !slices.ContainsFunc(m.any, func(x *matcher) bool { return x.record(own, value) }) {
		return false
	}
	return m.not == nil || !m.not.record(own, value)
}

// A fieldMatcher is a test of one field made ready.
type fieldMatcher struct {
	test     *FieldTest
	words    FieldTest // test, in lower case where it ignores case
	regexps  []*regexp.Regexp
	networks []netip.Prefix
}

func newFieldMatcher(t *FieldTest) fieldMatcher {
	m := fieldMatcher{test: t, words: *t}
	if t.IgnoreCase {
		for _, list := range []*[]string{&m.words.Is, &m.words.Contains, &m.words.StartsWith, &m.words.EndsWith} {
			*list = slices.Clone(*list)
			for i, w := range *list {
				(*list)[i] = strings.ToLower(w)
			}
		}
	}
	for _, r := range t.Regex {
		if t.IgnoreCase {
			r = "(?i)" + r
		}
		if re, err := regexp.Compile(r); err == nil { // the parser refuses others
			m.regexps = append(m.regexps, re)
		}
	}
	for _, c := range t.CIDR {
		if p, ok := network(c); ok { // the parser refuses others
			m.networks = append(m.networks, p)
		}
	}
	return m
}

// network reads a network or an address.
func network(text string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a, a.BitLen()), true
}

func (m *fieldMatcher) matches(value string) bool {
	t := &m.words
	if t.Exists != nil && *t.Exists != (value != "") {
		return false
	}
	if value == "" {
		return t.Exists != nil && !*t.Exists
	}
	word := value
	if t.IgnoreCase {
		word = strings.ToLower(value)
	}
	fits := func(list []string, fit func(s, w string) bool) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(w string) bool { return fit(word, w) })
	}
	return fits(t.Is, func(s, w string) bool { return s == w }) &&
		fits(t.Contains, strings.Contains) && fits(t.StartsWith, strings.HasPrefix) && fits(t.EndsWith, strings.HasSuffix) &&
		(len(t.Regex) == 0 || slices.ContainsFunc(m.regexps, func(r *regexp.Regexp) bool { return r.MatchString(value) })) &&
		(len(t.CIDR) == 0 || m.inNetwork(value)) &&
		(t.Number.IsZero() || holdsNumber(t.Number, value))
}

func (m *fieldMatcher) inNetwork(value string) bool {
	a, err := netip.ParseAddr(strings.Trim(value, "[]"))
	if err != nil {
		ap, err := netip.ParseAddrPort(value)
		if err != nil {
			return false
		}
		a = ap.Addr()
	}
	a = a.Unmap()
	return slices.ContainsFunc(m.networks, func(p netip.Prefix) bool { return p.Contains(a) })
}

func holdsNumber(b Bound, value string) bool {
	n, ok := leadingNumber(value)
	return ok && b.Holds(n)
}

// leadingNumber reads the number that a value begins with: 12.5 of "12.5ms".
func leadingNumber(s string) (float64, bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == '-' && end == 0) {
		end++
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(s[:end], "."), 64)
	return n, err == nil
}
