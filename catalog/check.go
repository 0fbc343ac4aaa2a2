package catalog

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A Problem is something that a catalog should not say.
type Problem struct {
	Entry *Entry // nil for the whole catalog
	// At is where to look and what is wrong. File is empty for what comes with the program; the
	// path is then the family and code.
	At yamlpos.Error
}

// String returns "file:line:col: path: what", or "family code: what" without a file.
func (p Problem) String() string {
	switch {
	case p.At.File != "":
		return p.At.Error()
	case p.At.Path == "":
		return p.At.What
	}
	return p.At.Path + ": " + p.At.What
}

// The number of codes in the source table, and how many codes one advice may serve before it is
// advice for none.
const (
	baseCodes = 371
	sameFix   = 5
)

// Check looks for what a reader would stumble over: missing texts, advice that says nothing,
// entries that overlap, relations and sources that do not exist, links that are not https, and
// names that are no constants. Problems stand in the order of the entries; those of many entries
// at once come last.
func (c *Catalog) Check() []Problem {
	k := checker{c: c, fixes: make(map[Text][]*Entry), sources: make(map[string]bool), reach: make(map[Family]*Entry)}
	for _, s := range c.sources {
		k.sources[s.ID] = true
	}
	base := 0
	for _, e := range c.entries {
		if e.InBase {
			base++
		}
		k.texts(e)
		k.facts(e)
		k.overlap(e)
	}
	for _, e := range c.entries {
		if same := k.fixes[e.Fix()]; len(same) > sameFix && same[0] == e {
			k.problem(e, "fix", "the same text as for %d other codes, the next is %d: say what holds for this one", len(same)-1, same[1].Code)
		}
	}
	if c.official && base != baseCodes {
		k.problems = append(k.problems, Problem{At: yamlpos.Error{What: fmt.Sprintf("%d codes of the source table, want %d", base, baseCodes)}})
	}
	return k.problems
}

type checker struct {
	c        *Catalog
	problems []Problem
	fixes    map[Text][]*Entry
	sources  map[string]bool
	reach    map[Family]*Entry // the block of a family that reaches farthest so far
}

// problem records a problem of a field of an entry.
func (k *checker) problem(e *Entry, field, format string, args ...any) {
	at := yamlpos.Error{Path: fmt.Sprintf("%s %d", e.Family, e.Code), What: field + ": " + fmt.Sprintf(format, args...)}
	if o, ok := k.c.origins[e.key()]; ok {
		at = o.doc.Errorf(o.path+"."+field, format, args...)
	}
	k.problems = append(k.problems, Problem{Entry: e, At: at})
}

func (k *checker) texts(e *Entry) {
	for _, t := range []struct {
		field string
		Text
		optional bool
	}{{"title", e.Title(), false}, {"meaning", e.Meaning(), false}, {"cause", e.Cause(), !k.c.official}, {"fix", e.Fix(), !k.c.official}} {
		if t.optional && t.IsZero() {
			continue
		}
		if t.EN == "" {
			k.problem(e, t.field, "no English text")
		}
		if t.ZH == "" {
			k.problem(e, t.field, "no Chinese text")
		}
	}
	fix, title := e.Fix(), e.Title()
	if fix.IsZero() {
		return
	}
	k.fixes[fix] = append(k.fixes[fix], e)
	for _, l := range Langs() {
		if repeats(fix.In(l), title.In(l)) {
			k.problem(e, "fix", "repeats the title")
			break
		}
	}
}

// repeats reports whether an advice says hardly more than a title.
func repeats(fix, title string) bool {
	fix, title = bare(fix), bare(title)
	return strings.Contains(title, fix) || strings.Contains(fix, title) && 3*len(fix) <= 4*len(title)
}

// bare keeps the letters and digits of a text.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

var constant = regexp.MustCompile(`^[A-Z0-9_]+$`)

func (k *checker) facts(e *Entry) {
	for i, s := range e.Symbols {
		if !constant.MatchString(s) {
			k.problem(e, fmt.Sprintf("symbols[%d]", i), "%q is no constant name, want A-Z, 0-9 and _", s)
		}
	}
	for i, l := range e.Links {
		if u, err := url.Parse(l); err != nil || u.Scheme != "https" || u.Host == "" {
			k.problem(e, fmt.Sprintf("links[%d]", i), "%q is no https link", l)
		}
	}
	for i, s := range e.Sources {
		if !k.sources[s] {
			k.problem(e, fmt.Sprintf("sources[%d]", i), "no source has the id %q", s)
		}
	}
	for field, codes := range [...][]int{e.Causes, e.Symptoms} {
		name := [...]string{"causes", "symptoms"}[field]
		for i, code := range codes {
			switch to, _ := k.c.Resolve(code, e.Family); to {
			case e:
				k.problem(e, fmt.Sprintf("%s[%d]", name, i), "%d is the entry itself", code)
			case nil:
				k.problem(e, fmt.Sprintf("%s[%d]", name, i), "nobody knows code %d", code)
			}
		}
	}
}

// overlap finds two blocks of a family that share a number, and a sense that stands twice in a
// family. A single code inside a block is an exception to it, and right.
func (k *checker) overlap(e *Entry) {
	if e.Last < e.Code {
		k.problem(e, "last", "the block ends at %d, before it begins at %d", e.Last, e.Code)
	}
	if e.IsRange() {
		if before := k.reach[e.Family]; before != nil && before.Last >= e.Code {
			k.problem(e, "code", "overlaps the block %d to %d", before.Code, before.Last)
		}
		if before := k.reach[e.Family]; before == nil || e.Last > before.Last {
			k.reach[e.Family] = e
		}
		return
	}
	for i, f := range e.Also {
		for _, other := range k.c.Find(e.Code) {
			if other != e && !other.IsRange() && (other.Family == f || slices.Contains(other.Also, f)) {
				k.problem(e, fmt.Sprintf("also[%d]", i), "%s has a sense of its own, in %s", f, other.Category())
			}
		}
	}
}
