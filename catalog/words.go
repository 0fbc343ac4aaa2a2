package catalog

import (
	"strings"
	"unicode"
)

// fit compares a word of a query with one of an entry.
func fit(term, text string) int {
	switch {
	case term == text:
		return fitsExactly
	case len(term) >= 2 && strings.HasPrefix(text, term):
		return fitsStart
	case len(term) >= 5 && oneTypo(term, text):
		return fitsTypo
	}
	return 0
}

// split cuts a text into words in lower case: runs of Chinese characters, and runs of other
// letters, digits and underscores. A minus belongs to the number after it.
func split(text string) (words []string) {
	text = strings.ToLower(text)
	start, han := -1, false
	end := func(i int) {
		if start >= 0 {
			words = append(words, text[start:i])
		}
		start = -1
	}
	for i, r := range text {
		inWord := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
		now := unicode.Is(unicode.Han, r)
		if !inWord || now != han {
			end(i)
		}
		next := i + 1
		minus := r == '-' && start < 0 && next < len(text) && '0' <= text[next] && text[next] <= '9' &&
			(i == 0 || text[i-1] == ' ')
		if (inWord || minus) && start < 0 {
			start, han = i, now
		}
	}
	end(len(text))
	return words
}

func isHan(s string) bool {
	for _, r := range s {
		return unicode.Is(unicode.Han, r)
	}
	return false
}

// oneTypo reports whether two different words are one typing error apart: a letter changed,
// missing or too many, or two neighbours swapped.
func oneTypo(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	if string(x[i+1:]) == string(y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
}
