package tally

import (
	"cmp"
	"slices"
	"strings"
)

// compare orders records by place, event, family and code, which are their identity.
func (r *Record) compare(o *Record) int {
	if c := r.Compare(o.Place); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(r.Event, o.Event), r.Key.compare(o.Key))
}

// compareWhole is a total order that goes on where two records are the same one: of these the
// first is kept, so that it is no matter which came first.
func (r *Record) compareWhole(o *Record) int {
	if c := r.compare(o); c != 0 {
		return c
	}
	return cmp.Or(
		strings.Compare(r.Text, o.Text), strings.Compare(r.pending.text, o.pending.text), strings.Compare(r.pending.user, o.pending.user), strings.Compare(r.Level, o.Level), slices.Compare(r.Selections, o.Selections),
		cmp.Compare(r.User, o.User), slices.CompareFunc(r.Values, o.Values, Value.compare), compareBool(r.TimeGuessed, o.TimeGuessed),
		cmp.Compare(r.Column, o.Column), cmp.Compare(r.Piece, o.Piece), cmp.Compare(r.Line, o.Line),
	)
}

// Equal reports whether two records are alike in everything.
func (r Record) Equal(o Record) bool { return r.compareWhole(&o) == 0 }

func (v Value) compare(o Value) int {
	return cmp.Or(strings.Compare(v.Key, o.Key), strings.Compare(v.Text, o.Text), cmp.Compare(v.Hash, o.Hash))
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
