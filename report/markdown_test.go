package report_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
)

// nasty is text that Markdown and GitHub would act upon wherever it stands.
const nasty = "a|b\\|c `d` **e** _f_ [g](http://evil) <img src=x onerror=y> & ~~h~~ @everyone #12 www.evil.com\n# i ![j](k) ::error::"

// TestMarkdownParses reads every report back as GitHub would and looks at what came of it.
func TestMarkdownParses(t *testing.T) {
	sum := summary(t)
	said := verdicts(sum)
	said[1].Peak.API = nasty
	said[0].Title.EN, said[0].Groups[0].Key[0].Value = nasty, nasty
	sum.Inputs[0].Name, sum.Inputs[0].Problem = nasty, nasty
	sum.Codes[0].Hosts[0].Name = nasty
	sum.Codes[0].Samples[0].Text, sum.Codes[0].Samples[0].Source = nasty, nasty
	sum.Unknown[0].Samples[0].Text = "``" + nasty + "```"
	sum.Marks[2].Event = nasty
	cases := reports(t, catalog.ZH)
	cases["nasty"] = report.New(sum, said, report.Options{Lang: catalog.EN})
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) { checkMarkdown(t, write(t, "markdown", cases[name], report.Style{})) })
	}
}

func checkMarkdown(t *testing.T, src []byte) {
	t.Helper()
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
	tables := 0
	err := ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *extast.Table:
			tables++
			for row := n.FirstChild(); row != nil; row = row.NextSibling() {
				if row.ChildCount() != len(n.Alignments) {
					t.Errorf("a row has %d cells, the table %d", row.ChildCount(), len(n.Alignments))
				}
			}
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				if s := n.Segments.At(i); string(s.Value(src)) != "<!-- -->" {
					t.Errorf("HTML in a line: %s", s.Value(src))
				}
			}
		case *ast.HTMLBlock:
			line := n.Lines().At(0)
			if got := string(line.Value(src)); !strings.HasPrefix(got, "<details><summary>") && got != "</details>\n" {
				t.Errorf("HTML block: %s", got)
			}
		case *ast.AutoLink:
			if url := string(n.URL(src)); !strings.HasPrefix(url, "https://cloud.tencent.com/") {
				t.Errorf("a link to %s", url)
			}
		case *ast.Link, *ast.Image, *extast.Strikethrough, *ast.CodeBlock, *ast.FencedCodeBlock:
			t.Errorf("unexpected %s", n.Kind())
		case *ast.Heading:
			if n.Level > 3 || n.Level == 1 && n.PreviousSibling() != nil {
				t.Errorf("heading of level %d: %s", n.Level, n.Lines().Value(src))
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Count(string(src), "\n|---"); tables != want {
		t.Errorf("%d tables, want %d", tables, want)
	}
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "#") && strings.Contains(line, "@everyone") {
			t.Errorf("a mention: %s", line)
		}
	}
}

// TestMarkdownKeepsDamage checks that no cap hides an input that was not read whole.
func TestMarkdownKeepsDamage(t *testing.T) {
	sum := summary(t)
	for range 40 {
		sum.Inputs = append(sum.Inputs, sum.Inputs[1])
	}
	sum.Inputs = append(sum.Inputs, tally.Input{Name: "last.zip", Problem: "truncated"})
	out := string(write(t, "markdown", report.New(sum, nil, report.Options{}), report.Style{}))
	if !strings.Contains(out, "| last.zip |") || !strings.Contains(out, "INCOMPLETE: truncated") {
		t.Errorf("last.zip is missing from\n%s", out)
	}
}
