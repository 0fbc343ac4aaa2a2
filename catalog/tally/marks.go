package tally

import (
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// A mark is the state of one event.
type mark struct {
	count int64
	span  span
}

// marks counts events. Users' extractors may name events after what a log says, so events other
// than the constants of this package are capped like names.
type marks struct {
	set capped[string, *mark]
	ok  int64 // results with code 0
	// other counts the marks of events beyond the cap.
	other int64
}

// state returns the state of an event that is fit to be kept, or nil if the cap refuses it.
func (m *marks) state(event string) *mark {
	if s := m.set.m[event]; s != nil {
		return s
	}
	rank := uint64(0) // the smallest: always kept
	if _, ours := EventNamed(event); !ours {
		rank = max(xxhash.Sum64String(event), 1)
	}
	if !m.set.admits(event, rank) {
		return nil
	}
	s := new(mark)
	if gone, evicted := m.set.add(strings.Clone(event), rank, s); evicted {
		m.other += gone.count
	}
	return s
}

func (m *marks) add(k *Mark) {
	switch k.Event {
	case MarkOK:
		m.ok++
		return
	case MarkSession:
		return
	}
	s := m.state(clean(k.Event, maxName))
	if s == nil {
		m.other++
		return
	}
	s.count++
	s.span.add(stamp(k.Time))
}

// merge adds the counts of o and leaves o alone.
func (m *marks) merge(o *marks) {
	m.ok += o.ok
	m.other += o.other
	for event, from := range o.set.m {
		if s := m.state(event); s != nil {
			s.count += from.count
			s.span.merge(from.span)
		} else {
			m.other += from.count
		}
	}
}

// sorted returns the counts by event.
func (m *marks) sorted() []MarkCount {
	var out []MarkCount
	for event, s := range m.set.m {
		out = append(out, MarkCount{event, s.count, fromStamp(s.span.first), fromStamp(s.span.last)})
	}
	slices.SortFunc(out, func(a, b MarkCount) int { return strings.Compare(a.Event, b.Event) })
	return out
}
