package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
)

// A oneFormat is the output of commands that write one thing in one form.
type oneFormat struct {
	spec  string
	names []string
}

// flag defines -f; the first name is the default.
func (o *oneFormat) flag(f *pflag.FlagSet, names ...string) {
	o.names = names
	f.StringVarP(&o.spec, "format", "f", names[0], "output `NAME[=FILE]`: "+strings.Join(names, " "))
}

func (o *oneFormat) target() (target, error) {
	name, file, hasFile := strings.Cut(o.spec, "=")
	switch {
	case !slices.Contains(o.names, name):
		return target{}, usage(didYouMean(name, o.names), "unknown format %q", name)
	case hasFile && file == "":
		return target{}, usage("", "format %q: the file name is missing", o.spec)
	}
	return target{name: name, file: file}, nil
}

// pickFlags defines some of the flags that define defines, so that a flag has one definition
// although not every command has all of its group.
func pickFlags(f *pflag.FlagSet, define func(*pflag.FlagSet), names ...string) {
	all := pflag.NewFlagSet("", pflag.ContinueOnError)
	define(all)
	for _, name := range names {
		f.AddFlag(all.Lookup(name))
	}
}

// settings takes what was not typed from the environment and the config file. Their format is
// that of scan and says nothing of other commands.
func (a *app) settings(cmd *cobra.Command) error {
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "format" {
			f.AddFlag(flag)
		}
	})
	_, err := a.configure(f)
	return err
}

// A lookup is what the commands have in common that show the catalog or the rules.
type lookup struct {
	overlays
	output
	format oneFormat
}

// start resolves the language, the target and the catalog of a look-up.
func (o *lookup) start() (lang catalog.Lang, t target, cat *catalog.Catalog, err error) {
	if lang, err = o.language(); err != nil {
		return lang, t, nil, err
	}
	if t, err = o.format.target(); err != nil {
		return lang, t, nil, err
	}
	cat, err = o.loadCatalog()
	return lang, t, cat, err
}
