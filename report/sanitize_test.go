package report_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/report"
)

func TestSanitize(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"plain", "login failed, code=70003", "login failed, code=70003"},
		{"chinese", "登录失败，错误码 70003。", "登录失败，错误码 70003。"},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"cursor", "a\x1b[2J\x1b[Hb", "ab"},
		{"title", "a\x1b]0;owned\ab", "ab"},
		{"title ended by ST", "a\x1b]8;;http://evil\x1b\\b", "ab"},
		{"unterminated title hides nothing", "a\x1b]0;text", "a]0;text"},
		{"unterminated colour hides nothing", "a\x1b[31", "a[31"},
		{"text in a colour", "a\x1b[31é", "a[31é"},
		{"lone ESC", "a\x1b", "a"},
		{"C0", "a\x00\x07\x08\x7fb", "ab"},
		{"C1 as UTF-8", "a\u009b31mb\u0085c", "ab c"},
		{"C1 as bytes", "a\x9b31mb", "a31mb"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"bidi", "a\u202eb\u2066c\u200fd", "abcd"},
		{"zero width", "a\u200bb\u200dc\ufeffd\u00ade\ufe0f", "abcde"},
		{"tags", "a\U000E0041b", "ab"},
		{"no characters", "a\ufdd0b\uffff", "ab"},
		{"white space", "a\tb\r\nc\u2028d\u00a0e\u3000f", "a b  c d e f"},
		{"emoji", "👍 ok", "👍 ok"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, report.Sanitize(tc.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzSanitize checks that nothing that acts on a terminal is left, that nothing printable gets
// lost and that a second pass changes nothing.
func FuzzSanitize(f *testing.F) {
	for _, s := range []string{hostile, "", "\x1b", "\x1b[", "\x1b]\x1b\\", "\u009b", "\xc2", "a\x1b[3\x1b[31m1mb", "登录\u202e失败"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := report.Sanitize(s)
		if !utf8.ValidString(got) {
			t.Fatalf("invalid UTF-8: %q", got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' ' {
				t.Fatalf("%U is left in %q", r, got)
			}
		}
		if again := report.Sanitize(got); again != got {
			t.Fatalf("a second pass makes %q of %q", again, got)
		}
		if !strings.ContainsAny(s, "\x1b\u009b\u009d") {
			for _, r := range s {
				if unicode.IsLetter(r) && r < 0x1100 && !strings.ContainsRune(got, r) {
					t.Fatalf("%q is lost from %q", r, s)
				}
			}
		}
	})
}
