package rules

import (
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Selection picks findings by code, and marks by event. The tests of different keys must all
// pass, and of one key any value may: {topics: [rate], families: [sdk, web]} are the rate limits
// of both SDKs. Events are picked besides the findings, not among them.
type Selection struct {
	// Codes are numbers and ranges: 6206, -10001, "10100-10200", "-10112..-10110". A number means
	// all products that use it; "call/60003" means one.
	Codes []Span `json:"codes,omitempty"`
	// Categories are such as server/account; family/unknown is what the catalog does not know.
	Categories []string         `json:"categories,omitempty"`
	Topics     []catalog.Topic  `json:"topics,omitempty"`
	Classes    []catalog.Class  `json:"classes,omitempty"`
	Families   []catalog.Family `json:"families,omitempty"`
	Known      *bool            `json:"known,omitempty"` // whether the catalog must know the code
	// Events are those of marks, see [Events], or names beginning with x_ that extractors of
	// one's own give.
	Events []string `json:"events,omitempty"`

	// Fields are tests of single records, findings and marks alike; all must pass. A selection that
	// has only such tests picks every record that passes.
	Fields []FieldTest `json:"fields,omitempty"`
	// All, Any and Not join selections: of All each must pick the record, of Any one, and Not must not.
	All []Selection `json:"all,omitempty"`
	Any []Selection `json:"any,omitempty"`
	Not *Selection  `json:"not,omitempty"`
}

// A FieldTest tests one field of a record. Of the lists any value may fit; all that is given must
// hold. But for Exists a record without the field fails.
type FieldTest struct {
	// Field is one of [tally.FieldKeys], a free one that begins with x_, or one of
	// [tally.DerivedKeys].
	Field      string   `json:"field"`
	Is         []string `json:"is,omitempty"`
	Contains   []string `json:"contains,omitempty"`
	StartsWith []string `json:"starts_with,omitempty"`
	EndsWith   []string `json:"ends_with,omitempty"`
	Regex      []string `json:"regex,omitempty"` // RE2, anywhere in the value
	CIDR       []string `json:"cidr,omitempty"`  // networks or addresses, of a value that is an IP address, with or without a port
	Number     Bound    `json:"number,omitzero"` // of a value that begins with a number
	Exists     *bool    `json:"exists,omitempty"`
	IgnoreCase bool     `json:"ignore_case,omitzero"`
}

// IsZero reports whether the selection picks nothing.
func (s *Selection) IsZero() bool {
	return !s.picksFindings() && len(s.Events) == 0 && !s.joins()
}

// joins reports whether the selection looks at single records or joins others: a summary of codes
// cannot tell what it picks.
func (s *Selection) joins() bool {
	return len(s.Fields)+len(s.All)+len(s.Any) > 0 || s.Not != nil
}

// picksFindings reports whether any test for findings is given.
func (s *Selection) picksFindings() bool {
	return len(s.Codes)+len(s.Categories)+len(s.Topics)+len(s.Classes)+len(s.Families) > 0 || s.Known != nil
}

// Matches reports whether the findings of a code are picked.
func (s *Selection) Matches(c *tally.Code) bool {
	return s.picksFindings() &&
		(len(s.Codes) == 0 || slices.ContainsFunc(s.Codes, func(p Span) bool { return p.covers(c) })) &&
		allows(s.Families, c.Family) && allows(s.Categories, c.Category) &&
		allows(s.Topics, c.Topic) && allows(s.Classes, c.Class) &&
		(s.Known == nil || *s.Known == (c.Entry != nil))
}

// allows reports whether a value passes the list of a key.
func allows[T comparable](list []T, v T) bool { return len(list) == 0 || slices.Contains(list, v) }

// MatchesEvent reports whether marks of the event are picked.
func (s *Selection) MatchesEvent(event string) bool { return slices.Contains(s.Events, event) }

// eventNames lists the events that a selection can name besides a user's own.
func eventNames() []string {
	var out []string
	for _, e := range tally.Events() {
		out = append(out, e.Name)
	}
	return out
}
