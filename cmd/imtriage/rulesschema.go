package main

import (
	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/rules"
)

func (a *app) rulesSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "print the JSON Schema of files of rules, for editors",
		Long: `schema prints the JSON Schema (draft 2020-12) of files of rules. Editors with a YAML language
server complete and check a file that begins with the line
# yaml-language-server: $schema=rules.schema.json`,
		Example: `  imtriage rules schema > rules.schema.json`,
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(rules.Schema())
			return err
		},
	}
}
