package catalog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

func overlay(t testing.TB, text string) (*catalog.Catalog, error) {
	t.Helper()
	return parseBase(t).Overlay(catalog.File{Name: "o.yaml", Data: []byte(text)})
}

func TestOverlayAdds(t *testing.T) {
	c, err := overlay(t, "entries:\n  - {code: 88001, title: {zh: 库存不足}}\n  - {code: 9, last: 12, family: call, class: fatal, title: {en: Block}}\n")
	if err != nil {
		t.Fatal(err)
	}
	want := catalog.Entry{Code: 88001, Last: 88001, Family: catalog.App, Section: "custom", Class: catalog.Error, Topic: catalog.State, Retry: catalog.RetryUnknown}
	got := *c.Lookup(catalog.App, 88001)
	if title := (catalog.Text{ZH: "库存不足"}); got.Title() != title {
		t.Errorf("title %+v", got.Title())
	}
	if got.Category() != "app/custom" || got.Class != want.Class || got.Topic != want.Topic || got.Retry != want.Retry || got.IsRange() {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.Title().In(catalog.EN) != "库存不足" {
		t.Errorf("the other language does not stand in: %q", got.Title().In(catalog.EN))
	}
	if e := c.Lookup(catalog.Call, 11); e == nil || e.Class != catalog.Fatal || e.Section != "custom" {
		t.Errorf("block: %+v", e)
	}
	if title := c.Section(catalog.App, "custom").Title; title.EN == "" || title.ZH == "" {
		t.Errorf("section title %+v", title)
	}
	if parseBase(t).Known(88001) {
		t.Error("the overlay changed its base")
	}
}

func TestOverlayReplacesOnlyWhatItGives(t *testing.T) {
	c, err := overlay(t, `
family: server
section: ours
entries:
  - code: 70001
    class: fatal
    symbols: []
    self_heals: false
    title: {zh: 签名过期了}
    causes: [70003, 88]
  - {code: 120001, last: 130000, topic: state}
`)
	if err != nil {
		t.Fatal(err)
	}
	was, now := parseBase(t).Lookup(catalog.Server, 70001), c.Lookup(catalog.Server, 70001)
	if now.Class != catalog.Fatal || len(now.Symbols) != 0 || now.SelfHeals || now.Title() != (catalog.Text{EN: "UserSig expired", ZH: "签名过期了"}) {
		t.Errorf("not replaced: %+v", now)
	}
	if diff := cmp.Diff([]int{70003, 88}, now.Causes); diff != "" {
		t.Errorf("causes: -want +got\n%s", diff)
	}
	if now.Section != "account" || now.Topic != was.Topic || !now.InBase || !now.ResultUnknown || now.Fix() != was.Fix() {
		t.Errorf("not kept: %+v", now)
	}
	if diff := cmp.Diff(was.Limits, now.Limits); diff != "" {
		t.Errorf("limits: -want +got\n%s", diff)
	}
	if was.Class != catalog.Error || len(was.Symbols) != 2 {
		t.Errorf("the overlay changed its base: %+v", was)
	}
	if e := c.Lookup(catalog.Server, 125000); e.Topic != catalog.State || e.Title().EN != "Your backend" {
		t.Errorf("block: %+v", e)
	}
	if e := c.Lookup(catalog.Server, 120001); e.Topic != catalog.Neutral || e.IsRange() {
		t.Errorf("the first code of the block: %+v", e)
	}
	if len(c.Entries()) != len(parseBase(t).Entries()) {
		t.Errorf("%d entries, want %d", len(c.Entries()), len(parseBase(t).Entries()))
	}
}

// Without last, an overlay may mean a block by its first code.
func TestOverlayFindsABlock(t *testing.T) {
	first := catalog.File{Name: "1", Data: []byte("entries: [{code: 10, last: 20, title: {en: a}}]")}
	second := catalog.File{Name: "2", Data: []byte("entries: [{code: 10, title: {en: b}}]")}
	c, err := parseBase(t).Overlay(first, second)
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(c.Find(15)); got != "app:10..20" || c.Find(15)[0].Title().EN != "b" {
		t.Errorf("got %s %q", got, c.Find(15)[0].Title().EN)
	}
}

func TestOverlayFaults(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // without the file name
	}{
		{"several", "family: severr\nentries:\n  - {code: 1, titel: {en: a}}\n", []string{
			`1:9: family: unknown family "severr", want one of ["server" "sdk" "web" "v3" "push" "call" "room" "trtc" "app"]`,
			`3:15: entries[0].titel: unknown field, did you mean "title"?`,
		}},
		{"no code", "entries:\n  - {title: {en: a}}\n  - {code: 0x10, title: {en: a}}\n", []string{
			`3:12: entries[1].code: want a whole decimal number, got "0x10"`,
		}},
		{"missing code", "entries:\n  - {title: {en: a}}\n", []string{"2:5: entries[0].code: missing"}},
		{"no title", "entries:\n  - code: 88\n    class: error\n", []string{
			"2:5: entries[0].title: want a title, in English or Chinese, for a new code",
		}},
		{"empty title", "entries: [{code: 88, title: {en: \"\"}}]\n", []string{
			"1:29: entries[0].title: want a title, in English or Chinese, for a new code",
		}},
		{"twice", "entries:\n  - {code: 88, title: {en: a}}\n  - {code: 88, title: {en: b}}\n", []string{
			"3:12: entries[1].code: app 88 is given twice, first in line 2",
		}},
		{"reversed block", "entries: [{code: 88, last: 87, title: {en: a}}]\n", []string{
			"1:28: entries[0].last: the block ends at 87, before it begins at 88",
		}},
		{"words", "entries: [{code: 88, title: {en: a}, class: bad, topic: x, retry: y, result: known, also: [z]}]\n", []string{
			`1:45: entries[0].class: unknown class "bad", want fatal, error, warning or info`,
			`1:57: entries[0].topic: unknown topic "x", want one of ["auth" "config" "billing" "rate" "timeout" "network" "server" "param" "permission" "moderation" "state" "info"]`,
			`1:67: entries[0].retry: unknown retry "y", want one of ["yes" "backoff" "after_login" "after_fix" "no" "app_defined" "unknown"]`,
			`1:78: entries[0].result: want unknown, got "known"; leave it out where the result is known`,
			`1:92: entries[0].also[0]: unknown family "z", want one of ["server" "sdk" "web" "v3" "push" "call" "room" "trtc" "app"]`,
		}},
		{"large code", "entries: [{code: 2147483648, title: {en: a}}]\n", []string{"1:18: entries[0].code: 2147483648 is out of range"}},
		{"base", "entries: [{code: 88, title: {en: a}, base: true}]\n", []string{
			"1:44: entries[0].base: only the catalog itself says which codes are in the source table",
		}},
		{"also itself", "entries: [{code: 88, title: {en: a}, also: [web, app, web], symbols: [\"\"]}]\n", []string{
			"1:50: entries[0].also[1]: app is named already", "1:55: entries[0].also[2]: web is named already",
			"1:71: entries[0].symbols[0]: empty name",
		}},
		{"limits", "entries: [{code: 88, title: {en: a}, limits: [{unit: s}, {of: {en: a}, min: 5, max: 4, unit: s}]}]\n", []string{
			"1:47: entries[0].limits[0]: want min or max", "1:47: entries[0].limits[0].of: want what is limited, in English or Chinese",
			"1:85: entries[0].limits[1].max: 4 is less than min, 5",
		}},
		{"section", "section: A/b\n", []string{"1:10: section: want a word of lower-case letters, digits, - and _"}},
		{"sources", "sources:\n  - {id: doc, title: {en: again}}\n  - {title: {en: x}}\n  - {id: n, date: soon}\n", []string{
			`2:10: sources[0].id: source "doc" is given twice`, "3:5: sources[1].id: want an id for entries to name",
			`4:19: sources[2].date: want a date such as 2026, 2026-11 or 2026-11-03, got "soon"`,
		}},
		{"too many", "entries: [" + strings.Repeat("{},", 20001) + "]", []string{"1:1: 20001 entries and 0 sources, at most 20000 and 1000 are read"}},
		{"too many blocks", manyBlocks(), []string{"2:1: more than 20000 entries, 500 blocks or 1000 sources in all files"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, err := overlay(t, tc.text)
			if _, ok := errors.AsType[yamlpos.Errors](err); !ok {
				t.Fatalf("got %v", err)
			}
			got := strings.Split(err.Error(), "\n")
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], "o.yaml:")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func manyBlocks() string {
	var b strings.Builder
	b.WriteString("\nentries:\n")
	for i := range 501 {
		fmt.Fprintf(&b, "  - {code: %d, last: %d, title: {en: a}}\n", i*10+1, i*10+5)
	}
	return b.String()
}

// All files are read before the faults are reported.
func TestOverlayFaultsOfAllFiles(t *testing.T) {
	_, err := parseBase(t).Overlay(
		catalog.File{Name: "b.yaml", Data: []byte("entries: [{code: 1}]")},
		catalog.File{Name: "a.yaml", Data: []byte("x: 1")},
	)
	want := "a.yaml:1:1: x: unknown field, want one of family, section, name, sources, entries\n" +
		"b.yaml:1:11: entries[0].title: want a title, in English or Chinese, for a new code"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// The catalog itself is held to more than an overlay.
func TestParseFaults(t *testing.T) {
	_, err := catalog.Parse(
		catalog.File{Name: "a", Data: []byte("family: sdk\nsection: s\nname: {en: S}\nentries:\n  - {code: 1}\n")},
		catalog.File{Name: "b", Data: []byte("entries:\n  - {code: 1}\n")},
		catalog.File{Name: "c", Data: []byte("family: sdk\nsection: t\nname: {en: S}\nentries:\n  - {code: 1}\n")},
	)
	want := "a:5:5: entries[0].class: missing\na:5:5: entries[0].retry: missing\na:5:5: entries[0].topic: missing\n" +
		"b:1:1: want family, section and name beside entries\nc:5:12: entries[0].code: sdk 1 stands in another file too"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestDigest(t *testing.T) {
	plain := parseBase(t).Digest()
	if plain != parseBase(t).Digest() || len(plain) != 64 {
		t.Fatalf("digest %q is not stable", plain)
	}
	same, err := overlay(t, "{family: server, entries: [{code: 70001, class: error}]}")
	if err != nil || same.Digest() != plain {
		t.Errorf("an overlay that says the same changed the digest (%v)", err)
	}
	for _, change := range []string{"fix: {zh: 改了}", "class: fatal", "symptoms: []", "limits: []", "ask_vendor: true"} {
		c, err := overlay(t, "{family: server, entries: [{code: 70001, "+change+"}]}")
		if err != nil || c.Digest() == plain {
			t.Errorf("%s did not change the digest (%v)", change, err)
		}
	}
}

func FuzzOverlay(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte("entries:\n  - {code: 70001, family: server, title: {en: \"\\x01\"}, symbols: []}\n"))
	f.Add([]byte("entries: [{code: -2147483648, last: 2147483647, title: {zh: 全部}}]"))
	small, err := catalog.Parse(catalog.File{Name: "base", Data: []byte(base)})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := small.Overlay(catalog.File{Name: "f", Data: data})
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := c.Export(&out, nil); err != nil || !json.Valid(out.Bytes()) {
			t.Fatalf("export of %q: %v", data, err)
		}
		for _, e := range c.Entries() {
			if !c.Known(e.Code) || !c.Known(e.Last) || c.Lookup(e.Family, e.Code) == nil {
				t.Fatalf("%q: %s %d is lost", data, e.Family, e.Code)
			}
		}
		c.Check()
		c.Search("a 中 70001")
		c.Near("7000")
	})
}
