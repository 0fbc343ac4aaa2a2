package scanner

import (
	"regexp/syntax"
	"unicode/utf8"
)

// unbounded is the reach of a pattern that can match any length.
const unbounded = 1 << 20

// reachOf returns the greatest number of bytes a pattern can match. The less a pattern can see, the
// less it has to search.
func reachOf(pattern string) int {
	tree, err := syntax.Parse(pieces.Replace(pattern), syntax.Perl)
	if err != nil {
		return unbounded
	}
	return widest(tree)
}

func widest(re *syntax.Regexp) int {
	n := 0
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			n += runeWidth(r)
		}
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		n = 4
	case syntax.OpCapture, syntax.OpQuest:
		n = widest(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n += widest(sub)
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n = max(n, widest(sub))
		}
	case syntax.OpRepeat:
		if re.Max < 0 {
			return unbounded
		}
		n = re.Max * widest(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		return unbounded
	}
	return min(n, unbounded)
}

// runeWidth is the width of the widest rune that folds to r, in bytes.
func runeWidth(r rune) int {
	switch r {
	case 'k', 'K':
		return 3 // the Kelvin sign
	case 's', 'S':
		return 2 // the long s
	}
	return utf8.RuneLen(r) + 1
}
