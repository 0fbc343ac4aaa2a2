package dash

import (
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// A column is one of the columns of a pane. Which of them are shown depends on the pane's width alone,
// so that nothing jumps while counts grow.
type column[R any] struct {
	title catalog.Text
	width int // 0: what the others leave
	from  int // the least width of a pane that shows it
	right bool
	cell  func(*R, int) span // fit to the width
}

// A table draws the rows of a pane.
type table[R any] struct {
	pane    pane
	title   string
	columns []column[R]
	rows    []R
	below   func(*R, int) line // a second line of a row; nil: there is none
	all     int                // rows there are without the filter
}

const markWidth = 2 // of the mark before the selected row

// draw gives exactly h lines of exactly w columns.
func (t *table[R]) draw(m *model, w, h int) []string {
	if h < 1 {
		return nil
	}
	visible, widths := t.layout(w)
	out := []string{t.head(m, visible, widths, w)}
	tall := 1
	if t.below != nil {
		tall = 2
	}
	fits := max((h-1)/tall, 1)
	at := m.cursors[t.pane].at
	first := max(at-fits+1, 0)
	for i := first; i < len(t.rows) && len(out) < h; i++ {
		chosen := m.focus == t.pane && i == at
		mark := "  "
		if chosen {
			mark = "▸ "
		}
		spans := []span{{mark, bold}}
		for j, c := range visible {
			if j > 0 {
				spans = append(spans, span{" ", plain})
			}
			spans = append(spans, c.cell(&t.rows[i], widths[j]))
		}
		out = append(out, draw(w, chosen, spans...))
		if t.below != nil && len(out) < h {
			out = append(out, draw(w, false, t.below(&t.rows[i], w)...))
		}
	}
	if len(t.rows) == 0 && len(out) < h {
		none := wordNothing[t.pane]
		if t.all > 0 {
			none = wordNoMatch
		}
		out = append(out, draw(w, false, span{"  ", plain}, span{none.In(m.lang), faint}))
	}
	for len(out) < h {
		out = append(out, draw(w, false))
	}
	return out
}

// layout says which columns there is room for, and how wide each is.
func (t *table[R]) layout(w int) (visible []column[R], widths []int) {
	left := w - markWidth
	flexible := -1
	for _, c := range t.columns {
		if w < c.from {
			continue
		}
		if c.width == 0 {
			flexible = len(visible)
		}
		if len(visible) > 0 {
			left--
		}
		left -= c.width
		visible = append(visible, c)
		widths = append(widths, c.width)
	}
	if flexible >= 0 {
		widths[flexible] = max(left, 0)
	}
	return visible, widths
}

// head draws the rule above a pane: its title, and the names of the columns that stand behind it.
func (t *table[R]) head(m *model, visible []column[R], widths []int, w int) string {
	st := plain
	mark := "─ "
	if m.focus == t.pane {
		st, mark = bold, "▸ "
	}
	spans := []span{{mark, st}, {t.title, st}, {" ", plain}}
	x := markWidth + columns(t.title) + 1
	begin := markWidth
	for i, c := range visible {
		name := c.title.In(m.lang)
		wide := columns(name)
		from := begin
		if c.right {
			from = begin + widths[i] - wide
		}
		begin += widths[i] + 1
		// A name shows in full or not at all.
		if name == "" || from < x || wide > widths[i] || from+wide > w {
			continue
		}
		if from > x {
			spans = append(spans, span{strings.Repeat("─", from-x-1), faint}, span{" ", plain})
		}
		spans = append(spans, span{name, faint}, span{" ", plain})
		x = from + wide + 1
	}
	spans = append(spans, span{strings.Repeat("─", max(w-x, 0)), faint})
	return draw(w, false, spans...)
}
