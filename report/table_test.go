package report_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
)

// TestTableWidths checks every line of every case at every width: it fits, shows no control
// character, and starts with no mark that Chinese typography keeps at line ends.
func TestTableWidths(t *testing.T) {
	for _, l := range catalog.Langs() {
		for name, r := range reports(t, l) {
			for width := 40; width <= 200; width++ {
				for _, s := range []report.Style{
					{Width: width, Zone: shanghai},
					{Width: width, Color: true, Borders: true, Verbose: true},
				} {
					checkTable(t, name, string(write(t, "table", r, s)), s)
				}
			}
		}
	}
}

func checkTable(t *testing.T, name, out string, s report.Style) {
	t.Helper()
	if !s.Color && strings.ContainsRune(out, '\x1b') {
		t.Errorf("%s at %d: colour without being asked", name, s.Width)
	}
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		if w := ansi.StringWidth(line); w > s.Width {
			t.Errorf("%s at %d: %d columns: %q", name, s.Width, w, line)
		}
		bare := strings.TrimLeft(ansi.Strip(line), " │")
		if first, _ := utf8.DecodeRuneInString(bare); bare != "" && strings.ContainsRune("，。）、；：", first) {
			t.Errorf("%s at %d: line starts with %c: %q", name, s.Width, first, line)
		}
		if got := report.Sanitize(ansi.Strip(line)); got != ansi.Strip(line) {
			t.Errorf("%s at %d: not clean: %q", name, s.Width, line)
		}
		if s.Borders && strings.Count(bare, "│") > 0 && !strings.HasSuffix(line, "│") {
			t.Errorf("%s at %d: torn border: %q", name, s.Width, line)
		}
	}
}

// TestTableLocale runs the goldens again in a process with a Chinese locale, by which
// tablewriter would guess other widths.
func TestTableLocale(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestGoldens$")
	c.Env = append(os.Environ(), "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8", "LC_CTYPE=zh_CN.UTF-8", "RUNEWIDTH_EASTASIAN=1", "TERM=vt100")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestTableCaps checks that a long report stays short, says so, and tells all when asked to.
func TestTableCaps(t *testing.T) {
	sum := summary(t)
	for i := range 57 {
		c := sum.Unknown[0]
		c.Code = 300000 + i
		c.Hosts = []tally.NameCount{{Name: strings.Repeat("主机", 40), Count: 1}}
		sum.Codes = append(sum.Codes, c)
	}
	for range 30 {
		sum.Inputs = append(sum.Inputs, sum.Inputs[1])
	}
	r := report.New(sum, nil, report.Options{Lang: catalog.EN})
	short := string(write(t, "table", r, report.Style{}))
	for _, want := range []string{"… and 42 more, see -f json", "… and 27 more, see -f json"} {
		if !strings.Contains(short, want) {
			t.Errorf("no %q in\n%s", want, short)
		}
	}
	if n := strings.Count(short, "\n"); n > 65 {
		t.Errorf("%d lines", n)
	}
	if long := string(write(t, "table", r, report.Style{Verbose: true})); !strings.Contains(long, "300056") {
		t.Error("the last code is missing from the verbose report")
	}
}

// TestTableVerdicts checks that the worst verdict has all steps and the others ever less.
func TestTableVerdicts(t *testing.T) {
	sum := summary(t)
	said := verdicts(sum)[:1]
	for len(said) < 13 {
		v := said[0]
		v.Class = catalog.Error
		said = append(said, v)
	}
	r := report.New(sum, said, report.Options{})
	out := string(write(t, "table", r, report.Style{}))
	for text, want := range map[string]int{
		"is not signed with": 10, "1. [developer]": 3, "2. [operations]": 1, "… and 1 more step,": 2,
		"app.log:1203": 3, "app.log:1288": 1, "… and 3 more,": 1,
	} {
		if got := strings.Count(out, text); got != want {
			t.Errorf("%q stands there %d times, want %d, in\n%s", text, got, want, out)
		}
	}
	if n := strings.Count(string(write(t, "table", r, report.Style{Verbose: true})), "2. [operations]"); n != 13 {
		t.Errorf("%d of 13 verdicts have their steps in the verbose report", n)
	}
}

// TestTableClean checks the one line of a clean result, and that damage never gives it.
func TestTableClean(t *testing.T) {
	for _, l := range catalog.Langs() {
		cases := reports(t, l)
		if out := string(write(t, "table", cases["clean"], report.Style{})); strings.Count(out, "\n") != 1 {
			t.Errorf("a clean result takes more than a line:\n%s", out)
		}
		headline, _, _ := strings.Cut(string(write(t, "table", cases["damaged"], report.Style{})), "\n")
		if !strings.HasPrefix(headline, map[catalog.Lang]string{catalog.EN: "INCOMPLETE", catalog.ZH: "日志不完整"}[l]) {
			t.Errorf("a damaged input does not come first: %s", headline)
		}
	}
}
