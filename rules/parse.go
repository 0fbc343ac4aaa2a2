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
	Name      string
	Rules     []Rule     // in the order of the file
	Overrides []Override // in the order of the file
	doc       *yamlpos.Doc
	docs      []*yamlpos.Doc // instead of doc: by rule, each of which is a document
}

// version is that of the language which this program reads.
const version = 1

// maxRules bounds the rules of one file.
const maxRules = 1000

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
	if y.Version != nil && *y.Version != version {
		p.fail("version", "version %d of the language is unknown, this program reads version %d", *y.Version, version)
	}
	if n := len(y.Rules); n > maxRules {
		p.fail("rules", "%d rules, want at most %d in a file", n, maxRules)
		y.Rules = y.Rules[:maxRules]
	}
	if len(y.Rules)+len(y.Overrides) == 0 && p.unread == 0 {
		p.fail("rules", "no rules in the file")
	}
	p.names(&y)
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
	for i := range y.Overrides {
		f.Overrides = append(f.Overrides, p.override(at("overrides", i), &y.Overrides[i]))
	}
	p.unused()
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
