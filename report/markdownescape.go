package report

import (
	"cmp"
	"strings"
)

// escapes makes every character plain that Markdown, its tables or HTML would act upon. The bar
// is an entity, because a backslash before it means different things in and outside of tables.
var escapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", "&#124;",
	// GitHub tells people named so, and makes links of issues and addresses, even in escaped text.
	"@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.",
)

// escape makes text of any origin safe inside a line of Markdown, behind something else.
func escape(s string) string { return escapes.Replace(strings.TrimSpace(Sanitize(s))) }

// span makes text of any origin a code span, in which only back-quotes act. Not for tables, whose
// bars it does not escape.
func span(s string) string {
	s = strings.TrimSpace(Sanitize(s))
	if !strings.Contains(s, "`") {
		return "`" + cmp.Or(s, " ") + "`"
	}
	fence := "``"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + " " + s + " " + fence
}

// destination makes a link fit to stand between angle brackets.
func destination(link string) string {
	return strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "\n", "", `\`, "%5C").Replace(Sanitize(link))
}
