package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog/tally"
)

func (a *app) mergeCommand() *cobra.Command {
	o := &options{}
	var force bool
	cmd := &cobra.Command{
		Use:     "merge PARTIAL…",
		GroupID: groupMaintain,
		Short:   "join partials into one report or one partial",
		Long: `merge reads what scan -f partial wrote and gives the report that one scan of everything
would have given, in any order of the partials. Partials that were made with other codes, rules,
extractors or options are refused, because their counts do not mean the same: give merge the
--catalog, --rules and --extractors of the scans.`,
		Example: `  imtriage scan -f partial=a.partial host-a/
  imtriage scan -f partial=b.partial host-b/
  imtriage merge a.partial b.partial`,
		Args: someArgs("partial"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := a.configure(cmd.Flags()); err != nil {
				return err
			}
			return a.merge(o, args, force)
		},
	}
	f := cmd.Flags()
	o.output.flags(f, a.defaultLang())
	o.gateFlags.flags(f)
	o.overlays.flags(f)
	o.redactFlags.flags(f)
	f.BoolVar(&force, "force", false, "join partials although they were made differently")
	f.BoolVar(&o.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	o.samples, o.progress = 5, "never"
	return cmd
}

func (a *app) merge(o *options, paths []string, force bool) (err error) {
	p, err := a.plan(o)
	if err != nil {
		return err
	}
	for _, t := range p.targets {
		if t.name == formatNDJSON {
			return usage("", "a partial holds counts, not findings: ndjson cannot be written from it")
		}
	}
	own, err := p.header(o)
	if err != nil {
		return err
	}
	a.out.outlive(p)
	records := newRecords()
	defer func() { err = cmp.Or(err, records.Close()) }()
	var all *tally.Tally
	var first tally.Header
	joined := own
	for i, path := range paths {
		t, header, err := a.readPartial(path, tally.Options{Catalog: p.catalog, Redactor: p.redactor, Records: records})
		if err != nil {
			return err
		}
		if i == 0 {
			first, joined.Digests.Options = header, header.Digests.Options
		}
		own.Digests.Options = header.Digests.Options // merge has no filters of its own
		if differs := own.Differs(header); len(differs) > 0 && !force {
			return usage("give merge the --catalog, --rules and --extractors of the scans, or join them with --force",
				"%s and this run were made differently: %s", path, strings.Join(differs, ", "))
		}
		if differs := first.Differs(header); len(differs) > 0 && !force {
			return usage("make them with the same options, or join them with --force",
				"%s and %s were made differently: %s", paths[0], path, strings.Join(differs, ", "))
		}
		joined = mixed(joined, header)
		if i == 0 {
			all = t
		} else if err := all.Merge(t); err != nil {
			return usage("", "%s: %v", path, err)
		}
	}
	if joined.Digests.Rules != own.Digests.Rules && records.Len() > 0 {
		a.warn("the records for rules with a window were made by other rules, so these rules are not judged")
		p.foreign = true
	}
	return a.conclude(o, p, all, joined)
}

// readPartial reads one partial; - is standard input.
func (a *app) readPartial(path string, o tally.Options) (*tally.Tally, tally.Header, error) {
	r := a.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, tally.Header{}, &exitError{code: exitIncomplete, err: err}
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, tally.Header{}, usage("", "%s: is a folder, name the partials in it", path)
		}
		r = f
	}
	t, header, err := tally.Decode(r, o)
	if _, unreadable := errors.AsType[*fs.PathError](err); unreadable || errors.Is(err, tally.ErrDamaged) {
		return nil, header, &exitError{code: exitIncomplete, err: fmt.Errorf("%s: %w", path, reason(err))}
	}
	if err != nil {
		return nil, header, usage("imtriage scan -f partial writes what merge reads", "%s: %w", path, err)
	}
	return t, header, nil
}
