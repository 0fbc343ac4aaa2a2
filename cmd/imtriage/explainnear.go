package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/imtriage/imtriage/catalog"
)

// maxGuesses is how many near misses a hint names.
const maxGuesses = 3

// fail notes what nobody knows, and what it may have been; words are no code.
func (q *inquiry) fail(message, arg string, isCode bool) {
	name := arg
	if _, number, ok := strings.Cut(arg, "/"); ok {
		name = number
	}
	near := slices.DeleteFunc(q.cat.Near(name), (*catalog.Entry).IsRange)
	if code, ok := parseCode(name); ok && isCode {
		// The number may be right and the family wrong.
		near = slices.Concat(distinct(q.cat.Find(code)), near)
	}
	if len(near) == 0 && !isCode {
		near = q.looser(arg)
	}
	var guesses []string
	for _, e := range near[:min(len(near), maxGuesses)] {
		name := numbers(e)
		if slices.ContainsFunc(near, func(o *catalog.Entry) bool { return o != e && o.Code == e.Code }) {
			name = string(e.Family) + "/" + name
		}
		guesses = append(guesses, name+" ("+e.Title().In(q.lang)+")")
	}
	var hint []string
	if len(guesses) > 0 {
		hint = append(hint, "did you mean "+strings.Join(guesses, " or ")+"?")
	} else if !isCode {
		hint = append(hint, "try fewer words, or an English or Chinese word for the same")
	}
	if isCode {
		hint = append(hint, "A code of your own? imtriage catalog stub "+minusSigns.Replace(name)+" begins its entry")
	}
	q.unknown = append(q.unknown, message)
	q.hints = append(q.hints, arg+": "+strings.Join(hint, " "))
}

// maxTerms bounds the searches of looser.
const maxTerms = 8

// looser finds what holds all words of a query but one, where a Chinese word is any of its
// characters: nobody remembers a text to the letter.
func (q *inquiry) looser(query string) (found []*catalog.Entry) {
	var terms []string
	for word := range strings.FieldsSeq(query) {
		if r := []rune(word); unicode.Is(unicode.Han, r[0]) {
			for _, c := range r {
				terms = append(terms, string(c))
			}
		} else {
			terms = append(terms, word)
		}
	}
	terms = terms[:min(len(terms), maxTerms)]
	var hits []catalog.Hit
	for i := range terms {
		rest := slices.Concat(terms[:i], terms[i+1:])
		hits = append(hits, q.cat.Search(strings.Join(rest, " "))...)
	}
	slices.SortStableFunc(hits, func(a, b catalog.Hit) int { return b.Score - a.Score })
	for _, h := range hits {
		if len(found) < maxGuesses && !slices.Contains(found, h.Entry) {
			found = append(found, h.Entry)
		}
	}
	return found
}

// hint joins the hints; the word each is about is needed only where there are several.
func (q *inquiry) hint() string {
	if len(q.hints) == 1 {
		_, hint, _ := strings.Cut(q.hints[0], ": ")
		return hint
	}
	return strings.Join(q.hints, "; ")
}
