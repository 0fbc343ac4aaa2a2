package tally

import "unsafe"

// Bounds of the state that tests lower.
type Bounds struct{ Pool, Users, Buckets, Names, Events, Pieces, Sessions int }

// Within returns the options with other bounds.
func (o Options) Within(b Bounds) Options {
	o.caps = caps{pool: b.Pool, users: b.Users, buckets: b.Buckets, names: b.Names, events: b.Events, pieces: b.Pieces, sessions: b.Sessions}
	return o
}

// Recorded counts a finding or a mark and keeps a record of it too, redacted as the tally redacts. Every
// tally here has a place for records of its own.
func (t *Tally) Recorded(f *Finding, m *Mark) error {
	keys := []string{KeyHost, DerivedCode, DerivedEvent, KeyDevice, "x_free", DerivedText}
	if f != nil {
		t.Finding(f)
		return t.Record(NewRecord(f, []uint16{uint16(f.Code % 7), 7}, keys, t.kept.redactor))
	}
	t.Mark(m)
	if m.Event == "" {
		return nil // no rule selects it
	}
	return t.Record(NewMarkRecord(m, []uint16{uint16(len(m.Event))}, keys, t.kept.redactor))
}

// Process is the process id that a record's text names.
var Process = processIn

// Clean is how names are made fit to be kept.
var Clean = clean

// Unsafe calls f with a string that lies in b.
func Unsafe(b []byte, f func(string)) []byte {
	f(unsafe.String(&b[0], len(b)))
	return b
}
