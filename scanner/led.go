package scanner

import (
	"regexp/syntax"
	"strings"
	"sync"
)

// lead finds the literals that are led: .cpp: stands in each line of the native SDK, and matters where an error code
// follows it.
func (x *Extractor) lead() {
	leads := make([]bool, len(x.sharers))
	needs := make([]func() []string, len(x.specs))
	for i := range x.specs {
		needs[i] = sync.OnceValue(x.specs[i].needed)
	}
	for i := range x.sharers {
		sh := &x.sharers[i]
		if sh.bounds != nil || leads[i] {
			continue
		}
		var needed []int
		for _, n := range sh.specs {
			lead := x.leadOf(needs[n](), i)
			if lead < 0 {
				needed = nil
				break
			}
			needed = append(needed, lead)
		}
		for _, n := range needed {
			sh.led, leads[n] = true, true
		}
	}
}

// leadOf returns a literal that stands in the line with texts that are needed at literal i, and is not led itself, or -1.
func (x *Extractor) leadOf(texts []string, i int) int {
	for _, text := range texts {
		for n := range x.sharers {
			if sh := &x.sharers[n]; n != i && !sh.led && sh.bounds == nil && strings.Contains(text, sh.text) {
				return n
			}
		}
	}
	return -1
}

// needed returns texts that stand in the line wherever the spec matches.
func (s *spec) needed() []string {
	if s.Lines > 1 {
		return nil
	}
	tree, err := syntax.Parse(s.re.expr, syntax.Perl)
	if err != nil {
		return nil
	}
	return needed(nil, tree)
}

// needed appends texts, folded, that stand in whatever a pattern matches.
func needed(texts []string, re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		text := string(re.Rune)
		if re.Flags&syntax.FoldCase != 0 && strings.ContainsAny(text, "kKsS") {
			return texts // there are letters beyond ASCII that fold to these
		}
		texts = append(texts, foldASCII(text))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			texts = needed(texts, sub)
		}
	case syntax.OpCapture, syntax.OpPlus:
		texts = needed(texts, re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			texts = needed(texts, re.Sub[0])
		}
	}
	return texts
}
