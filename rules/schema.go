package rules

import (
	_ "embed" // for the schema
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of files of rules, for editors. What it lets pass
// [Parse] may still refuse: a schema does not know the catalog, and not what names stand for. The
// bytes are the caller's.
func Schema() []byte { return slices.Clone(schema) }
