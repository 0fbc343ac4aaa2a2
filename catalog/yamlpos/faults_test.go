package yamlpos_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

func TestDecodeFaults(t *testing.T) {
	many := strings.Repeat("- x: 1\n", 150)
	tests := []struct {
		name, text string
		want       []string // without the file name
	}{
		{"empty", "", []string{"1:1: the file is empty"}},
		{"comments only", "# a\n\n", []string{"1:1: the file is empty"}},
		{"empty document", "---\n", []string{"1:1: the file is empty"}},
		{"unknown field", "rules:\n  - when:\n      categoryy: a\n", []string{`3:7: rules[0].when.categoryy: unknown field, did you mean "category"?`}},
		{"unknown field, none near", "rules: [{when: {zzz: a}}]\n", []string{`1:17: rules[0].when.zzz: unknown field, want one of category, codes, fields`}},
		{"hidden and private", "rules: [{hidden: a, private: b}]\n", []string{
			`1:10: rules[0].hidden: unknown field, want one of name, when, count, small, size, ratio, enabled, within, tags, plain`,
			`1:21: rules[0].private: unknown field, want one of name, when, count, small, size, ratio, enabled, within, tags, plain`,
		}},
		{"list wanted", "rules:\n  a: 1\n", []string{"2:3: rules: want a list, got a mapping"}},
		{"list wanted, text", "rules: all\n", []string{`1:8: rules: want a list, got "all"`}},
		{"mapping wanted", "rules: [1, [a]]\n", []string{`1:9: rules[0]: want a mapping, got "1"`, "1:12: rules[1]: want a mapping, got a list"}},
		{"text wanted", "rules: [{plain: [a], tags: [{a: b}]}]\n", []string{
			"1:17: rules[0].plain: want a text, got a list", "1:29: rules[0].tags[0]: want a text, got a mapping",
		}},
		{"null", "rules:\n  - plain:\n    tags: [a, ~, null, ]\n", []string{
			`2:11: rules[0].plain: no value given; leave it out or write "" for an empty text`,
			`3:15: rules[0].tags[1]: no value given; leave it out or write "" for an empty text`,
			`3:18: rules[0].tags[2]: no value given; leave it out or write "" for an empty text`,
		}},
		{"null in a list of mappings", "rules:\n  -\n  - {}\n", []string{`2:4: rules[0]: no value given; leave it out or write "" for an empty text`}},
		{"null below an unknown field", "ruless: [~]\n", []string{
			`1:1: ruless: unknown field, did you mean "rules"?`,
			`1:10: ruless[0]: no value given; leave it out or write "" for an empty text`,
		}},
		{"twice", "rules: []\nrules: []\n", []string{"2:1: rules: given twice, first in line 1"}},
		{"second document", "rules: []\n---\nrules: []\n", []string{"2:1: a second document in the file, want one"}},
		{"alias", "rules:\n  - &a {plain: x}\n  - *a\n", []string{
			"2:5: rules[0]: anchors are not allowed: &a", "3:5: rules[1]: aliases are not allowed, write the value out",
		}},
		{"alias of nothing", "rules:\n  - *a\n", []string{"2:5: aliases are not allowed, write the value out"}},
		{"merge", "rules:\n  - <<: {plain: x}\n", []string{"2:5: rules[0]: merge keys are not allowed, write the fields out"}},
		{"tags", "rules:\n  - plain: !secret x\n  - !!map {}\n  - !!set {}\n", []string{
			"2:12: rules[0].plain: tag !secret is not allowed", "4:5: rules[2]: tag !!set is not allowed",
		}},
		{"keys", "rules: [{[a]: b, ~: c, &x y: z, !t u: v}]\n", []string{
			"1:10: rules[0]: want a text as key, got a list",
			"1:18: rules[0]: want a text as key, got nothing",
			"1:24: rules[0]: anchors are not allowed: &x",
			"1:24: rules[0].y: unknown field, want one of name, when, count, small, size, ratio, enabled, within, tags, plain",
			"1:33: rules[0]: tag !t is not allowed",
			"1:33: rules[0].u: unknown field, want one of name, when, count, small, size, ratio, enabled, within, tags, plain",
		}},
		{"whole numbers", "rules:\n- {count: 0x10}\n- {count: 1_000}\n- {count: 010}\n- {count: +5}\n- {count: \"5\"}\n- {count: 1.0}\n", []string{
			`2:11: rules[0].count: want a whole decimal number, got "0x10"`,
			`3:11: rules[1].count: want a whole decimal number, got "1_000"`,
			`4:11: rules[2].count: want a whole decimal number, got "010"`,
			`5:11: rules[3].count: want a whole decimal number, got "+5"`,
			`6:11: rules[4].count: want a whole decimal number, got the text "5"`,
			`7:11: rules[5].count: want a whole decimal number, got "1.0"`,
		}},
		{"range", "rules: [{small: 128, size: -1, ratio: 1e999}]\n", []string{
			"1:17: rules[0].small: 128 is out of range", "1:28: rules[0].size: -1 is out of range", "1:39: rules[0].ratio: 1e999 is out of range",
		}},
		{"numbers", "rules: [{ratio: .inf}, {ratio: 1_0.5}, {ratio: [1]}]\n", []string{
			`1:17: rules[0].ratio: want a number, got ".inf"`, `1:32: rules[1].ratio: want a number, got "1_0.5"`,
			"1:48: rules[2].ratio: want a number, got a list",
		}},
		{"truth", "rules: [{enabled: yes}, {enabled: 'true'}]\n", []string{
			`1:19: rules[0].enabled: want true or false, got "yes"`, `1:35: rules[1].enabled: want true or false, got the text "true"`,
		}},
		{"duration", "rules: [{within: 5}]\n", []string{`1:18: rules[0].within: want a duration such as 90s or 5m, got "5"`}},
		{"own type", "rules:\n  - when:\n      codes: [1, x, [2]]\n", []string{
			`3:18: rules[0].when.codes[1]: "x" is no code`, "3:21: rules[0].when.codes[2]: want a text, got a list",
		}},
		{"odd key", "rules: [{when: {fields: {\"a.b\\n\": [1]}}}]\n", []string{`1:35: rules[0].when.fields["a.b\n"]: want a text, got a list`}},
		{"deep", "rules: " + strings.Repeat("[", 70) + strings.Repeat("]", 70), []string{
			"1:71: rules" + strings.Repeat("[0]", 63) + ": nested deeper than 64",
		}},
		{"very deep", strings.Repeat("[", 20000), []string{"1:1: nested deeper than 64"}},
		{"large", strings.Repeat("#", yamlpos.MaxSize+1), []string{"1:1: the file has 4194305 bytes, at most 4194304 are read"}},
		{"not UTF-8", "rules: []\n# \xff\n", []string{"2:3: the file is not UTF-8: byte 0xff"}},
		{"UTF-16", "\xff\xfer\x00", []string{"1:1: the file is not UTF-8: byte 0xff"}},
		{"control", "rules:\n  # 中\x1b[0m", []string{"2:6: control character U+001B, write it as an escape in double quotes"}},
		{"second byte order mark", "\ufeffrules: \ufeff[]", []string{"1:8: control character U+FEFF, write it as an escape in double quotes"}},
		{"many", many, []string{`1:1: want a mapping, got a list`}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			var into file
			doc, err := yamlpos.Decode("f", []byte(tc.text), &into)
			if err == nil {
				t.Fatal("no error")
			}
			if _, ok := errors.AsType[yamlpos.Errors](err); !ok {
				t.Fatalf("got a %T, document %v", err, doc)
			}
			got := strings.Split(err.Error(), "\n")
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], "f:")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestDecodeSyntax(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"open list", "rules:\n  - [1, 2\nx: y\n", "f:3:1: did not find expected ',' or ']'"},
		{"less indented", "rules:\n  - plain: a\n    tags:\n      - x\n   count: 1\n", "f:5:4: did not find expected '-' indicator"},
		{"no colon", "a: 1\nb: 2\nc 2\nd: 3\n", "f:3:1: could not find expected ':'"},
		{"two colons", "a: 1\nb: c: d\n", "f:2:1: mapping values are not allowed in this context"},
		{"open quote", "a: 1\nb:\n  c: \"x\n\n", "f:3:3: found unexpected end of stream"},
		{"tab", "a:\n\tb: 1\n", "f:2:2: found character that cannot start any token"},
		{"first line", "a: 'x' y\n", "f:1:1: did not find expected key"},
		{"second document", "a: 1\n---\nb: [\n", "f:3:1: did not find expected node content"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			var into file
			_, err := yamlpos.Decode("f", []byte(tc.text), &into)
			if err == nil || err.Error() != tc.want {
				t.Errorf("got\n%v\nwant\n%s", err, tc.want)
			}
		})
	}
}

func TestDecodeListsFewFaults(t *testing.T) {
	text := "rules:\n" + strings.Repeat("  - x: 1\n", 500)
	_, err := yamlpos.Decode("f", []byte(text), new(file))
	lines := strings.Split(err.Error(), "\n")
	if got, want := lines[len(lines)-1], "f:102:5: too many faults, the others are not listed"; len(lines) != 101 || got != want {
		t.Errorf("got %d lines, the last is %q, want %q", len(lines), got, want)
	}
}

func TestDecodeTarget(t *testing.T) {
	for _, into := range []any{nil, file{}, (*file)(nil), new(chan int), new(map[int]string)} {
		if _, err := yamlpos.Decode("f", []byte("a: 1"), into); err == nil {
			t.Errorf("%T was accepted", into)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("rules:\n  - name: no\n    when: {codes: [1, -2]}\n"))
	f.Add([]byte("a: &b [*b]\n<<: {}\n---\n? [x]\n: !t y\n"))
	f.Add([]byte("{[.]}"))
	f.Add([]byte("0: [:!00 \xef"))
	f.Add([]byte("\ufeff%YAML 1.1\n--- |\n x\n..."))
	f.Fuzz(func(t *testing.T, data []byte) {
		var into file
		doc, err := yamlpos.Decode("f", data, &into)
		if doc == nil {
			t.Fatal("no document")
		}
		if err == nil {
			return
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 1
		lines += strings.Count(string(data), "\u0085") + strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029")
		faults, _ := errors.AsType[yamlpos.Errors](err)
		for _, e := range faults {
			if e.Line < 1 || e.Line > lines || e.Col < 1 || e.What == "" {
				t.Fatalf("%q: %#v", data, e)
			}
			doc.Pos(e.Path)
		}
	})
}
