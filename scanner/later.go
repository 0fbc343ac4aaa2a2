package scanner

import (
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A countdown goes backwards through the findings of one code.
type countdown struct {
	key   tally.Key
	n     int    // of those visited, up to enough
	least *event // of these
	half  *event // the least of the first enough/2 of them
}

// enough findings that follow are as good as any more: a tally keeps no more of the last ones.
const enough = 32

// before returns how many of those visited are known to be behind e. The order of a log and that of its times differ by
// little, so that an event before which some lie is still before those at the end.
func (c *countdown) before(e *event) int {
	switch {
	case c.n == 0 || e.before(c.least):
		return c.n
	case c.half != nil && e.before(c.half):
		return enough / 2
	}
	return 0
}

func (c *countdown) visit(e *event) {
	if c.n == enough {
		return
	}
	if c.n == 0 || e.before(c.least) {
		c.least = e
	}
	if c.n++; c.n == enough/2 {
		c.half = c.least
	}
}

// Countdowns are those of one block, with memory that is used again.
type countdowns struct {
	list   []countdown
	codes  map[tally.Key]int // in list
	recent [256]int32        // in list, by the low bits of the code
}

// setLater sets later of all findings of a block.
func (d *countdowns) setLater(events []event) {
	clear(d.codes)
	list, first := d.list[:0], 0
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		if e.isMark() {
			continue
		}
		key := tally.Key{Family: e.kind.ruling.family, Code: e.kind.c.code}
		var n int
		if recent := &d.recent[uint8(key.Code)]; int(*recent) < len(list) && list[*recent].key == key {
			n = int(*recent)
		} else if known, ok := d.codes[key]; ok {
			n, *recent = known, int32(known)
		} else {
			n = len(list)
			list, d.codes[key], *recent = append(list, countdown{key: key}), n, int32(n)
		}
		c := &list[n]
		if e.later = int32(c.before(e)); e.later == 0 {
			first++
		}
		c.visit(e)
	}
	d.list = list
	if first > 2*len(list)+len(events)/(enough/2) {
		setLaterBySorting(events) // lines of several zones
	}
}

// setLaterBySorting is setLater for any order.
func setLaterBySorting(events []event) {
	codes := make(map[tally.Key][]*event)
	for i := range events {
		if e := &events[i]; !e.isMark() {
			key := tally.Key{Family: e.kind.ruling.family, Code: e.kind.c.code}
			codes[key] = append(codes[key], e)
		}
	}
	for _, list := range codes {
		slices.SortStableFunc(list, (*event).compare)
		for i, e := range list {
			e.later = int32(len(list) - 1 - i)
		}
	}
}
