package rules

import (
	"cmp"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// reachOfCause is how long after the last of a cause its symptom may begin where nobody knows whom
// the two hit.
const reachOfCause = 5 * time.Minute

// A claim is a cause that an item may be told under.
type claim struct {
	owner  *candidate
	via    tally.Key // zero: a rule says so, not the catalog
	direct int       // the item that brings it about, the first of several
	began  time.Time
	part   part
}

// A part of a symptom is what a cause explains of it.
type part struct {
	explained int64
	others    int         // users of the rest
	by        []tally.Key // the codes of the cause
	known     bool        // whom both hit is known
}

// fold settles under which accepted rule an item is told, if any, and first of all the same of its causes. What a rule says goes before what the
// catalog says; then the cause counts that began first, then the one that explains more. Causes that
// are items still open have no say.
func (e *evaluation) fold(i int, open func(int) bool) {
	it := &e.items[i]
	if it.settled || it.settling {
		return
	}
	it.settling = true
	first := slices.Clone(e.causes[i])
	for _, c := range e.candidates {
		if c.accepted && c.explains(i) {
			first = append(first, c.about...)
		}
	}
	for _, p := range first {
		if !open(p) {
			e.fold(p, open)
		}
	}
	claims := append(e.ruleClaims(i), e.catalogClaims(i)...)
	it.settling, it.settled = false, true
	if len(claims) == 0 {
		return
	}
	c := slices.MinFunc(claims, func(a, b claim) int {
		return cmp.Or(compareBool(a.via != tally.Key{}, b.via != tally.Key{}), compareTimes(a.began, b.began),
			cmp.Compare(b.part.explained, a.part.explained), cmp.Compare(a.owner.order, b.owner.order), cmp.Compare(a.direct, b.direct))
	})
	it.cause, it.folded, it.others, it.by = c.owner, c.part.explained, c.part.others, c.part.by
	c.owner.folds = append(c.owner.folds, fold{i, c.via})
}

// ruleClaims returns the rules that explain an item by their own word. One that has nothing left because
// all of it is folded hands its word on to the rule under which it is.
func (e *evaluation) ruleClaims(i int) (claims []claim) {
	for _, c := range e.candidates {
		if !c.explains(i) {
			continue
		}
		cause := c.about
		if len(cause) == 0 {
			cause = c.picked
		}
		if slices.ContainsFunc(cause, func(p int) bool { return !e.items[p].settled }) {
			continue // it may lose them yet
		}
		owner := c
		began, _ := e.span(c)
		if left := e.leftOf(cause); len(left) == 0 && len(cause) > 0 {
			owner = e.items[cause[0]].cause
			began, _ = e.spanOf(cause)
		} else if !c.accepted {
			continue
		}
		if owner == nil || slices.Contains(owner.about, i) {
			continue
		}
		if p := e.part(i, cause, began); p.explained > 0 {
			claims = append(claims, claim{owner, tally.Key{}, first(cause), began, p})
		}
	}
	return claims
}

// explains reports whether a candidate names an item as a symptom.
func (c *candidate) explains(i int) bool {
	_, found := slices.BinarySearch(c.symptoms, i)
	return found
}

// first returns the first of some items, or none.
func first(items []int) int {
	if len(items) == 0 {
		return -1
	}
	return items[0]
}

// catalogClaims returns the causes of an item that the catalog names and that are told themselves.
func (e *evaluation) catalogClaims(i int) (claims []claim) {
	for _, p := range e.causes[i] {
		cause := &e.items[p]
		owner := cmp.Or(cause.cause, cause.teller)
		if owner == nil || !cause.settled || slices.Contains(owner.about, i) {
			continue
		}
		part := e.part(i, []int{p}, cause.code.First)
		if last := cause.code.Last; !part.known && !last.IsZero() && e.items[i].code.First.Sub(last) > reachOfCause {
			continue
		}
		if part.explained > 0 {
			claims = append(claims, claim{owner, cause.key(), p, cause.code.First, part})
		}
	}
	return claims
}

// documented returns for each item those others that the catalog names as its cause and that began no later. What is
// fatal is no symptom of what is less bad: its own verdict must not be missed.
func (e *evaluation) documented() [][]int {
	byCode := make(map[int][]int)
	for i := range e.items {
		if c := e.items[i].code; c != nil && c.Entry != nil {
			byCode[c.Entry.Code] = append(byCode[c.Entry.Code], i)
		}
	}
	causes := make([][]int, len(e.items))
	for i := range e.items {
		c := e.items[i].code
		if c == nil || c.Entry == nil {
			continue
		}
		for _, number := range c.Entry.Causes {
			for _, p := range byCode[number] {
				from := e.items[p].code
				late := !from.First.IsZero() && !c.First.IsZero() && from.First.After(c.First)
				lesser := c.Class == catalog.Fatal && from.Class < catalog.Fatal
				// Of the senses of a number the one is meant that knows of the symptom.
				if from.Entry != c.Entry && !late && !lesser && slices.Contains(from.Entry.Symptoms, c.Entry.Code) {
					causes[i] = append(causes[i], p)
				}
			}
		}
		slices.Sort(causes[i])
	}
	return causes
}

// part tells what a cause explains of a symptom, as far as a summary tells: nothing if the symptom ended before the
// cause began, or if most of it hit users who never met the cause; else all but what hit such users.
func (e *evaluation) part(symptom int, cause []int, began time.Time) part {
	it := &e.items[symptom]
	whole := part{explained: it.count()}
	if _, ended := e.spanOf([]int{symptom}); !began.IsZero() && !ended.IsZero() && ended.Before(began) {
		return part{}
	}
	by := e.keys(cause)
	if it.code == nil || len(by) == 0 {
		return whole
	}
	met, _ := e.sum.UsersOf(by...)
	if met == 0 || it.code.Users == 0 {
		return whole
	}
	whole.known = true
	m, exact := e.sum.Met(it.key(), by...)
	if !exact {
		both, _ := e.sum.UsersOf(append(by, it.key())...)
		if hit := it.code.Users; 2*(hit+met-both) < hit {
			return part{}
		}
		return whole
	}
	if 2*m.Met < m.Named {
		return part{}
	}
	return part{it.count() - (m.Named - m.Met), m.Users - m.Both, by, true}
}
