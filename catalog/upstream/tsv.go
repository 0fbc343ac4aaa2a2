package upstream

import "strings"

// tsv reads lines of tab-separated cells. The first one may name the columns; else the code comes
// first. Empty lines and those that begin with # are passed.
func (t *Table) tsv(text string) {
	cols, first := columns{code: 0, family: -1, symbols: -1}, true
	line := 0
	for raw := range strings.SplitSeq(text, "\n") {
		line++
		raw = strings.TrimSuffix(raw, "\r")
		if strings.TrimSpace(raw) == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		cells := strings.Split(raw, "\t")
		if first {
			first = false
			if named, ok := heads(cells); ok {
				cols = named
				continue
			}
		}
		if len(cells) < 2 {
			if _, err := parseCodes(raw); err != nil {
				continue // prose
			}
		}
		var links []string
		for i, c := range cells {
			if cols.isText(i) {
				links = append(links, findLinks(c)...)
			}
		}
		t.add(line, cols, cells, links, nil)
	}
}
