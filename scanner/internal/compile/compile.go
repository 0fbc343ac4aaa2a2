// Package compile turns the YAML source of the extractor specs into their embedded form.
package compile

import (
	"encoding/json"
	"errors"
	"io/fs"

	"github.com/imtriage/imtriage/scanner"
)

// Dir compiles every *.yaml of a folder, in the order of their names: that order is the rank of the
// specs. All errors of all files come at once.
func Dir(fsys fs.FS) ([]byte, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all scanner.Pack
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p, err := scanner.ParsePack(name, data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all.Evidence = append(all.Evidence, p.Evidence...)
		all.Extractors = append(all.Extractors, p.Extractors...)
		all.Fields = append(all.Fields, p.Fields...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return json.Marshal(all)
}
