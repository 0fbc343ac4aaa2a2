package rules

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Span is a code or a range of codes, of one family or of all. Its text forms are 6206, -10001,
// 10100-10200, -10112..-10110 and web/3002.
type Span struct {
	Family      catalog.Family // "": of all families
	First, Last int            // equal for a single code
}

var spanText = regexp.MustCompile(`^(?:([^/]*)/)?(-?[0-9]{1,9})(?:(?:-|\.\.)(-?[0-9]{1,9}))?$`)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Span) UnmarshalText(b []byte) error {
	m := spanText.FindSubmatch(b)
	if m == nil {
		return fmt.Errorf("%.32q is no code, want one such as 6206, -10001, 10100-10200, -10112..-10110 or web/3002", b)
	}
	s.Family = catalog.Family(m[1])
	s.First, _ = strconv.Atoi(string(m[2])) // cannot fail on nine digits
	s.Last = s.First
	if len(m[3]) > 0 {
		s.Last, _ = strconv.Atoi(string(m[3]))
	}
	if s.Last < s.First {
		return fmt.Errorf("%.32q runs backwards, want the smaller number first", b)
	}
	return nil
}

// String returns the text form.
func (s Span) String() string {
	var b strings.Builder
	if s.Family != "" {
		b.WriteString(string(s.Family) + "/")
	}
	b.WriteString(strconv.Itoa(s.First))
	switch {
	case s.First == s.Last:
	case s.First < 0:
		b.WriteString(".." + strconv.Itoa(s.Last))
	default:
		b.WriteString("-" + strconv.Itoa(s.Last))
	}
	return b.String()
}

// MarshalText implements [encoding.TextMarshaler].
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// covers reports whether a code lies in the span. What the catalog files under another family
// with the same sense counts for both.
func (s Span) covers(c *tally.Code) bool {
	return s.First <= c.Code && c.Code <= s.Last &&
		(s.Family == "" || s.Family == c.Family || c.Entry != nil && s.Family == c.Entry.Family)
}

// known reports whether the catalog has a code in the span.
func (s Span) known(cat *catalog.Catalog) bool {
	if s.First == s.Last {
		if s.Family == "" {
			return cat.Known(s.First)
		}
		return cat.Lookup(s.Family, s.First) != nil
	}
	for _, e := range cat.Entries() {
		if e.Code <= s.Last && s.First <= e.Last && (s.Family == "" || s.Family == e.Family) {
			return true
		}
	}
	return false
}

// A Percent is a part of a whole in percent, above 0 and up to 100. Its text form is 5%.
type Percent float64

var percentText = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{1,6})?)%$`)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Percent) UnmarshalText(b []byte) error {
	m := percentText.FindSubmatch(b)
	if m == nil {
		return fmt.Errorf("%.32q is no percentage, want one such as 5%% or 0.1%%", b)
	}
	f, _ := strconv.ParseFloat(string(m[1]), 64) // cannot fail
	if f <= 0 || f > 100 {
		return errors.New("want a percentage above 0% and up to 100%")
	}
	*p = Percent(f)
	return nil
}

// String returns the text form.
func (p Percent) String() string { return strconv.FormatFloat(float64(p), 'f', -1, 64) + "%" }

// MarshalText implements [encoding.TextMarshaler].
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
