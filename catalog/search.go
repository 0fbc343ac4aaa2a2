package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Hit is an entry that a search found; a higher score is a better match.
type Hit struct {
	Entry *Entry
	Score int
}

// What a match is worth: the field it stands in times how well it fits.
const (
	inNumber  = 16
	inSymbol  = 10
	inTitle   = 8
	inNames   = 4 // of section, family and topic
	inMeaning = 2

	fitsExactly = 6
	fitsStart   = 4
	fitsSigned  = 3 // the number with the other sign
	fitsTypo    = 2
	fitsPieces  = 1 // the words of a run of Chinese, not side by side
)

// maxPieces is how long a run of Chinese, in characters, is cut into words.
const maxPieces = 24

// A document is what an entry can be found by.
type document struct {
	entry *Entry
	words []word
	han   []word // texts with Chinese characters
}

type word struct {
	text   string
	weight int
}

// Search returns the entries that match every word of the query, by score, then family and code.
//
// A word is looked for in code, symbol, title, meaning, section, family and topic, in both
// languages at once. A Latin word matches the start of a longer one too, and with five letters or
// more also a word with one typing error; Chinese matches anywhere in a text. An empty query
// finds nothing.
func (c *Catalog) Search(query string) []Hit {
	terms := split(query)
	if len(terms) == 0 {
		return nil
	}
	var hits []Hit
	for _, d := range c.index() {
		score := 0
		for _, t := range terms {
			s := d.score(t)
			if s == 0 {
				score = 0
				break
			}
			score += s
		}
		if score > 0 {
			hits = append(hits, Hit{d.entry, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(familyRank[a.Entry.Family], familyRank[b.Entry.Family]),
			cmp.Compare(a.Entry.Code, b.Entry.Code))
	})
	return hits
}

// documents prepares all entries for Search.
func (c *Catalog) documents() []document {
	docs := make([]document, len(c.entries))
	for i, e := range c.entries {
		d := &docs[i]
		d.entry = e
		for _, s := range e.Symbols {
			d.words = append(d.words, word{strings.ToLower(s), inSymbol})
			d.add(strings.ReplaceAll(s, "_", " "), inTitle)
		}
		names := c.Section(e.Family, e.Section).Title
		for _, l := range Langs() {
			d.add(e.Title().In(l), inTitle)
			d.add(names.In(l), inNames)
			d.add(e.Topic.Title(l), inNames)
			d.add(e.Meaning().In(l), inMeaning)
		}
		d.add(e.Section+" "+string(e.Family)+" "+string(e.Topic), inNames)
	}
	return docs
}

// add takes in the words of a text.
func (d *document) add(text string, weight int) {
	for _, t := range split(text) {
		if isHan(t) {
			d.han = append(d.han, word{t, weight})
		} else if !slices.ContainsFunc(d.words, func(w word) bool { return w.text == t && w.weight >= weight }) {
			d.words = append(d.words, word{t, weight})
		}
	}
}

// score returns how well one word of a query fits, 0 if it does not.
func (d *document) score(term string) int {
	best := 0
	if isHan(term) {
		for _, w := range d.han {
			if strings.Contains(w.text, term) {
				best = max(best, w.weight*fitsExactly)
			}
		}
		if best == 0 && d.hasPieces(term) {
			best = fitsPieces
		}
		return best
	}
	if n, err := strconv.Atoi(term); err == nil {
		best = d.number(n, term)
	}
	for _, w := range d.words {
		best = max(best, w.weight*fit(term, w.text))
	}
	return best
}

func (d *document) number(n int, term string) int {
	switch {
	case d.entry.Covers(n):
		return inNumber * fitsExactly
	case d.entry.Covers(-n):
		return inNumber * fitsSigned
	case len(term) >= 3 && strings.HasPrefix(strconv.Itoa(d.entry.Code), term):
		return inNumber * fitsStart
	}
	return 0
}

// hasPieces reports whether a run of Chinese can be cut into words of two characters and more
// that all occur: nobody types spaces between them.
func (d *document) hasPieces(term string) bool {
	r := []rune(term)
	if len(r) > maxPieces {
		return false
	}
	cut := make([]bool, len(r)+1)
	cut[0] = true
	for i := range cut {
		for j := 0; j <= i-2 && !cut[i]; j++ {
			cut[i] = cut[j] && slices.ContainsFunc(d.han, func(w word) bool { return strings.Contains(w.text, string(r[j:i])) })
		}
	}
	return cut[len(r)]
}
