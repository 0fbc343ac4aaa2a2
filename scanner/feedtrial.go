package scanner

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"github.com/imtriage/imtriage/scanner/input"
)

// A trial reads the beginning of an input, of which there is not enough yet to tell for good how it is written. What is
// there is read as a scan would read it now. If more of it says otherwise, it is read again from the beginning; what was
// delivered is not delivered once more.
type trial struct {
	head []byte // of the input: all of it so far
	done int    // how much of head was read
	next int    // how long head has to be to be looked at again
	// looked is how long it was when it was looked at last.
	looked int
	// given counts what was delivered.
	given map[outcomeKey]int
}

// try takes more of the beginning.
func (f *Feed) try(p []byte) error {
	t := f.trial
	t.head = append(t.head, p...)
	if len(t.head) < t.next || f.live == nil && bytes.IndexByte(t.head, '\n') < 0 && len(t.head) < feedLen {
		if f.live == nil {
			return nil
		}
		return f.readHead()
	}
	t.next = 2 * len(t.head)
	return f.retry(false)
}

// retry looks at the beginning again; whole says that the input is at its end.
func (f *Feed) retry(whole bool) error {
	t := f.trial
	if t.looked == len(t.head) && !whole {
		return nil
	}
	t.looked = len(t.head)
	shape, settled := input.ShapeOf(t.head, whole, f.encoding)
	if shape != f.shape || f.live == nil {
		f.restart(shape)
	}
	if err := f.readHead(); err != nil {
		return err
	}
	if settled || whole || len(t.head) >= maxHead {
		f.trial, f.owedTo = nil, f.kept.end()
	}
	return nil
}

// maxHead is enough of any input, in bytes: the longest text of UTF-8 is made of it.
const maxHead = 3 * feedLen

// restart reads the beginning anew, in another shape.
func (f *Feed) restart(shape input.Shape) {
	t := f.trial
	f.shape = shape
	f.begin(input.Spot{Raw: int64(shape.Mark)})
	f.owed = maps.Clone(t.given)
	t.done = shape.Mark
	f.from, f.idle, f.told, f.carriers = 0, 0, nil, nil
	f.kept = kept{}
	f.d.lines, f.d.cut, f.d.long = 0, false, lengths{}
}

// readHead reads what of the beginning was not read yet.
func (f *Feed) readHead() error {
	t := f.trial
	for t.done < len(t.head) {
		p := t.head[t.done:min(len(t.head), t.done+feedLen)]
		t.done += len(p)
		if err := f.read(p); err != nil {
			return err
		}
	}
	return nil
}

// owes reports whether an event was delivered already in another reading of the beginning, and counts it.
func (f *Feed) owes(e *event) bool {
	if f.trial == nil && len(f.owed) == 0 {
		return false
	}
	key := outcomeKey{Code: e.kind.c.code, Event: e.kind.c.event}
	if key.Event != "" {
		key.Code = 0
	}
	if f.owed[key] > 0 {
		f.owed[key]--
		return true
	}
	if t := f.trial; t != nil {
		if t.given == nil {
			t.given = map[outcomeKey]int{}
		}
		t.given[key]++
	}
	return false
}

// listGiven returns what was delivered in one order.
func listGiven(given map[outcomeKey]int) (list []Given) {
	for key, n := range given {
		if n > 0 {
			list = append(list, Given{key, n})
		}
	}
	slices.SortFunc(list, func(a, b Given) int {
		return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Code, b.Code))
	})
	return list
}

func mapGiven(list []Given) map[outcomeKey]int {
	given := map[outcomeKey]int{}
	for _, g := range list {
		given[g.outcomeKey] += g.N
	}
	return given
}
