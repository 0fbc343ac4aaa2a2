package main

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
)

func (a *app) explainCommand() *cobra.Command {
	o := &lookup{}
	cmd := &cobra.Command{
		Use:     "explain [CODE|SYMBOL|WORDS|-]…",
		GroupID: groupTriage,
		Short:   "say whether a code may be retried, what it means and what to do",
		Long: `explain answers for a number, a constant or some words, in English or Chinese, and for several
of them at once. The sign counts: -20009 and 20009 are two codes. A number that several products
use is explained for each of them; family/number, such as web/3004, asks for one.

With - it reads log lines from standard input and explains every code in them.`,
		Example: `  imtriage explain 70001
  imtriage explain -20009 web/3004 ERR_SVR_GROUP_FULL_MEMBER_COUNT
  imtriage explain usersig expired
  tail -n 50 app.log | imtriage explain --lang zh -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			return a.explain(cmd, o, args)
		},
	}
	f := cmd.Flags()
	pickFlags(f, o.overlays.flags, "catalog")
	o.langFlag(f, a.defaultLang())
	o.format.flag(f, "text", "json", "markdown")
	return cmd
}

func (a *app) explain(cmd *cobra.Command, o *lookup, args []string) error {
	if strings.TrimSpace(strings.Join(args, "")) == "" {
		return usage("imtriage explain 70001, or some words: imtriage explain usersig expired", "what shall be explained?")
	}
	lang, target, cat, err := o.start()
	if err != nil {
		return err
	}
	q := &inquiry{cat: cat, lang: lang}
	for _, arg := range queries(cat, args) {
		if arg != "-" {
			q.ask(arg)
			continue
		}
		if err := a.paste(cmd.Context(), o, q); err != nil {
			return err
		}
	}
	if len(q.answers) > 0 {
		if err := a.writeAnswers(target, q); err != nil {
			return err
		}
	}
	if len(q.unknown) == 0 {
		return nil
	}
	return &exitError{code: exitUsage, err: errors.New(strings.Join(q.unknown, "\n")), hint: q.hint()}
}

func (a *app) writeAnswers(t target, q *inquiry) error {
	return a.write(t, func(w io.Writer) error {
		switch t.name {
		case "json":
			return q.cat.Export(w, q.entries())
		case "markdown":
			return writeMarkdown(w, q)
		}
		return a.page(w, t).answers(q)
	})
}

// entries lists what the answers are about, each once.
func (q *inquiry) entries() []*catalog.Entry {
	list := []*catalog.Entry{}
	for _, x := range q.answers {
		for _, e := range slices.Concat(x.senses, x.hits) {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}
