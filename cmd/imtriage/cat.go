package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/scanner"
)

func (a *app) catCommand() *cobra.Command {
	var in inputFlags
	var during spanFlags
	var allowIncomplete, blocks bool
	cmd := &cobra.Command{
		Use:     "cat [PATH|GLOB|DIR|-]…",
		GroupID: groupMaintain,
		Short:   "print the text that scan reads: unpacked, decoded, unwrapped",
		Long: `cat prints the text of logs as scan reads it: archives unpacked, xlog and other encodings
decoded, envelopes (docker, ELK …) taken off, the files of a rotated set in the order of time.
Line, column and offset of a finding are those of this text. Nothing is redacted.

--since, --until and --last print the records of a span, with the lines that belong to them.`,
		Example: `  imtriage cat imsdk_C_20260601.xlog | less
  imtriage cat --last 10m logs.zip
  imtriage cat --since 2026-06-01T10:00 --until 2026-06-01T10:05 /var/log/app`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := a.configure(cmd.Flags()); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage cat - reads standard input", "what shall be printed? no path is given")
			}
			inputs, err := in.compile(a)
			if err != nil {
				return err
			}
			span, err := during.compile(inputs.Now, inputs.Zone)
			if err != nil {
				return err
			}
			if blocks {
				return a.catBlocks(cmd.Context(), inputs, args, allowIncomplete)
			}
			return a.cat(cmd.Context(), inputs.Expand(args), span, allowIncomplete)
		},
	}
	in.flags(cmd.Flags())
	during.flags(cmd.Flags())
	cmd.Flags().BoolVar(&blocks, "blocks", false, "list the blocks of xlog files instead")
	cmd.Flags().BoolVar(&allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	return cmd
}

// cat copies the text of the sources to standard output and says what was not whole.
func (a *app) cat(ctx context.Context, sources []scanner.Source, span timeSpan, allowIncomplete bool) error {
	if err := span.settle(ctx, sources); err != nil {
		return err
	}
	text := &plainText{w: a.out, term: a.outTerm}
	out := bufio.NewWriterSize(text, 64<<10)
	err := a.copyText(ctx, sources, scanner.Copier{W: out, Since: span.since, Until: span.until}, allowIncomplete)
	return cmp.Or(out.Flush(), text.Flush(), err)
}

// copyText reads the sources into a copier, and says what was not whole.
func (a *app) copyText(ctx context.Context, sources []scanner.Source, c scanner.Copier, allowIncomplete bool) error {
	incomplete := false
	c.OfEnd = func(in scanner.Input, h scanner.Health) {
		if !h.Complete {
			incomplete = true
			a.warn("%s: %s", in.Name, h.Problem)
		}
	}
	for _, s := range sources {
		if err := s.Read(ctx, &c); err != nil {
			if ctx.Err() != nil {
				err = &exitError{code: exitInterrupt, err: errors.New("interrupted: the text ends here")}
			}
			return err
		}
	}
	if incomplete && !allowIncomplete {
		return &exitError{code: exitIncomplete}
	}
	return nil
}
