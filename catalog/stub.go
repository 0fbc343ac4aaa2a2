package catalog

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// A StubCode is a code of which somebody has to say what it means.
type StubCode struct {
	Code   int
	Last   int      // of a block; 0 stands for Code
	Family Family   // "" stands for App
	Row    Text     // see [Entry]
	About  []string // what is known of it, raw, a line each
	Known  bool     // the catalog has the entry: only what changed is to be filled in
}

const stubHead = `#
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
// what is known as comments, below an introduction of any number of lines. [Catalog.Overlay]
// accepts it as soon as every new entry has a title.
func Stub(w io.Writer, intro []string, codes []StubCode) error {
	codes = slices.Clone(codes)
	for i := range codes {
		codes[i].Family = cmp.Or(codes[i].Family, App)
		codes[i].Last = cmp.Or(codes[i].Last, codes[i].Code)
	}
	slices.SortStableFunc(codes, func(a, b StubCode) int {
		return cmp.Or(cmp.Compare(familyRank[a.Family], familyRank[b.Family]), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Last, b.Last))
	})
	codes = slices.CompactFunc(codes, func(a, b StubCode) bool { return a.key() == b.key() })
	var topics, retries []string
	for _, t := range Topics() {
		topics = append(topics, string(t))
	}
	for _, r := range Retries() {
		retries = append(retries, string(r))
	}
	var b strings.Builder
	for _, line := range intro {
		comment(&b, "# ", line)
	}
	fmt.Fprintf(&b, stubHead, strings.Join(topics, ", "), strings.Join(retries, ", "))
	if len(codes) == 0 {
		b.WriteString("entries: []\n")
	} else {
		b.WriteString("entries:\n")
	}
	for i := range codes {
		codes[i].write(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *StubCode) key() senseKey { return senseKey{c.Family, c.Code, c.Last} }

func (c *StubCode) write(b *strings.Builder) {
	b.WriteByte('\n')
	for i, line := range c.About {
		lead := "  #   "
		if i == 0 {
			lead = "  # "
		}
		comment(b, lead, line)
	}
	fmt.Fprintf(b, "  - code: %d\n", c.Code)
	if c.Last != c.Code {
		fmt.Fprintf(b, "    last: %d\n", c.Last)
	}
	if c.Family != App {
		fmt.Fprintf(b, "    family: %s\n", c.Family)
	}
	if !c.Known {
		b.WriteString(stubEntry)
	}
	if !c.Row.IsZero() {
		fmt.Fprintf(b, "    row: {en: %q, zh: %q}\n", c.Row.EN, c.Row.ZH)
	}
}

// comment writes a line of strangers as one line of comment, or nothing.
func comment(b *strings.Builder, lead, line string) {
	if line = oneLine(line); line != "" {
		b.WriteString(lead + line + "\n")
	}
}

// maxLine is how many characters a line of a stub shows of what is known.
const maxLine = 400

// oneLine makes a text of strangers safe in a comment: it holds no line break of any kind, no
// control character and no change of direction, and is valid UTF-8.
func oneLine(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == maxLine {
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
