package dash

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// A pane is a part of the screen with rows of one kind.
type pane int

// The panes, in the order in which tab goes through them.
const (
	paneCodes pane = iota
	paneVerdicts
	paneNewest
	paneInputs
	paneRates
	panes // how many there are
)

// A cursor is the row that is selected in a pane. In the first row it stays there whatever comes; in
// any other it stays with what that row is about.
type cursor struct {
	at  int
	key string
}

// rows returns the keys of the rows that a pane has, as filtered.
func (m *model) rows(p pane) []string {
	switch p {
	case paneCodes:
		return keys(keep(m.snap.Codes, m.filter.code), codeKey)
	case paneVerdicts:
		return keys(keep(m.snap.Verdicts, m.filter.verdict), verdictKey)
	case paneNewest:
		return keys(keep(m.snap.Newest, m.filter.finding), findingKey)
	case paneInputs:
		return keys(m.inputs(), inputKey)
	}
	return keys(m.snap.Classes, rateKey)
}

// inputs returns the inputs with what needs a look first: those that cannot be read, then those that
// are far behind, the others as they were told. A filter's text is about them only while the reader is
// there; how they are must be seen whatever code is looked for.
func (m *model) inputs() []live.InputRow {
	rows := slices.Clone(m.snap.Inputs)
	if m.focus == paneInputs {
		rows = keep(rows, m.filter.input)
	}
	rank := func(r live.InputRow) int {
		if r.Problem != "" {
			return 0
		}
		// In powers of two, and not at all below 64 KiB, so that rows do not change places all the time.
		return 64 - bits.Len64(uint64(max(r.Lag, 0))>>16)
	}
	slices.SortStableFunc(rows, func(a, b live.InputRow) int { return cmp.Compare(rank(a), rank(b)) })
	return rows
}

func codeKey(r *live.CodeRow) string { return string(r.Family) + "/" + strconv.Itoa(r.Code) }
func verdictKey(r *live.VerdictRow) string {
	return r.Rule + "\x00" + r.Group + "\x00" + r.Since.UTC().Format("20060102T150405.999999999")
}
func findingKey(r *live.FindingRow) string { return strconv.FormatInt(r.Seq, 10) }
func inputKey(r *live.InputRow) string     { return r.Name }
func rateKey(r *live.ClassRate) string     { return r.Class.String() }

func keys[T any](list []T, of func(*T) string) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = of(&list[i])
	}
	return out
}

// move selects another row of the pane that has the focus.
func (m *model) move(by int) {
	rows := m.rows(m.focus)
	c := &m.cursors[m.focus]
	c.at = max(min(c.at+by, len(rows)-1), 0)
	c.key = ""
	if c.at > 0 {
		c.key = rows[c.at]
	}
}

// follow lets the cursors find their rows again after the rows have changed. A row that is gone
// leaves its place to the one that is there now.
func (m *model) follow() {
	for p := range panes {
		c := &m.cursors[p]
		if c.key == "" {
			c.at = 0
			continue
		}
		rows := m.rows(p)
		found := false
		for i, key := range rows {
			if key == c.key {
				c.at, found = i, true
				break
			}
		}
		if found {
			continue
		}
		c.at, c.key = max(min(c.at, len(rows)-1), 0), ""
		if c.at > 0 {
			c.key = rows[c.at]
		}
	}
}

// selected returns the row under the cursor of a pane, or false if there is none.
func selected[T any](m *model, p pane, rows []T) (row T, ok bool) {
	if at := m.cursors[p].at; at < len(rows) {
		return rows[at], true
	}
	return row, false
}
