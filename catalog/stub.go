package catalog

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// A StubCode is a number that stood in logs and that nobody knows yet.
type StubCode struct {
	Code   int
	Family Family // "" stands for App
	Count  int64  // how often it was found
	Sample string // a record that holds it, raw; "" if there is none
}

const stubHead = `# Error codes that the logs hold and the catalog does not know.
# Fill in what they mean, delete what is not yours, and load the file with --catalog.
# One language is enough.
#
# class: fatal (nothing this process or a new login can do will help), error (this call is
#        wrong), warning (expected in production) or info (no trouble)
# topic: %s
# retry: %s
# More fields: last (end of a block), symbols, cause, fix, links, causes, symptoms.

family: app
section: custom
name: {en: "Own codes", zh: "自定义错误码"}
`

const stubEntry = `    title: {en: "", zh: ""}
    meaning: {en: "", zh: ""}
    class: error
    topic: state
    retry: unknown
`

// Stub writes an overlay for the codes, sorted by family and code, each once, with empty texts and
// the samples as comments. [Catalog.Overlay] accepts it as soon as every entry has a title.
func Stub(w io.Writer, codes []StubCode) error {
	codes = slices.Clone(codes)
	for i := range codes {
		codes[i].Family = cmp.Or(codes[i].Family, App)
	}
	slices.SortStableFunc(codes, func(a, b StubCode) int {
		return cmp.Or(cmp.Compare(familyRank[a.Family], familyRank[b.Family]), cmp.Compare(a.Code, b.Code))
	})
	codes = slices.CompactFunc(codes, func(a, b StubCode) bool { return a.Family == b.Family && a.Code == b.Code })
	var topics, retries []string
	for _, t := range Topics() {
		topics = append(topics, string(t))
	}
	for _, r := range Retries() {
		retries = append(retries, string(r))
	}
	var b strings.Builder
	fmt.Fprintf(&b, stubHead, strings.Join(topics, ", "), strings.Join(retries, ", "))
	if len(codes) == 0 {
		b.WriteString("entries: []\n")
	} else {
		b.WriteString("entries:\n")
	}
	for _, c := range codes {
		fmt.Fprintf(&b, "\n  # found %d times", max(c.Count, 0))
		if sample := oneLine(c.Sample); sample != "" {
			fmt.Fprintf(&b, ", for example:\n  #   %s", sample)
		}
		fmt.Fprintf(&b, "\n  - code: %d\n", c.Code)
		if c.Family != App {
			fmt.Fprintf(&b, "    family: %s\n", c.Family)
		}
		b.WriteString(stubEntry)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// maxSample is how many characters of a record a stub shows.
const maxSample = 200

// oneLine makes a text of strangers safe in a comment: it holds no line break of any kind, no
// control character and no change of direction, and is valid UTF-8.
func oneLine(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == maxSample {
			b.WriteString(" …")
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		b.WriteRune(r)
		n++
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
