package yamlpos

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// An Error is one fault of a file.
type Error struct {
	File      string
	Line, Col int    // from 1, Col in characters
	Path      string // of the value, such as rules[2].when; "" for the whole file
	What      string // what is wrong and what is wanted
}

// Error returns "file:line:col: path: what".
func (e Error) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.What)
	}
	return fmt.Sprintf("%s:%d:%d: %s: %s", e.File, e.Line, e.Col, e.Path, e.What)
}

// Errors are all faults of one or more files.
type Errors []Error

// Error returns the faults, one a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives [errors.Is] and [errors.As] the single faults.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i := range e {
		errs[i] = e[i]
	}
	return errs
}

// Err returns the faults sorted by file and position, or nil if there are none.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	slices.SortStableFunc(e, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Path, b.Path))
	})
	return e
}

// DidYouMean returns the word of words that is at most two edits away from word, the nearest
// first and the earlier one of equals, or "".
func DidYouMean(word string, words []string) string {
	best, distance := "", 3
	if len(word) > 64 { // no word is that long, and the distance costs the product of the lengths
		return best
	}
	for _, w := range words {
		// A word of two letters is two edits away from any other.
		if d := levenshtein.ComputeDistance(word, w); d < distance && d < len(w) && d < len(word) {
			best, distance = w, d
		}
	}
	return best
}

// suggest ends a message about a word that is none of words.
func suggest(word string, words []string) string {
	if w := DidYouMean(word, words); w != "" {
		return fmt.Sprintf(", did you mean %q?", w)
	}
	if len(words) == 0 {
		return ""
	}
	return ", want one of " + strings.Join(words, ", ")
}
