package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

func (a *app) catalogStub() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "stub [CODE|PATH|GLOB|DIR|-]…",
		Short: "begin an overlay for codes that nobody knows yet",
		Long: `stub prints an overlay for the given numbers and for the unknown codes in logs. Fill in what
they mean and load the file with --catalog.`,
		Example: `  imtriage catalog stub app.log > own.yaml
  imtriage catalog stub 88001 88002 > own.yaml
  imtriage catalog check own.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage catalog stub app.log, or imtriage catalog stub 88001", "no log and no code is given")
			}
			return a.stub(cmd.Context(), o, args)
		},
	}
	define := func(f *pflag.FlagSet) { o.flags(f, a.defaultLang()) }
	pickFlags(cmd.Flags(), define, "catalog", "extractors", "no-redact", "reveal", "redact", "redact-key", "jobs", "progress")
	return cmd
}

func (a *app) stub(ctx context.Context, o *options, args []string) error {
	p, err := a.plan(o)
	if err != nil {
		return err
	}
	var codes []catalog.StubCode
	var paths []string
	for _, arg := range args {
		code, isCode := parseCode(arg)
		switch {
		case !isCode || exists(arg):
			paths = append(paths, arg)
		case p.catalog.Known(code):
			a.warn("%d is in the catalog: imtriage explain %d", code, code)
		default:
			codes = append(codes, catalog.StubCode{Code: code})
		}
	}
	found, incomplete, err := a.unknowns(ctx, o, p, paths)
	if err != nil {
		return err
	}
	if codes = append(codes, found...); len(codes) > 0 {
		err = catalog.Stub(a.out, []string{"Error codes that the logs hold and the catalog does not know."}, codes)
	} else if !incomplete {
		a.note("nothing to do: the catalog knows every code")
	}
	if err == nil && incomplete {
		err = &exitError{code: exitIncomplete}
	}
	return err
}

// unknowns scans for codes that the catalog does not know, each with a record that holds it,
// redacted.
func (a *app) unknowns(ctx context.Context, o *options, p *plan, paths []string) (codes []catalog.StubCode, incomplete bool, err error) {
	if len(paths) == 0 {
		return nil, false, nil
	}
	t := tally.New(p.tallyOptions(o.samples))
	progress, done := a.progress(o)
	s := scanner.Scanner{Extractor: p.extractor, Jobs: o.jobs, Progress: progress}
	err = s.Scan(ctx, p.inputs.Expand(paths), &batchSink{filter: p.filter, tally: t})
	done()
	if err != nil {
		return nil, false, err
	}
	sum := t.Summary()
	for _, c := range sum.Unknown {
		stub := catalog.StubCode{Code: c.Code, Family: c.Family, About: []string{"found " + counted(c.Count, "time")}}
		if len(c.Samples) > 0 {
			stub.About[0] += ", for example:"
			stub.About = append(stub.About, c.Samples[0].Text)
		}
		codes = append(codes, stub)
	}
	for _, in := range sum.Inputs {
		if !in.Complete {
			incomplete = true
			a.warn("%s: %s", in.Name, in.Problem)
		}
	}
	return codes, incomplete, nil
}
