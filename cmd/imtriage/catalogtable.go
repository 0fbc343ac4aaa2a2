package main

import (
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// The heads of the columns of lists.
var (
	headCode     = catalog.Text{EN: "code", ZH: "错误码"}
	headClass    = catalog.Text{EN: "class", ZH: "级别"}
	headCategory = catalog.Text{EN: "category", ZH: "分类"}
	headTitle    = catalog.Text{EN: "title", ZH: "标题"}
)

// A cell is sanitized text with a style.
type cell struct{ text, style string }

// table writes rows under heads; all columns but the last are as wide as their widest cell, and
// the last one has the rest of the line and as many lines as it needs.
func (p *page) table(heads []string, rightAligned int, rows [][]cell) error {
	if len(rows) == 0 {
		return p.err
	}
	widths := make([]int, len(heads))
	for i, h := range heads {
		widths[i] = columns(h)
		for _, r := range rows {
			widths[i] = max(widths[i], columns(r[i].text))
		}
	}
	line := func(cells []cell) {
		lead := ""
		last := len(cells) - 1
		for i, c := range cells[:last] {
			blank := strings.Repeat(" ", widths[i]-columns(c.text))
			if i < rightAligned {
				lead += blank + p.paint(c.style, c.text) + "  "
			} else {
				lead += p.paint(c.style, c.text) + blank + "  "
			}
		}
		p.hanging(lead, "", cells[last].text, cells[last].style)
	}
	top := make([]cell, len(heads))
	for i, h := range heads {
		top[i] = cell{h, styleDim}
	}
	line(top)
	for _, r := range rows {
		line(r)
	}
	return p.err
}

// entries lists codes, one a line.
func (p *page) entries(list []*catalog.Entry, l catalog.Lang) error {
	rows := make([][]cell, len(list))
	for i, e := range list {
		rows[i] = []cell{
			{numbers(e), styleBold},
			{e.Class.Title(l), classStyle(e.Class)},
			{e.Category(), ""},
			{report.Sanitize(e.Title().In(l)), ""},
		}
	}
	return p.table([]string{headCode.In(l), headClass.In(l), headCategory.In(l), headTitle.In(l)}, 1, rows)
}
