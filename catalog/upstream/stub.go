package upstream

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// WriteStub writes the difference as an overlay: what is to be said of added and changed codes as
// entries to fill in, with the vendor's words beside them, and all else as comments.
func (d *Diff) WriteStub(w io.Writer) error {
	intro := []string{
		fmt.Sprintf("%s against the catalog of %s: added %d, gone %d, changed %d, as before %d.",
			d.Table.Name, d.version, len(d.Added), len(d.Gone), len(d.Changed), d.Same),
	}
	for _, e := range d.Gone {
		intro = append(intro, fmt.Sprintf("gone: %s %s %s (older apps may still print it: the catalog keeps it)", numbers(e.Code, e.Last), e.Category(), e.Title().EN))
	}
	if !d.Whole {
		intro = append(intro, "This is no whole table; what is gone is known of these categories only: "+cmp.Or(strings.Join(d.Judged, " "), "none")+".")
	}
	var codes []catalog.StubCode
	for _, r := range d.Added {
		s := catalog.StubCode{Code: r.Code, Last: r.Last}
		if len(r.Families) > 0 {
			s.Family = r.Families[0]
		}
		codes = quote(codes, s, &r, "added")
	}
	for _, ch := range d.Changed {
		s := catalog.StubCode{Code: ch.Code, Last: ch.Last, Family: ch.Entry.Family, Known: true}
		codes = quote(codes, s, &ch.Row, "changed")
		about := &codes[len(codes)-1].About
		*about = append(*about, "the catalog says: "+ch.Entry.Meaning().In(langOf(ch.Text)))
		if len(ch.Missing) > 0 {
			*about = append(*about, "not in the catalog: "+strings.Join(ch.Missing, " "))
		}
	}
	return catalog.Stub(w, intro, codes)
}

// quote adds what a row says of a code, to the last one if it is the same: a table may name a code
// twice.
func quote(codes []catalog.StubCode, s catalog.StubCode, r *Row, what string) []catalog.StubCode {
	about := []string{
		fmt.Sprintf("%s, line %d:", what, r.Line), "the table says: " + r.Text,
		listed("symbols: ", r.Symbols), listed("links: ", r.Links),
	}
	if n := len(codes); n > 0 && codes[n-1].Code == s.Code && codes[n-1].Last == s.Last && codes[n-1].Family == s.Family {
		codes[n-1].About = append(codes[n-1].About, about...)
		return codes
	}
	s.Row = inLang(Digest(r.Text), langOf(r.Text))
	s.About = about
	return append(codes, s)
}

// listed writes words after a label, or nothing.
func listed(label string, words []string) string {
	if len(words) == 0 {
		return ""
	}
	return label + strings.Join(words, " ")
}

// numbers writes a code or a block.
func numbers(code, last int) string {
	if code == last {
		return fmt.Sprint(code)
	}
	return fmt.Sprintf("%d..%d", code, last)
}
