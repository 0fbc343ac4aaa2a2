package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// A page writes text for readers at a width, in the terminal's colours or in none.
type page struct {
	w     io.Writer
	width int
	color bool
	links bool // the terminal may make links of addresses
	err   error
}

// Prose that runs over the whole of a wide terminal is hard to read.
const maxProse = 100

func (a *app) page(w io.Writer, t target) *page {
	s := a.style()
	p := &page{w: w, width: min(max(cmp.Or(s.Width, 80), 40), maxProse), color: s.Color, links: a.outTerm && s.Color}
	if t.file != "" {
		p.color, p.links = false, false
	}
	return p
}

func (p *page) println(s string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, s)
	}
}

// paint writes terminal styles, or nothing at all without colour.
func (p *page) paint(sgr, s string) string {
	if !p.color || sgr == "" || s == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

// The styles of a page.
const (
	styleBold = "1"
	styleDim  = "2"
)

// classStyle is the colour of a class.
func classStyle(c catalog.Class) string {
	switch c {
	case catalog.Fatal:
		return "1;31"
	case catalog.Error:
		return "31"
	case catalog.Warning:
		return "33"
	}
	return "36"
}

// columns measures text as a terminal shows it.
func columns(s string) int { return displaywidth.Options{ControlSequences: true}.String(s) }

// pad fills text up to a width.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-columns(s), 0))
}

// hanging writes a label and text beside it, whose further lines begin where its first one does.
func (p *page) hanging(label, labelStyle, text, style string) {
	wide := columns(label)
	for i, line := range report.Wrap(text, p.width-wide) {
		if i > 0 {
			label = strings.Repeat(" ", wide)
		}
		p.println(p.paint(labelStyle, label) + p.paint(style, line))
	}
}

// para writes text over the whole width.
func (p *page) para(sgr, text string) {
	for _, line := range report.Wrap(report.Sanitize(text), p.width) {
		p.println(p.paint(sgr, line))
	}
}

// link makes an address one that can be clicked at, where a terminal is there to do it.
func (p *page) link(address string) string {
	if !p.links || !strings.HasPrefix(address, "https://") || strings.Contains(address, " ") {
		return address
	}
	return "\x1b]8;;" + address + "\x1b\\" + address + "\x1b]8;;\x1b\\"
}
