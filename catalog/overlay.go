package catalog

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A builder puts files on top of a base, or of nothing.
type builder struct {
	overlay  bool
	entries  []*Entry
	places   map[senseKey]int // index in entries
	blocks   map[senseKey]int // the last code of a block, by the key of its first one
	sections []Section
	sources  []Source
	origins  map[senseKey]origin
	stated   []senseKey // the entries of the files, each as often as it is given
	errs     yamlpos.Errors
}

func newBuilder(base *Catalog) *builder {
	b := &builder{places: make(map[senseKey]int), blocks: make(map[senseKey]int), origins: make(map[senseKey]origin)}
	if base == nil {
		return b
	}
	b.overlay = true
	b.entries = slices.Clone(base.entries)
	b.sections = slices.Clone(base.sections)
	b.sources = slices.Clone(base.sources)
	for i, e := range b.entries {
		b.place(e, i)
	}
	if base.origins != nil {
		b.origins = maps.Clone(base.origins)
	}
	return b
}

// place remembers where an entry stands.
func (b *builder) place(e *Entry, i int) {
	b.places[e.key()] = i
	if e.IsRange() {
		b.blocks[senseKey{e.Family, e.Code, e.Code}] = e.Last
	}
}

func (b *builder) fail(doc *yamlpos.Doc, path, format string, args ...any) {
	b.errs = append(b.errs, doc.Errorf(path, format, args...))
}

// The bounds of a catalog keep a hostile overlay from costing the square of its size.
const (
	maxEntries = 20_000
	maxBlocks  = 500
	maxSources = 1_000
)

func (b *builder) file(doc *yamlpos.Doc, y *fileYAML) {
	if len(y.Entries) > maxEntries || len(y.Sources) > maxSources {
		b.fail(doc, "", "%d entries and %d sources, at most %d and %d are read", len(y.Entries), len(y.Sources), maxEntries, maxSources)
		return
	}
	b.addSources(doc, y.Sources)
	family, section := y.Family, string(y.Section)
	if b.overlay {
		if family == "" {
			family = App
		}
		if section == "" {
			section = customSection
		}
	} else if len(y.Entries) > 0 && (family == "" || section == "" || y.Name.IsZero()) {
		b.fail(doc, "", "want family, section and name beside entries")
		return
	}
	seen := make(map[senseKey]int)
	for i := range y.Entries {
		raw := &y.Entries[i]
		path := fmt.Sprintf("entries[%d]", i)
		if raw.Code == nil {
			b.fail(doc, path+".code", "missing")
			continue
		}
		if raw.Family == "" {
			raw.Family = family
		}
		key := b.key(raw)
		if first, ok := seen[key]; ok {
			line, _ := doc.Pos(fmt.Sprintf("entries[%d].code", first))
			b.fail(doc, path+".code", "%s %d is given twice, first in line %d", key.family, key.code, line)
			continue
		}
		seen[key] = i
		if isNew := b.entry(doc, path, raw, key, section); isNew {
			b.addSection(raw.Family, section, y.Name)
		}
		b.origins[key] = origin{doc, path}
		b.stated = append(b.stated, key)
	}
}

var date = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)

func (b *builder) addSources(doc *yamlpos.Doc, sources []Source) {
	for i, s := range sources {
		path := fmt.Sprintf("sources[%d]", i)
		switch {
		case s.ID == "":
			b.fail(doc, path+".id", "want an id for entries to name")
		case slices.ContainsFunc(b.sources, func(o Source) bool { return o.ID == s.ID }):
			b.fail(doc, path+".id", "source %q is given twice", s.ID)
		case s.Date != "" && !date.MatchString(s.Date):
			b.fail(doc, path+".date", "want a date such as 2026, 2026-11 or 2026-11-03, got %q", s.Date)
		}
		b.sources = append(b.sources, s)
	}
}

// addSection makes sure that a section has a title, and lets a file that adds to it name it anew.
func (b *builder) addSection(f Family, name string, title Text) {
	for i := range b.sections {
		if s := &b.sections[i]; s.Family == f && s.Name == name {
			s.Title = merge(s.Title, title)
			return
		}
	}
	if title.IsZero() {
		title = Text{EN: name, ZH: name}
		if name == customSection {
			title = customTitle
		}
	}
	b.sections = append(b.sections, Section{f, name, title})
}

// key says which entry is meant: without last the single code, or else the block that begins
// there, if an overlay is to change one.
func (b *builder) key(raw *entryYAML) senseKey {
	k := senseKey{raw.Family, int(*raw.Code), int(*raw.Code)}
	if raw.Last != nil {
		k.last = int(*raw.Last)
	} else if _, ok := b.places[k]; !ok && b.overlay {
		if last, ok := b.blocks[k]; ok {
			k.last = last
		}
	}
	return k
}

// entry adds an entry or changes the one that is there, and reports whether it is a new one.
func (b *builder) entry(doc *yamlpos.Doc, path string, raw *entryYAML, key senseKey, section string) (isNew bool) {
	e := &Entry{Code: key.code, Last: key.last, Family: key.family, Section: section}
	place, exists := b.places[key]
	switch {
	case exists && !b.overlay:
		b.fail(doc, path+".code", "%s %d stands in another file too", e.Family, e.Code)
		return false
	case exists:
		*e = *b.entries[place]
	case b.overlay:
		e.Class, e.Topic, e.Retry = Error, State, RetryUnknown
		if raw.Title.IsZero() {
			b.fail(doc, path+".title", "want a title, in English or Chinese, for a new code")
		}
	default:
		b.required(doc, path, raw)
	}
	b.valid(doc, path, raw)
	raw.apply(e)
	if e.Last < e.Code {
		b.fail(doc, path+".last", "the block ends at %d, before it begins at %d", e.Last, e.Code)
	}
	if exists {
		b.entries[place] = e
		return false
	}
	b.place(e, len(b.entries))
	b.entries = append(b.entries, e)
	return true
}

// required refuses an entry of the catalog itself that leaves out a fact.
func (b *builder) required(doc *yamlpos.Doc, path string, raw *entryYAML) {
	for _, f := range []struct {
		name  string
		given bool
	}{{"class", raw.Class != 0}, {"topic", raw.Topic != ""}, {"retry", raw.Retry != ""}} {
		if !f.given {
			b.fail(doc, path+"."+f.name, "missing")
		}
	}
}
