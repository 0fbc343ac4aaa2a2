package dash

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// A binding is a key with what it does. The first name of a key is the one that is shown.
type binding struct {
	keys  []string
	label string       // of the key, for readers
	short catalog.Text // for the last line; zero: not shown there
	about catalog.Text // for the help
	do    func(*model) tea.Cmd
}

// bindings lists what a reader can do, in the order in which the help says it. It is a function, for
// its table would otherwise refer to itself through the help.
func bindings() []binding {
	quiet := func(do func(*model)) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { do(m); return nil }
	}
	return []binding{
		{[]string{"q"}, "q", wordKeyQuit, wordQuit, (*model).leave},
		{[]string{"tab"}, "tab", wordKeyPane, wordNextPane, quiet(func(m *model) { m.turn(1) })},
		{[]string{"shift+tab"}, "shift-tab", catalog.Text{}, wordLastPane, quiet(func(m *model) { m.turn(-1) })},
		{[]string{"up", "k"}, "↑ k", catalog.Text{}, wordUp, quiet(func(m *model) { m.step(-1) })},
		{[]string{"down", "j"}, "↓ j", catalog.Text{}, wordDown, quiet(func(m *model) { m.step(1) })},
		{[]string{"pgup"}, "PgUp", catalog.Text{}, wordPageUp, quiet(func(m *model) { m.step(-m.page()) })},
		{[]string{"pgdown", "space"}, "PgDn", catalog.Text{}, wordPageDown, quiet(func(m *model) { m.step(m.page()) })},
		{[]string{"home", "g"}, "Home", catalog.Text{}, wordHome, quiet(func(m *model) { m.step(-maxRows) })},
		{[]string{"end", "G"}, "End", catalog.Text{}, wordEnd, quiet(func(m *model) { m.step(maxRows) })},
		{[]string{"enter"}, "enter", wordKeyExplain, wordEnter, quiet((*model).enter)},
		{[]string{"v"}, "v", catalog.Text{}, wordVerdictKey, quiet(func(m *model) { m.show(paneVerdicts) })},
		{[]string{"f"}, "f", wordKeyClass, wordClassKey, quiet(func(m *model) { m.filter.nextClass(); m.follow() })},
		{[]string{"/"}, "/", wordKeyText, wordTextKey, quiet(func(m *model) { m.typing = true })},
		{[]string{"p"}, "p", wordKeyPause, wordPauseKey, quiet((*model).pause)},
		{[]string{"n"}, "n", catalog.Text{}, wordNotesKey, quiet(func(m *model) { m.detail = detail{kind: showNotes} })},
		{[]string{"l"}, "l", wordKeyLang, wordLangKey, quiet((*model).speak)},
		{[]string{"?", "h"}, "?", wordKeyHelp, wordHelpKey, quiet(func(m *model) { m.detail = detail{kind: showHelp} })},
		{[]string{"esc"}, "esc", catalog.Text{}, wordEscKey, quiet((*model).back)},
		{[]string{"ctrl+z"}, "Ctrl-Z", catalog.Text{}, wordSuspend, func(*model) tea.Cmd { return tea.Suspend }},
	}
}

// maxRows is more than any pane has.
const maxRows = 1 << 20

// press does what a key stands for.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if key == "ctrl+c" {
		return tea.Quit
	}
	if m.typing {
		m.typed(key, msg.Text)
		return nil
	}
	for _, b := range bindings() {
		if slices.Contains(b.keys, key) {
			return b.do(m)
		}
	}
	return nil
}

// typed changes the text of the filter.
func (m *model) typed(key, text string) {
	switch key {
	case "enter":
		m.typing = false
	case "esc":
		m.typing, m.filter.text = false, ""
	case "backspace", "ctrl+h":
		m.filter.text = withoutLast(m.filter.text)
	case "ctrl+u":
		m.filter.text = ""
	default:
		m.filter.text += report.Sanitize(text)
	}
	m.follow()
}

// leave closes what is open, or ends the dashboard.
func (m *model) leave() tea.Cmd {
	if m.detail.kind == showNothing {
		return tea.Quit
	}
	m.detail = detail{}
	return nil
}

// back undoes one thing: what is open, then the filter.
func (m *model) back() {
	if m.detail.kind != showNothing {
		m.detail = detail{}
		return
	}
	m.filter = filter{}
	m.follow()
}

// enter opens what is selected. In a page that is open there is nothing to select.
func (m *model) enter() {
	if m.detail.kind == showNothing {
		m.show(m.focus)
	}
}

// turn gives the focus to another pane.
func (m *model) turn(by int) {
	if m.detail.kind == showNothing {
		m.focus = (m.focus + pane(by) + panes) % panes
		m.follow()
	}
}

// step scrolls what is open, or selects another row.
func (m *model) step(by int) {
	if m.detail.kind != showNothing {
		lines := len(m.detailLines(m.width))
		m.detail.top = max(min(m.detail.top+by, lines-m.detailHeight()), 0)
		return
	}
	m.move(by)
}

// page is how far a page key goes.
func (m *model) page() int {
	if m.detail.kind != showNothing {
		return max(m.detailHeight()-1, 1)
	}
	return max(m.height/4, 1)
}
