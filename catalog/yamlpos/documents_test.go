package yamlpos_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

func TestDecodeAll(t *testing.T) {
	type note struct {
		Name string       `yaml:"name"`
		Body yamlpos.Node `yaml:"body"`
	}
	values, docs, err := yamlpos.DecodeAll[note]("n.yaml", []byte("# first\nname: a\nbody: 7\n---\n---\nname: b\nbody: {x.y: [\"7\", {z: no}]}\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(values) != 2 || len(docs) != 2 || values[0].Name != "a" || values[1].Name != "b" {
		t.Fatalf("got %d values and %d docs: %+v", len(values), len(docs), values)
	}
	if line, col := docs[1].Pos("name"); line != 6 || col != 7 {
		t.Errorf("the second name is at %d:%d, want 6:7", line, col)
	}
	if b := values[0].Body; b.Kind != yamlpos.Scalar || b.Text != "7" || b.Quoted {
		t.Errorf("the first body is %+v", b)
	}
	list := values[1].Body.Get("x.y")
	if list.Kind != yamlpos.List || !list.Items[0].Quoted || list.Items[1].Kind != yamlpos.Mapping {
		t.Fatalf("the list is %+v", list)
	}
	z := list.Items[1].Get("z")
	if got, want := z.Errorf("no %s", z.Kind).Error(), `n.yaml:7:23: body["x.y"][1].z: no a text`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	none := list.Get("z")
	if none.Kind != 0 || none.Errorf("gone").Error() != ":1:1: gone" {
		t.Errorf("a list has a value under a key: %+v", none)
	}
}

func TestDecodeAllFaults(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "---\n---\n", []string{"n.yaml:1:1: the file is empty"}},
		{"faults of each document", "a: [~]\n---\nb: 1\nb: 2\n---\nc: *d\n", []string{"n.yaml:6:4: aliases are not allowed, write the value out"}},
		{"faults of two documents", "a: [~]\n---\nb: 1\nb: 2\n", []string{
			`n.yaml:1:5: a[0]: no value given; leave it out or write "" for an empty text`,
			"n.yaml:4:1: b: given twice, first in line 3",
		}},
		{"syntax in a later one", "a: 1\n---\nb: [1\n", []string{"n.yaml:3:1: did not find expected ',' or ']'"}},
		{"too many", strings.Repeat("--- x\n", yamlpos.MaxDocuments+1), []string{"n.yaml:1001:1: more than 1000 documents in the file"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := yamlpos.DecodeAll[yamlpos.Node]("n.yaml", []byte(tc.text))
			var errs yamlpos.Errors
			if !errors.As(err, &errs) {
				t.Fatalf("got %v", err)
			}
			var got []string
			for _, e := range errs {
				got = append(got, e.Error())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzDecodeAll holds that hostile text gives faults inside the file and no panic.
func FuzzDecodeAll(f *testing.F) {
	f.Add([]byte("a: 1\n---\nb: [x, {y: ~}]\n"))
	f.Add([]byte("--- &a\n? [b]\n: c\n...\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		values, docs, err := yamlpos.DecodeAll[yamlpos.Node]("n.yaml", data)
		if len(values) != len(docs) || err == nil && len(values) == 0 {
			t.Fatalf("%d values, %d docs, error %v", len(values), len(docs), err)
		}
		var errs yamlpos.Errors
		if err != nil && !errors.As(err, &errs) {
			t.Fatalf("an error of another type: %v", err)
		}
		for i := range errs {
			if errs[i].Line < 1 || errs[i].Col < 1 {
				t.Errorf("a fault outside the file: %v", errs[i])
			}
		}
	})
}
