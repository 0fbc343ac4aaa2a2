package main

import (
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// A coverageFlag makes rules list read logs, and say which rules they need. It brings the flags of a scan that
// say how inputs are read.
type coverageFlag struct {
	on   bool
	from []string // names of those flags
	options
}

func (c *coverageFlag) flags(f *pflag.FlagSet, a *app) {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.inputFlags.flags(own)
	pickFlags(own, func(f *pflag.FlagSet) { c.options.flags(f, a.defaultLang()) }, "extractors", "jobs", "progress")
	own.BoolVar(&c.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	own.VisitAll(func(flag *pflag.Flag) { c.from = append(c.from, flag.Name) })
	f.AddFlagSet(own)
	f.BoolVar(&c.on, "coverage", false, "read the LOGs: which rules are told, and which codes no rule is about")
}

// args allows arguments with --coverage alone, and the flags of logs too.
func (c *coverageFlag) args(cmd *cobra.Command, args []string) error {
	switch {
	case c.on && len(args) == 0:
		return usage("imtriage rules list --coverage . reads this folder", "what shall be read? no path is given")
	case c.on:
		return nil
	case len(args) > 0:
		return usage("imtriage rules list --coverage "+args[0], "list takes logs only with --coverage, got %q", args[0])
	}
	for _, name := range c.from {
		if cmd.Flags().Changed(name) {
			return usage("", "--%s says how logs are read, which is for --coverage", name)
		}
	}
	return nil
}

// coverage is the wiring of a coverage: sources → scanner → tally and records → rules → page.
func (a *app) coverage(ctx context.Context, c *coverageFlag, o *lookup, paths []string) (err error) {
	target, err := o.format.target()
	if err != nil {
		return err
	}
	own := c.extractors
	c.overlays, c.lang = o.overlays, o.lang
	c.extractors = own
	p, err := a.plan(&c.options)
	if err != nil {
		return err
	}
	records := newRecords()
	defer func() { err = cmp.Or(err, records.Close()) }()
	counting := p.tallyOptions(0)
	counting.Records = records
	sink := &batchSink{filter: p.filter, tally: tally.New(counting), recorder: newRecorder(p.rules, p.redactor)}
	progress, done := a.progress(&c.options)
	s := scanner.Scanner{Extractor: p.extractor, Jobs: c.jobs, Progress: progress}
	err = s.Scan(ctx, p.inputs.Expand(paths), sink)
	done()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return &exitError{code: exitInterrupt, err: errors.New("interrupted: coverage needs the whole log")}
	}
	if err != nil {
		return err
	}
	table, err := covered(p, sink.tally)
	if err != nil {
		return err
	}
	err = a.write(target, func(w io.Writer) error {
		if target.name == "json" {
			return encodeJSON(w, table.json())
		}
		return table.page(a.page(w, target))
	})
	incomplete := false
	for _, in := range table.sum.Inputs {
		if !in.Complete {
			incomplete = true
			a.warn("%s: %s", in.Name, in.Problem)
		}
	}
	if err == nil && incomplete && !c.allowIncomplete {
		return &exitError{code: exitIncomplete}
	}
	return err
}

// covered judges what was counted and recorded.
func covered(p *plan, t *tally.Tally) (*coverageTable, error) {
	sum := t.Summary()
	e := rules.NewEngine(p.rules, rules.EngineOptions{})
	c := p.rules.NewCoverage()
	err := t.EachRecord(func(r *tally.Record) error {
		e.Add(r)
		c.Record(r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	e.Close(end(sum))
	trace := p.rules.Trace(sum, e.Outcomes())
	return &coverageTable{p.lang, sum, trace.Verdicts(), c.Rules(trace), c.Gaps(trace)}, nil
}
