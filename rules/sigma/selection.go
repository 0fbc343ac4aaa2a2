package sigma

import "github.com/imtriage/imtriage/rules"

// empty reports whether a selection says nothing, as that of something faulty.
func empty(s *rules.Selection) bool {
	return !ofCode(s) && len(s.Events)+len(s.Fields)+len(s.All)+len(s.Any) == 0 && s.Not == nil
}

// ofCode reports whether a selection picks findings by their code.
func ofCode(s *rules.Selection) bool {
	return len(s.Codes)+len(s.Categories)+len(s.Topics)+len(s.Classes)+len(s.Families) > 0 || s.Known != nil
}

// allOf joins selections that must all pick a record. What one selection can say is said in one;
// codes and events cannot, because of those either may pick.
func allOf(list []rules.Selection) rules.Selection {
	var out rules.Selection
	for _, s := range list {
		codes, events := ofCode(&s), len(s.Events) > 0
		switch {
		case empty(&s):
		case codes && (len(out.Events) > 0 || sharesKey(&out, &s)),
			events && (len(out.Events) > 0 || ofCode(&out)),
			len(s.Any) > 0 && len(out.Any) > 0, s.Not != nil && out.Not != nil:
			out.All = append(out.All, s)
		default:
			out.Codes = append(out.Codes, s.Codes...)
			out.Categories = append(out.Categories, s.Categories...)
			out.Topics = append(out.Topics, s.Topics...)
			out.Classes = append(out.Classes, s.Classes...)
			out.Families = append(out.Families, s.Families...)
			out.Events = append(out.Events, s.Events...)
			out.Fields = append(out.Fields, s.Fields...)
			out.All = append(out.All, s.All...)
			out.Any = append(out.Any, s.Any...)
			if s.Not != nil {
				out.Not = s.Not
			}
		}
	}
	return out
}

// sharesKey reports whether both have values of the same key, which would become alternatives.
func sharesKey(a, b *rules.Selection) bool {
	return len(a.Codes) > 0 && len(b.Codes) > 0 || len(a.Categories) > 0 && len(b.Categories) > 0 ||
		len(a.Topics) > 0 && len(b.Topics) > 0 || len(a.Classes) > 0 && len(b.Classes) > 0 ||
		len(a.Families) > 0 && len(b.Families) > 0
}

// anyOf joins selections of which one must pick a record. Codes and events alone make one
// selection, so that a rule over whole codes stays one.
func anyOf(list []rules.Selection) rules.Selection {
	var merged, joined rules.Selection
	simple := true
	for _, s := range list {
		if empty(&s) {
			continue
		}
		rest := s
		rest.Codes, rest.Events = nil, nil
		simple = simple && empty(&rest)
		merged.Codes = append(merged.Codes, s.Codes...)
		merged.Events = append(merged.Events, s.Events...)
		joined.Any = append(joined.Any, s)
	}
	switch {
	case simple:
		return merged
	case len(joined.Any) == 1:
		return joined.Any[0]
	}
	return joined
}

// notOf returns the selection of what another does not pick.
func notOf(s rules.Selection) rules.Selection {
	rest := s
	rest.Not = nil
	switch {
	case empty(&s):
		return s
	case s.Not != nil && empty(&rest):
		return *s.Not
	}
	return rules.Selection{Not: &s}
}
