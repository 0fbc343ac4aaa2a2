package scanner

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// noteWords notes holes that could hold a part of one of the words: beside them stands what stands beside that part.
func (t *trace) noteWords(line []byte, all *besideWords) {
	for i := range t.holes {
		var list []beside // that no word overlaps an id of all letters was seen when it was found
		switch t.holes[i].Alphabet {
		case digitAlphabet:
			list = all.numbers
		case hexAlphabet:
			list = all.hex
		}
		for _, w := range list {
			if t.follows(line, i, w.right) && t.precedes(line, i, w.left) {
				t.note(i, automaton.Bytes, nil)
				break
			}
		}
	}
}

// follows reports whether a folded text could stand behind hole i, as far as the next hole, which could hold what follows.
func (t *trace) follows(line []byte, i int, text string) bool {
	end := len(line)
	if i+1 < len(t.holes) {
		end = t.holes[i+1].Lo
	}
	for n, pos := 0, t.holes[i].Hi; n < len(text); n, pos = n+1, pos+1 {
		if pos == end {
			word := text[n:]
			if to := strings.IndexFunc(word, notAlphanumeric); to >= 0 {
				word = word[:to]
			}
			return end < len(line) && t.couldHold(i+1, word, text[n])
		}
		if fold(line[pos]) != text[n] {
			return false
		}
	}
	return true
}

// precedes reports whether a folded text could stand before hole i.
func (t *trace) precedes(line []byte, i int, text string) bool {
	begin := 0
	if i > 0 {
		begin = t.holes[i-1].Hi
	}
	for n, pos := len(text)-1, t.holes[i].Lo-1; n >= 0; n, pos = n-1, pos-1 {
		if pos < begin {
			word := text[:n+1]
			word = word[strings.LastIndexFunc(word, notAlphanumeric)+1:]
			return begin > 0 && t.couldHold(i-1, word, text[n])
		}
		if fold(line[pos]) != text[n] {
			return false
		}
	}
	return true
}

// couldHold reports whether a hole could hold the part of a word of which the edge lies at that of the hole: an id holds
// letters and digits up to the next other character, a number holds digits alone.
func (t *trace) couldHold(i int, part string, edge byte) bool {
	if t.holes[i].Alphabet == digitAlphabet {
		return isDigit(edge)
	}
	return part != "" && strings.Trim(part, t.holes[i].Alphabet) == ""
}

func notAlphanumeric(r rune) bool { return r >= utf8.RuneSelf || !isAlphanumeric(byte(r)) }

// besideWords lists what stands beside the parts of words that could lie in a hole: their numbers, and what of them
// is hexadecimal between other characters.
type besideWords struct{ numbers, hex []beside }

// beside is what stands on either side of a part of a word, folded.
type beside struct{ left, right string }

func besideAll(words []string) *besideWords {
	var all besideWords
	for _, w := range words {
		all.numbers = besideParts(all.numbers, w, isDigit)
		for _, b := range besideParts(nil, w, isHex) {
			ends := b.right == "" || !isAlphanumeric(b.right[0])
			begins := b.left == "" || !isAlphanumeric(b.left[len(b.left)-1])
			if ends && begins && b != (beside{}) && !slices.Contains(all.hex, b) {
				all.hex = append(all.hex, b)
			}
		}
	}
	return &all
}

// besideParts adds what stands beside the parts of a word whose bytes are in.
func besideParts(all []beside, w string, in func(byte) bool) []beside {
	for lo := 0; lo < len(w); lo++ {
		hi := lo
		for hi < len(w) && in(w[hi]) {
			hi++
		}
		if b := (beside{w[:lo], w[hi:]}); hi > lo && !slices.Contains(all, b) {
			all = append(all, b)
		}
		lo = hi
	}
	return all
}

// fold folds a byte as literals are compared.
func fold(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
