package catalog_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
)

func TestStub(t *testing.T) {
	var out bytes.Buffer
	err := catalog.Stub(&out, []catalog.StubCode{
		{Code: 88002, Count: 3, Sample: "E/IM code=88002\r\nentries: []\u2028x: \x1b[31m\u202eevil\u0085y"},
		{Code: -5, Family: catalog.Server, Count: 1},
		{Code: 88001, Family: catalog.App, Count: 12, Sample: strings.Repeat("长", 300)},
		{Code: 88002, Count: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(out.String(), "\nentries:\n")
	const texts = "    title: {en: \"\", zh: \"\"}\n    meaning: {en: \"\", zh: \"\"}\n    class: error\n    topic: state\n    retry: unknown\n"
	want := "\n  # found 1 times\n  - code: -5\n    family: server\n" + texts +
		"\n  # found 12 times, for example:\n  #   " + strings.Repeat("长", 200) + " …\n  - code: 88001\n" + texts +
		"\n  # found 3 times, for example:\n  #   E/IM code=88002 entries: [] x: [31m evil y\n  - code: 88002\n" + texts
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, word := range []string{"fatal", "app_defined", "moderation"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("the stub does not explain %s", word)
		}
	}
	if _, err := parseBase(t).Overlay(catalog.File{Name: "s", Data: out.Bytes()}); err == nil || strings.Count(err.Error(), "want a title") != 3 {
		t.Errorf("a stub without titles gives %v", err)
	}
	if err := catalog.Stub(brokenWriter{}, nil); !errors.Is(err, errBroken) {
		t.Errorf("a broken writer gives %v", err)
	}
}

// Whatever a log holds, a filled stub is an overlay with these codes and nothing else.
func TestStubHoldsHostileSamples(t *testing.T) {
	base := parseBase(t)
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOf(rapid.Custom(func(t *rapid.T) catalog.StubCode {
			return catalog.StubCode{
				Code:   rapid.IntRange(200_000, 200_020).Draw(t, "code"),
				Family: rapid.SampledFrom(append(catalog.Families(), "")).Draw(t, "family"),
				Count:  rapid.Int64().Draw(t, "count"),
				Sample: string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "sample"),
			}
		})).Draw(t, "codes")
		var out bytes.Buffer
		if err := catalog.Stub(&out, codes); err != nil {
			t.Fatal(err)
		}
		filled := strings.ReplaceAll(out.String(), `title: {en: ""`, `title: {en: "filled"`)
		c, err := base.Overlay(catalog.File{Name: "s", Data: []byte(filled)})
		if err != nil {
			t.Fatalf("%v\n%s", err, filled)
		}
		distinct := make(map[catalog.StubCode]bool)
		for _, s := range codes {
			if s.Family == "" {
				s.Family = catalog.App
			}
			distinct[catalog.StubCode{Code: s.Code, Family: s.Family}] = true
		}
		if got, want := len(c.Entries()), len(base.Entries())+len(distinct); got != want {
			t.Fatalf("%d entries, want %d\n%s", got, want, filled)
		}
	})
}
