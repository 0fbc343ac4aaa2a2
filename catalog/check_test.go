package catalog_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

func problems(c *catalog.Catalog) []string {
	var got []string
	for _, p := range c.Check() {
		got = append(got, p.String())
	}
	return got
}

func TestCheckClean(t *testing.T) {
	if got := problems(parseBase(t)); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestCheck(t *testing.T) {
	const texts = "title: {en: T, zh: 题}, meaning: {en: M., zh: 义。}"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"texts", "entries: [{code: 8, title: {en: a}, cause: {zh: 因}}]", []string{
			"o.yaml:1:28: entries[0].title: no Chinese text",
			"o.yaml:1:11: entries[0].meaning: no English text", "o.yaml:1:11: entries[0].meaning: no Chinese text",
			"o.yaml:1:44: entries[0].cause: no English text",
		}},
		{"empty advice", "entries:\n  - {code: 8, " + texts + ", fix: {en: t., zh: 别的。}}", []string{
			"o.yaml:2:70: entries[0].fix: repeats the title",
		}},
		{"advice that adds a word", "entries:\n  - {code: 8, title: {en: UserSig expired, zh: 签名已过期}, meaning: {en: M., zh: 义。}, fix: {en: The UserSig expired., zh: 重新登录。}}", []string{
			"o.yaml:2:88: entries[0].fix: repeats the title",
		}},
		{"advice that holds the title", "entries:\n  - {code: 8, title: {en: Not logged in, zh: 未登录}, meaning: {en: M., zh: 义。}, fix: {en: Log in when not logged in., zh: 未登录时先登录再调用。}}", nil},
		{"empty advice, Chinese", "entries:\n  - {code: 8, " + texts + ", fix: {en: Other., zh: 题。}}", []string{
			"o.yaml:2:70: entries[0].fix: repeats the title",
		}},
		{"relations", "entries:\n  - {code: 8, " + texts + ", causes: [70001, 70002], symptoms: [8]}", []string{
			"o.yaml:2:81: entries[0].causes[1]: nobody knows code 70002", "o.yaml:2:100: entries[0].symptoms[0]: 8 is the entry itself",
		}},
		{"links", "entries:\n  - {code: 8, " + texts + ", links: [\"http://a.b\", \"https://a.b/c\", \"https:\", \":\"]}", []string{
			`o.yaml:2:73: entries[0].links[0]: "http://a.b" is no https link`,
			`o.yaml:2:104: entries[0].links[2]: "https:" is no https link`,
			`o.yaml:2:114: entries[0].links[3]: ":" is no https link`,
		}},
		{"sources", "entries:\n  - {code: 8, " + texts + ", sources: [doc, nowhere]}", []string{
			`o.yaml:2:80: entries[0].sources[1]: no source has the id "nowhere"`,
		}},
		{"symbols", "entries:\n  - {code: 8, " + texts + ", symbols: [ERR_9, Err_A]}", []string{
			`o.yaml:2:82: entries[0].symbols[1]: "Err_A" is no constant name, want A-Z, 0-9 and _`,
		}},
		{"blocks", "entries:\n  - {code: 8, last: 12, " + texts + "}\n  - {code: 9, " + texts + "}\n  - {code: 12, last: 13, " + texts + "}", []string{
			"o.yaml:4:12: entries[2].code: overlaps the block 8 to 12",
		}},
		{"also", "family: web\nentries:\n  - {code: 70001, " + texts + "}", []string{
			"server 70001: also[0]: web has a sense of its own, in web/custom",
		}},
		{"what the base says too", "family: server\nentries:\n  - {code: 70003, links: [x]}", []string{
			`o.yaml:3:27: entries[0].links[0]: "x" is no https link`,
		}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			c, err := catalogOver(t, tc.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, problems(c)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// catalogOver puts an overlay on a base that, like the embedded catalog, has no file positions.
func catalogOver(t *testing.T, text string) (*catalog.Catalog, error) {
	t.Helper()
	c, err := catalog.Unposition(parseBase(t))
	if err != nil {
		return nil, err
	}
	return c.Overlay(catalog.File{Name: "o.yaml", Data: []byte(text)})
}

func TestCheckSharedAdvice(t *testing.T) {
	text := "entries:\n"
	for _, code := range []string{"1", "2", "3", "4", "5", "6"} {
		text += "  - {code: " + code + ", title: {en: T" + code + ", zh: 题}, meaning: {en: M., zh: 义。}, fix: {en: Try again., zh: 重试。}}\n"
	}
	c, err := catalogOver(t, text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"o.yaml:2:71: entries[0].fix: the same text as for 5 other codes, the next is 2: say what holds for this one"}
	if diff := cmp.Diff(want, problems(c)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Only the embedded catalog answers for the whole source table, and for every text.
func TestCheckOfficial(t *testing.T) {
	c, err := catalog.Official(parseBase(t))
	if err != nil {
		t.Fatal(err)
	}
	got := problems(c)
	if want := "server 70003: fix: no English text"; !slices.Contains(got, want) {
		t.Errorf("%q is not among %q", want, got)
	}
	if last, want := got[len(got)-1], "1 codes of the source table, want 371"; last != want {
		t.Errorf("the last problem is %q, want %q", last, want)
	}
	over, err := c.Overlay()
	if err != nil || problems(over) != nil {
		t.Errorf("got %q, %v", problems(over), err)
	}
}
