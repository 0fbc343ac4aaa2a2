package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/report"
)

func (a *app) redactCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "redact",
		GroupID: groupMaintain,
		Short:   "show what is taken out of texts, and try it",
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	cmd.AddCommand(a.redactList(), a.redactTry())
	return cmd
}

var (
	wordOn      = catalog.Text{EN: "redacted", ZH: "脱敏"}
	wordOff     = catalog.Text{EN: "shown", ZH: "保留"}
	headKind    = catalog.Text{EN: "kind", ZH: "种类"}
	headDefault = catalog.Text{EN: "default", ZH: "默认"}
	headWhat    = catalog.Text{EN: "what", ZH: "内容"}
	wordReveal  = catalog.Text{
		EN: "--reveal KIND shows a kind that is redacted, --redact KIND redacts one that is shown. SDKAppID, MsgKey, random and request ids always stay.",
		ZH: "--reveal 种类：保留默认脱敏的内容；--redact 种类：把默认保留的也脱敏。SDKAppID、MsgKey、random、请求 ID 一律保留。",
	}
)

func (a *app) redactList() *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list the kinds of secrets and personal data, with an example of each",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			lang, err := out.language()
			if err != nil {
				return err
			}
			return a.redactKinds(lang)
		},
	}
	out.langFlag(cmd.Flags(), a.defaultLang())
	return cmd
}

// exampleWidth is what the columns before the examples leave of 80.
const exampleWidth = 60

func (a *app) redactKinds(l catalog.Lang) error {
	p := a.page(a.out, target{})
	var rows [][]cell
	for _, k := range redact.Kinds() {
		o := redact.Options{}
		state := cell{wordOn.In(l), styleBold}
		if !k.Default {
			o.Redact = []redact.Kind{k.Kind}
			state = cell{wordOff.In(l), styleDim}
		}
		r, err := redact.New(o)
		if err != nil {
			return err
		}
		kind := cell{string(k.Kind), styleBold}
		rows = append(rows, []cell{kind, state, {k.Title.In(l), ""}})
		after := "→ " + r.Text(k.Example)
		if both := k.Example + " " + after; columns(both) <= exampleWidth {
			rows = append(rows, []cell{{}, {}, {both, styleDim}})
		} else {
			rows = append(rows, []cell{{}, {}, {k.Example, styleDim}}, []cell{{}, {}, {after, styleDim}})
		}
	}
	if err := p.table([]string{headKind.In(l), headDefault.In(l), headWhat.In(l)}, 0, rows); err != nil {
		return err
	}
	p.println("")
	p.para("", wordReveal.In(l))
	return p.err
}

// redactedLine shows a line as reports would, and what is different.
func redactedLine(p *page, r *redact.Redactor, line string, l catalog.Lang) {
	p.println(report.Sanitize(r.Text(line)))
	spans := r.Find(line)
	if len(spans) == 0 {
		p.hanging("  ", "", wordNothing.In(l), styleDim)
		return
	}
	for _, s := range spans {
		title := ""
		for _, k := range redact.Kinds() {
			if k.Kind == s.Kind {
				title = k.Title.In(l)
			}
		}
		p.hanging("  "+pad(string(s.Kind), 9), styleBold, columnRange(line, s, l)+title, styleDim)
	}
}

// textLines splits text; a line break at the end ends the last line.
func textLines(text string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}
