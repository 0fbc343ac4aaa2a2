package dash

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

var update = flag.Bool("update", false, "rewrite the goldens under testdata")

var sizes = []struct{ width, height int }{{80, 24}, {120, 40}, {40, 10}}

// screens are what a reader may have before them, by what they pressed to come there.
var screens = []struct {
	name string
	keys []string
}{
	{"panes", nil},
	{"explain", []string{"down", "enter"}},
	{"finding", []string{"tab", "tab", "enter"}},
	{"verdict", []string{"v"}},
	{"input", []string{"shift+tab", "shift+tab", "down", "down", "enter"}},
	{"notes", []string{"n"}},
	{"help", []string{"?"}},
	{"filter", []string{"f", "f", "/", "登录"}},
	{"paused", []string{"p", "tab"}},
}

// TestScreens holds every screen in both languages and all sizes against its golden.
func TestScreens(t *testing.T) {
	for _, l := range catalog.Langs() {
		for _, size := range sizes {
			for _, s := range screens {
				name := fmt.Sprintf("%s.%s.%dx%d", s.name, l, size.width, size.height)
				t.Run(name, func(t *testing.T) {
					m, _ := show(t, l, size.width, size.height, busy(l))
					typeKeys(t, m, s.keys...)
					golden(t, name+".golden.txt", readable(t, m))
				})
			}
			name := fmt.Sprintf("empty.%s.%dx%d", l, size.width, size.height)
			t.Run(name, func(t *testing.T) {
				m, _ := show(t, l, size.width, size.height, live.Snapshot{Now: noon, Started: noon, Lang: l})
				golden(t, name+".golden.txt", readable(t, m))
			})
		}
	}
}

// readable checks a screen and returns it as text: exactly as many lines as the terminal has, each
// exactly as wide by the measure of the library that draws, no control left but colours.
func readable(t *testing.T, m *model) string {
	t.Helper()
	screen := m.View().Content
	lines := strings.Split(screen, "\n")
	if len(lines) != m.height {
		t.Errorf("%d lines on a terminal of %d", len(lines), m.height)
	}
	var b strings.Builder
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != m.width {
			t.Errorf("line %d is %d columns wide, want %d: %q", i+1, w, m.width, line)
		}
		text := ansi.Strip(line)
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e }) {
			t.Errorf("line %d has controls: %q", i+1, text)
		}
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
