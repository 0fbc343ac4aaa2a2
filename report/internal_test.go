package report

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

func TestNumbers(t *testing.T) {
	hour := time.Hour
	for _, tc := range []struct{ name, got, want string }{
		{"number", number(12031), "12,031"},
		{"small number", number(999), "999"},
		{"negative number", number(-1234567), "-1,234,567"},
		{"negative small number", number(-123), "-123"},
		{"bytes", byteSize(1023), "1023 B"},
		{"kibibytes", byteSize(1024), "1.0 KiB"},
		{"next unit", byteSize(1<<20 - 1), "1.0 MiB"},
		{"three figures", byteSize(210_319_247), "201 MiB"},
		{"exbibytes", byteSize(1<<63 - 1), "8.0 EiB"},
		{"no duration", duration(0, catalog.EN), "0s"},
		{"two units", duration(8*hour+12*time.Minute+3*time.Second, catalog.EN), "8h 12m"},
		{"no second unit", duration(3*24*hour+5*time.Minute, catalog.EN), "3d"},
		{"chinese", duration(26*hour, catalog.ZH), "1 天 2 小时"},
		{"one user", users(1, false, catalog.EN), "1 user"},
		{"many users", users(4120, true, catalog.EN), "about 4,120 users"},
		{"users in Chinese", users(4120, true, catalog.ZH), "约 4,120 个用户"},
		{"approximate cell", approximately(4120, true), "~4,120"},
		{"no users", approximately(0, false), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.got != tc.want {
				t.Errorf("got %q, want %q", tc.got, tc.want)
			}
		})
	}
}

func TestSparkline(t *testing.T) {
	at := func(m int) time.Time { return time.Date(2026, 6, 1, 0, m, 0, 0, time.UTC) }
	buckets := func(counts ...int64) tally.Histogram {
		h := tally.Histogram{Step: time.Minute}
		for i, n := range counts {
			if n > 0 {
				h.Buckets = append(h.Buckets, tally.Bucket{T: at(i), N: n})
			}
		}
		return h
	}
	for _, tc := range []struct {
		name  string
		h     tally.Histogram
		first time.Time
		last  time.Time
		want  string
	}{
		{"a slope", buckets(1, 2, 3, 4), at(0), at(4), "▂▄▆█"},
		{"a gap", buckets(8, 0, 0, 1), at(0), at(4), "█··▁"},
		{"a wide bucket", tally.Histogram{Step: time.Hour, Buckets: []tally.Bucket{{T: at(0), N: 8}}}, at(0), at(60), "████"},
		{"all at once", buckets(5), at(0), at(0), "████"},
		{"a bucket that begins before", buckets(5), at(0).Add(30 * time.Second), at(2), "██··"},
		{"nothing", tally.Histogram{}, at(0), at(4), ""},
		{"no time", buckets(1), time.Time{}, time.Time{}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := sparkline(&tc.h, tc.first, tc.last, 4); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestExcerpt(t *testing.T) {
	key := tally.Key{Code: 70003}
	long := strings.Repeat("前文 ", 50)
	for _, tc := range []struct{ name, text, want string }{
		{"fits", "code=70003 ok", "code=70003 ok"},
		{"number in front", "code=70003 " + long, "code=70003 前文 前文 前文 前…"},
		{"number behind", long + "code=70003 and what follows it", "…前文 前文 code=70003 and wha…"},
		{"another number first", "id=1700035 " + long + "70003", "…前文 前文 前文 70003"},
		{"no number", long, "前文 前文 前文 前文 前文 前文…"},
		{"lines", "code=70003\n\tat x\x1b[2J", "code=70003  at x"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := excerpt(tc.text, 30, key)
			if w := displayed(got); w > 30 {
				t.Errorf("%d columns", w)
			}
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestGridMisjudged renders cells whose width tablewriter gets wrong: the columns must stand
// under each other all the same.
func TestGridMisjudged(t *testing.T) {
	names := column{head: "name", cells: []string{"👍🏽", "🇨🇳 host", "plain", "👩🏽👩🏽👩🏽"}}
	texts := column{head: "text", flex: true, cells: []string{"一👍🏽二👍🏽三👍🏽四👍🏽五👍🏽六", "b", "", "e\u0301"}}
	last := column{head: "n", right: true, cells: []string{"1", "2", "3", "4"}}
	for _, borders := range []bool{false, true} {
		columns, widths := fit([]column{names, texts, last}, 36, 3, 2)
		var b strings.Builder
		if err := writeGrid(&b, columns, widths, borders); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), standIn) {
			t.Errorf("a stand-in is left:\n%s", b.String())
		}
		for _, c := range []column{names, last} {
			for _, s := range c.cells {
				if !strings.Contains(b.String(), s) {
					t.Errorf("%q is missing from\n%s", s, b.String())
				}
			}
		}
		ends := map[int]bool{}
		for line := range strings.Lines(strings.TrimRight(b.String(), "\n")) {
			ends[displayed(strings.TrimSuffix(line, "\n"))] = true
		}
		if len(ends) != 1 {
			t.Errorf("lines of different widths:\n%s", b.String())
		}
	}
}

func TestFitDropsTheLeastColumns(t *testing.T) {
	wide := func(head string, n, drop int) column {
		return column{head: head, drop: drop, cells: []string{strings.Repeat("x", n)}}
	}
	all := []column{wide("a", 10, 0), {head: "f", flex: true, cells: []string{strings.Repeat("y", 50)}}, wide("b", 10, 1), wide("c", 10, 2), {head: "empty", cells: []string{""}}}
	for _, tc := range []struct {
		width int
		heads string
		flex  int
	}{{100, "afbc", 50}, {60, "afbc", 24}, {55, "afb", 31}, {40, "af", 28}, {20, "af", 8}, {5, "af", 2}} {
		columns, widths := fit(all, tc.width, 2, 0)
		heads := ""
		for _, c := range columns {
			heads += c.head
		}
		if diff := cmp.Diff([]any{tc.heads, tc.flex}, []any{heads, widths[1]}); diff != "" {
			t.Errorf("width %d (-want +got):\n%s", tc.width, diff)
		}
	}
}
