package report_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/report/schema"
)

// compile returns a schema that also checks formats.
func compile(t *testing.T, data []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(s *jsonschema.Schema, data []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

func TestJSONFollowsItsSchema(t *testing.T) {
	s := compile(t, schema.Report())
	for _, l := range catalog.Langs() {
		for name, r := range reports(t, l) {
			t.Run(name+" "+string(l), func(t *testing.T) {
				if err := validate(s, write(t, "json", r, report.Style{})); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestSchemaRefuses breaks a good report in one place at a time.
func TestSchemaRefuses(t *testing.T) {
	s := compile(t, schema.Report())
	cases := reports(t, catalog.EN)
	good := string(write(t, "json", cases["full"], report.Style{}))
	sick := string(write(t, "json", cases["sick"], report.Style{}))
	for _, tc := range []struct{ name, old, broken string }{
		{"another schema", `"imtriage.report/1"`, `"imtriage.report/2"`},
		{"a class that is none", `"class": "fatal"`, `"class": "critical"`},
		{"a count as text", `"count": 12031`, `"count": "12031"`},
		{"a null list", `"sessions": []`, `"sessions": null`},
		{"a process 0", `"pid": null`, `"pid": 0`},
		{"a missing field", `"retry": "after_fix",`, ``},
		{"line 0", `"line": null`, `"line": 0`},
		{"a local time", `"first": "2026-06-01T01:12:04Z"`, `"first": "2026-06-01T09:12:04+08:00"`},
		{"a time that is none", `"last": "2026-06-01T09:12:04Z"`, `"last": "yesterdayZ"`},
		{"a negative size", `"skipped_bytes": 12698`, `"skipped_bytes": -1`},
		{"a count that is left out elsewhere", `"times_guessed": 12`, `"times_guessed": 0`},
		{"half a member", `"members": 1204`, `"members": 0.5`},
		{"a key that is none", `"encrypted_keys": [`, `"encrypted_keys": [7, `},
		{"an encoding without a name", `"encoding": "gb18030"`, `"encoding": ""`},
		{"a flag that says nothing", `"reversed": true`, `"reversed": false`},
		{"health as text", `"health": {}`, `"health": "good"`},
		{"a topic that is none", `"topics": {`, `"topics": {"weather": 1,`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			from := good
			if !strings.Contains(from, tc.old) {
				from = sick
			}
			broken := strings.Replace(from, tc.old, tc.broken, 1)
			if broken == from {
				t.Fatalf("the reports do not hold %s", tc.old)
			}
			if validate(s, []byte(broken)) == nil {
				t.Error("accepted")
			}
		})
	}
}

// TestJSONOrder holds the order of the fields that others rely on, in a report without data.
func TestJSONOrder(t *testing.T) {
	got := order(t, write(t, "json", reports(t, catalog.EN)["full"], report.Style{}))
	for path, want := range map[string]string{
		"":                     "schema lang tool inputs totals classes categories topics codes unknown marks verdicts",
		"inputs":               "name kind bytes lines findings complete problem health sessions",
		"inputs.sessions":      "pid sdkappid version platform device user started last",
		"totals":               "inputs bytes lines findings ok marks codes unknown users",
		"categories":           "category findings codes",
		"codes":                "code family category topic class symbol title meaning fix retry count first last users histogram hosts apis versions samples",
		"codes.histogram":      "t n",
		"codes.samples":        "source line column offset time level text fields",
		"unknown":              "code family category topic class symbol title meaning fix retry count first last users histogram hosts apis versions samples",
		"marks":                "event count first last",
		"verdicts":             "rule class title state first last count users groups explains remedy evidence",
		"verdicts.remedy":      "owner do",
		"verdicts.evidence":    "source line column offset time level text fields",
		"classes":              "error fatal info warning",
		"codes.samples.fields": "api user",
	} {
		if have := strings.Join(got[path], " "); have != want && !strings.HasPrefix(have, want+" ") {
			t.Errorf("%q has the fields\n%s\nwant first\n%s", path, have, want)
		}
	}
}

// order returns the keys of the first object at each path.
func order(t *testing.T, data []byte) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	d := json.NewDecoder(bytes.NewReader(data))
	var value func(path string)
	value = func(path string) {
		tok, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok {
		case json.Delim('['):
			for d.More() {
				value(path)
			}
			_, _ = d.Token()
		case json.Delim('{'):
			var keys []string
			for d.More() {
				key, _ := d.Token()
				keys = append(keys, key.(string))
				value(strings.TrimPrefix(path+"."+key.(string), "."))
			}
			_, _ = d.Token()
			if out[path] == nil {
				out[path] = keys
			}
		}
	}
	value("")
	return out
}

// TestJSONKeepsText checks that hiding controls changes the form of a text and not its value.
func TestJSONKeepsText(t *testing.T) {
	r := reports(t, catalog.EN)["full"]
	data := write(t, "json", r, report.Style{})
	for _, c := range string(data) {
		if c < ' ' && c != '\n' || c >= 0x7F && c <= 0x9F || c == 0x202E || c == 0x200B || c == utf8.RuneError {
			t.Errorf("raw %U in the output", c)
		}
	}
	var got struct {
		Codes []struct{ Samples []struct{ Text string } }
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(hostile, got.Codes[0].Samples[1].Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if !bytes.Contains(data, []byte("<script>")) {
		t.Error("HTML is escaped, which JSON does not need")
	}
}

func TestFind(t *testing.T) {
	for _, f := range report.Formats() {
		if got, err := report.Find(f.Name); err != nil || got.Name != f.Name {
			t.Errorf("Find(%q) = %q, %v", f.Name, got.Name, err)
		}
		if f.About.EN == "" || f.About.ZH == "" {
			t.Errorf("%s does not say what it is for in both languages", f.Name)
		}
	}
	got := map[string]string{}
	for _, name := range []string{"jsno", "yaml", "Table"} {
		_, err := report.Find(name)
		got[name] = err.Error()
	}
	want := map[string]string{
		"jsno":  `unknown format "jsno", did you mean "json"? (formats: table, json, markdown)`,
		"yaml":  `unknown format "yaml" (formats: table, json, markdown)`,
		"Table": `unknown format "Table", did you mean "table"? (formats: table, json, markdown)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// TestSame writes every report twice, from two equal inputs.
func TestSame(t *testing.T) {
	first, second := reports(t, catalog.ZH), reports(t, catalog.ZH)
	for _, name := range slices.Sorted(maps.Keys(first)) {
		for _, f := range report.Formats() {
			a, b := write(t, f.Name, first[name], report.Style{}), write(t, f.Name, second[name], report.Style{})
			if !bytes.Equal(a, b) {
				t.Errorf("%s of %s differs between two runs", f.Name, name)
			}
		}
	}
}
