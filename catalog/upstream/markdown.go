package upstream

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/imtriage/imtriage/catalog"
)

var (
	pipeRow   = regexp.MustCompile(`(?m)^\s*\|.*\|`)
	addresses = regexp.MustCompile(`https?://[^\s)）>|"，。；、]+`)
)

// isMarkdown reports whether the file holds rows between pipes.
func isMarkdown(data []byte) bool { return pipeRow.Match(data) }

// markdown reads every table that has codes, below the headings of its section.
func (t *Table) markdown(data []byte) {
	doc := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(data))
	r := reader{data: data}
	var headings [7]string // by level
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			headings[n.Level] = r.text(n)
			clear(headings[n.Level+1:])
		case *table.Table:
			lowest := slices.Clone(headings[:])
			slices.Reverse(lowest)
			r.table(t, n, familyOf(lowest))
		}
	}
}

// A reader takes texts out of a Markdown document.
type reader struct {
	data  []byte
	links []string // of what was read since it was cleared
	first int      // the offset of what was read first since then, or -1
}

func (r *reader) table(t *Table, n *table.Table, hint []catalog.Family) {
	cols, hasCode := columns{}, false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		r.links, r.first = nil, -1
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, r.text(cell))
		}
		if row.Kind() == table.KindTableHeader {
			cols, hasCode = heads(cells)
			continue
		}
		if !hasCode {
			if _, err := parseCodes(cells[0]); err != nil {
				return // a table of other things
			}
			hasCode = true
		}
		if strings.Join(cells, "") != "" {
			t.add(1+bytes.Count(r.data[:max(r.first, 0)], []byte("\n")), cols, cells, r.links, hint)
		}
	}
}

// text returns what a reader of the rendered document would see of a node.
func (r *reader) text(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if r.first < 0 {
				r.first = n.Segment.Start
			}
			b.Write(unescape(n.Segment.Value(r.data)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.RawHTML: // a tag, such as <br>
			b.WriteByte(' ')
		case *ast.Link:
			r.links = append(r.links, string(n.Destination))
		case *ast.AutoLink:
			r.links = append(r.links, string(n.URL(r.data)))
		}
		return ast.WalkContinue, nil
	})
	plain := b.String()
	r.links = append(r.links, findLinks(plain)...)
	return strings.TrimSpace(addresses.ReplaceAllString(plain, ""))
}

// findLinks returns the addresses in a text, without the punctuation behind them.
func findLinks(s string) (list []string) {
	for _, a := range addresses.FindAllString(s, -1) {
		list = append(list, strings.TrimRight(a, ".,;:"))
	}
	return list
}

var escaped = regexp.MustCompile(`\\([[:punct:]])`)

// unescape takes away the backslashes before punctuation.
func unescape(b []byte) []byte { return escaped.ReplaceAll(b, []byte("$1")) }
