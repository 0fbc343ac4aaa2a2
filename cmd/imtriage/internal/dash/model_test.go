package dash

import (
	"math"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// has reports whether the screen shows a text.
func has(m *model, text string) bool { return strings.Contains(m.screen(), text) }

func TestLeaving(t *testing.T) {
	for _, tc := range []struct {
		name string
		keys []string
		quit bool
	}{
		{"q", []string{"q"}, true},
		{"q closes what is open", []string{"?", "q"}, false},
		{"and then leaves", []string{"?", "q", "q"}, true},
		{"q is a letter of the filter", []string{"/", "q"}, false},
		{"Ctrl-C leaves from anywhere", []string{"/", "ctrl+c"}, true},
		{"esc does not leave", []string{"esc", "esc"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m, _ := show(t, catalog.EN, 80, 24, busy(catalog.EN))
			if got := typeKeys(t, m, tc.keys...); got != tc.quit {
				t.Errorf("quit = %v, want %v", got, tc.quit)
			}
		})
	}
}

func TestFilter(t *testing.T) {
	m, _ := show(t, catalog.ZH, 120, 40, busy(catalog.ZH))
	typeKeys(t, m, "f")
	if !has(m, "筛选：致命") || !has(m, "70003") || has(m, "6014") || has(m, "频率限制") {
		t.Errorf("of class fatal:\n%s", readable(t, m))
	}
	typeKeys(t, m, "f", "f", "f", "f")
	if m.filter.on() {
		t.Errorf("after all classes the filter is %+v", m.filter)
	}
	typeKeys(t, m, "/", "登录口", "backspace", "enter")
	if m.filter.text != "登录" || m.typing {
		t.Errorf("typed %q, typing %v", m.filter.text, m.typing)
	}
	if !has(m, "未登录") || has(m, "校验失败") {
		t.Errorf("with the text:\n%s", readable(t, m))
	}
	typeKeys(t, m, "/", "ctrl+u", "WEB/-2", "enter")
	if !has(m, "-20009") || has(m, "6014") {
		t.Errorf("by family and code:\n%s", readable(t, m))
	}
	typeKeys(t, m, "/", "enter", "esc")
	if m.filter.on() || !has(m, "6014") {
		t.Error("esc leaves the filter on")
	}
	typeKeys(t, m, "/")
	m.Update(tea.PasteMsg{Content: "a\x1b[31mb\n"})
	if m.filter.text != "ab " {
		t.Errorf("pasted %q", m.filter.text)
	}
	typeKeys(t, m, "esc", "tab", "tab", "tab", "tab", "down", "enter")
	if m.focus != paneRates || m.filter.class != catalog.Error {
		t.Errorf("enter on a class: pane %d, filter %+v", m.focus, m.filter)
	}
	typeKeys(t, m, "enter")
	if m.filter.on() {
		t.Error("enter again leaves the filter on")
	}
}

// TestInputsUnderFilter checks that a text hides no input that is in trouble, except from a reader who
// looks for inputs.
func TestInputsUnderFilter(t *testing.T) {
	m, _ := show(t, catalog.EN, 120, 40, busy(catalog.EN))
	typeKeys(t, m, "/", "70003", "enter")
	if !has(m, "访问.log") {
		t.Errorf("hidden:\n%s", readable(t, m))
	}
	typeKeys(t, m, "/", "ctrl+u", "imsdk", "enter", "tab", "tab", "tab")
	if len(m.inputs()) != 1 || !has(m, "imsdk_20260601.log") {
		t.Errorf("of the inputs are left %+v", m.inputs())
	}
}

func TestInputsInTroubleFirst(t *testing.T) {
	s := live.Snapshot{Lang: catalog.EN, Inputs: []live.InputRow{
		{Name: "a", Lag: 900}, {Name: "b", Lag: 70 << 20}, {Name: "c", Lag: 1000}, {Name: "d", Problem: "permission denied"}, {Name: "e", Lag: 1 << 30}, {Name: "f", Lag: -5},
	}}
	m, _ := show(t, catalog.EN, 80, 24, s)
	if diff := cmp.Diff([]string{"d", "e", "b", "a", "c", "f"}, m.rows(paneInputs)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCursorStaysWithItsRow moves rows under the cursor.
func TestCursorStaysWithItsRow(t *testing.T) {
	m, _ := show(t, catalog.EN, 80, 24, busy(catalog.EN))
	at := func() string { return m.rows(paneCodes)[m.cursors[paneCodes].at] }
	typeKeys(t, m, "up")
	if at() != "server/70003" {
		t.Fatalf("at the top is %s", at())
	}
	s := busy(catalog.EN)
	s.Codes[0], s.Codes[1] = s.Codes[1], s.Codes[0]
	m.Update(snapshotMsg(s))
	if at() != "sdk/6014" {
		t.Errorf("the first row is %s: it has to stay the first", at())
	}
	typeKeys(t, m, "down", "down")
	if at() != "web/-20009" {
		t.Fatalf("two below is %s", at())
	}
	s.Codes[2], s.Codes[3] = s.Codes[3], s.Codes[2]
	m.Update(snapshotMsg(s))
	if at() != "web/-20009" {
		t.Errorf("after the change of places the cursor is at %s", at())
	}
	s.Codes = s.Codes[:3]
	m.Update(snapshotMsg(s))
	if at() != "app/99123" {
		t.Errorf("after its row is gone the cursor is at %s", at())
	}
	s.Codes = nil
	m.Update(snapshotMsg(s))
	typeKeys(t, m, "down", "enter", "end", "pgup")
	if m.cursors[paneCodes] != (cursor{}) || m.detail.kind != showNothing {
		t.Errorf("without rows the cursor is %+v, open is %d", m.cursors[paneCodes], m.detail.kind)
	}
}

func TestPause(t *testing.T) {
	m, asked := show(t, catalog.EN, 120, 24, busy(catalog.EN))
	typeKeys(t, m, "p")
	frozen := busy(catalog.EN)
	frozen.Findings = 20_000
	other := busy(catalog.ZH)
	other.Findings = 20_000
	m.Update(snapshotMsg(frozen))
	m.Update(snapshotMsg(other))
	if !has(m, "PAUSED") || !has(m, "20,000 findings") {
		t.Errorf("paused:\n%s", readable(t, m))
	}
	typeKeys(t, m, "l")
	if !has(m, "已暂停") || !has(m, "命中 20,000 次") || !has(m, "校验失败") {
		t.Errorf("paused, in Chinese:\n%s", readable(t, m))
	}
	typeKeys(t, m, "p", "l")
	want := []request{
		{lang: catalog.EN},
		{lang: catalog.EN, paused: true},
		{lang: catalog.ZH},
		{lang: catalog.EN},
	}
	if diff := cmp.Diff(want, *asked, cmp.AllowUnexported(request{})); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

// TestDetailGoesOn checks that what is open follows its row, scrolls, and is in the other language at
// once.
func TestDetailGoesOn(t *testing.T) {
	m, _ := show(t, catalog.EN, 60, 10, busy(catalog.EN))
	typeKeys(t, m, "enter")
	if !has(m, "9,000 findings") || !has(m, "server/70003 (en)") {
		t.Fatalf("open:\n%s", readable(t, m))
	}
	s := busy(catalog.EN)
	s.Codes[0].Count = 9001
	m.Update(snapshotMsg(s))
	if !has(m, "9,001 findings") {
		t.Errorf("after a snapshot:\n%s", readable(t, m))
	}
	typeKeys(t, m, "end")
	bottom := m.detail.top
	typeKeys(t, m, "down", "pgdown")
	if bottom == 0 || m.detail.top != bottom {
		t.Errorf("the last line is at %d, and further down at %d", bottom, m.detail.top)
	}
	typeKeys(t, m, "home", "l")
	if !has(m, "server/70003 (zh)") {
		t.Errorf("in Chinese:\n%s", readable(t, m))
	}
	typeKeys(t, m, "esc", "enter", "enter", "tab")
	if m.focus != paneCodes {
		t.Error("tab changes the pane under what is open")
	}
}

func TestSpeed(t *testing.T) {
	var s speedometer
	if _, ok := s.perSecond(); ok {
		t.Error("there is a speed without a snapshot")
	}
	for i := range 40 {
		s.add(noon.Add(time.Duration(i)*refresh), int64(i*i*100))
	}
	if v, ok := s.perSecond(); !ok || v != float64(39*39-29*29)*100/5 {
		t.Errorf("%v lines a second, %v", v, ok)
	}
	s.add(noon, 0)
	if v, ok := s.perSecond(); ok {
		t.Errorf("%v lines a second over a clock that went back", v)
	}
}

// TestEverySize draws every screen on terminals of every size, of full, empty and absurd snapshots.
func TestEverySize(t *testing.T) {
	absurd := busy(catalog.EN)
	absurd.Now, absurd.Lines, absurd.Findings = time.Time{}, math.MinInt64, math.MaxInt64
	for i := range absurd.Classes {
		absurd.Classes[i] = live.ClassRate{Class: 77, Total: math.MaxInt64, PerMinute: math.NaN(), Spark: []int64{-1, math.MaxInt64}}
	}
	absurd.Classes[0].PerMinute = math.Inf(1)
	for i := range absurd.Codes {
		absurd.Codes[i] = live.CodeRow{Code: math.MinInt, Count: math.MinInt64, Users: math.MaxInt, Family: "\x1b[31m", Title: "\u202e👩‍👩‍👧" + strings.Repeat("字", 300)}
	}
	absurd.Inputs[0].Size, absurd.Inputs[0].Lag = math.MinInt64, math.MaxInt64
	cases := map[string]live.Snapshot{"busy": busy(catalog.ZH), "empty": {}, "absurd": absurd}
	sides := []int{0, 1, 2, 9, 20, 24, 36, 63, 64, 80, 116, 240}
	for name, s := range cases {
		t.Run(name, func(t *testing.T) {
			l := s.Lang
			if l == "" {
				l = catalog.EN
			}
			m, _ := show(t, l, 80, 24, s)
			for _, screen := range screens {
				typeKeys(t, m, "esc", "esc")
				m.focus, m.paused, m.filter = paneCodes, false, filter{}
				typeKeys(t, m, screen.keys...)
				for _, w := range sides {
					for _, h := range []int{0, 1, 2, 3, 6, 20, 21, 40} {
						m.Update(tea.WindowSizeMsg{Width: w, Height: h})
						if w > 0 && h > 0 {
							readable(t, m)
						} else if got := m.screen(); got != "" {
							t.Errorf("%q on a terminal of %d×%d", got, w, h)
						}
					}
				}
				typeKeys(t, m, "down", "pgdown", "tab", "end", "enter")
				if t.Failed() {
					t.Fatalf("on the screen %q", screen.name)
				}
			}
		})
	}
}
