package report

import (
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// standIns keep the texts whose width tablewriter would misjudge, because it adds up characters
// where a reader sees one: it gets so many columns of a character that Sanitize lets nobody use.
type standIns []string

const standIn = "\uFDD0"

// hide replaces such texts in the cells of a row, in the order in which lines show them.
func (h *standIns) hide(cells []string) []string {
	lines := make([][]string, len(cells))
	height := 0
	for i, s := range cells {
		lines[i] = strings.Split(s, "\n")
		height = max(height, len(lines[i]))
	}
	for k := range height {
		for i := range lines {
			if k >= len(lines[i]) {
				continue
			}
			s := lines[i][k]
			if w := displayed(s); twwidth.Width(s) != w {
				if w > 0 {
					*h = append(*h, s)
				}
				lines[i][k] = strings.Repeat(standIn, w)
			}
		}
	}
	out := make([]string, len(cells))
	for i := range lines {
		out[i] = strings.Join(lines[i], "\n")
	}
	return out
}

// show puts the texts back in.
func (h standIns) show(s string) string {
	var b strings.Builder
	for _, text := range h {
		at := strings.Index(s, standIn)
		if at < 0 {
			break
		}
		b.WriteString(s[:at] + text)
		s = strings.TrimLeft(s[at:], standIn)
	}
	return b.String() + s
}
