package catalog_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

// dataFiles reads the source of the embedded catalog.
func dataFiles(t testing.TB) []catalog.File {
	t.Helper()
	names, err := filepath.Glob("data/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no data files: %v", err)
	}
	var files []catalog.File
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, catalog.File{Name: name, Data: data})
	}
	return files
}

// base is a small catalog of our own, so that tests of texts do not depend on the wording of the
// embedded one.
const base = `
family: server
section: account
name: {en: Accounts, zh: 帐号}
sources:
  - {id: doc, title: {en: Manual, zh: 手册}, url: "https://example.com", date: "2026-03"}
  - {id: old, title: {en: Table, zh: 表}, url: "https://example.com/old", date: "2021"}
entries:
  - code: 70001
    also: [web]
    symbols: [ERR_SIG_EXPIRED, ERR_SIG_OLD]
    class: error
    topic: auth
    retry: after_login
    base: true
    result: unknown
    self_heals: true
    title: {en: UserSig expired, zh: UserSig 已过期}
    meaning: {en: The signature is too old., zh: 签名超过了有效期。}
    cause: {en: It is older than a day., zh: 生成已超过一天。}
    fix: {en: Make a new one & log in., zh: 重新生成并登录。}
    limits: [{of: {en: validity, zh: 有效期}, min: 24, unit: h}]
    causes: [70003]
    symptoms: [-70001, 120005]
    history: [{when: {en: "2022", zh: "2022 年"}, was: {en: 8 KB, zh: 8 KB}, now: {en: 12 KB, zh: 12 KB}}]
    links: ["https://example.com/a?b=1&c=2"]
    sources: [doc, old]
  - {code: 70003, class: fatal, topic: config, retry: after_fix, title: {en: Wrong key, zh: 密钥错误}, meaning: {en: The key is another app's., zh: 密钥属于其他应用。}}
  - {code: -70001, class: warning, topic: rate, retry: backoff, title: {en: Too often, zh: 频率超限}, meaning: {en: Calls come too often., zh: 调用过于频繁。}}
  - {code: 120001, last: 130000, class: info, topic: info, retry: app_defined, title: {en: Your backend, zh: 业务自定义}, meaning: {en: Your backend chose it., zh: 由业务后台返回。}}
  - {code: 120001, class: info, topic: info, retry: app_defined, title: {en: First one, zh: 第一个}, meaning: {en: The first., zh: 首个。}}
  - {code: 70001, family: sdk, class: error, topic: state, retry: unknown, title: {en: Other sense, zh: 另一含义}, meaning: {en: Another one., zh: 另一个。}}
`

func parseBase(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Parse(catalog.File{Name: "base.yaml", Data: []byte(base)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ids writes entries as family:code, for comparisons.
func ids(entries []*catalog.Entry) string {
	var s []string
	for _, e := range entries {
		id := fmt.Sprintf("%s:%d", e.Family, e.Code)
		if e.IsRange() {
			id += fmt.Sprintf("..%d", e.Last)
		}
		s = append(s, id)
	}
	return strings.Join(s, " ")
}

func TestBuiltinIsCompiledFromData(t *testing.T) {
	c, err := catalog.Parse(dataFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	want, err := c.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("catalog.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatal("catalog.bin is not what data/*.yaml say: run go generate ./catalog")
	}
	if c.Digest() != catalog.Builtin().Digest() {
		t.Error("the compiled catalog has another digest than its source")
	}
}

// Whatever the source says comes back from the compiled form.
func TestBuiltinKeepsEveryField(t *testing.T) {
	want, err := catalog.Parse(dataFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	got := catalog.Builtin()
	if diff := cmp.Diff(want.Sources(), got.Sources()); diff != "" {
		t.Errorf("sources: -want +got\n%s", diff)
	}
	if diff := cmp.Diff(want.Sections(), got.Sections()); diff != "" {
		t.Errorf("sections: -want +got\n%s", diff)
	}
	if diff := cmp.Diff(want.Entries(), got.Entries(), cmp.AllowUnexported(catalog.Entry{})); diff != "" {
		t.Errorf("entries: -want +got\n%s", diff)
	}
}

func TestBuiltinFacts(t *testing.T) {
	c := catalog.Builtin()
	inBase := 0
	for _, e := range c.Entries() {
		if e.InBase {
			inBase++
		}
	}
	if inBase != 371 {
		t.Errorf("%d codes of the source table, want 371", inBase)
	}
	if !slices.IsSortedFunc(c.Entries(), func(a, b *catalog.Entry) int {
		x, y := slices.Index(catalog.Families(), a.Family), slices.Index(catalog.Families(), b.Family)
		if x != y {
			return x - y
		}
		return a.Code - b.Code
	}) {
		t.Error("entries are not sorted by family and code")
	}
	tests := []struct {
		family catalog.Family
		code   int
		topic  catalog.Topic
		symbol string
	}{
		{catalog.Server, 70001, catalog.Auth, "ERR_SVR_ACCOUNT_USERSIG_EXPIRED"},
		{catalog.Server, -20009, catalog.Rate, "ERR_SVR_SSO_FREQUENCY_LIMIT"},
		{catalog.SDK, 6014, catalog.State, "ERR_SDK_NOT_LOGGED_IN"},
		{catalog.SDK, 6206, catalog.Auth, "ERR_USER_SIG_EXPIRED"},
	}
	for _, tc := range tests {
		e := c.Lookup(tc.family, tc.code)
		if e == nil || e.Topic != tc.topic || e.Symbol() != tc.symbol {
			t.Errorf("%s %d is %+v", tc.family, tc.code, e)
		}
	}
	// The sign belongs to the number.
	if plus := c.Lookup(catalog.Server, 20009); plus == nil || plus.Topic == catalog.Rate {
		t.Errorf("20009 is %+v", plus)
	}
	if c.Version() < "2026" {
		t.Errorf("version %q", c.Version())
	}
}
