package tally

import (
	"slices"
	"strings"
)

// maxRunning bounds the processes of one input that run at the same time. No phone runs as many; of a log that
// claims it the session that was started first is taken for ended.
const maxRunning = 1024

// Running tells to which session of the native SDK records of one input belong while they come, in the order of
// their offsets. Its sessions are those of [Input.Sessions], under the same rule: a session lasts from its banner to
// the next banner of the same process, or of any process where one of the two does not say which. Unlike them they
// are raw and whole, their Last is the caller's to set, and what comes later is not known yet.
//
// The zero value is ready to use. It is not safe for concurrent use.
type Running struct {
	open []*Session // in order; either one without a process, or some of different processes
	last *Session   // of open, that was asked for or started: records of one process come in runs
}

// Mark notes a mark. A [MarkSession] starts the session that is returned and ends others, in the order in which they
// were started. A [MarkLogin] gives its session the user. Others change nothing. The mark
// is completed where that is needed.
func (r *Running) Mark(m *Mark) (started *Session, ended []*Session) {
	switch m.Event {
	case MarkSession:
		m.Complete()
		return r.start(m)
	case MarkLogin:
		user := m.Fields.Get(KeyUser)
		pid := ProcessOf(m.Fields, m.Text)
		s := r.Of(pid)
		if pid == 0 && len(r.open) > 0 && r.open[0].PID == 0 {
			s = r.open[0] // neither says which process it is
		}
		if s != nil && user != "" {
			s.User = owned(user)
		}
	}
	return nil, nil
}

// owned returns a copy of a name that is fit to be kept.
func owned(name string) string { return strings.Clone(clean(name, maxName)) }

func (r *Running) start(m *Mark) (started *Session, ended []*Session) {
	said := func(key string) string { return owned(m.Fields.Get(key)) }
	s := &Session{
		PID: ProcessOf(m.Fields, m.Text), Offset: m.Offset, Started: m.Time, TimeGuessed: m.TimeGuessed,
		AppID: said(KeyAppID), Version: said(KeyVersion), Platform: said(KeyPlatform), Device: said(KeyDevice),
	}
	r.open = slices.DeleteFunc(r.open, func(o *Session) bool {
		over := o.PID == s.PID || o.PID == 0 || s.PID == 0
		if over {
			ended = append(ended, o)
		}
		return over
	})
	if r.open = append(r.open, s); len(r.open) > maxRunning {
		ended = append(ended, r.open[0])
		r.open = slices.Delete(r.open, 0, 1)
	}
	r.last = s
	return s, ended
}

// Of returns the session that a record of that process belongs to now, nil for none. The session changes with what
// comes; a record that names no process, pid 0, is in none.
func (r *Running) Of(pid int64) *Session {
	if pid == 0 || len(r.open) == 0 {
		return nil
	}
	of := func(s *Session) bool { return s.PID == pid || s.PID == 0 }
	if !of(r.last) {
		i := slices.IndexFunc(r.open, of)
		if i < 0 {
			return nil
		}
		r.last = r.open[i]
	}
	return r.last
}
