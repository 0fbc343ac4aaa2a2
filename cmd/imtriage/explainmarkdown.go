package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// plainMarkdown makes every character plain that Markdown or HTML would act upon.
var plainMarkdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", "&#124;", "@", "@<!-- -->",
)

func markdown(s string) string { return plainMarkdown.Replace(report.Sanitize(s)) }

// writeMarkdown writes the answers for an issue or a chat.
func writeMarkdown(w io.Writer, q *inquiry) error {
	b := bufio.NewWriter(w)
	for i := range q.answers {
		x := &q.answers[i]
		if i > 0 {
			fmt.Fprintln(b)
		}
		if x.query == "" {
			markdownAnswer(b, q, x)
			continue
		}
		head := wordHits
		if x.best {
			head = wordOthers
		}
		fmt.Fprintf(b, "**%s**\n\n", markdown(fmt.Sprintf(head.In(q.lang), x.query)))
		for _, e := range x.hits {
			fmt.Fprintf(b, "- **%s** %s (%s)\n", numbers(e), markdown(e.Title().In(q.lang)), e.Category())
		}
	}
	return b.Flush()
}

func markdownAnswer(b *bufio.Writer, q *inquiry, x *answer) {
	l := q.lang
	ask := fmt.Sprintf(wordMayRetry.In(l), strconv.Itoa(x.code))
	for i, e := range x.senses {
		if i > 0 {
			fmt.Fprintln(b)
		}
		head := ask
		if len(x.senses) > 1 {
			head = string(e.Family) + ": " + ask
		}
		fmt.Fprintf(b, "**%s** %s\n", head, mayRetry(e, l))
		if e.ResultUnknown {
			fmt.Fprintf(b, "\n%s\n", wordMayHave.In(l))
		}
		fmt.Fprintf(b, "\n## %s: %s\n\n%s\n\n", numbers(e), markdown(e.Title().In(l)), markdown(q.kind(e)))
		if len(x.senses) > 1 {
			fmt.Fprintf(b, "%s\n\n", markdown(printedBy[e.Family].In(l)))
		}
		for _, r := range q.rows(x, e) {
			markdownRow(b, l, r)
		}
	}
}

func markdownRow(b *bufio.Writer, l catalog.Lang, r row) {
	colon := map[catalog.Lang]string{catalog.EN: ":", catalog.ZH: "："}[l]
	list := make([]string, len(r.paras))
	for i, p := range r.paras {
		list[i] = markdown(p)
		if r.links {
			list[i] = "<" + strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E").Replace(p) + ">"
		}
	}
	sep := separator(l)
	if r.links {
		sep = " "
	}
	fmt.Fprintf(b, "- **%s%s** %s\n", r.label.In(l), colon, strings.Join(list, sep))
}
