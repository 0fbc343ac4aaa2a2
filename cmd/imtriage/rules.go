package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "rules",
		GroupID: groupMaintain,
		Short:   "list, check and test the rules that turn codes into verdicts",
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	cmd.AddCommand(a.rulesList(), a.rulesCheck(), a.rulesTest(), a.rulesWhy(), a.rulesSchema())
	return cmd
}

func (a *app) rulesList() *cobra.Command {
	o, logs := &lookup{}, &coverageFlag{}
	cmd := &cobra.Command{
		Use:   "list [--coverage LOG…]",
		Short: "list the rules in force with what each is about, or which of them logs need",
		Example: `  imtriage rules list --lang zh
  imtriage rules list --rules own.yaml -f json
  imtriage rules list --coverage /var/log/app`,
		Args: logs.args,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if logs.on {
				return a.coverage(cmd.Context(), logs, o, args)
			}
			return a.listRules(o)
		},
	}
	f := cmd.Flags()
	pickFlags(f, o.overlays.flags, "rules", "catalog", "env")
	o.langFlag(f, a.defaultLang())
	o.format.flag(f, "table", "json")
	logs.flags(f, a)
	return cmd
}

func (a *app) listRules(o *lookup) error {
	lang, target, cat, err := o.start()
	if err != nil {
		return err
	}
	set, err := o.loadRules(cat)
	if err != nil {
		return err
	}
	set = set.At(a.now())
	return a.write(target, func(w io.Writer) error {
		if target.name == "json" {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(inWords(set))
		}
		p := a.page(w, target)
		for _, r := range set.Rules() {
			p.rule(&r, lang)
		}
		return p.err
	})
}

// A worded is a rule for programs, with its condition in words for people.
type worded struct {
	rules.Rule
	Words catalog.Text `json:"words,omitzero"` // when it holds, where that takes more than one record
}

func inWords(set *rules.Set) []worded {
	list := []worded{}
	for _, r := range set.Rules() {
		list = append(list, worded{r, catalog.Text{EN: condition(&r.When, catalog.EN), ZH: condition(&r.When, catalog.ZH)}})
	}
	return list
}

// ruleClass says how bad the verdict of a rule is.
func ruleClass(r *rules.Rule, l catalog.Lang) string {
	if r.Class == 0 {
		return wordAsCodes.In(l)
	}
	return r.Class.Title(l)
}
