package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/upstream"
)

func (a *app) catalogDiff() *cobra.Command {
	o := &lookup{}
	cmd := &cobra.Command{
		Use:   "diff FILE",
		Short: "hold a newer table of the vendor against the catalog",
		Long: `diff reads a table of error codes, Markdown as the vendor publishes it or tab-separated values,
and tells which codes the catalog lacks, which the table no longer has, and of which it says
something new. What it prints is an overlay: entries to fill in, all else as comments.`,
		Example: `  imtriage catalog diff new.md > new.yaml
  imtriage catalog diff new.md -f json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("imtriage catalog diff new.md", "no table is given")
			}
			if err := a.settings(cmd); err != nil {
				return err
			}
			_, target, cat, err := o.start()
			if err != nil {
				return err
			}
			return a.diffTable(target, cat, args[0])
		},
	}
	pickFlags(cmd.Flags(), o.overlays.flags, "catalog")
	o.format.flag(cmd.Flags(), "yaml", "json")
	o.lang = string(catalog.EN)
	return cmd
}

func (a *app) diffTable(t target, cat *catalog.Catalog, path string) error {
	data, err := a.readTable(path)
	if err != nil {
		return invalid(err)
	}
	table, err := upstream.Read(path, data)
	if err != nil {
		return invalid(err)
	}
	for _, fault := range table.Faults {
		a.warn("%s", fault.Error())
	}
	d := upstream.Compare(cat, table)
	return a.write(t, func(w io.Writer) error {
		if t.name == "json" {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(d)
		}
		return d.WriteStub(w)
	})
}

// readTable reads a file, or standard input.
func (a *app) readTable(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(a.in)
	}
	return os.ReadFile(path)
}
