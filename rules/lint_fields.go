package rules

import (
	"regexp/syntax"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// fields looks for tests of fields that cost much or decide nothing.
func (l *linter) fields() {
	l.rule.visit(func(key string, s *Selection) {
		s.walk(func(s *Selection) {
			for i := range s.Fields {
				l.fieldTest(key, &s.Fields[i])
			}
		})
	})
	c := &l.rule.When
	for i, name := range c.By {
		if value := fixed(&c.Select, name); value != "" {
			l.warn(l.at, at("when.by", i), "every selected record has the %s %q: the groups are one", name, value)
		}
	}
	if m := c.measure(); m != nil && c.Distinct == nil && !slices.Contains([]string{tally.KeyCost, tally.KeyStatus}, m.Field) && !ownName(m.Field) {
		l.warn(l.at, "when."+c.kinds()[0]+".field", "the field %s is no number", m.Field)
	}
}

func (l *linter) fieldTest(key string, t *FieldTest) {
	for _, pattern := range t.Regex {
		if re, err := syntax.Parse(pattern, syntax.Perl); err == nil && !anchored(re.Simplify()) {
			l.warn(l.at, key, "field %s: the pattern %q begins and ends with nothing fixed, which is slow: write a word beside it, or use contains", t.Field, pattern)
		}
	}
}

// anchored reports whether what a pattern matches begins or ends with a fixed text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral:
		return true
	case syntax.OpCapture, syntax.OpPlus:
		return anchored(re.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !anchored(sub) })
	case syntax.OpConcat:
		subs := slices.DeleteFunc(slices.Clone(re.Sub), func(sub *syntax.Regexp) bool {
			switch sub.Op {
			case syntax.OpBeginLine, syntax.OpBeginText, syntax.OpEndLine, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
				return true
			}
			return false
		})
		return len(subs) > 0 && (anchored(subs[0]) || anchored(subs[len(subs)-1]))
	case syntax.OpRepeat:
		return re.Min > 0 && anchored(re.Sub[0])
	}
	return false
}

// fixed returns the only value of a field that records of a selection can have, or "".
func fixed(s *Selection, field string) string {
	for i := range s.Fields {
		if t := &s.Fields[i]; t.Field == field && len(t.Is) == 1 && !t.IgnoreCase {
			return t.Is[0]
		}
	}
	for i := range s.All {
		if v := fixed(&s.All[i], field); v != "" {
			return v
		}
	}
	return ""
}
