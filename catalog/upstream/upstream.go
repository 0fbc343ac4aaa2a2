// Package upstream holds a newer table of the vendor's error codes against the catalog, so that
// next year's table is taken in within an hour.
//
//	table, err := upstream.Read("new.md", data)
//	diff := upstream.Compare(catalog.Builtin(), table)
//	err = diff.WriteStub(os.Stdout)
//
// The vendor publishes its codes as Markdown: headings, and tables of a number and a description.
// Other lists come as tab-separated values, whose first line may name the columns. [Read] takes
// both.
//
// The catalog keeps no sentence of the vendor. What tells that a row changed is the digest of the
// row that an entry was written from (see [Digest] and the field Row of [catalog.Entry]), and the
// facts of the new row, its numbers, identifiers and links, of which the entry knows nothing.
package upstream

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A Row is what a table says of one code, or of one block.
type Row struct {
	Line       int // in the file, from 1
	Code, Last int // equal for a single code

	// Families are those that the row may belong to, by its column or the headings above it. None
	// stands for any.
	Families []catalog.Family

	Symbols []string // constants, where the table has a column of them
	Text    string   // what the other cells say, without markup
	Links   []string
}

// A Table is what a file says.
type Table struct {
	Name string
	Rows []Row // in the order of the file

	// Faults are the rows that could not be read, each with its place.
	Faults []yamlpos.Error
}

// maxSize bounds the file: the largest table that is known has 128 KiB.
const maxSize = 8 << 20

// Read reads a table of codes from Markdown or tab-separated values in UTF-8, which it tells apart
// by content. The name is used in errors only. The error says why a file holds no table; single
// rows that cannot be read are faults of the table.
func Read(name string, data []byte) (*Table, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(data) > maxSize:
		return nil, fmt.Errorf("%s: %d bytes, a table of codes has %d at most", name, len(data), maxSize)
	case !utf8.Valid(data):
		return nil, fmt.Errorf("%s: not UTF-8; convert it, for example with iconv -f GB18030 -t UTF-8", name)
	}
	t := &Table{Name: name}
	if isMarkdown(data) {
		t.markdown(data)
	} else {
		t.tsv(string(data))
	}
	if len(t.Rows) == 0 && len(t.Faults) == 0 {
		return nil, fmt.Errorf("%s: no table of codes; want Markdown tables, or lines of a code, a tab and a text", name)
	}
	return t, nil
}

// add reads the cells of one row.
func (t *Table) add(line int, cols columns, cells []string, links []string, hint []catalog.Family) {
	at := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return cells[i]
	}
	spans, err := parseCodes(at(cols.code))
	if err != nil {
		t.Faults = append(t.Faults, yamlpos.Error{File: t.Name, Line: line, Col: 1, What: err.Error()})
		return
	}
	if own := parseFamilies(at(cols.family)); own != nil {
		hint = own
	}
	var text []string
	for i, c := range cells {
		if cols.isText(i) && c != "" {
			text = append(text, c)
		}
	}
	for _, s := range spans {
		t.Rows = append(t.Rows, Row{
			Line: line, Code: s[0], Last: s[1], Families: hint,
			Symbols: parseSymbols(at(cols.symbols)), Text: joinCells(text), Links: slices.Clone(links),
		})
	}
}
