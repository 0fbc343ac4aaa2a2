package sigma_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/rules/sigma"
)

// parse reads a file that has no faults.
func parse(t *testing.T, text string) []rules.Rule {
	t.Helper()
	f, err := sigma.Parse("rule.yml", []byte(text), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return f.Rules
}

func TestParse(t *testing.T) {
	got := parse(t, `
title: Signature refused again and again
id: 0b5b6e1c-3f0a-4d0e-9a53-8f3f8c3f2d11
description: >
  One user is refused
  again and again.
references: [https://example.com/signatures, "see the wiki"]
falsepositives: [Load tests, Unknown]
author: the team
correlation:
  type: event_count
  rules: [signature_refused]
  group-by: [User]
  timespan: 5m
  condition: {gte: 3, lt: 50}
level: high
---
name: signature_refused
logsource: {product: im}
detection:
  selection: {code: [70001, 70003], api|contains: login}
  condition: selection
---
title: Kicked
name: kicked_off
detection:
  selection: {event: kicked}
  condition: selection
---
title: Given up
status: deprecated
detection:
  selection: {event: kicked}
  condition: selection
`)
	text := func(s string) catalog.Text { return catalog.Text{EN: s, ZH: s} }
	want := []rules.Rule{{
		ID: "sigma-0b5b6e1c-3f0a-4d0e-9a53-8f3f8c3f2d11", Title: text("Signature refused again and again"), Class: catalog.Error,
		When: rules.Condition{
			Select: rules.Selection{
				Codes:  []rules.Span{{First: 70001, Last: 70001}, {First: 70003, Last: 70003}},
				Fields: []rules.FieldTest{{Field: "api", Contains: []string{"login"}, IgnoreCase: true}},
			},
			By: []string{"user"}, Within: rules.Duration(5 * time.Minute),
			Count: rules.Bound{Limits: []rules.Limit{{Op: rules.AtLeast, Value: 3}, {Op: rules.Below, Value: 50}}},
		},
		Remedy: []rules.Step{
			{Owner: rules.AppDeveloper, Do: text("One user is refused again and again.")},
			{Owner: rules.AppDeveloper, Do: catalog.Text{EN: "Rule out what is known to be harmless: Load tests.", ZH: "先排除已知的误报情形：Load tests。"}},
		},
		Links: []string{"https://example.com/signatures"},
	}, {
		ID: "sigma-kicked-off", Title: text("Kicked"), When: rules.Condition{Select: rules.Selection{Events: []string{"kicked"}}},
		Remedy: []rules.Step{{Owner: rules.AppDeveloper, Do: catalog.Text{
			EN: "Look at the records of this verdict and at what the app did around them.", ZH: "查看该诊断结论的日志记录，以及应用在其前后的操作。",
		}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"title: x\ndetection:\n  s: {a: b}\n":                 true,
		"# c\n---\n\"correlation\" : {type: temporal}\n":      true,
		"rules:\n  - id: x\n    detection: y\n":               false,
		"rules:\n  - title: |\n      x\n      correlation:\n": false,
		"": false,
	} {
		if got := sigma.Is([]byte(text)); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// TestIDs holds what verdicts are known by.
func TestIDs(t *testing.T) {
	const rest = "\ndetection: {s: {event: kicked}, condition: s}\n"
	for head, want := range map[string]string{
		"title: Kicked, again!\nname: K_2":                             "sigma-k-2",
		"title: Kicked, again!":                                        "sigma-kicked-again",
		"title: 被踢\nname: kicked":                                      "sigma-kicked",
		"title: " + strings.Repeat("a very long title ", 10) + "of it": "sigma-a-very-long-title-a-very-long-title-a-very-long-title-a",
		"title: " + strings.Repeat("z", 100):                           "sigma-" + strings.Repeat("z", 58),
	} {
		if got := parse(t, head+rest); got[0].ID != want {
			t.Errorf("%s: got %s, want %s", head, got[0].ID, want)
		}
	}
}

var wanted = regexp.MustCompile(`(?m)^# want (.*)$`)

// TestFaults holds the faults of testdata/*.bad.yml against the lines "# want" in them.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/*.bad.yml")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want, got []string
			for _, m := range wanted.FindAllStringSubmatch(string(data), -1) {
				want = append(want, m[1])
			}
			_, err = sigma.Parse("f", data, catalog.Builtin())
			var errs yamlpos.Errors
			if !errors.As(err, &errs) {
				t.Fatalf("got %v", err)
			}
			for _, e := range errs {
				got = append(got, strings.TrimPrefix(e.Error(), "f:"))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// text writes what a test compares in short.
func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`"`, "", `\\`, `\`, `\u003e`, ">", `\u003c`, "<").Replace(string(b))
}

// FuzzParse holds that hostile text gives faults inside the file, or rules that go together.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.yml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for part := range strings.SplitSeq(string(data), "\n===\n") {
			f.Add([]byte(part))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := sigma.Parse("f.yml", data, catalog.Builtin())
		var errs yamlpos.Errors
		if err != nil && !errors.As(err, &errs) {
			t.Fatalf("an error of another type: %v", err)
		}
		for _, e := range errs {
			if e.Line < 1 || e.Col < 1 || e.What == "" || e.File == "" {
				t.Errorf("a fault without a place: %+v", e)
			}
		}
		if err == nil {
			for i := range file.Rules {
				if faults := file.Rules[i].Faults(); faults != nil || file.Rules[i].ID == "" {
					t.Errorf("rule %q: %q", file.Rules[i].ID, faults)
				}
			}
		}
	})
}
