package catalog

import (
	"slices"
	"strings"
)

// Lookup returns the sense of a number in a family, or nil. An entry of the family itself wins
// over one of another family that also holds there, and a single code over a range.
func (c *Catalog) Lookup(f Family, code int) *Entry {
	return pick(c.Find(code), f)
}

func pick(senses []*Entry, f Family) *Entry {
	var best *Entry
	for _, e := range senses {
		own, also := e.Family == f, slices.Contains(e.Also, f)
		switch {
		case !own && !also:
		case own && (best == nil || best.Family != f && best.IsRange() == e.IsRange()):
			best = e
		case best == nil:
			best = e
		}
	}
	return best
}

// Resolve picks the sense of a number: that of the first of the given families that has one, or
// else the first one of [Catalog.Find]. The alternatives are the families of the other senses, in
// the order of Find. An unknown number gives nil and nil.
func (c *Catalog) Resolve(code int, families ...Family) (e *Entry, alternatives []Family) {
	senses := c.Find(code)
	if len(senses) == 0 {
		return nil, nil
	}
	for _, f := range families {
		if e = pick(senses, f); e != nil {
			break
		}
	}
	if e == nil {
		e = senses[0]
	}
	for _, s := range senses {
		if s.Family != e.Family && !slices.Contains(alternatives, s.Family) {
			alternatives = append(alternatives, s.Family)
		}
	}
	return e, alternatives
}

// BySymbol returns the entries with a constant name, whatever the case of its letters.
func (c *Catalog) BySymbol(name string) []*Entry { return c.symbols[strings.ToUpper(name)] }

// Entries returns all entries by family, in the order of [Families], and code.
func (c *Catalog) Entries() []*Entry { return slices.Clip(c.entries) }

// Sections returns all sections by family, in the order of [Families], and name.
func (c *Catalog) Sections() []Section { return slices.Clip(c.sections) }

// Section returns the section with that name, or one without a title.
func (c *Catalog) Section(f Family, name string) Section {
	for _, s := range c.sections {
		if s.Family == f && s.Name == name {
			return s
		}
	}
	return Section{Family: f, Name: name}
}

// Sources returns the documents that the facts were taken from, in the order of the files.
func (c *Catalog) Sources() []Source { return slices.Clip(c.sources) }

// Digest returns the SHA-256 of all facts and texts in hex: two catalogs that say the same have
// the same one.
func (c *Catalog) Digest() string { return c.digest() }

// Version returns the date of the newest source, such as 2026-11, or "".
func (c *Catalog) Version() string {
	newest := ""
	for _, s := range c.sources {
		newest = max(newest, s.Date)
	}
	return newest
}
