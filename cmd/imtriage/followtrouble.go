package main

import (
	"fmt"
	"slices"

	"github.com/imtriage/imtriage/scanner/follow"
)

// troubles are what keeps files from being read, and what was lost of them. Each is said when it begins, once, however many
// files it concerns.
type troubles map[string]bool

// since returns what is new since it was asked last: "app.log: why", or "app.log and 3 more: why".
func (t *troubles) since(list []follow.FileStatus) (texts []string) {
	now, first, count := troubles{}, map[string]string{}, map[string]int{}
	var order []string
	for i := range list {
		s := &list[i]
		for _, note := range s.Notes {
			if now[note] = true; !(*t)[note] && !slices.Contains(texts, note) {
				texts = append(texts, note)
			}
		}
		if s.State != follow.Failing {
			continue
		}
		if now[s.Problem] = true; count[s.Problem] == 0 {
			first[s.Problem] = s.Path
			order = append(order, s.Problem)
		}
		count[s.Problem]++
	}
	for _, problem := range order {
		if (*t)[problem] {
			continue
		}
		who := first[problem]
		if n := count[problem] - 1; n > 0 {
			who += fmt.Sprintf(" and %d more", n)
		}
		texts = append(texts, who+": "+problem)
	}
	*t = now
	return texts
}

// trouble says what is new of that, on the dashboard if there is one.
func (w *watch) trouble(list []follow.FileStatus) {
	for _, text := range w.troubles.since(list) {
		w.live.Note(text)
		if !w.app.outTerm {
			w.app.warn("%s", text)
		}
	}
}
