package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"github.com/imtriage/imtriage/catalog"
)

// A Style says how a format that is made for readers may look. The zero value suits a pipe: 80
// columns, no colour, no borders, times in UTC. Machine formats ignore it.
type Style struct {
	Width   int            // columns; 0 means 80, values are held between 40 and 400
	Color   bool           // with terminal colours
	Borders bool           // with lines around tables
	Zone    *time.Location // of the times shown; nil means UTC
	Verbose bool           // every row, with meaning and fix of every code
}

// A Format is one way to write a report down.
type Format struct {
	Name  string
	About catalog.Text
	// Write writes the whole report. Its error is that of the writer.
	Write func(io.Writer, *Report, Style) error
}

// Formats lists all formats in the order in which help shows them.
func Formats() []Format {
	return []Format{
		{"table", catalog.Text{EN: "for a terminal (default)", ZH: "终端表格（默认）"}, writeTable},
		{"json", catalog.Text{EN: "one object, schema " + reportSchema, ZH: "单个 JSON 对象，schema " + reportSchema}, writeJSON},
		{"markdown", catalog.Text{EN: "for a pull request, issue or wiki page", ZH: "Markdown，用于合并请求、工单与文档"}, writeMarkdown},
	}
}

// Find returns the format of that name; its error says which names there are.
func Find(name string) (Format, error) {
	var names []string
	near, least := "", 3
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
		if d := levenshtein.ComputeDistance(strings.ToLower(name), f.Name); d < least {
			near, least = f.Name, d
		}
	}
	hint := ""
	if near != "" {
		hint = fmt.Sprintf(", did you mean %q?", near)
	}
	return Format{}, fmt.Errorf("unknown format %q%s (formats: %s)", name, hint, strings.Join(names, ", "))
}
