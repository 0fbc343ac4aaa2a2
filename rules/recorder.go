package rules

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Recorder tells which findings and marks the timed rules of a set must see. It is made for one
// catalog: the entry of a code must not change while it is in use. It is not safe for concurrent
// use.
type Recorder struct {
	program *program
	match   []*matcher
	recent  [512]remembered // by number
	codes   map[tally.Key]*listeners
	events  map[string]*listeners
	picked  []uint16
	wanted  []string
}

type remembered struct {
	key       tally.Key
	listeners *listeners
}

// listeners are the selections to which a code or an event may matter.
type listeners struct {
	sure    []uint16 // pick every record, ascending
	list    []listener
	lookups bool // list must be gone through
	code    *tally.Code
	event   string
}

type listener struct {
	number uint16
	sure   bool
}

// NewRecorder returns a recorder for the timed rules of the set, or nil if it has none.
func (s *Set) NewRecorder() *Recorder {
	p := newProgram(s)
	if len(p.rules) == 0 {
		return nil
	}
	x := &Recorder{program: p, codes: make(map[tally.Key]*listeners), events: make(map[string]*listeners)}
	for _, sel := range p.selections {
		x.match = append(x.match, newMatcher(sel))
	}
	return x
}

// Keys lists the keys of the values that a record which those selections pick must carry, sorted:
// those of [tally.FieldKeys], [tally.DerivedKeys] and free ones. The slice is valid until the next call.
func (x *Recorder) Keys(selections []uint16) []string {
	if len(selections) == 1 {
		return x.program.wants[selections[0]]
	}
	x.wanted = x.wanted[:0]
	for _, n := range selections {
		for _, key := range x.program.wants[n] {
			if i, found := slices.BinarySearch(x.wanted, key); !found {
				x.wanted = slices.Insert(x.wanted, i, key)
			}
		}
	}
	return x.wanted
}

// Finding returns the numbers of the selections that pick a finding, ascending; nil if none does.
// The slice is valid until the next call. A finding is completed where a test needs it.
func (x *Recorder) Finding(f *tally.Finding) []uint16 {
	k := tally.Key{Family: f.Family, Code: f.Code}
	r := &x.recent[uint(f.Code)%uint(len(x.recent))]
	if r.listeners == nil || r.key != k {
		l := x.codes[k]
		if l == nil {
			l = x.listenersOf(codeOf(f), "")
			x.codes[k] = l
		}
		*r = remembered{k, l}
	}
	l := r.listeners
	if !l.lookups {
		return l.sure
	}
	value := func(key string) string {
		if f.Detail != nil && tally.Lazy(key) {
			f.Complete()
		}
		return f.Value(key)
	}
	return x.pick(l, value)
}

// codeOf describes the code of a finding as a summary does.
func codeOf(f *tally.Finding) *tally.Code {
	c := &tally.Code{Code: f.Code, Family: f.Family, Entry: f.Entry, Category: f.Value(tally.DerivedCategory)}
	c.Class = catalog.Error
	if f.Entry != nil {
		c.Class, c.Topic = f.Entry.Class, f.Entry.Topic
	}
	return c
}

// Mark returns the numbers of the selections that pick a mark, as Finding does.
func (x *Recorder) Mark(m *tally.Mark) []uint16 {
	l := x.listenersFor(m.Event)
	if len(l.list) == 0 {
		return nil
	}
	m.Complete()
	if !l.lookups {
		return l.sure
	}
	return x.pick(l, m.Value)
}

// Listens reports whether a selection may pick marks of the event.
func (x *Recorder) Listens(event string) bool { return len(x.listenersFor(event).list) > 0 }

func (x *Recorder) listenersFor(event string) *listeners {
	l := x.events[event]
	if l == nil {
		l = x.listenersOf(nil, event)
		if len(x.events) < maxEvents { // a user's extractor may name events after what a log says
			x.events[l.event] = l
		}
	}
	return l
}

const maxEvents = 4096

// listenersOf asks all selections about a code, or an event if there is no code.
func (x *Recorder) listenersOf(c *tally.Code, event string) *listeners {
	l := &listeners{code: c, event: strings.Clone(event)}
	for n, m := range x.match {
		a := m.first(l.picks)
		if a == no {
			continue
		}
		l.list = append(l.list, listener{uint16(n), a == yes})
		if a == yes {
			l.sure = append(l.sure, uint16(n))
		} else {
			l.lookups = true
		}
	}
	return l
}

// pick goes through the tests that only a record can answer.
func (x *Recorder) pick(l *listeners, value func(string) string) []uint16 {
	x.picked = x.picked[:0]
	for _, c := range l.list {
		if c.sure || x.match[c.number].record(l.picks, value) {
			x.picked = append(x.picked, c.number)
		}
	}
	if len(x.picked) == 0 {
		return nil
	}
	return x.picked
}

// picks answers for the tests of a selection itself that only look at the code or the event.
func (l *listeners) picks(s *Selection) bool {
	if !s.picksFindings() && len(s.Events) == 0 {
		return true
	}
	if l.code != nil {
		return s.Matches(l.code)
	}
	return s.MatchesEvent(l.event)
}
