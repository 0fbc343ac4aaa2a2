package main

import (
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
)

var (
	wordNothing = catalog.Text{EN: "nothing found", ZH: "未发现需脱敏的内容"}
	wordColumns = catalog.Text{EN: "columns %d-%d: ", ZH: "第 %d-%d 列："}
)

// maxTry bounds what redact try reads, in bytes.
const maxTry = 16 << 20

func (a *app) redactTry() *cobra.Command {
	var o struct {
		output
		redactFlags
	}
	cmd := &cobra.Command{
		Use:   "try [TEXT|-]…",
		Short: "show texts as reports show them, and what was taken out",
		Long: `try redacts each text, or each line of standard input, and says below it which kinds were found
in which columns, counted in characters from 1.`,
		Example: `  imtriage redact try 'login userid:u_alpha usersig=eJwtzMsKgkAYBeB3'
  tail -n 20 app.log | imtriage redact try --reveal user -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			lang, err := o.language()
			if err != nil {
				return err
			}
			r, err := o.compile()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			return a.tryRedaction(r, args, lang)
		},
	}
	o.langFlag(cmd.Flags(), a.defaultLang())
	o.redactFlags.flags(cmd.Flags())
	return cmd
}

func (a *app) tryRedaction(r *redact.Redactor, texts []string, l catalog.Lang) error {
	p := a.page(a.out, target{})
	for _, text := range texts {
		if text == "-" {
			data, err := io.ReadAll(io.LimitReader(a.in, maxTry))
			if err != nil {
				return &exitError{code: exitIncomplete, err: fmt.Errorf("read standard input: %w", err)}
			}
			if len(data) == maxTry {
				a.warn("only the first %d MiB are read", maxTry>>20)
			}
			text = string(data)
		}
		for _, line := range textLines(text) {
			redactedLine(p, r, line, l)
		}
	}
	return p.err
}

// columnRange says where in a line something stands.
func columnRange(line string, s redact.Span, l catalog.Lang) string {
	first := utf8.RuneCountInString(line[:s.Start]) + 1
	last := utf8.RuneCountInString(line[:s.End])
	return fmt.Sprintf(wordColumns.In(l), first, max(first, last))
}
