package scanner

import (
	"fmt"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// evidence finds the words that speak for or against a record being about IM.
type evidence struct {
	groups []Evidence
	words  []word
	set    *literal.Set
}

type word struct {
	group       int
	text        string // as it must stand, if exact
	exact       bool   // case counts
	left, right bool   // a boundary is needed on that side
}

// maxGroups is what fits the bits of a mask.
const maxGroups = 64

func newEvidence(groups []Evidence) (*evidence, error) {
	if len(groups) > maxGroups {
		return nil, fmt.Errorf("%d groups of evidence are too many, at most %d", len(groups), maxGroups)
	}
	e := &evidence{groups: groups}
	var lits []string
	for g, group := range groups {
		for _, w := range group.Words {
			text := strings.TrimSuffix(strings.TrimPrefix(w, "*"), "*")
			e.words = append(e.words, word{
				group: g, text: text, exact: text != strings.ToLower(text),
				left:  !strings.HasPrefix(w, "*") && isWordByte(text[0]),
				right: !strings.HasSuffix(w, "*") && isWordByte(text[len(text)-1]),
			})
			lits = append(lits, text)
		}
	}
	var err error
	e.set, err = literal.New(lits)
	return e, err
}

// group returns the number of a group, or -1.
func (e *evidence) group(name string) int {
	for i, g := range e.groups {
		if g.Name == name {
			return i
		}
	}
	return -1
}

// find returns the groups that b[lo:hi] shows, as bits.
func (e *evidence) find(hits []literal.Hit, b []byte, lo, hi int) (mask uint64, _ []literal.Hit) {
	hits = e.set.AppendBy(hits[:0], b, lo, hi, hi)
	for _, h := range hits {
		w := &e.words[h.Lit]
		end := h.Pos + len(w.text)
		switch {
		case mask&(1<<w.group) != 0:
		case w.exact && string(b[h.Pos:end]) != w.text:
		case w.left && h.Pos > lo && isWordByte(b[h.Pos-1]):
		case w.right && end < hi && isWordByte(b[end]):
		default:
			mask |= 1 << w.group
		}
	}
	return mask, hits
}

// weigh adds the strongest group that speaks for IM, a little for a second one, and every group that
// speaks against it. The groups overlap, so that their weights cannot be added.
func (e *evidence) weigh(mask uint64, v *ruling) {
	best, second := -1, -1
	for g := range e.groups {
		if mask&(1<<g) == 0 {
			continue
		}
		switch w := e.groups[g].Weight; {
		case w < 0:
			v.add(w, "words of %s", e.groups[g].Name)
		case w == 0:
		case best < 0 || w > e.groups[best].Weight:
			best, second = g, best
		case second < 0:
			second = g
		}
	}
	if best >= 0 {
		v.add(e.groups[best].Weight, "words of %s", e.groups[best].Name)
	}
	if second >= 0 {
		v.add(secondWorth, "and of %s", e.groups[second].Name)
	}
}

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' }

// What a number by itself is worth, see [judge.weigh].
const (
	secondWorth   = 2   // a second group of words says IM too
	pairWorth     = 3   // a message stands beside the number
	agreeWorth    = 5   // and says what the catalog says
	hintWorth     = 2   // or shares an everyday word with it
	symbolWorth   = 10  // the constant's name stands in the record
	longWorth     = 2   // five or six digits are rarer than four
	nativeWorth   = 1   // four digits of a native code
	webWorth      = -2  // 2xxx to 5xxx
	rangeWorth    = -2  // a block of thousands proves nothing
	smallWorth    = -8  // 1001 and the like are everybody's
	httpWorth     = -30 // three digits and less are HTTP statuses and errnos
	unknownWorth  = -8  // the catalog does not have it in the families that print it
	negativeWorth = 1
)

// worth says what the number itself adds; e is nil for a number that the catalog lacks.
func worth(code int, known bool, e *catalog.Entry) int {
	abs := max(code, -code)
	switch {
	case !known && 0 < code && code < 1000:
		return httpWorth
	case !known:
		return unknownWorth
	case abs < 2000 && code > 0:
		return smallWorth
	case e != nil && e.IsRange():
		return rangeWorth
	case abs >= 10000:
		return longWorth
	case code < 0:
		return negativeWorth
	case abs >= 6000:
		return nativeWorth
	}
	return webWorth
}

// families puts what the evidence says before what the spec says.
func (e *evidence) families(mask uint64, spec []catalog.Family) []catalog.Family {
	var out []catalog.Family
	for g := range e.groups {
		if mask&(1<<g) != 0 {
			out = append(out, e.groups[g].Family...)
		}
	}
	return append(out, spec...)
}
