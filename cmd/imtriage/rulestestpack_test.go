package main

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// packFiles is the source of the built-in rules: what is compiled has no tests.
const packFiles = "../../rules/pack"

// TestPack runs the tests of the built-in rules. Each rule has one and speaks both languages, and
// together they see every category of the catalog; those of the kits by extractors such as a team has.
func TestPack(t *testing.T) {
	a := &app{now: func() time.Time { return testNow }, err: io.Discard}
	tests, bench, err := a.ruleTests(&lookup{}, []string{packFiles})
	if err != nil {
		t.Fatal(err)
	}
	tested := make(map[string]bool)
	seen := make(map[string]bool)
	for i := range tests {
		x := &tests[i]
		t.Run(x.rule+"/"+strings.ReplaceAll(x.test.Name, " ", "_"), func(t *testing.T) {
			got, err := bench.run(t.Context(), x.test.Log)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range got.differences(x.rule, &x.test.Want) {
				t.Error(fault)
			}
			if t.Failed() {
				return
			}
			tested[x.rule] = true
			if v := got.verdict(x.rule); v != nil {
				see(seen, v)
			}
		})
	}
	for _, x := range kitTests {
		t.Run(x.rule+"/kit", func(t *testing.T) { see(seen, runKitTest(t, bench, x)) })
	}
	for _, r := range rules.Builtin().Rules() {
		if !tested[r.ID] {
			t.Errorf("%s has no test that passes", r.ID)
		}
		texts := []catalog.Text{r.Title}
		for _, step := range r.Remedy {
			texts = append(texts, step.Do)
		}
		for i, text := range texts {
			if text.EN == "" || text.ZH == "" || text.EN == text.ZH {
				t.Errorf("%s: text %d is not in both languages: %q, %q", r.ID, i, text.EN, text.ZH)
			}
		}
	}
	for _, s := range catalog.Builtin().Sections() {
		if category := string(s.Family) + "/" + s.Name; !seen[category] {
			t.Errorf("no test shows a code of %s", category)
		}
	}
}

// see notes the categories of the codes that a verdict is about or explains.
func see(seen map[string]bool, v *rules.Verdict) {
	keys := slices.Clone(v.Codes)
	for _, s := range v.Explains {
		keys = append(keys, s.Key)
	}
	for _, k := range keys {
		if e := catalog.Builtin().Lookup(k.Family, k.Code); e != nil {
			seen[e.Category()] = true
		}
	}
}
