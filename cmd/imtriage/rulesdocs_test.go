package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// rulesPage is the page whose YAML is files of rules.
const rulesPage = "docs/rules.md"

// writeExamples writes each YAML block of a page into a file of its own. What is said of a line of a
// block names the line of the page.
func writeExamples(t *testing.T, page string) (files []string) {
	t.Helper()
	text := readDoc(t, page)
	for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
		if text[at[2]:at[3]] != "yaml" {
			continue
		}
		above := strings.Count(text[:at[4]], "\n")
		file := filepath.Join(t.TempDir(), filepath.Base(page))
		if err := os.WriteFile(file, []byte(strings.Repeat("\n", above)+text[at[4]:at[5]]), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		t.Fatalf("%s shows no YAML", page)
	}
	return files
}

// examplesOfRules returns the files of examples/rules.
func examplesOfRules(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "rules", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("files %q, error %v", files, err)
	}
	return files
}

// TestDocsRules runs every file of rules that the docs and the examples show through rules check, which
// must have nothing to say, and rules test. Each rule has a test that holds and one that does not.
func TestDocsRules(t *testing.T) {
	files := append(examplesOfRules(t), writeExamples(t, rulesPage)...)
	now := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC)
	for _, file := range files {
		for _, command := range []string{"check", "test"} {
			var out, errs bytes.Buffer
			a := &app{
				in: strings.NewReader(""), out: &stdoutWriter{w: &out}, err: &errs,
				env: func(string) (string, bool) { return "", false },
				now: func() time.Time { return now }, local: time.UTC,
			}
			if code := a.main(t.Context(), []string{"rules", command, file}); code != exitClean || errs.Len() > 0 {
				t.Errorf("rules %s ends with %d:\n%s%s", command, code, &errs, &out)
			}
		}
		for _, r := range parseExample(t, file).Rules {
			holds := make(map[bool]bool)
			for _, test := range r.Tests {
				holds[test.Want.Holds == nil || *test.Want.Holds] = true
			}
			if !r.Disabled && len(holds) < 2 {
				t.Errorf("%s: rule %s: want a test that holds and one that does not", file, r.ID)
			}
		}
	}
}

func parseExample(t *testing.T, file string) *rules.File {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := rules.Parse(file, data, catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestDocsRulesChinese holds the examples of the Chinese page against those that are run.
func TestDocsRulesChinese(t *testing.T) {
	const page = "docs/rules.zh-CN.md"
	if diff := cmp.Diff(blocks(readDoc(t, rulesPage), "yaml"), blocks(readDoc(t, page), "yaml")); diff != "" {
		t.Errorf("%s shows other examples than %s (-want +shown):\n%s", page, rulesPage, diff)
	}
}
