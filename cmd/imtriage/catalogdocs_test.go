package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

var entriesTable = regexp.MustCompile(`(?s)(<!-- entries -->\n).*?(<!-- /entries -->)`)

// TestDocsCatalogTable holds the table of docs/catalog.md against the catalog.
func TestDocsCatalogTable(t *testing.T) {
	const name = "docs/catalog.md"
	text := readDoc(t, name)
	want := entriesTable.ReplaceAllString(text, "${1}"+countTable(catalog.Builtin())+"${2}")
	if !strings.Contains(want, "| server |") {
		t.Fatal("the page has no place for the table")
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", name), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("run go test ./cmd/imtriage -run Docs -update (-want +shown):\n%s", diff)
	}
}

// countTable counts entries by family and topic, in Markdown.
func countTable(c *catalog.Catalog) string {
	families, topics := []string{}, []string{}
	counts, all := make(map[[2]string]int), "all"
	for _, e := range c.Entries() {
		for _, f := range []string{string(e.Family), all} {
			counts[[2]string{f, string(e.Topic)}]++
			counts[[2]string{f, all}]++
		}
	}
	for _, f := range catalog.Families() {
		if counts[[2]string{string(f), all}] > 0 {
			families = append(families, string(f))
		}
	}
	for _, topic := range catalog.Topics() {
		topics = append(topics, string(topic))
	}
	topics, families = append(topics, all), append(families, all)
	var b strings.Builder
	fmt.Fprintf(&b, "| family | %s |\n|---%s|\n", strings.Join(topics, " | "), strings.Repeat("|---:", len(topics)))
	for _, f := range families {
		fmt.Fprintf(&b, "| %s |", f)
		for _, topic := range topics {
			if n := counts[[2]string{f, topic}]; n > 0 {
				fmt.Fprintf(&b, " %d |", n)
			} else {
				b.WriteString("  |")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
