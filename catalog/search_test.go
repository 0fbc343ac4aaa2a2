package catalog_test

import (
	"slices"
	"testing"

	"github.com/imtriage/imtriage/catalog"
)

func TestSearch(t *testing.T) {
	c := parseBase(t)
	tests := []struct{ query, want string }{
		{"", ""},
		{" ,;- ", ""},
		{"usersig", "server:70001"},
		{"USERSIG Expired", "server:70001"},
		{"expir", "server:70001"},       // the start of a word
		{"exipred", "server:70001"},     // letters swapped
		{"expred", "server:70001"},      // letter missing
		{"expireed", "server:70001"},    // letter too many
		{"ky", ""},                      // too short for an error
		{"usersig key", ""},             // every word must match
		{"ERR_SIG_OLD", "server:70001"}, // a symbol
		{"sig", "server:70001"},         // a part of it
		{"已过期", "server:70001"},         // Chinese title
		{"有效期 usersig", "server:70001"}, // meaning and title, both languages
		{"usersig已过期", "server:70001"},  // no space between
		{"签名过期", "server:70001"},        // words of two texts, run together
		{"签名频率", ""},
		{"超限 频率", "server:-70001"},                        // two words in any order
		{"频率超限 限频", ""},                                   // one does not match
		{"密钥", "server:70003"},                            // 密钥 stands in title and meaning
		{"70001", "server:70001 sdk:70001 server:-70001"}, // the sign counts, but less
		{"-70001", "server:-70001 server:70001 sdk:70001"},
		{"124000", "server:120001..130000"},
		{"7000", "server:70001 server:70003 sdk:70001"}, // how the number begins
		{"too calls", "server:-70001"},
		{"rate", "server:-70001"}, // the topic
		{"accounts", "server:-70001 server:70001 server:70003 server:120001 server:120001..130000 sdk:70001"},
		{"sdk", "sdk:70001"},
	}
	for _, tc := range tests {
		t.Run(tc.query, func(t *testing.T) {
			hits := c.Search(tc.query)
			var got []*catalog.Entry
			for _, h := range hits {
				got = append(got, h.Entry)
			}
			if ids(got) != tc.want {
				t.Errorf("got %q, want %q", ids(got), tc.want)
			}
			if !slices.IsSortedFunc(hits, func(a, b catalog.Hit) int { return b.Score - a.Score }) {
				t.Errorf("not sorted by score: %v", hits)
			}
		})
	}
}

// A title counts for more than a meaning.
func TestSearchOrder(t *testing.T) {
	c, err := overlay(t, `
entries:
  - {code: 1, title: {en: a}, meaning: {en: some widget}}
  - {code: 2, title: {en: widget}}
  - {code: 3, title: {en: widgets}}
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []*catalog.Entry
	for _, h := range c.Search("widget") {
		got = append(got, h.Entry)
	}
	if want := "app:2 app:3 app:1"; ids(got) != want {
		t.Errorf("got %q, want %q", ids(got), want)
	}
}

func TestNear(t *testing.T) {
	c := parseBase(t)
	tests := []struct{ word, want string }{
		{"70010", "server:70001 sdk:70001 server:-70001"},               // swapped
		{"7001", "server:70001 sdk:70001 server:-70001"},                // missing
		{"700001", "server:70001 sdk:70001 server:-70001"},              // too many
		{"70004", "server:70001 server:70003 sdk:70001 server:-70001"},  // changed
		{"-70003", "server:70003 server:-70001 server:70001 sdk:70001"}, // sign first
		{"−70003", "server:70003 server:-70001 server:70001 sdk:70001"}, // a typographic minus
		{"-125000", "server:120001..130000"},                            // sign, in a block
		{"12", ""},
		{"", ""},
		{"ERR_SIG_EXPIRD", "server:70001"},
		{"err_sig_expierd", "server:70001"},
		{"SIG_EXPIRED", "server:70001"}, // without its prefix
		{"SOMETHING_ELSE", ""},
	}
	for _, tc := range tests {
		t.Run(tc.word, func(t *testing.T) {
			if got := ids(c.Near(tc.word)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
	if got := catalog.Builtin().Near("70000"); len(got) != 5 {
		t.Errorf("%d guesses, want 5", len(got))
	}
}

func BenchmarkSearch(b *testing.B) {
	c := catalog.Builtin()
	c.Search("warm")
	for b.Loop() {
		c.Search("usersig 过期")
	}
}
