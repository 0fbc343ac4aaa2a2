package yamlpos_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// words is one word or a list of them.
type words []string

func (w *words) Into(k yamlpos.Kind) any {
	if k == yamlpos.Scalar {
		*w = make(words, 1)
		return &(*w)[0]
	}
	return (*[]string)(w)
}

// A test is words for short, or a mapping.
type test struct{ testFields }

type testFields struct {
	Is       words `yaml:"is"`
	Contains words `yaml:"contains"`
}

func (t *test) Into(k yamlpos.Kind) any {
	if k == yamlpos.Mapping {
		return &t.testFields
	}
	return &t.Is
}

// A stray chooses nothing.
type stray struct{}

func (*stray) Into(yamlpos.Kind) any { return nil }

type shapes struct {
	Fields map[string]test `yaml:"fields"`
	List   []test          `yaml:"list"`
	Stray  stray           `yaml:"stray"`
}

func TestShapes(t *testing.T) {
	var got shapes
	doc, err := yamlpos.Decode("f", []byte("fields: {a: x, b: [y, 5], c: {contains: z}, \"d e\": {is: [u], contains: [v]}}\nlist: [x, [y], {is: z}]\n"), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := shapes{
		Fields: map[string]test{
			"a":   {testFields{Is: words{"x"}}},
			"b":   {testFields{Is: words{"y", "5"}}},
			"c":   {testFields{Contains: words{"z"}}},
			"d e": {testFields{Is: words{"u"}, Contains: words{"v"}}},
		},
		List: []test{{testFields{Is: words{"x"}}}, {testFields{Is: words{"y"}}}, {testFields{Is: words{"z"}}}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(test{})); diff != "" {
		t.Error(diff)
	}
	for path, want := range map[string]string{"fields.a[0]": "1:13", "fields.b[1]": "1:23", yamlpos.Join("fields", "d e") + ".is[0]": "1:58"} {
		line, col := doc.Pos(path)
		if got := fmt.Sprintf("%d:%d", line, col); got != want {
			t.Errorf("Pos(%s) = %s, want %s", path, got, want)
		}
	}
}

func TestShapeFaults(t *testing.T) {
	_, err := yamlpos.Decode("f", []byte("fields: {a: ~, b: [x, [y]], c: {iss: x}, d: {is: {e: f}}}\nstray: 1\n"), new(shapes))
	want := `f:1:13: fields.a: no value given; leave it out or write "" for an empty text
f:1:23: fields.b[1]: want a text, got a list
f:1:33: fields.c.iss: unknown field, did you mean "is"?
f:1:50: fields.d.is: want a list, got a mapping
f:2:8: stray: cannot decode into *yamlpos_test.stray`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestJoin(t *testing.T) {
	for want, parts := range map[string][]string{
		"a": {"a"}, "a.b": {"a", "b"}, `["a b"]`: {"a b"}, `a["b.c"].d`: {"a", "b.c", "d"}, `a[""]`: {"a", ""},
	} {
		got := ""
		for _, p := range parts {
			got = yamlpos.Join(got, p)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", strings.Join(parts, " "), got, want)
		}
	}
}

func TestKeyFaults(t *testing.T) {
	doc, err := yamlpos.Decode("f", []byte("fields:\n  a: x\n  \"b c\": {is: y}\nlist: [z]\n"), new(shapes))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"fields.a":           "f:2:3: fields.a: odd",
		`fields["b c"]`:      `f:3:3: fields["b c"]: odd`,
		`fields["b c"].is`:   `f:3:11: fields["b c"].is: odd`,
		"fields.a[0]":        "f:2:3: fields.a[0]: odd",
		"list[0]":            "f:4:8: list[0]: odd",
		"list[1]":            "f:4:1: list[1]: odd",
		"":                   "f:1:1: odd",
		`fields["b c"].none`: `f:3:3: fields["b c"].none: odd`,
	} {
		if got := doc.KeyErrorf(path, "odd").Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	var none *yamlpos.Doc
	if got, want := none.KeyErrorf("a", "odd").Error(), ":1:1: a: odd"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
