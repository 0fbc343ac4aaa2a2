package main

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// TestJudgementWords holds every fate to a title and a reason in both languages.
func TestJudgementWords(t *testing.T) {
	off := rules.Rule{ID: "off", Disabled: true, Reason: "noisy"}
	plain, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []catalog.Lang{catalog.EN, catalog.ZH} {
		w := whyTrace{plan: &plan{lang: l, redactor: plain}, verdicts: []rules.Verdict{{Rule: "x", Count: 3}}}
		for _, fate := range rules.Fates() {
			j := rules.Judgement{
				Rule: &off, Fate: fate, Verdict: 1, By: "other", Field: "user",
				Misses: []rules.Miss{{Key: "when.select.topics", Have: "auth", Want: []string{"rate"}}},
				Whole:  rules.Window{Readings: []rules.Reading{{What: rules.QuantityCount, Have: 2}}},
			}
			if fateTitles[fate].In(l) == "" {
				t.Errorf("%s: no title in %s", fate, l)
			}
			for _, via := range []tally.Key{{}, {Family: catalog.SDK, Code: 6206}} {
				j.Via = via
				if text := w.judgement(&j); text == "" || strings.Contains(text, "%!") {
					t.Errorf("%s in %s: %q", fate, l, text)
				}
			}
		}
	}
}

// TestReadingWords holds the words of every quantity to their field.
func TestReadingWords(t *testing.T) {
	w := whyTrace{plan: &plan{lang: catalog.ZH}}
	for what, title := range quantityTitles {
		r := rules.Reading{What: what, Have: 2.5}
		if strings.Contains(title.EN, "%s") {
			r.Field = "cost_ms"
		}
		got := w.readings(&rules.Window{Readings: []rules.Reading{r}})
		if strings.Contains(got, "%") || !strings.Contains(got, "2.50") || r.Field != "" && !strings.Contains(got, r.Field) {
			t.Errorf("%s: %q", what, got)
		}
	}
}

// TestMissIsRedacted keeps what a record had from being shown as it is.
func TestMissIsRedacted(t *testing.T) {
	plain, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := whyTrace{plan: &plan{lang: catalog.EN, redactor: plain}}
	for _, field := range []string{tally.KeyUser, tally.DerivedText} {
		value := "u_secret"
		if field == tally.DerivedText {
			value = "userid:u_secret|login " + strings.Repeat("x", 200)
		}
		got := w.missed([]rules.Miss{{Key: "when.select.fields." + field, Field: field, Op: "contains", Have: value, Want: []string{"z"}}})
		if strings.Contains(got, "u_secret") || !strings.Contains(got, "wants contains z") || len(got) > 150 {
			t.Errorf("%s: %q", field, got)
		}
	}
}

func TestWhyTarget(t *testing.T) {
	a := &app{in: strings.NewReader("two\nlines\n"), err: new(strings.Builder)}
	tests := []struct {
		word   string
		logs   []string
		source string
		line   int64
		text   string
	}{
		{"ruleswhy_test.go:7", nil, "ruleswhy_test.go", 7, ""},
		{"./ruleswhy_test.go:7", []string{"b.log"}, "ruleswhy_test.go", 7, ""},
		{"logs.zip!b/c.log:12", nil, "logs.zip!b/c.log", 12, ""},
		{"gone.log:3", nil, "gone.log", 3, ""},
		{"code:6206", nil, "", 0, "code:6206"},
		{"login failed. code:6206", nil, "", 0, "login failed. code:6206"},
		{`{"ErrorCode":70001}`, nil, "", 0, `{"ErrorCode":70001}`},
		{"-", nil, "", 0, "two\nlines\n"},
	}
	for _, tc := range tests {
		got, err := a.whyTarget(tc.word, tc.logs)
		if err != nil {
			t.Errorf("%s: %v", tc.word, err)
			continue
		}
		if got.source != tc.source || got.line != tc.line || got.text != tc.text || len(got.paths) != 1+len(tc.logs) {
			t.Errorf("%s: %+v", tc.word, got)
		}
	}
	if got := container("logs.zip!b/c.log"); got != "logs.zip" {
		t.Errorf("the container is %s", got)
	}
}
