package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/report"
)

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		name  string
		text  string
		width int
		want  []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "all of it", 10, []string{"all of it"}},
		{"spaces", "one two  three", 8, []string{"one two", "three"}},
		{"number behind Chinese", "错误码6206", 8, []string{"错误码", "6206"}},
		{"identifier stays whole", "见ERR_SVR_LOGIN说明", 16, []string{"见ERR_SVR_LOGIN", "说明"}},
		{"comma goes down with its word", "一二三四，五六", 8, []string{"一二三", "四，五六"}},
		{"opening bracket goes down", "一二三（四）", 8, []string{"一二三", "（四）"}},
		{"long word", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"long word with a stop", "abcdefgh。", 8, []string{"abcdefg", "h。"}},
		{"minus stays", "错误码-20009", 9, []string{"错误码", "-20009"}},
		{"width 0", "一二", 0, []string{"一", "二"}},
		{"no spaces at ends", "  a  ", 5, []string{"a"}},
		{"percent", "占70%以上", 5, []string{"占70%", "以上"}},
		{"wide behind word", "UserSig已过期", 10, []string{"UserSig已", "过期"}},
		{"quotation between words", "期”ERR_SVR_X“过期”70003", 14, []string{"期”ERR_SVR_X", "“过期”70003"}},
		{"apostrophe", "don’t", 4, []string{"don’", "t"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, report.Wrap(tc.text, tc.width)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// checkWrap holds the promises that Wrap makes for every text.
func checkWrap(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, width int,
) {
	t.Helper()
	lines := report.Wrap(text, width)
	if len(lines) == 0 {
		t.Fatalf("no line")
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > max(width, 2) {
			t.Fatalf("%d columns in %d: %q", w, width, line)
		}
		// A space under a combining mark is a character of its own.
		var all []string
		for g := displaywidth.StringGraphemes(line); g.Next(); {
			all = append(all, g.Value())
		}
		if len(all) > 0 && (all[0] == " " || all[len(all)-1] == " ") {
			t.Fatalf("space at an end of %q", line)
		}
	}
	bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	if diff := cmp.Diff(bare(text), bare(strings.Join(lines, ""))); diff != "" {
		t.Fatalf("text changed (-want +got):\n%s", diff)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add(hostile, 20)
	f.Add("错误码70003，请重试。（见文档）", 7)
	f.Add("👩‍💻👍🏽🇨🇳e\u0301", 2)
	f.Add("00，0", -15)
	f.Add("", -1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		checkWrap(t, report.Sanitize(s), width%300)
	})
}

// TestWrapProse checks on texts made of real parts what cannot hold for every text: no line
// starts with a closing mark, and no number or identifier is torn.
func TestWrapProse(t *testing.T) {
	chinese := rapid.SampledFrom([]string{"错误码", "登录失败", "请重试", "（见文档）", "票据", "“过期”"})
	latin := rapid.SampledFrom([]string{"70003", "-20009", "UserSig", "ERR_SVR_X", "12,031", "70%"})
	marks := rapid.SampledFrom([]string{"", "，", "。", "、", "：", " ", ", "})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		var words []string
		for range rapid.IntRange(1, 12).Draw(t, "parts") {
			word := latin.Draw(t, "word")
			words = append(words, word)
			text += chinese.Draw(t, "text") + marks.Draw(t, "mark") + word + marks.Draw(t, "mark")
		}
		width := rapid.IntRange(14, 60).Draw(t, "width")
		checkWrap(t, text, width)
		lines := report.Wrap(text, width)
		for _, line := range lines {
			if first, _ := utf8.DecodeRuneInString(line); strings.ContainsRune("，。、：）”,%", first) {
				t.Fatalf("a line of %q starts with %c", lines, first)
			}
			if last, _ := utf8.DecodeLastRuneInString(line); strings.ContainsRune("（“", last) {
				t.Fatalf("a line of %q ends with %c", lines, last)
			}
		}
		for _, word := range words {
			if !strings.Contains(strings.Join(lines, "\n"), word) {
				t.Fatalf("%q is torn in %q", word, lines)
			}
		}
	})
}
