package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

func TestFind(t *testing.T) {
	c := parseBase(t)
	builtin := catalog.Builtin()
	tests := []struct {
		name string
		in   *catalog.Catalog
		code int
		want string
	}{
		{"two families, in order", c, 70001, "server:70001 sdk:70001"},
		{"other sign", c, -70001, "server:-70001"},
		{"no such code", c, 70002, ""},
		{"first of a block", c, 120001, "server:120001 server:120001..130000"},
		{"in a block", c, 125000, "server:120001..130000"},
		{"last of a block", c, 130000, "server:120001..130000"},
		{"after a block", c, 130001, ""},
		{"before a block", c, 120000, ""},
		{"webhook block", builtin, 120500, "server:120001..130000"},
		{"after the webhook block", builtin, 130002, "server:130002"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := ids(tc.in.Find(tc.code)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if got := tc.in.Known(tc.code); got != (tc.want != "") {
				t.Errorf("Known is %v", got)
			}
		})
	}
}

func TestKnownAgreesWithFind(t *testing.T) {
	c := catalog.Builtin()
	for code := -140000; code < 140000; code++ {
		if c.Known(code) != (len(c.Find(code)) > 0) {
			t.Fatalf("Known(%d) = %v, but Find gives %d entries", code, c.Known(code), len(c.Find(code)))
		}
	}
}

func TestLookup(t *testing.T) {
	c := parseBase(t)
	tests := []struct {
		family catalog.Family
		code   int
		want   string
	}{
		{catalog.Server, 70001, "server:70001"},
		{catalog.SDK, 70001, "sdk:70001"},
		{catalog.Web, 70001, "server:70001"}, // the same sense there
		{catalog.V3, 70001, ""},
		{catalog.Server, 120001, "server:120001"},
		{catalog.Server, 120002, "server:120001..130000"},
		{catalog.SDK, 120002, ""},
	}
	for _, tc := range tests {
		var got []*catalog.Entry
		if e := c.Lookup(tc.family, tc.code); e != nil {
			got = append(got, e)
		}
		if ids(got) != tc.want {
			t.Errorf("Lookup(%s, %d) = %q, want %q", tc.family, tc.code, ids(got), tc.want)
		}
	}
	// An entry of the family itself wins over one of another family.
	own, err := c.Overlay(catalog.File{Name: "o", Data: []byte("{family: web, entries: [{code: 70001, title: {en: own}}]}")})
	if err != nil {
		t.Fatal(err)
	}
	if got := own.Lookup(catalog.Web, 70001).Title().EN; got != "own" {
		t.Errorf("got %q", got)
	}
}

func TestResolve(t *testing.T) {
	c := parseBase(t)
	none := []catalog.Family(nil)
	tests := []struct {
		name         string
		code         int
		hints        []catalog.Family
		want         string
		alternatives []catalog.Family
	}{
		{"no hint", 70001, nil, "server:70001", []catalog.Family{catalog.SDK}},
		{"hint", 70001, []catalog.Family{catalog.SDK}, "sdk:70001", []catalog.Family{catalog.Server}},
		{"first hint that fits", 70001, []catalog.Family{catalog.Call, catalog.SDK, catalog.Server}, "sdk:70001", []catalog.Family{catalog.Server}},
		{"same sense elsewhere", 70001, []catalog.Family{catalog.Web}, "server:70001", []catalog.Family{catalog.SDK}},
		{"no hint fits", 70003, []catalog.Family{catalog.Push}, "server:70003", none},
		{"single code in its block", 120001, nil, "server:120001", none},
		{"unknown", 1, []catalog.Family{catalog.SDK}, "", none},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			e, alternatives := c.Resolve(tc.code, tc.hints...)
			var got []*catalog.Entry
			if e != nil {
				got = append(got, e)
			}
			if ids(got) != tc.want {
				t.Errorf("got %q, want %q", ids(got), tc.want)
			}
			if diff := cmp.Diff(tc.alternatives, alternatives); diff != "" {
				t.Errorf("alternatives: -want +got\n%s", diff)
			}
		})
	}
	// One number, two products: the fixed order decides without a hint.
	e, others := catalog.Builtin().Resolve(1002)
	if e == nil || e.Family != catalog.Server || len(others) == 0 {
		t.Errorf("1002 is %v, others %v", e, others)
	}
}

func TestBySymbolAndSections(t *testing.T) {
	c := parseBase(t)
	for name, want := range map[string]string{"ERR_SIG_EXPIRED": "server:70001", "err_sig_old": "server:70001", "ERR_SIG": ""} {
		if got := ids(c.BySymbol(name)); got != want {
			t.Errorf("BySymbol(%q) = %q, want %q", name, got, want)
		}
	}
	want := []catalog.Section{
		{Family: catalog.Server, Name: "account", Title: catalog.Text{EN: "Accounts", ZH: "帐号"}},
		{Family: catalog.SDK, Name: "account", Title: catalog.Text{EN: "Accounts", ZH: "帐号"}},
	}
	if diff := cmp.Diff(want, c.Sections()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := c.Section(catalog.Web, "none"); !got.Title.IsZero() || got.Name != "none" {
		t.Errorf("got %+v", got)
	}
	if got := c.Version(); got != "2026-03" {
		t.Errorf("version %q", got)
	}
}

func BenchmarkKnown(b *testing.B) {
	c := catalog.Builtin()
	codes := []int{70001, 6206, 125000, 8080, -20009, 443}
	b.ReportAllocs()
	known := 0
	for i := 0; b.Loop(); i++ {
		if c.Known(codes[i%len(codes)]) {
			known++
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	c := catalog.Builtin()
	b.ReportAllocs()
	for b.Loop() {
		c.Resolve(6206, catalog.SDK)
	}
}
