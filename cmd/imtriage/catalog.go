package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
)

func (a *app) catalogCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "catalog",
		GroupID: groupMaintain,
		Short:   "list, search, export and extend the error codes",
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	cmd.AddCommand(a.catalogList(), a.catalogSearch(), a.catalogExport(), a.catalogCheck(), a.catalogDiff(), a.catalogStub())
	return cmd
}

// group is the action of a command that only has commands of its own.
func group(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownWord(cmd, args[0])
	}
	return cmd.Help()
}

// catalogOptions are what was typed after the commands that print entries.
type catalogOptions struct {
	lookup
	filterFlags
	base bool
}

func (a *app) catalogList() *cobra.Command {
	o := &catalogOptions{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list the codes, all or those of a family, category, topic or class",
		Example: `  imtriage catalog list --class fatal
  imtriage catalog list --category server/account --lang zh
  imtriage catalog list --topic auth -f json=auth.json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.printEntries(cmd, o, func(cat *catalog.Catalog) ([]*catalog.Entry, error) {
				if _, err := o.compile(cat, time.Time{}, time.UTC); err != nil {
					return nil, err
				}
				list := slices.DeleteFunc(slices.Clone(cat.Entries()), func(e *catalog.Entry) bool { return !o.keep(e) })
				if len(list) == 0 {
					a.warn("no code of the catalog is like that")
				}
				return list, nil
			})
		},
	}
	f := cmd.Flags()
	pickFlags(f, o.flags, "family", "category", "topic", "class")
	f.BoolVar(&o.base, "base", false, "only codes of the vendor's table of 371")
	a.entryFlags(cmd, o, "table", "json")
	return cmd
}

// keep reports whether an entry passes the filters of the list.
func (o *catalogOptions) keep(e *catalog.Entry) bool {
	family := len(o.families) == 0
	for _, f := range append([]catalog.Family{e.Family}, e.Also...) {
		family = family || slices.Contains(o.families, string(f))
	}
	return family && in(o.classes, e.Class.String()) && in(o.topics, string(e.Topic)) && in(o.categories, e.Category()) &&
		(!o.base || e.InBase)
}

func (a *app) catalogSearch() *cobra.Command {
	o := &catalogOptions{}
	cmd := &cobra.Command{
		Use:   "search WORDS",
		Short: "find codes by number, constant, or words in English or Chinese",
		Example: `  imtriage catalog search usersig expired
  imtriage catalog search 敏感词 --lang zh`,
		RunE: func(cmd *cobra.Command, args []string) error {
			query := strings.Join(args, " ")
			if strings.TrimSpace(query) == "" {
				return usage("imtriage catalog search usersig expired", "what shall be looked for?")
			}
			return a.printEntries(cmd, o, func(cat *catalog.Catalog) ([]*catalog.Entry, error) {
				var list []*catalog.Entry
				for _, h := range cat.Search(minusSigns.Replace(query)) {
					list = append(list, h.Entry)
				}
				if len(list) == 0 {
					q := &inquiry{cat: cat, lang: catalog.Lang(o.lang)}
					q.fail(fmt.Sprintf("nothing in the catalog matches %q", query), query, false)
					return nil, &exitError{code: exitUsage, err: errors.New(q.unknown[0]), hint: q.hint()}
				}
				return list, nil
			})
		},
	}
	a.entryFlags(cmd, o, "table", "json")
	return cmd
}

func (a *app) catalogExport() *cobra.Command {
	o := &catalogOptions{}
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "write every code with all its facts, in both languages",
		Example: `  imtriage catalog export -f json=codes.json --catalog own.yaml`,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.printEntries(cmd, o, func(cat *catalog.Catalog) ([]*catalog.Entry, error) { return cat.Entries(), nil })
		},
	}
	pickFlags(cmd.Flags(), o.overlays.flags, "catalog")
	o.format.flag(cmd.Flags(), "json")
	o.lang = string(catalog.EN)
	return cmd
}

// entryFlags defines the flags of the commands that list entries.
func (a *app) entryFlags(cmd *cobra.Command, o *catalogOptions, formats ...string) {
	f := cmd.Flags()
	pickFlags(f, o.overlays.flags, "catalog")
	o.langFlag(f, a.defaultLang())
	o.format.flag(f, formats...)
}

// printEntries writes the entries that choose returns.
func (a *app) printEntries(cmd *cobra.Command, o *catalogOptions, choose func(*catalog.Catalog) ([]*catalog.Entry, error)) error {
	if err := a.settings(cmd); err != nil {
		return err
	}
	lang, target, cat, err := o.start()
	if err != nil {
		return err
	}
	list, err := choose(cat)
	if err != nil {
		return err
	}
	return a.write(target, func(w io.Writer) error {
		if target.name == "json" {
			return cat.Export(w, append([]*catalog.Entry{}, list...)) // nil would be all
		}
		return a.page(w, target).entries(list, lang)
	})
}
