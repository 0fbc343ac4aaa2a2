package main

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/rules/sigma"
)

// parseRules reads a file of rules in the language that it is written in: ours, or Sigma.
func parseRules(f catalog.File, cat *catalog.Catalog) (*rules.File, error) {
	if sigma.Is(f.Data) {
		return sigma.Parse(f.Name, f.Data, cat)
	}
	return rules.Parse(f.Name, f.Data, cat)
}
