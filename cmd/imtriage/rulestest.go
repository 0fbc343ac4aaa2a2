package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// A ruleTest is one example of a file of rules, and what came of it.
type ruleTest struct {
	file   string
	rule   string
	test   *rules.Test
	faults []string // what differs from Want, key by key; none: it passed
}

// name tells a test from all others of its file.
func (t *ruleTest) name() string { return t.rule + ": " + t.test.Name }

func (a *app) rulesTest() *cobra.Command {
	o := &lookup{}
	var out testOutput
	cmd := &cobra.Command{
		Use:   "test FILE|DIR…",
		Short: "run the examples that stand beside own rules",
		Long: `test runs the tests of the rules in the files: each log goes through extraction, counting and the whole
set in force, the built-in rules included, and what comes of it is held against want. Nothing is
redacted, zones that a line does not name are UTC, stamps without a year are of 2026 and those without
a date of 2026-12-30.

Exit codes: 0 all passed · 1 a test failed · 2 faults in the files, or no tests in them.`,
		Example: `  imtriage rules test own-rules.yaml
  imtriage rules test rules/ --catalog own-codes.yaml -f junit=rules.xml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage rules test own-rules.yaml", "nothing to test: no file is given")
			}
			targets, err := out.targets()
			if err != nil {
				return err
			}
			tests, bench, err := a.ruleTests(o, args)
			if err != nil {
				return err
			}
			return a.runRuleTests(cmd.Context(), targets, tests, bench)
		},
	}
	pickFlags(cmd.Flags(), o.overlays.flags, "rules", "env", "catalog", "extractors")
	out.flag(cmd.Flags())
	return cmd
}

// ruleTests reads the files and returns their tests, in order, with what they are run on: the
// built-in rules, under those of --rules, under those of the files. What is switched off is not tested.
func (a *app) ruleTests(o *lookup, paths []string) (tests []ruleTest, bench *testBench, err error) {
	cat, err := o.loadCatalog()
	if err != nil {
		return nil, nil, err
	}
	files, err := yamlFiles(paths)
	if err != nil {
		return nil, nil, invalid(err)
	}
	o.rules = append(o.rules, paths...)
	set, err := o.loadRules(cat)
	if err != nil {
		return nil, nil, err
	}
	set = set.At(a.now())
	x, err := o.loadExtractor(cat)
	if err != nil {
		return nil, nil, err
	}
	off := 0
	for _, f := range files {
		parsed, err := parseRules(f, cat)
		if err != nil {
			return nil, nil, invalid(err)
		}
		for i := range parsed.Rules {
			r := &parsed.Rules[i]
			if set.Rule(r.ID).Disabled {
				off += len(r.Tests)
				continue
			}
			for j := range r.Tests {
				tests = append(tests, ruleTest{file: f.Name, rule: r.ID, test: &r.Tests[j]})
			}
		}
	}
	if off > 0 {
		a.note("%s left out, of rules that are switched off", counted(off, "test"))
	}
	if len(tests) == 0 {
		return nil, nil, usage("examples stand under tests: beside a rule, each with name, log and want", "%s: no tests", strings.Join(paths, " "))
	}
	bench, err = newTestBench(cat, x, set)
	return tests, bench, err
}

// runRuleTests runs the tests and writes what came of them.
func (a *app) runRuleTests(ctx context.Context, targets []target, tests []ruleTest, bench *testBench) error {
	failed := 0
	for i := range tests {
		t := &tests[i]
		got, err := bench.run(ctx, t.test.Log)
		if err != nil {
			return interrupted(err)
		}
		if t.faults = got.differences(t.rule, &t.test.Want); len(t.faults) > 0 {
			failed++
		}
	}
	for _, target := range targets {
		if err := a.write(target, func(w io.Writer) error { return writeTests(w, target.name, tests) }); err != nil {
			return err
		}
	}
	if failed > 0 {
		return &exitError{code: exitGate}
	}
	return nil
}

// interrupted gives the exit code of an interrupted run to an error that is one.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) {
		return &exitError{code: exitInterrupt, err: errors.New("interrupted: the tests were not all run")}
	}
	return err
}

// summed says in one line how many of the tests failed.
func summed(tests []ruleTest) string {
	failed := 0
	tested := make(map[string]bool)
	for i := range tests {
		tested[tests[i].file+"\x00"+tests[i].rule] = true
		if len(tests[i].faults) > 0 {
			failed++
		}
	}
	all := counted(len(tests), "test") + " of " + counted(len(tested), "rule")
	if failed > 0 {
		return fmt.Sprintf("failed: %d of %s", failed, all)
	}
	return "ok: " + all
}

// codeName writes a code as tests name it.
func codeName(family catalog.Family, code int) string { return fmt.Sprintf("%s/%d", family, code) }
