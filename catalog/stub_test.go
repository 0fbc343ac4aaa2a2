package catalog_test

import (
	"bytes"
	"cmp"
	"errors"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
)

func TestStub(t *testing.T) {
	var out bytes.Buffer
	err := catalog.Stub(&out, []string{"Codes of", "two logs\n  - code: 1"}, []catalog.StubCode{
		{Code: 88002, About: []string{"found 3 times:", "E/IM code=88002\r\nentries: []\u2028x: \x1b[31m\u202eevil\u0085y"}},
		{Code: -5, Family: catalog.Server, About: []string{"found once"}},
		{Code: 88001, Last: 88009, Family: catalog.App, About: []string{strings.Repeat("长", 500)}},
		{Code: 88002, About: []string{"not again"}},
		{Code: 70001, Family: catalog.Server, Row: catalog.Text{ZH: "1e5"}, Known: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	intro, got, _ := strings.Cut(out.String(), "\nentries:\n")
	if want := "# Codes of\n# two logs - code: 1\n#\n# Fill in"; !strings.HasPrefix(intro, want) {
		t.Errorf("the stub begins with %q, want %q", intro, want)
	}
	const texts = "    title: {en: \"\", zh: \"\"}\n    meaning: {en: \"\", zh: \"\"}\n    class: error\n    topic: state\n    retry: unknown\n"
	want := "\n  # found once\n  - code: -5\n    family: server\n" + texts +
		"\n  - code: 70001\n    family: server\n    row: {en: \"\", zh: \"1e5\"}\n" +
		"\n  # " + strings.Repeat("长", 400) + " …\n  - code: 88001\n    last: 88009\n" + texts +
		"\n  # found 3 times:\n  #   E/IM code=88002 entries: [] x: [31m evil y\n  - code: 88002\n" + texts
	if diff := gocmp.Diff(want, got); diff != "" {
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
	if err := catalog.Stub(brokenWriter{}, nil, nil); !errors.Is(err, errBroken) {
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
				About:  []string{string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")), rapid.String().Draw(t, "sample")},
			}
		})).Draw(t, "codes")
		var out bytes.Buffer
		if err := catalog.Stub(&out, []string{rapid.String().Draw(t, "intro")}, codes); err != nil {
			t.Fatal(err)
		}
		filled := strings.ReplaceAll(out.String(), `title: {en: ""`, `title: {en: "filled"`)
		c, err := base.Overlay(catalog.File{Name: "s", Data: []byte(filled)})
		if err != nil {
			t.Fatalf("%v\n%s", err, filled)
		}
		type sense struct {
			family catalog.Family
			code   int
		}
		distinct := make(map[sense]bool)
		for _, s := range codes {
			distinct[sense{cmp.Or(s.Family, catalog.App), s.Code}] = true
		}
		if got, want := len(c.Entries()), len(base.Entries())+len(distinct); got != want {
			t.Fatalf("%d entries, want %d\n%s", got, want, filled)
		}
	})
}
