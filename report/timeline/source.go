package timeline

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// maxLanes bounds the processes of one source that are told apart at the same time although they were not seen to
// start. What others write is put together with what names no process.
const maxLanes = 1024

// A source is the state of one input.
type source struct {
	c    *Collector
	name string

	running  tally.Running
	sessions map[*tally.Session]*lane
	strays   map[int64]*lane // of processes that were not seen to start
	rest     *lane           // of what names no process

	first, now time.Time // the first time and that of the record before this one, zero before there is one
	undated    kept      // rows above the first time
	pending    int       // rows in the queues of all lanes
}

func newSource(c *Collector, name string) *source {
	s := &source{c: c, name: name, sessions: map[*tally.Session]*lane{}, strays: map[int64]*lane{}, undated: kept{limit: c.limit}}
	s.rest = newLane(s, 0)
	return s
}

// tick tells the time of the next record, which may be none.
func (s *source) tick(t time.Time) {
	if t.IsZero() {
		return
	}
	if s.now = t; s.first.IsZero() {
		s.first = t
		for _, r := range s.undated.rows {
			r.at, r.undated = t, false
		}
		s.release()
	}
}

// release hands the rows above the first time on.
func (s *source) release() {
	for _, r := range s.undated.rows {
		s.c.kept.insert(r)
	}
	// If some were left out there are as many of the others as are kept in all, so its middle is the gap.
	s.c.kept.full = s.c.kept.full || s.undated.full
	s.undated.rows = nil
}

// mark follows sessions. It returns the lane of a session that the mark starts, nil for other marks.
func (s *source) mark(m *tally.Mark) *lane {
	started, ended := s.running.Mark(m)
	for _, o := range ended {
		s.sessions[o].end()
		delete(s.sessions, o)
	}
	if started == nil {
		return nil
	}
	over := []int64{started.PID}
	if started.PID == 0 {
		over = slices.Sorted(maps.Keys(s.strays))
	}
	for _, pid := range over {
		if l := s.strays[pid]; l != nil {
			l.end()
			delete(s.strays, pid)
		}
	}
	l := newLane(s, started.PID)
	l.process, l.banner, l.session = true, true, *started
	s.sessions[started] = l
	return l
}

// lane returns where a record of a process belongs.
func (s *source) lane(pid int64) *lane {
	if pid == 0 {
		return s.rest
	}
	if session := s.running.Of(pid); session != nil {
		return s.sessions[session]
	}
	l := s.strays[pid]
	if l == nil {
		if len(s.strays) == maxLanes {
			return s.rest
		}
		l = newLane(s, pid)
		l.process = true
		s.strays[pid] = l
	}
	return l
}

// end ends every lane.
func (s *source) end() {
	var all []*lane
	for _, l := range s.sessions {
		all = append(all, l)
	}
	for _, l := range s.strays {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *lane) int {
		return cmp.Or(cmp.Compare(a.session.Offset, b.session.Offset), cmp.Compare(a.session.PID, b.session.PID))
	})
	for _, l := range append(all, s.rest) {
		l.end()
	}
	s.release()
}
