package rules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A File is one file of rules, ready for [Set.Overlay].
type File struct {
	Name  string
	Rules []Rule // in the order of the file
	doc   *yamlpos.Doc
}

// The wire form holds words as they are written, so that a fault in one can name its place and
// guess what was meant. See [Rule], [Condition], [Selection] and [Step] for the sense of the keys.
type (
	fileYAML struct {
		Rules []ruleYAML `yaml:"rules"`
	}
	ruleYAML struct {
		ID        string        `yaml:"id"`
		Title     catalog.Text  `yaml:"title"`
		Class     string        `yaml:"class"`
		Fallback  bool          `yaml:"fallback"`
		When      conditionYAML `yaml:"when"`
		Explains  selectionYAML `yaml:"explains"`
		Remedy    []stepYAML    `yaml:"remedy"`
		AskVendor bool          `yaml:"ask_vendor"`
		Links     []string      `yaml:"links"`
		Disabled  bool          `yaml:"disabled"`
		Reason    string        `yaml:"reason"`
	}
	conditionYAML struct {
		Select selectionYAML `yaml:"select"`
		Count  Bound         `yaml:"count"`
		Share  Percent       `yaml:"share"`
		Users  *int          `yaml:"users"`
	}
	selectionYAML struct {
		Codes      []spanYAML `yaml:"codes"`
		Categories []string   `yaml:"categories"`
		Topics     []string   `yaml:"topics"`
		Classes    []string   `yaml:"classes"`
		Families   []string   `yaml:"families"`
		Known      *bool      `yaml:"known"`
		Events     []string   `yaml:"events"`
	}
	stepYAML struct {
		Owner string       `yaml:"owner"`
		Do    catalog.Text `yaml:"do"`
	}
)

// A spanYAML remembers whether a span could be read, so that its fault is told once.
type spanYAML struct {
	Span
	ok bool
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *spanYAML) UnmarshalText(b []byte) error {
	err := s.Span.UnmarshalText(b)
	s.ok = err == nil
	return err
}

// Parse reads a file of rules. The catalog says which codes and categories there are; it should
// hold the user's overlays. The error is of type [yamlpos.Errors] and holds all faults.
func Parse(name string, data []byte, cat *catalog.Catalog) (*File, error) {
	var y fileYAML
	doc, err := yamlpos.Decode(name, data, &y)
	p := &parser{cat: cat, doc: doc, categories: categories(cat)}
	if err != nil && !errors.As(err, &p.errs) {
		return nil, err
	}
	p.unread = len(p.errs)
	f := &File{Name: name, doc: doc}
	if len(y.Rules) == 0 && p.unread == 0 {
		p.fail("rules", "no rules in the file")
	}
	first := make(map[string]int)
	for i := range y.Rules {
		path := at("rules", i)
		f.Rules = append(f.Rules, p.rule(path, &y.Rules[i]))
		id := y.Rules[i].ID
		if before, twice := first[id]; twice && id != "" {
			line, _ := doc.Pos(at("rules", before))
			p.fail(path+".id", "id %q is given twice, first in line %d", id, line)
		} else {
			first[id] = i
		}
	}
	if err := p.errs.Err(); err != nil {
		return nil, err
	}
	return f, nil
}

// categories lists the categories that findings can have.
func categories(cat *catalog.Catalog) []string {
	var list []string
	for _, s := range cat.Sections() {
		list = append(list, string(s.Family)+"/"+s.Name)
	}
	for _, f := range catalog.Families() {
		list = append(list, string(f)+"/unknown")
	}
	return list
}

// at joins the parts of a path: names and indices.
func at(parts ...any) string {
	var b strings.Builder
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", p)
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			fmt.Fprint(&b, p)
		}
	}
	return b.String()
}

// suggest ends a message about a word that is none of words.
func suggest(word string, words []string) string {
	if w := yamlpos.DidYouMean(word, words); w != "" {
		return fmt.Sprintf(", did you mean %q?", w)
	}
	return ""
}
