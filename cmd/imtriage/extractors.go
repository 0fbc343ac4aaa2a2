package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
)

func (a *app) extractorsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "extractors",
		GroupID: groupMaintain,
		Short:   "list, check and try what finds codes in lines",
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	cmd.AddCommand(a.extractorsList(), a.extractorsCheck(), a.extractorsTry())
	return cmd
}

func (a *app) extractorsList() *cobra.Command {
	var over overlays
	out := output{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list the extractors in order of rank",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			lang, err := out.language()
			if err != nil {
				return err
			}
			x, err := over.loadExtractor(catalog.Builtin())
			if err != nil {
				return err
			}
			for _, s := range x.Specs() {
				kind := strings.Join(words(s.Family), ",")
				if s.Event != "" {
					kind = "→ " + s.Event
				}
				if _, err := fmt.Fprintf(a.out, "%-24s %-20s %s\n", s.Name, kind, s.About.In(lang)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&over.extractors, "extractors", nil, "YAML `file` or folder with own extractors")
	out.langFlag(cmd.Flags(), a.defaultLang())
	return cmd
}

func (a *app) extractorsCheck() *cobra.Command {
	return &cobra.Command{
		Use:     "check FILE…",
		Short:   "check own extractors: the YAML, the patterns, samples and rejects, and their speed",
		Example: "  imtriage extractors check my-extractors.yaml",
		Args:    someArgs("file"),
		RunE: func(_ *cobra.Command, args []string) error {
			over := overlays{extractors: args}
			x, err := over.loadExtractor(catalog.Builtin())
			if err != nil {
				return err
			}
			for _, p := range x.Slow() {
				a.warn("%s: %s", p.Path, p.What)
			}
			_, err = fmt.Fprintf(a.out, "ok: %d extractors in force, digest %s\n", len(x.Specs()), x.Digest())
			return err
		},
	}
}

func (a *app) extractorsTry() *cobra.Command {
	var over overlays
	cmd := &cobra.Command{
		Use:   "try [TEXT|-]",
		Short: "show which extractor matches where in a text, and why or why not",
		Example: `  imtriage extractors try 'login failed, code: 70009, msg: sig check failed'
  pbpaste | imtriage extractors try -`,
		Args: oneArg,
		RunE: func(_ *cobra.Command, args []string) error {
			cat, err := over.loadCatalog()
			if err != nil {
				return err
			}
			x, err := over.loadExtractor(cat)
			if err != nil {
				return err
			}
			var text string
			if len(args) == 1 && args[0] != "-" {
				text = args[0]
			} else {
				data, err := io.ReadAll(io.LimitReader(a.in, maxTryText))
				if err != nil {
					return err
				}
				text = string(data)
			}
			return a.showTrials(x.Try(text))
		},
	}
	cmd.Flags().StringArrayVar(&over.extractors, "extractors", nil, "YAML `file` or folder with own extractors")
	cmd.Flags().StringArrayVar(&over.catalog, "catalog", nil, "YAML `file` or folder with own codes")
	return cmd
}

// maxTryText bounds a text to try, in bytes.
const maxTryText = 1 << 20

// showTrials prints every place where a pattern matched and, if nothing was accepted, where the
// nearest one stopped.
func (a *app) showTrials(trials []scanner.Trial) error {
	var errs []error
	say := func(format string, args ...any) {
		_, err := fmt.Fprintf(a.out, format+"\n", args...)
		errs = append(errs, err)
	}
	accepted, near := 0, (*scanner.Trial)(nil)
	for i := range trials {
		t := &trials[i]
		switch {
		case t.Accepted && t.Repeat:
			say("again    %d:%d  %s by %s", t.Line, t.Column, what(t), t.Extractor)
		case t.Accepted:
			accepted++
			say("found    %d:%d  %s by %s, %d of %d points", t.Line, t.Column, what(t), t.Extractor, t.Points, scanner.Threshold)
			say("         %s", report.Sanitize(strings.Join(t.Reasons, ", ")))
		case !t.Failed:
			say("refused  %d:%d  %s by %s, %d of %d points", t.Line, t.Column, what(t), t.Extractor, t.Points, scanner.Threshold)
			say("         %s", report.Sanitize(strings.Join(t.Reasons, ", ")))
			if t.Missing != "" {
				say("         needs words of %s", t.Missing)
			}
		case near == nil:
			near = t
		}
	}
	if accepted == 0 && near != nil {
		say("nearest  %d:%d  %s matched up to column %d, then wanted %s", near.Line, near.Column, near.Extractor, near.Reached, report.Sanitize(near.Want))
	}
	if len(trials) == 0 {
		say("nothing  no literal of any extractor stands in the text")
	}
	return errors.Join(errs...)
}

func what(t *scanner.Trial) string {
	if t.Event != "" {
		return "event " + t.Event
	}
	return fmt.Sprintf("code %d (%s)", t.Code, t.Family)
}
