package report

import (
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// A column of a grid. Its cells are sanitized and may carry styles unless it is flexible.
type column struct {
	head  string
	cells []string
	right bool // numbers
	flex  bool // takes the room that is left, broken to two lines
	cut   bool // flexible, on one line
	path  bool // flexible, on one line that is shortened from the left
	drop  int  // of columns for which there is no room the highest goes first; 0 always stays
}

// natural returns the width at which nothing of the column has to break.
func (c *column) natural() int {
	w := displayed(c.head)
	for _, s := range c.cells {
		w = max(w, displayed(s))
	}
	return w
}

// leastFlex is the width below which a flexible column is of no use.
const leastFlex = 20

// fit drops columns until the others fit into width and returns them with their widths.
// Between and around columns there are gap and edge columns of space.
func fit(columns []column, width, gap, edge int) ([]column, []int) {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c column) bool {
		return !slices.ContainsFunc(c.cells, func(s string) bool { return s != "" })
	})
	for {
		room := width - 2*edge - gap*(len(columns)-1)
		widths := make([]int, len(columns))
		flex, least := -1, 0
		worst := -1
		for i := range columns {
			c := &columns[i]
			widths[i] = c.natural()
			if c.flex {
				flex, least = i, min(widths[i], leastFlex)
			} else {
				room -= widths[i]
			}
			if c.drop > 0 && (worst < 0 || c.drop > columns[worst].drop) {
				worst = i
			}
		}
		if room >= least || worst < 0 {
			if flex >= 0 {
				widths[flex] = max(min(widths[flex], room), 2)
			}
			return columns, widths
		}
		columns = slices.Delete(columns, worst, worst+1)
	}
}

// cell breaks a flexible cell to its width.
func (c *column) cell(row, width int) string {
	s := c.cells[row]
	switch {
	case !c.flex:
		return s
	case c.path:
		return truncateStart(s, width)
	case c.cut:
		return truncate(s, width)
	}
	lines := Wrap(s, width)
	if len(lines) > 2 {
		lines = []string{lines[0], truncate(lines[1]+" "+lines[2], width-1) + "…"}
		lines[1] = strings.Replace(lines[1], "……", "…", 1)
	}
	return strings.Join(lines, "\n")
}

// writeGrid renders columns of equal length at these widths.
//
// tablewriter would break lines and guess widths by rules of its own: it does not break Chinese,
// counts borders double under a Chinese locale, and changes headers. So cells come broken, and
// all of that is off.
func writeGrid(w io.Writer, columns []column, widths []int, borders bool) error {
	head := make([]string, len(columns))
	align := make([]tw.Align, len(columns))
	for i := range columns {
		head[i] = columns[i].head
		align[i] = tw.AlignLeft
		if columns[i].right {
			align[i] = tw.AlignRight
		}
	}
	var b strings.Builder
	t := tablewriter.NewTable(&b,
		tablewriter.WithRenderer(renderer.NewBlueprint(rendition(borders))),
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithAlignment(align),
		tablewriter.WithPadding(padding(borders)),
	)
	t.Header(head)
	var hidden standIns
	for row := range columns[0].cells {
		cells := make([]string, len(columns))
		for i := range columns {
			cells[i] = columns[i].cell(row, widths[i])
		}
		if err := t.Append(hidden.hide(cells)); err != nil {
			return err
		}
	}
	if err := t.Render(); err != nil {
		return err
	}
	_, err := io.WriteString(w, hidden.show(b.String()))
	return err
}

func padding(borders bool) tw.Padding {
	if borders {
		return tw.Padding{Left: " ", Right: " ", Overwrite: true}
	}
	return tw.Padding{Right: "  ", Overwrite: true}
}

func rendition(borders bool) tw.Rendition {
	if borders {
		return tw.Rendition{
			Symbols: tw.NewSymbols(tw.StyleLight),
			Borders: tw.Border{Left: tw.On, Right: tw.On, Top: tw.On, Bottom: tw.On},
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.On, BetweenRows: tw.Off, ShowHeader: tw.On},
				Lines:      tw.Lines{ShowTop: tw.On, ShowBottom: tw.On, ShowHeaderLine: tw.On},
			},
		}
	}
	return tw.Rendition{
		Symbols:  tw.NewSymbols(tw.StyleNone),
		Borders:  tw.BorderNone,
		Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
	}
}
