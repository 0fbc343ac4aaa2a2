package yamlpos_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A span takes a number or "from-to", as a rule's list of codes does.
type span struct{ text string }

func (s *span) UnmarshalText(b []byte) error {
	if len(b) == 0 || strings.Trim(string(b), "-0123456789") != "" {
		return fmt.Errorf("%q is no code", b)
	}
	s.text = string(b)
	return nil
}

type common struct {
	Name string `yaml:"name"`
}

type when struct {
	Category string            `yaml:"category,omitempty"`
	Codes    []span            `yaml:"codes,omitempty"`
	Fields   map[string]string `yaml:"fields,omitempty"`
}

type rule struct {
	common  `yaml:",inline"`
	When    *when         `yaml:"when,omitempty"`
	Count   int           `yaml:"count"`
	Small   int8          `yaml:"small"`
	Size    uint          `yaml:"size"`
	Ratio   float64       `yaml:"ratio"`
	Enabled bool          `yaml:"enabled"`
	Within  time.Duration `yaml:"within"`
	Tags    []string      `yaml:"tags"`
	Hidden  string        `yaml:"-"`
	Plain   string
	private string
}

type file struct {
	Rules []rule `yaml:"rules"`
}

func TestDecode(t *testing.T) {
	const text = `
# a comment
rules:
  - name: no
    when:
      category: 6206
      codes: [6206, "70001-70016", -10001]
      fields: {user: 1_000, "a b": true, x: !!str 5}
    count: -12
    small: 127
    size: 7
    ratio: 1e-3
    enabled: true
    within: 1m30s
    tags: [~x, "", 2026-11-01]
    plain: |
      two
      lines
`
	var got file
	got.Rules = []rule{{Hidden: "gone"}}
	doc, err := yamlpos.Decode("r.yaml", []byte(text), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := rule{
		common: common{Name: "no"},
		When: &when{
			Category: "6206",
			Codes:    []span{{"6206"}, {"70001-70016"}, {"-10001"}},
			Fields:   map[string]string{"user": "1_000", "a b": "true", "x": "5"},
		},
		Count: -12, Small: 127, Size: 7, Ratio: 1e-3, Enabled: true, Within: 90 * time.Second,
		Tags: []string{"~x", "", "2026-11-01"}, Plain: "two\nlines\n",
	}
	if diff := cmp.Diff(file{Rules: []rule{want}}, got, cmp.AllowUnexported(rule{}, span{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for path, want := range map[string]string{
		"":                             "3:1",
		"rules":                        "4:3",
		"rules[0]":                     "4:5",
		"rules[0].name":                "4:11",
		"rules[0].when.codes":          "7:14",
		"rules[0].when.codes[2]":       "7:36",
		"rules[0].when.codes[9]":       "7:14",
		"rules[0].when.codes[x]":       "7:14",
		`rules[0].when.fields["a b"]`:  "8:36",
		`rules[0].when.fields["none"]`: "8:15",
		`rules[0].when.fields["a b`:    "8:15",
		"rules[0].when.nothing.here":   "6:7",
		"rules[0].name.below":          "4:11",
		"rules[4].name":                "4:3",
		"nothing":                      "3:1",
	} {
		line, col := doc.Pos(path)
		if got := fmt.Sprintf("%d:%d", line, col); got != want {
			t.Errorf("Pos(%q) = %s, want %s", path, got, want)
		}
	}
	e := doc.Errorf("rules[0].when.codes[2]", "nobody knows %d", -10001)
	if got, want := e.Error(), "r.yaml:7:36: rules[0].when.codes[2]: nobody knows -10001"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Fields that the document leaves out keep what was set before.
func TestDecodeKeepsDefaults(t *testing.T) {
	got := rule{Count: 3, Plain: "kept"}
	if _, err := yamlpos.Decode("r.yaml", []byte("count: 4\n"), &got); err != nil {
		t.Fatal(err)
	}
	if got.Count != 4 || got.Plain != "kept" {
		t.Errorf("got %+v", got)
	}
}

func TestErrorsOfSeveralFiles(t *testing.T) {
	errs := yamlpos.Errors{
		{File: "b", Line: 1, Col: 1, What: "x"},
		{File: "a", Line: 2, Col: 5, Path: "p", What: "y"},
		{File: "a", Line: 2, Col: 3, What: "z"},
		{File: "a", Line: 1, Col: 9, What: "w"},
	}
	if got, want := errs.Err().Error(), "a:1:9: w\na:2:3: z\na:2:5: p: y\nb:1:1: x"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var one yamlpos.Error
	if !errors.As(errs.Err(), &one) || one.What != "w" {
		t.Errorf("errors.As found %v", one)
	}
	if err := yamlpos.Errors(nil).Err(); err != nil {
		t.Errorf("no faults are the error %v", err)
	}
	var none *yamlpos.Doc
	if got, want := none.Errorf("a", "b").Error(), ":1:1: a: b"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDidYouMean(t *testing.T) {
	words := []string{"id", "category", "code", "codes", "家族规则"}
	for word, want := range map[string]string{
		"categoryy": "category", "catgory": "category", "cod": "code", "codess": "codes", "xy": "", "": "",
		"ic": "id", "something": "", "家族规": "家族规则", strings.Repeat("code", 1000): "",
	} {
		if got := yamlpos.DidYouMean(word, words); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", word, got, want)
		}
	}
}
