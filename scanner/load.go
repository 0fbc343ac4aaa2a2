package scanner

import (
	"errors"
	"fmt"
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// Load compiles the built-in specs with those of the files on top. A spec that does not do what
// its samples and rejects say is refused like a fault of the YAML: with file, line and column, all of
// them at once.
func Load(cat *catalog.Catalog, files ...catalog.File) (*Extractor, error) {
	var packs []Pack
	var docs []*yamlpos.Doc
	var errs []error
	for _, f := range files {
		p, doc, err := parsePack(f.Name, f.Data)
		packs, docs, errs = append(packs, p), append(docs, doc), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	all := merge(Builtin(), packs)
	for i, p := range packs {
		for n, s := range p.Extractors {
			for k, name := range s.Needs {
				if !slices.ContainsFunc(all.Evidence, func(e Evidence) bool { return e.Name == name }) {
					errs = append(errs, docs[i].Errorf(fmt.Sprintf("extractors[%d].needs[%d]", n, k), "no evidence is named %q", name))
				}
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	x, err := NewExtractor(cat, packs...)
	if err != nil {
		return nil, err
	}
	for i, p := range packs {
		for _, problem := range x.Check(p) {
			errs = append(errs, docs[i].Errorf(problem.Path, "%s", problem.What))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return x, nil
}
