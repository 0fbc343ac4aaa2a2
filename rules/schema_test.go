package rules_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// compileSchema returns the schema, which also checks formats.
func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(rules.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
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

// instance returns YAML as an editor hands it to a schema, or false if it is no YAML that Parse takes.
func instance(data []byte) (any, bool) {
	var root yamlpos.Node
	if _, err := yamlpos.Decode("f", data, &root); err != nil {
		return nil, false
	}
	return plain(&root), true
}

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func plain(n *yamlpos.Node) any {
	switch {
	case n.Kind == yamlpos.Mapping:
		m := make(map[string]any)
		for i := range n.Keys {
			m[n.Keys[i].Text] = plain(&n.Items[i])
		}
		return m
	case n.Kind == yamlpos.List:
		list := []any{}
		for i := range n.Items {
			list = append(list, plain(&n.Items[i]))
		}
		return list
	case n.Quoted:
		return n.Text
	case n.Text == "true", n.Text == "false":
		return n.Text == "true"
	case number.MatchString(n.Text):
		return json.Number(n.Text)
	}
	return n.Text
}

// What Parse takes the schema takes: the pack, the examples, and every key there is.
func TestSchemaTakesRules(t *testing.T) {
	s := compileSchema(t)
	texts := make(map[string]string)
	names, err := filepath.Glob("pack/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range append(names, "../examples/overlays/rules.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	texts["everything"] = everything
	for _, when := range []string{
		"select: {use: s, codes: [$codes], not: {known: true}, any: [{topics: [auth]}], all: [{classes: [fatal]}]}\nby: [user, x_y]\nwithin: 1h30m\ncount: '> 2, < 9'",
		"select: {codes: [6206]}\ncount: 3\nusers: 2\nshare: 0.5%",
		"select: {codes: [6206]}\ndistinct: {field: user, bound: 5}\ncount: 3",
		"select: {codes: [6206]}\nwithin: 5m\npercentile: {field: cost_ms, p: 99.5, bound: '> 800'}",
		"select: {codes: [6206]}\nwithin: 5m\nratio: {of: {codes: [6206]}, bound: '>= 5%', min: 2}",
		"sequence: [{select: {codes: [6206]}}, {select: {codes: [6206]}, not: {events: [x_a]}}]\nwithin: 1d",
		"of: [{select: {codes: [6206]}, count: 2}, {select: {codes: [6206]}}]\nat_least: 1\nwithin: 30s",
		"select: {codes: [6206]}\nwithout: {select: {events: [login_ok]}, at_end: true}\nwithin: 30s",
		"select: {codes: [6206]}\nspike: {factor: 2.5, direction: down, current_min: 3}\nwithin: 30s",
		"select: {codes: [6206]}\nfirst_seen: {field: code, learn: 1d, forget: 30d}",
		"select: {fields: {api: login, host: [a, 5], x_y: {cidr: 10.0.0.0/8, number: '>= 5', exists: true}, user: {exists: false}, text: {regex: [^a, b], ignore_case: true}}}",
	} {
		head := ""
		if strings.Contains(when, "use: s") {
			head = "lists: {codes: [6206, 70001-70016]}\nselections: {s: {events: [kicked]}}\n"
		}
		texts[when] = head + "rules:\n" + rule("r", "    when:\n"+indented("      ", when))
	}
	for name, text := range texts {
		if _, err := rules.Parse(name, []byte(text), catalog.Builtin()); err != nil {
			t.Errorf("Parse refuses it: %v", err)
		}
		doc, ok := instance([]byte(text))
		if err := s.Validate(doc); !ok || err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

const everything = `version: 1
rules:
  - id: off
    disabled: true
    reason: noisy
    until: 2026-12-31
  - id: all-keys
    title: {en: T, zh: 题}
    class: fatal
    fallback: false
    when: {select: {codes: [6206, -10001, "10100-10200", -10112..-10110, web/3002], categories: [server/account], families: [sdk]}, by: [user], within: 5m, count: 5}
    explains: {codes: [6014], events: [kicked]}
    clear: {seen: {events: [login_ok]}, below: 2, after: 10m}
    cooldown: {time: 15m, grow: 2, max: 4h}
    remedy: [{owner: vendor, do: {en: D, zh: 做}}]
    ask_vendor: true
    links: [https://example.com]
    tests:
      - {name: a, log: x, want: {holds: true, class: error, state: cleared, count: 3, users: 1, raised: 1, first: 2026-11-20T10:00:00Z,
          last: 2026-11-20T10:00:00Z, codes: [server/70001], explains: [sdk/6014, kicked], groups: [{user: 5}], also: [off]}}
      - {name: b, log: x, want: {holds: false, also: []}}
overrides:
  - {id: all-keys, env: [prod, ci], class: error, count: 10, within: 1h, cooldown: {time: 1m}}
  - {id: all-keys, env: prod, disabled: true, reason: x, until: 2026-12-31}
`

// What the schema refuses Parse refuses, too; files of faults are refused by both.
func TestSchemaRefusesFaults(t *testing.T) {
	s := compileSchema(t)
	texts := make(map[string]string)
	names, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	for _, when := range []string{
		"within: 5m",
		"select: {}",
		"select: {codes: 6206}",
		"select: {codes: [six]}",
		"select: {topics: [athu]}",
		"select: {events: [ok]}",
		"select: {codes: [6206]}\ncount: 0",
		"select: {codes: [6206]}\ncount: 5%",
		"select: {codes: [6206]}\nshare: 5",
		"select: {codes: [6206]}\nshare: 5%\nwithin: 5m",
		"select: {codes: [6206]}\nusers: 5\nby: [api]",
		"select: {codes: [6206]}\nwithin: 5",
		"select: {codes: [6206]}\nby: [usr]",
		"select: {codes: [6206]}\nby: [text]",
		"select: {codes: [6206]}\nby: [user, user]",
		"select: {codes: [6206]}\nat_least: 2",
		"select: {codes: [6206]}\ndistinct: {field: user}",
		"select: {codes: [6206]}\nsum: {field: cost_ms, bound: 5, p: 3}",
		"select: {codes: [6206]}\npercentile: {field: cost_ms, bound: 5}",
		"select: {codes: [6206]}\npercentile: {field: cost_ms, bound: 5, p: 101}",
		"select: {codes: [6206]}\nratio: {of: {codes: [6206]}, bound: 5}",
		"select: {codes: [6206]}\nspike: {factor: 2}",
		"select: {codes: [6206]}\nspike: {factor: 1}\nwithin: 5m",
		"select: {codes: [6206]}\nspike: {factor: 2}\nwithin: 5m\ncount: 3",
		"select: {codes: [6206]}\nfirst_seen: {field: code}\nsum: {field: cost_ms, bound: 5}",
		"select: {codes: [6206]}\nwithout: {at_end: true}\nwithin: 5m",
		"sequence: [{select: {codes: [6206]}}]\nwithin: 5m",
		"select: {codes: [6206]}\nsequence: [{select: {codes: [6206]}}, {select: {codes: [6206]}}]\nwithin: 5m",
		"of: [{select: {codes: [6206]}, count: 0}, {select: {codes: [6206]}}]\nwithin: 5m",
		"select: {fields: {apii: x}}",
		"select: {fields: {api: {}}}",
		"select: {fields: {api: ''}}",
		"select: {fields: {api: []}}",
		"select: {fields: {api: {is: x, exists: false}}}",
		"select: {fields: {api: {number: 5%}}}",
	} {
		texts[when] = "rules:\n" + rule("r", "    when:\n"+indented("      ", when))
	}
	for _, more := range []string{
		"explains: {fields: {api: x}}", "clear: {}", "cooldown: {grow: 2}", "reason: x", "until: 2026-12-31", "disabled: true", "links: [http://example.com]",
		"tests: [{name: a, log: x}]", "tests: [{name: a, log: x, want: {holds: false, count: 1}}]", "tests: [{name: a, log: x, want: {codes: [6206]}}]",
	} {
		texts[more] = "rules:\n" + rule("r", "    when: {select: {codes: [6206]}}\n    "+more)
	}
	for _, o := range []string{"{class: error}", "{id: a}", "{id: a, disabled: true}", "{id: a, class: error, until: 2026-12-31}", "{id: a, count: 0}", "{id: a, env: [], class: error}", "{id: a, titel: x, class: error}"} {
		texts[o] = "overrides: [" + o + "]\n"
	}
	texts["version"] = "version: 2\n" + everything[len("version: 1\n"):]
	for name, text := range texts {
		if _, err := rules.Parse(name, []byte(text), catalog.Builtin()); err == nil {
			t.Errorf("%s: Parse takes it", name)
		}
		if doc, ok := instance([]byte(text)); ok && s.Validate(doc) == nil {
			t.Errorf("%s: the schema takes it", name)
		}
	}
}

// The words of the schema are those of the code.
func TestSchemaVocabularies(t *testing.T) {
	var doc struct {
		Defs map[string]struct {
			Enum       []string
			AnyOf      []struct{ Enum []string }
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(rules.Schema(), &doc); err != nil {
		t.Fatal(err)
	}
	var classes, events []string
	for _, c := range catalog.Classes() {
		classes = append(classes, c.String())
	}
	for _, e := range tally.Events() {
		events = append(events, e.Name)
	}
	for _, tc := range []struct {
		name      string
		got, want []string
	}{
		{"families", doc.Defs["family"].Enum, texts(catalog.Families())},
		{"topics", doc.Defs["topic"].Enum, texts(catalog.Topics())},
		{"classes", doc.Defs["class"].Enum, classes},
		{"events", doc.Defs["event"].AnyOf[0].Enum, events},
		{"fields", slices.Concat(doc.Defs["field"].AnyOf[0].Enum, doc.Defs["field"].AnyOf[1].Enum), slices.Concat(tally.FieldKeys(), tally.DerivedKeys())},
		{"owners", doc.Defs["step"].Properties["owner"].Enum, texts(rules.Owners())},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: %s", tc.name, diff)
		}
	}
	families := "(" + strings.Join(texts(catalog.Families()), "|") + ")/"
	if n := strings.Count(string(rules.Schema()), families); n < 3 {
		t.Errorf("%s stands in %d patterns, want it in those of codes, categories and results of tests", families, n)
	}
	for _, words := range [][]string{texts(rules.Directions()), texts(rules.States())} {
		if want := `"enum": ["` + strings.Join(words, `", "`) + `"]`; !strings.Contains(string(rules.Schema()), want) {
			t.Errorf("no %s", want)
		}
	}
}

func texts[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}
