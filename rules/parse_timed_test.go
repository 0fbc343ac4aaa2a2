package rules_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// code is a selection of one code.
func code(n int) rules.Selection { return rules.Selection{Codes: []rules.Span{{First: n, Last: n}}} }

func bound(t *testing.T, text string) (b rules.Bound) {
	t.Helper()
	if err := b.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return b
}

func minutes(n int) rules.Duration { return rules.Duration(time.Duration(n) * time.Minute) }

// Every key of a timed condition becomes the part of Condition that has its name.
func TestParseConditions(t *testing.T) {
	for when, want := range map[string]rules.Condition{
		"select: {codes: [6206]}\nby: [user, x_shop]\nwithin: 5m\ncount: 3": {
			Select: code(6206), By: []string{"user", "x_shop"}, Within: minutes(5), Count: bound(t, ">= 3"),
		},
		"select: {codes: [6206]}\nwithin: 5m\ncount: '< 2'": {Select: code(6206), Within: minutes(5), Count: bound(t, "< 2")},
		"select: {codes: [6206]}\ndistinct: {field: user, bound: 5}\ncount: 9": {
			Select: code(6206), Count: bound(t, "9"), Distinct: &rules.Measure{Field: "user", Bound: bound(t, "5")},
		},
		"select: {codes: [6206]}\nsum: {field: cost_ms, bound: '> 1000'}": {
			Select: code(6206), Sum: &rules.Measure{Field: "cost_ms", Bound: bound(t, "> 1000")},
		},
		"select: {codes: [6206]}\naverage: {field: cost_ms, bound: '>= 10, < 50'}": {
			Select: code(6206), Average: &rules.Measure{Field: "cost_ms", Bound: bound(t, ">= 10, < 50")},
		},
		"select: {codes: [6206]}\npercentile: {field: cost_ms, p: 99.5, bound: 800}": {
			Select: code(6206), Percentile: &rules.Measure{Field: "cost_ms", P: 99.5, Bound: bound(t, "800")},
		},
		"select: {codes: [6206]}\nratio: {of: {events: [login_ok]}, bound: '>= 5%', min: 50}": {
			Select: code(6206), Ratio: &rules.Ratio{Of: rules.Selection{Events: []string{"login_ok"}}, Bound: bound(t, ">= 5%"), Min: 50},
		},
		"sequence: [{select: {codes: [6206]}}, {select: {codes: [6014]}, not: {codes: [6208]}}]\nwithin: 1m": {
			Within: minutes(1), Sequence: []rules.Stage{{Select: code(6206)}, {Select: code(6014), Not: code(6208)}},
		},
		"of: [{select: {codes: [6206]}, count: 2}, {select: {codes: [6014]}}]\nat_least: 1\nwithin: 1m": {
			Within: minutes(1), Of: []rules.Part{{Select: code(6206), Count: 2}, {Select: code(6014)}}, AtLeast: 1,
		},
		"select: {codes: [6206]}\nwithout: {select: {events: [login_ok]}, at_end: true}\nwithin: 1m": {
			Select: code(6206), Within: minutes(1),
			Without: &rules.Without{Select: rules.Selection{Events: []string{"login_ok"}}, AtEnd: true},
		},
		"select: {codes: [6206]}\nspike: {factor: 3.5, direction: both, reference_min: 20, current_min: 60}\nwithin: 1m": {
			Select: code(6206), Within: minutes(1), Spike: &rules.Spike{Factor: 3.5, Direction: rules.Both, ReferenceMin: 20, CurrentMin: 60},
		},
		"select: {codes: [6206]}\nfirst_seen: {field: code, learn: 1d, forget: 30d}": {
			Select: code(6206), FirstSeen: &rules.FirstValue{Field: "code", Learn: minutes(24 * 60), Forget: minutes(30 * 24 * 60)},
		},
	} {
		f := file(t, "timed.yaml", rule("r", "    when:\n"+indented("      ", when)))
		if diff := cmp.Diff(want, f.Rules[0].When); diff != "" {
			t.Errorf("%s\n%s", when, diff)
		}
		if !f.Rules[0].Timed() {
			t.Errorf("%s: not timed", when)
		}
	}
}

func TestParseSelections(t *testing.T) {
	yes, no := true, false
	fields := func(f ...rules.FieldTest) rules.Selection { return rules.Selection{Fields: f} }
	not := code(6208)
	for text, want := range map[string]rules.Selection{
		"{fields: {api: login}}":              fields(rules.FieldTest{Field: "api", Is: []string{"login"}}),
		"{fields: {http_status: [502, 504]}}": fields(rules.FieldTest{Field: "http_status", Is: []string{"502", "504"}}),
		"{fields: {user: a, api: {is: b}}}":   fields(rules.FieldTest{Field: "api", Is: []string{"b"}}, rules.FieldTest{Field: "user", Is: []string{"a"}}),
		"{fields: {x_own: {contains: [a, b], starts_with: c, ends_with: d, regex: '^e', ignore_case: true}}}": fields(rules.FieldTest{
			Field: "x_own", Contains: []string{"a", "b"}, StartsWith: []string{"c"}, EndsWith: []string{"d"}, Regex: []string{"^e"}, IgnoreCase: true,
		}),
		"{fields: {host: {cidr: [10.0.0.0/8, 192.0.2.7, '2001:db8::/32']}}}": fields(rules.FieldTest{
			Field: "host", CIDR: []string{"10.0.0.0/8", "192.0.2.7", "2001:db8::/32"},
		}),
		"{fields: {cost_ms: {number: '>= 500', exists: true}}}": fields(rules.FieldTest{Field: "cost_ms", Number: bound(t, "500"), Exists: &yes}),
		"{fields: {user: {exists: false}}}":                     fields(rules.FieldTest{Field: "user", Exists: &no}),
		"{fields: {text: {contains: $$5}}}":                     fields(rules.FieldTest{Field: "text", Contains: []string{"$5"}}),
		"{codes: [6206], not: {codes: [6208]}}":                 {Codes: code(6206).Codes, Not: &not},
		"{all: [{codes: [6206]}], any: [{codes: [6014]}]}":      {All: []rules.Selection{code(6206)}, Any: []rules.Selection{code(6014)}},
	} {
		f := file(t, "select.yaml", rule("r", "    when: {select: "+text+"}"))
		if diff := cmp.Diff(want, f.Rules[0].When.Select); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}

// Lists stand for their words, and a selection that only uses another is that one.
func TestParseNames(t *testing.T) {
	f, err := rules.Parse("names.yaml", []byte(`
version: 1
lists:
  inner: [6206, 70001-70016]
  outer: [6014, $inner]
  apis: [login, "$$cash"]
  events: [login_ok]
selections:
  one: {codes: [$outer, 6208]}
  two: {use: one}
  three: {use: [one, four], fields: {api: $apis}}
  four: {events: [$events, kicked]}
rules:
`+rule("plain", "    when: {select: {use: two}}\n    explains: {use: four}")+rule("joined", "    when: {select: {use: [three]}}")), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	one := rules.Selection{Codes: []rules.Span{{First: 6014, Last: 6014}, {First: 6206, Last: 6206}, {First: 70001, Last: 70016}, {First: 6208, Last: 6208}}}
	four := rules.Selection{Events: []string{"login_ok", "kicked"}}
	want := []rules.Selection{
		one, four,
		{All: []rules.Selection{one, four}, Fields: []rules.FieldTest{{Field: "api", Is: []string{"login", "$cash"}}}},
	}
	got := []rules.Selection{f.Rules[0].When.Select, f.Rules[0].Explains, f.Rules[1].When.Select}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f.Rules[0].Timed() {
		t.Error("a name made a rule over whole codes timed")
	}
}

func TestParseExamples(t *testing.T) {
	f := file(t, "tests.yaml", rule("r", `    when: {select: {codes: [6206]}, by: [user]}
    clear: {seen: {events: [login_ok]}, after: 10m}
    cooldown: {time: 15m, grow: 2, max: 4h}
    tests:
      - name: three
        log: |
          one
          two
        want: {holds: true, count: 3, users: 1, raised: 1, state: active, class: error, first: 2026-11-20T10:00:00Z,
          last: "2026-11-20T18:00:00.5+08:00", codes: [server/70001], explains: [sdk/6014, kicked], groups: [{user: alice}], also: [other-rule]}
      - {name: none, log: x, want: {holds: false, also: []}}`))
	want := []rules.Test{
		{Name: "three", Log: "one\ntwo\n", Want: rules.Want{
			Holds: new(true), Count: new(int64(3)), Users: new(1), Raised: new(1), State: rules.Active, Class: catalog.Error,
			First: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC), Last: time.Date(2026, 11, 20, 10, 0, 0, 5e8, time.UTC),
			Codes: []string{"server/70001"}, Explains: []string{"sdk/6014", "kicked"},
			Groups: []map[string]string{{"user": "alice"}}, Also: []string{"other-rule"},
		}},
		{Name: "none", Log: "x", Want: rules.Want{Holds: new(false), Also: []string{}}},
	}
	if diff := cmp.Diff(want, f.Rules[0].Tests); diff != "" {
		t.Error(diff)
	}
	end := rules.Clear{Seen: rules.Selection{Events: []string{"login_ok"}}, After: minutes(10)}
	if diff := cmp.Diff(end, f.Rules[0].Clear); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(rules.Cooldown{Time: minutes(15), Grow: 2, Max: minutes(240)}, f.Rules[0].Cooldown); diff != "" {
		t.Error(diff)
	}
}

// What is far too large is refused at once, whatever it says.
func TestParseBounds(t *testing.T) {
	many := func(n int, line string) (text string) {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(line, "N", strconv.Itoa(i)))
		}
		return b.String()
	}
	for name, tc := range map[string]struct{ text, want string }{
		"bytes":   {"# " + strings.Repeat("x", yamlpos.MaxSize), "f:1:1: the file has 4194306 bytes, at most 4194304 are read"},
		"depth":   {"rules: [{when: {select: " + strings.Repeat("{not: ", 70) + "{}" + strings.Repeat("}", 72) + "]", "nested deeper than 64"},
		"lists":   {"lists:\n" + many(201, "  lN: [6206]\n") + "rules:\n" + rule("r", "    when: {select: {codes: ["+many(201, "$lN, ")+"6206]}}"), "lists: 201 lists, want at most 200 in a file"},
		"rules":   {"rules:\n" + many(1001, rule("rN", "    when: {select: {codes: [6206]}}")), "rules: 1001 rules, want at most 1000 in a file"},
		"pattern": {"rules:\n" + rule("r", "    when: {select: {fields: {api: {regex: "+strings.Repeat("a", 1001)+"}}}}"), "the pattern has 1001 bytes, want at most 1000"},
		"words":   {"rules:\n" + rule("r", "    when: {select: {codes: ["+strings.Repeat("6206, ", 100_001)+"6206]}}"), "have more than 100000 words"},
		"self":    {"selections:\n" + many(199, "  sN: {use: [sN, sN]}\n") + "rules:\n" + rule("r", "    when: {select: {use: s0}}"), `selection "s0" contains itself`},
		"chain":   {"selections:\n  s0: {topics: [auth]}\n" + doubled(100) + "rules:\n" + rule("r", "    when: {select: {use: s100}}"), "have more than 100000 words"},
	} {
		_, err := rules.Parse("f", []byte(tc.text), catalog.Builtin())
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %.300v, want %s", name, err, tc.want)
		}
	}
}

// doubled writes selections each of which uses the one before it twice.
func doubled(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  s%d: {use: [s%d, s%d], events: [kicked]}\n", i+1, i, i)
	}
	return b.String()
}
