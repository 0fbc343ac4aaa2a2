package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// maxNear is how many guesses Near makes.
const maxNear = 5

// Near returns what a mistyped word may have meant, the best guess first, at most five. For a
// number these are codes with the other sign, two digits swapped, one digit changed, missing or
// too many; for another word they are the entries with a similar symbol.
func (c *Catalog) Near(text string) []*Entry {
	text = strings.TrimSpace(strings.ReplaceAll(text, "−", "-")) // U+2212, as documents print it
	type guess struct {
		entry *Entry
		cost  int
	}
	var guesses []guess
	cost := func(e *Entry) int { return symbolCost(e, strings.ToUpper(text)) }
	if n, err := strconv.Atoi(text); err == nil {
		cost = func(e *Entry) int { return numberCost(e, n) }
	}
	if text == "" || len(text) > 64 {
		return nil
	}
	for _, e := range c.entries {
		if n := cost(e); n > 0 {
			guesses = append(guesses, guess{e, n})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.cost, b.cost) })
	var near []*Entry
	for _, g := range guesses[:min(len(guesses), maxNear)] {
		near = append(near, g.entry)
	}
	return near
}

// numberCost ranks the ways to mistype a number, from 1; 0 is none of them.
func numberCost(e *Entry, n int) int {
	switch {
	case e.Covers(n):
		return 0
	case e.Covers(-n) && e.IsRange():
		return 5
	case e.Covers(-n):
		return 1
	case e.IsRange():
		return 0
	}
	got, want := strconv.Itoa(max(n, -n)), strconv.Itoa(max(e.Code, -e.Code))
	var cost int
	switch {
	// Of numbers with two digits everything is near to everything.
	case len(got) < 3 || len(want) < 3 || !oneTypo(got, want):
		return 0
	case sameDigits(got, want):
		cost = 2
	case len(got) == len(want):
		cost = 4
	default:
		cost = 3
	}
	if (n < 0) != (e.Code < 0) {
		cost += 4
	}
	return cost
}

func sameDigits(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// symbolCost ranks a name by the edits it takes, from 1; a name without its prefix takes one.
func symbolCost(e *Entry, name string) int {
	best := 0
	for _, s := range e.Symbols {
		s = strings.ToUpper(s)
		n := levenshtein.ComputeDistance(name, s)
		if len(name) >= 5 && (strings.HasSuffix(s, "_"+name) || strings.HasPrefix(s, name+"_")) {
			n = 1
		}
		if n > 0 && n <= max(2, len(name)/6) && n < len(s)/2 && (best == 0 || n < best) {
			best = n
		}
	}
	return best
}
