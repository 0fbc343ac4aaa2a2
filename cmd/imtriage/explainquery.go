package main

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// An inquiry collects the answers to all arguments of explain, and what nobody knows.
type inquiry struct {
	cat     *catalog.Catalog
	lang    catalog.Lang
	answers []answer
	unknown []string // messages
	hints   []string
}

// An answer is a number with its senses, or the hits of a search.
type answer struct {
	code   int
	senses []*catalog.Entry
	note   string    // how the question was read, where that needs saying
	seen   *sighting // nil unless it comes from a log

	query string
	best  bool // the best hit was told in full before
	hits  []*catalog.Entry
	more  int // hits that are left out
}

// maxHits is how many hits of a search are listed.
const maxHits = 10

// queries joins neighbouring words to one query; what stands in quotes or is a code stays alone.
func queries(cat *catalog.Catalog, args []string) (out []string) {
	joins := false // whether the next word joins the last one
	for _, arg := range args {
		if strings.TrimSpace(arg) == "" {
			continue
		}
		_, isCode := parseCode(arg)
		word := arg != "-" && !isCode && !digits(arg) && !strings.ContainsAny(arg, " /") && len(cat.BySymbol(arg)) == 0
		if word && joins {
			out[len(out)-1] += " " + arg
		} else {
			out = append(out, arg)
		}
		joins = word
	}
	return out
}

// minusSigns are the characters that documents and input methods print for a minus.
var minusSigns = strings.NewReplacer("−", "-", "–", "-", "－", "-")

// parseCode reads a number of at most 32 bits, with any minus sign. Loggers that print the
// unsigned form of a negative code give it 4294967296 too much.
func parseCode(s string) (code int, ok bool) {
	n, err := strconv.ParseInt(minusSigns.Replace(strings.TrimSpace(s)), 10, 64)
	if err != nil || n < math.MinInt32 || n > math.MaxUint32 {
		return 0, false
	}
	return int(int32(n)), true
}

// ask answers one argument.
func (q *inquiry) ask(arg string) {
	family, number, hasFamily := strings.Cut(arg, "/")
	if !hasFamily {
		number = arg
	}
	code, isCode := parseCode(number)
	switch {
	case isCode && !hasFamily:
		q.number(arg, code, q.cat.Find(code))
	case isCode && slices.Contains(catalog.Families(), catalog.Family(family)):
		var senses []*catalog.Entry
		if e := q.cat.Lookup(catalog.Family(family), code); e != nil {
			senses = append(senses, e)
		}
		q.number(arg, code, senses)
	case digits(number):
		q.unknown = append(q.unknown, fmt.Sprintf("%q is too long for a code, want 32 bits at most", arg))
	default:
		q.words(arg)
	}
}

func digits(s string) bool {
	return s != "" && strings.Trim(minusSigns.Replace(s), "-0123456789") == ""
}

func (q *inquiry) number(arg string, code int, senses []*catalog.Entry) {
	if len(senses) == 0 {
		q.fail("unknown code "+minusSigns.Replace(arg), arg, true)
		return
	}
	x := answer{code: code, senses: distinct(senses)}
	if plain := minusSigns.Replace(arg); code < 0 && !strings.Contains(plain, "-") {
		x.note = fmt.Sprintf(wordUnsigned.In(q.lang), plain, code)
	}
	q.answers = append(q.answers, x)
}

// distinct leaves out the blocks to which a single code of the same family is an exception.
func distinct(senses []*catalog.Entry) []*catalog.Entry {
	var out []*catalog.Entry
	for _, e := range senses {
		if !slices.ContainsFunc(out, func(o *catalog.Entry) bool { return o.Family == e.Family }) {
			out = append(out, e)
		}
	}
	return out
}

// words answers with the entries of a constant, or with those that hold the words.
func (q *inquiry) words(query string) {
	if named := q.cat.BySymbol(strings.TrimSpace(query)); len(named) > 0 {
		for _, code := range codesOf(named) {
			of := slices.DeleteFunc(slices.Clone(named), func(e *catalog.Entry) bool { return e.Code != code })
			q.answers = append(q.answers, answer{code: code, senses: of})
		}
		return
	}
	if codes := q.codesIn(query); len(codes) > 0 {
		for _, code := range codes {
			q.number(strconv.Itoa(code), code, q.cat.Find(code))
		}
		return
	}
	hits := q.cat.Search(query)
	if len(hits) == 0 {
		q.fail(fmt.Sprintf("nothing in the catalog matches %q", query), query, false)
		return
	}
	x := answer{query: query, best: clearlyBest(hits)}
	if x.best {
		e := hits[0].Entry
		q.answers = append(q.answers, answer{code: e.Code, senses: []*catalog.Entry{e}})
		hits = hits[1:]
	}
	for _, h := range hits[:min(len(hits), maxHits)] {
		x.hits = append(x.hits, h.Entry)
	}
	if x.more = len(hits) - len(x.hits); len(hits) > 0 {
		q.answers = append(q.answers, x)
	}
}

var numberWord = regexp.MustCompile(`(?:^|[^\w.-])(-?\d{3,10})|\d{4,10}`)

// codesIn returns the known codes of a phrase such as "error 70001", each once.
func (q *inquiry) codesIn(query string) (codes []int) {
	for _, m := range numberWord.FindAllStringSubmatch(minusSigns.Replace(query), -1) {
		if code, ok := parseCode(cmp.Or(m[1], m[0])); ok && q.cat.Known(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

func codesOf(entries []*catalog.Entry) (codes []int) {
	for _, e := range entries {
		if !slices.Contains(codes, e.Code) {
			codes = append(codes, e.Code)
		}
	}
	return codes
}

// clearlyBest reports whether the first hit is so much better than the second that it is meant.
func clearlyBest(hits []catalog.Hit) bool {
	return len(hits) == 1 || 2*hits[0].Score >= 3*hits[1].Score
}
