package upstream

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/imtriage/imtriage/catalog"
)

// Digest identifies the words of a row: eight hex digits that stay the same when only markup,
// blanks, punctuation, letter case or the width of characters change.
func Digest(row string) string {
	words := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(row))
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:4])
}

// langOf tells the language of a row.
func langOf(row string) catalog.Lang {
	if strings.ContainsFunc(row, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return catalog.ZH
	}
	return catalog.EN
}

// written returns the digest of the row that the texts of an entry were written from, or "".
func written(e *catalog.Entry, l catalog.Lang) string {
	if l == catalog.ZH {
		return e.Row.ZH
	}
	return e.Row.EN
}

// inLang is a text that is known in one language only.
func inLang(s string, l catalog.Lang) catalog.Text {
	if l == catalog.ZH {
		return catalog.Text{ZH: s}
	}
	return catalog.Text{EN: s}
}

var (
	numeral   = regexp.MustCompile(`0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?`)
	thousands = regexp.MustCompile(`(\d),(\d{3})\b`)
	word      = regexp.MustCompile(`[A-Za-z_@#][A-Za-z0-9_@#]{2,}`)
	// shaped is a word that no English sentence has: with an underscore, a digit, a sign, or a
	// capital inside.
	shaped = regexp.MustCompile(`[_@#0-9]|^.+[A-Z]`)
	// general words name no fact of a code.
	general = []string{"api", "sdk", "rest", "http", "https", "web", "trtc", "json"}
)

// facts lists the numbers and identifiers of a text, each once, in its order.
func facts(s string, l catalog.Lang) (list []string) {
	s = thousands.ReplaceAllString(s, "$1$2")
	add := func(f string) {
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	for _, n := range numeral.FindAllString(word.ReplaceAllString(s, " "), -1) {
		add(n)
	}
	for _, w := range word.FindAllString(s, -1) {
		if (l == catalog.ZH || shaped.MatchString(w)) && !slices.Contains(general, strings.ToLower(w)) {
			add(w)
		}
	}
	return list
}

// unknown lists the facts of a row that an entry does not have, links last.
func unknown(r *Row, e *catalog.Entry) (list []string) {
	all := []string{strconv.Itoa(e.Code), strconv.Itoa(e.Last), strings.Join(e.Symbols, " ")}
	for _, t := range []catalog.Text{e.Title(), e.Meaning(), e.Cause(), e.Fix()} {
		all = append(all, t.EN, t.ZH)
	}
	for _, m := range e.Limits {
		all = append(all, m.Of.EN, m.Of.ZH, m.Unit, decimal(m.Min), decimal(m.Max))
	}
	for _, h := range e.History {
		all = append(all, h.When.EN, h.When.ZH, h.Was.EN, h.Was.ZH, h.Now.EN, h.Now.ZH)
	}
	known := thousands.ReplaceAllString(norm.NFKC.String(strings.Join(all, "\n")), "$1$2")
	numbers, lower := numeral.FindAllString(known, -1), strings.ToLower(known)
	for _, f := range facts(norm.NFKC.String(r.Text), langOf(r.Text)) {
		if slices.Contains(numbers, f) || numeral.FindString(f) != f && strings.Contains(lower, strings.ToLower(f)) {
			continue
		}
		list = append(list, f)
	}
	return append(list, newLinks(r, e)...)
}

// newLinks lists the links of a row that an entry does not have.
func newLinks(r *Row, e *catalog.Entry) (list []string) {
	for _, l := range r.Links {
		if !slices.Contains(e.Links, l) && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	return list
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
