package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// overlays are the files that a team brings along: own codes, own rules, own extractors.
type overlays struct {
	catalog, rules, extractors []string
	env                        string // in which overrides of rules hold
}

func (o *overlays) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.catalog, "catalog", nil, "YAML `file` or folder with own codes, may be repeated")
	f.StringArrayVar(&o.rules, "rules", nil, "YAML `file` or folder with own rules, may be repeated")
	f.StringVar(&o.env, "env", "", "`environment`, such as prod: overrides of rules for it hold too")
	f.StringArrayVar(&o.extractors, "extractors", nil, "YAML `file` or folder with own extractors, may be repeated")
}

// yamlFiles reads the files, and of folders every *.yaml and *.yml below them, in order.
func yamlFiles(paths []string) (files []catalog.File, err error) {
	var errs []error
	for _, p := range paths {
		err := filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() || (path != p && !slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(path)))) {
				return nil
			}
			data, err := os.ReadFile(path)
			files = append(files, catalog.File{Name: filepath.ToSlash(path), Data: data})
			return err
		})
		if err != nil {
			errs = append(errs, err)
		}
	}
	return files, errors.Join(errs...)
}

// invalid makes a fault of a user's file an error of exit code 2.
func invalid(err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code: exitUsage, err: err}
}

func (o *overlays) loadCatalog() (*catalog.Catalog, error) {
	files, err := yamlFiles(o.catalog)
	if err != nil || len(files) == 0 {
		return catalog.Builtin(), invalid(err)
	}
	c, err := catalog.Builtin().Overlay(files...)
	return c, invalid(err)
}

func (o *overlays) loadRules(cat *catalog.Catalog) (*rules.Set, error) {
	files, err := yamlFiles(o.rules)
	if err != nil || len(files) == 0 {
		return rules.Builtin(), invalid(err)
	}
	var parsed []*rules.File
	var errs []error
	for _, f := range files {
		p, err := parseRules(f, cat)
		parsed, errs = append(parsed, p), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, invalid(err)
	}
	set, err := rules.Builtin().OverlayIn(o.env, parsed...)
	return set, invalid(err)
}

// loadExtractor compiles the specs; the samples of the user's own are run too, because a spec that
// does not do what its author believes is worse than none.
func (o *overlays) loadExtractor(cat *catalog.Catalog) (*scanner.Extractor, error) {
	files, err := yamlFiles(o.extractors)
	if err != nil {
		return nil, invalid(err)
	}
	x, err := scanner.Load(cat, files...)
	return x, invalid(err)
}
