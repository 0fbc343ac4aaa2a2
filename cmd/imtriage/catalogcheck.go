package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
)

func (a *app) catalogCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE|DIR]…",
		Short: "look for faults in overlays, or in the catalog itself",
		Long: `check reads overlays as --catalog does and names every fault with file, line and column.
Without files it checks the catalog that comes with the program. A text that exists in one
language only is a warning.`,
		Example: `  imtriage catalog check own.yaml`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.checkBuiltin()
			}
			return a.checkOverlays(args)
		},
	}
}

func (a *app) checkBuiltin() error {
	cat := catalog.Builtin()
	var errs []error
	for _, p := range cat.Check() {
		errs = append(errs, errors.New(p.String()))
	}
	if err := errors.Join(errs...); err != nil {
		return invalid(err)
	}
	_, err := fmt.Fprintf(a.out, "ok: %d codes and blocks of codes\n", len(cat.Entries()))
	return err
}

func (a *app) checkOverlays(paths []string) error {
	files, err := yamlFiles(paths)
	if err != nil {
		return invalid(err)
	}
	if len(files) == 0 {
		return usage("a folder is searched for *.yaml and *.yml", "%s: no YAML files", strings.Join(paths, " "))
	}
	cat, err := catalog.Builtin().Overlay(files...)
	if err != nil {
		return invalid(err)
	}
	var errs []error
	for _, p := range cat.Check() {
		switch {
		case p.At.File == "": // not of an overlay
		case lacksText(p):
			a.warn("%s", p)
		default:
			errs = append(errs, errors.New(p.String()))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return invalid(err)
	}
	own := len(cat.Entries()) - len(catalog.Builtin().Entries())
	_, err = fmt.Fprintf(a.out, "ok: %s, %s\n", counted(len(files), "file"), counted(own, "new code"))
	return err
}

// lacksText reports whether a problem is a text that is missing in a language. The catalog itself
// has both, a team may do with one.
func lacksText(p catalog.Problem) bool {
	return p.At.What == "no English text" || p.At.What == "no Chinese text"
}

// counted writes a number and a noun.
func counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
