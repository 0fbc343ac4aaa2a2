package timeline

import (
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A lane is one session of a source while its records come.
type lane struct {
	s       *source
	session tally.Session
	first   time.Time
	process bool // it is one process, in which one user is logged in at a time
	banner  bool

	named string // the first user that a record names
	mixed bool   // others are named too

	// Whose records are. The queue has what may be theirs, until that is known.
	owner   string // who logged in last, in a process
	theirs  bool   // a record names one of them
	foreign bool   // a record names another, and nobody has logged in
	queue   queue

	recent []*row // that may go on, the latest first
}

func newLane(s *source, pid int64) *lane {
	return &lane{s: s, session: tally.Session{PID: pid}}
}

// touch notes when and of whom a record is, one that is not shown too.
func (l *lane) touch(t time.Time, user string) {
	if !t.IsZero() && (l.first.IsZero() || t.Before(l.first)) {
		l.first = t
	}
	if t.After(l.session.Last) {
		l.session.Last = t
	}
	switch {
	case user == "" || l.mixed:
	case l.named == "":
		l.named = strings.Clone(user[:min(len(user), maxUser)])
	case l.named != user:
		l.mixed = true
	}
}

// An ownership says whose a record is.
type ownership int

const (
	others  ownership = iota
	perhaps           // theirs, if nobody else turns up
	theirs
)

// whose tells it of a record of the lane that names that user, or none.
func (l *lane) whose(user string) ownership {
	users := &l.s.c.users
	switch {
	case users.all():
		return theirs
	case users.has(user):
		l.theirs = true
		return theirs
	case l.owner != "" && users.has(l.owner):
		return theirs
	case l.owner != "":
		return others
	case user != "":
		l.foreign = true
		l.drop()
		return others
	case l.foreign:
		return others
	}
	return perhaps
}

// login tells that a user logged in in the process.
func (l *lane) login(user string) {
	if l.owner == "" {
		l.settle(l.theirs || l.s.c.users.has(user))
	}
	l.owner = strings.Clone(user)
}

// end ends the lane: what may be theirs is, if the lane names them and nobody else.
func (l *lane) end() {
	l.settle(l.theirs && l.owner == "")
	l.recent = nil
}

// settle decides over the queue.
func (l *lane) settle(theirs bool) {
	if !theirs || l.foreign {
		l.drop()
		return
	}
	q, c := &l.queue, l.s.c
	for _, r := range q.rows {
		c.include(l.s, r)
	}
	c.rows += q.left
	c.out.Records += q.records
	l.s.pending -= len(q.rows)
	*q = queue{}
}

func (l *lane) drop() {
	l.s.pending -= len(l.queue.rows)
	l.queue = queue{}
	l.recent = slices.DeleteFunc(l.recent, func(r *row) bool { return r.pending })
}

// add adds a record that is theirs or perhaps theirs to a row that goes on, or begins one.
func (l *lane) add(r *record, user string, whose ownership) {
	pending := whose == perhaps
	for i, open := range l.recent {
		if i > 0 && turns(r.what.event) && !l.mixed {
			break
		}
		if open.what == r.what && open.pending == pending && open.goesOn(r.Time) {
			copy(l.recent[1:i+1], l.recent[:i])
			l.recent[0] = open
			open.count(r, l.s.c.redactor, user)
			if !pending {
				l.s.c.out.Records++
			}
			return
		}
	}
	if turns(r.what.event) && !l.mixed {
		l.recent = l.recent[:0]
	}
	x := newRow(l, r, l.s.c.redactor, user)
	x.pending = pending
	if len(l.recent) == maxRecent {
		l.recent = l.recent[:maxRecent-1]
	}
	l.recent = slices.Insert(l.recent, 0, x)
	if !pending {
		l.s.c.include(l.s, x)
		return
	}
	l.queue.rows = append(l.queue.rows, x)
	if l.s.pending++; l.s.pending > l.s.c.limit {
		l.s.pending--
		gone := l.queue.shorten()
		l.recent = slices.DeleteFunc(l.recent, func(r *row) bool { return r == gone })
	}
}

// facts returns the session as it is shown.
func (l *lane) facts() Session {
	out := Session{Source: l.s.name, Session: l.session, First: l.first, Banner: l.banner}
	if out.User = l.owner; out.User == "" && !l.mixed {
		out.User = l.named
	}
	r := l.s.c.redactor
	for _, f := range []struct {
		key   string
		value *string
	}{
		{tally.KeyAppID, &out.AppID},
		{tally.KeyVersion, &out.Version},
		{tally.KeyPlatform, &out.Platform},
		{tally.KeyDevice, &out.Device},
		{tally.KeyUser, &out.User},
	} {
		*f.value = cut(r.Field(f.key, *f.value), maxValue)
	}
	return out
}
