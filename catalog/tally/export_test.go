package tally

import "unsafe"

// Bounds of the state that tests lower.
type Bounds struct{ Pool, Users, Buckets, Names, Events, Pieces, Sessions int }

// Within returns the options with other bounds.
func (o Options) Within(b Bounds) Options {
	o.caps = caps{pool: b.Pool, users: b.Users, buckets: b.Buckets, names: b.Names, events: b.Events, pieces: b.Pieces, sessions: b.Sessions}
	return o
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
