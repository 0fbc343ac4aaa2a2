package rules_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

func TestParse(t *testing.T) {
	f, err := rules.Parse("full.yaml", []byte(`
rules:
  - id: everything
    title: {en: Title, zh: 标题}
    class: fatal
    fallback: true
    when:
      select:
        codes: [6206, -10001, "10100-10200", "-10112..-10110", web/3002]
        categories: [server/account, app/unknown]
        topics: [auth]
        classes: [fatal, error]
        families: [sdk, web]
        known: true
        events: [dns_failed, x_own]
      count: 3
      share: 0.5%
      users: 2
    explains: {codes: [6014]}
    remedy:
      - owner: vendor
        do: {en: Ask., zh: 询问。}
    ask_vendor: true
    links: [https://example.com/x]
    disabled: true
    reason: example
`), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	known := true
	want := []rules.Rule{{
		ID: "everything", Title: catalog.Text{EN: "Title", ZH: "标题"}, Class: catalog.Fatal, Fallback: true,
		When: rules.Condition{
			Select: rules.Selection{
				Codes: []rules.Span{
					{First: 6206, Last: 6206},
					{First: -10001, Last: -10001},
					{First: 10100, Last: 10200},
					{First: -10112, Last: -10110},
					{Family: catalog.Web, First: 3002, Last: 3002},
				},
				Categories: []string{"server/account", "app/unknown"},
				Topics:     []catalog.Topic{catalog.Auth},
				Classes:    []catalog.Class{catalog.Fatal, catalog.Error},
				Families:   []catalog.Family{catalog.SDK, catalog.Web},
				Known:      &known,
				Events:     []string{"dns_failed", "x_own"},
			},
			Count: rules.Bound{Limits: []rules.Limit{{Op: rules.AtLeast, Value: 3}}}, Share: 0.5, Users: 2,
		},
		Explains:  rules.Selection{Codes: []rules.Span{{First: 6014, Last: 6014}}},
		Remedy:    []rules.Step{{Owner: rules.Vendor, Do: catalog.Text{EN: "Ask.", ZH: "询问。"}}},
		AskVendor: true, Links: []string{"https://example.com/x"}, Disabled: true, Reason: "example",
	}}
	if diff := cmp.Diff(want, f.Rules); diff != "" {
		t.Error(diff)
	}
}

// A comment "want line:col path: text" names a fault of the file: its place, and how it reads.
var wanted = regexp.MustCompile(`(?m)# want (\d+:\d+) (.*)$`)

func TestBadFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var want, got []string
			for _, m := range wanted.FindAllStringSubmatch(string(data), -1) {
				want = append(want, m[1]+" "+m[2])
			}
			_, err = rules.Parse(name, data, catalog.Builtin())
			var faults yamlpos.Errors
			if !errors.As(err, &faults) {
				t.Fatalf("want faults, got %v", err)
			}
			for _, f := range faults {
				got = append(got, strings.TrimPrefix(fmt.Sprintf("%d:%d %s: %s", f.Line, f.Col, f.Path, f.What), name))
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyFaultsAreCut(t *testing.T) {
	text := "rules:\n" + rule("r", "    when: {select: {codes: ["+strings.Repeat("4242, ", 5000)+"4242]}}")
	_, err := rules.Parse("many.yaml", []byte(text), catalog.Builtin())
	var faults yamlpos.Errors
	if !errors.As(err, &faults) || len(faults) != 100 {
		t.Errorf("got %d faults, want the first 100", len(faults))
	}
}

func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.yaml")
	more, _ := filepath.Glob("pack/*.yaml")
	for _, name := range append(names, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	sum := summary(record{code: 6206, user: "a"}, record{code: 6014}, record{code: 4242}, record{event: "dns_failed"})
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := rules.Parse("f.yaml", data, catalog.Builtin())
		if err != nil {
			if _, ok := errors.AsType[yamlpos.Errors](err); !ok {
				t.Fatalf("no list of faults: %v", err)
			}
			return
		}
		set, err := rules.Builtin().Overlay(file)
		if err != nil {
			return // switches off a rule that is not there
		}
		if _, err := set.MarshalJSON(); err != nil {
			t.Fatal(err)
		}
		set.Evaluate(sum, nil)
		if set, err = new(rules.Set).Overlay(file); err == nil { // the pack's own would cost most of the time
			set.Lint(catalog.Builtin(), noon)
			set.Cost(catalog.Builtin())
		}
	})
}
