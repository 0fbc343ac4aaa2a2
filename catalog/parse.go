package catalog

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A File is the YAML text of a catalog or an overlay; the name is used in errors only.
type File struct {
	Name string
	Data []byte
}

// A fileYAML is the shape of every data file and overlay.
type fileYAML struct {
	Family  Family      `yaml:"family,omitempty"`
	Section sectionName `yaml:"section,omitempty"`
	Name    Text        `yaml:"name,omitempty"` // of the section
	Sources []Source    `yaml:"sources,omitempty"`
	Entries []entryYAML `yaml:"entries,omitempty"`
}

// An entryYAML holds what a file says of one entry. Nil and zero mean that it does not say it, so
// that an overlay can leave the rest as it is.
type entryYAML struct {
	Code      *codeNumber    `yaml:"code"`
	Last      *codeNumber    `yaml:"last,omitempty"`
	Family    Family         `yaml:"family,omitempty"` // where it is not the file's
	Also      []Family       `yaml:"also,omitempty"`
	Symbols   []string       `yaml:"symbols,omitempty"`
	Class     Class          `yaml:"class,omitempty"`
	Topic     Topic          `yaml:"topic,omitempty"`
	Retry     Retry          `yaml:"retry,omitempty"`
	Base      *bool          `yaml:"base,omitempty"`
	Result    *resultUnknown `yaml:"result,omitempty"`
	SelfHeals *bool          `yaml:"self_heals,omitempty"`
	AskVendor *bool          `yaml:"ask_vendor,omitempty"`
	Title     Text           `yaml:"title,omitempty"`
	Meaning   Text           `yaml:"meaning,omitempty"`
	Cause     Text           `yaml:"cause,omitempty"`
	Fix       Text           `yaml:"fix,omitempty"`
	Limits    []Limit        `yaml:"limits,omitempty"`
	Causes    []codeNumber   `yaml:"causes,omitempty"`
	Symptoms  []codeNumber   `yaml:"symptoms,omitempty"`
	History   []Change       `yaml:"history,omitempty"`
	Links     []string       `yaml:"links,omitempty"`
	Sources   []string       `yaml:"sources,omitempty"`
	Row       Text           `yaml:"row,omitempty"`
}

// A codeNumber is a code in YAML; it fits in 32 bits on every platform.
type codeNumber int32

// A resultUnknown stands for the one word that "result" takes.
type resultUnknown struct{}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (*resultUnknown) UnmarshalText(b []byte) error {
	if string(b) != "unknown" {
		return fmt.Errorf("want unknown, got %q; leave it out where the result is known", b)
	}
	return nil
}

// A sectionName is a word that can stand in a category.
type sectionName string

var sectionWord = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,31}$`)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *sectionName) UnmarshalText(b []byte) error {
	if !sectionWord.Match(b) {
		return errors.New("want a word of lower-case letters, digits, - and _")
	}
	*s = sectionName(b)
	return nil
}

// The section of overlays that name none.
const customSection = "custom"

var customTitle = Text{EN: "Own codes", ZH: "自定义错误码"}

// Parse makes a catalog from YAML files alone. Each file names its family and section, or holds
// only sources; each entry has code, class, topic and retry. Texts may be missing: [Catalog.Check]
// tells. The error is of type [yamlpos.Errors] and holds all faults of all files.
func Parse(files ...File) (*Catalog, error) {
	return newBuilder(nil).build(files)
}

// Overlay returns a catalog with the files put on top of this one, in order; c stays as it is.
//
// Files have the shape of the catalog's own, with defaults: family app, section custom, class
// error, topic state, retry unknown; an entry may name a family of its own. Where an entry with
// the same family, code and last exists (without last: a single code, else a block that begins
// there), what the file gives replaces it, list by list and language by language, and all else is
// kept, the section too; a code that it names as cause or symptom knows the entry as the other of
// the two from then on. A new entry needs a title in one language.
// The error is of type [yamlpos.Errors] and holds all faults of all files.
func (c *Catalog) Overlay(files ...File) (*Catalog, error) {
	return newBuilder(c).build(files)
}

// build adds the files and makes the catalog.
func (b *builder) build(files []File) (*Catalog, error) {
	for _, f := range files {
		var y fileYAML
		doc, err := yamlpos.Decode(f.Name, f.Data, &y)
		if errs, ok := errors.AsType[yamlpos.Errors](err); ok {
			b.errs = append(b.errs, errs...)
			continue // what could not be read would be missed a second time
		}
		b.file(doc, &y)
		if len(b.entries) > maxEntries || len(b.blocks) > maxBlocks || len(b.sources) > maxSources {
			b.fail(doc, "", "more than %d entries, %d blocks or %d sources in all files", maxEntries, maxBlocks, maxSources)
			break
		}
	}
	if err := b.errs.Err(); err != nil {
		return nil, err
	}
	b.relate()
	c := newCatalog(b.entries, b.sections, b.sources)
	c.origins = b.origins
	return c, nil
}
