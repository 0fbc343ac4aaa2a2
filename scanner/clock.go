package scanner

import (
	"bytes"
	"cmp"
	"time"
)

// lookAround is how far from a finding anything that concerns it may stand, in bytes. What is
// found is a function of this window alone, which makes every cut of an input give the same.
const lookAround = 64 << 10

// newClock returns the clock of a block of an input.
func newClock(in *Input, buf []byte, beside carried) clock {
	return clock{in: in, ref: in.Reference, zone: cmp.Or(in.Zone, time.UTC), buf: buf, beside: beside}
}

// A clock gives the lines of one block their times. It is used for ascending positions, and
// remembers where it has already looked, so that a log without stamps is not searched again and
// again.
type clock struct {
	in     *Input
	ref    time.Time      // reference instant of the input, or of a part of it
	zone   *time.Location // of stamps that name none
	buf    []byte         // the block
	beside carried
	// unbroken is a part of the block without a line break, which is not searched for one again.
	unbroken struct{ from, to int }
	any      search // the nearest stamp above
	date     search // the nearest stamp with a date above
	// The last days on which stamps fell, by what they leave out, see dayOf, and that of stamps without a date.
	days     [4]knownDay
	dateless knownDay
}

// A search remembers the last result: below line asked, the nearest stamp above is found, at line at.
type search struct {
	asked, at int
	found     stamp
	ok        bool
}

// when returns the time of the record at pos, whose line begins at lo and has that stamp, if any, and
// whether its date was guessed.
func (c *clock) when(pos, lo int, s stamp, ok bool) (t time.Time, guessed bool) {
	if ok && s.dated() && len(c.beside.list) == 0 {
		return c.resolve(s), false // as on most lines
	}
	return c.around(pos, lo, s, ok)
}

// around is when for a line that may not tell its time, or not alone.
func (c *clock) around(pos, lo int, s stamp, ok bool) (t time.Time, guessed bool) {
	if len(c.beside.list) > 0 {
		if t, ok := c.carried(pos, lo, s, ok); ok {
			return t, false
		}
	}
	at := lo
	if !ok {
		if s, at, ok = c.above(&c.any, pos, lo, func(stamp) bool { return true }); !ok {
			return time.Time{}, false
		}
	}
	if s.dated() {
		return c.resolve(s), false
	}
	if d, _, ok := c.above(&c.date, pos, at, stamp.dated); ok {
		return c.onDate(s, c.resolve(d), d.zone), false
	}
	return c.onDate(s, c.ref, 0), true
}

// carried returns the time that the envelope of the line at lo told, if any. A stamp inside the envelope that leaves
// nothing to guess, its zone neither, says better when the record was written; beside a time whose zone is a guess, its
// date will do.
func (c *clock) carried(pos, lo int, s stamp, ok bool) (time.Time, bool) {
	told, from := c.beside.at(lo)
	if ref := cmp.Or(told.Reference, c.in.Reference); !ref.Equal(c.ref) {
		c.ref, c.days = ref, [4]knownDay{}
	}
	if told.Time.IsZero() && told.Stamp == "" {
		return time.Time{}, false
	}
	if !ok {
		var at int
		s, at, ok = c.above(&c.any, pos, lo, func(stamp) bool { return true })
		ok = ok && at >= from
	}
	switch {
	case ok && (s.zoned() || told.Stamp != "" && s.dated()):
		return c.resolve(s), true
	case told.Stamp == "":
		return told.Time, true
	}
	if s, ok = findStamp([]byte(told.Stamp)); !ok || !s.dated() {
		return time.Time{}, false
	}
	return c.resolve(s), true
}

// above finds the nearest line above lo, at most lookAround before pos, whose stamp is wanted.
func (c *clock) above(memo *search, pos, lo int, wanted func(stamp) bool) (stamp, int, bool) {
	bound := max(0, pos-lookAround)
	was := *memo
	*memo = search{asked: lo}
	for end := lo - 1; end >= bound; {
		if was.asked == end+1 && was.asked > 0 {
			// Everything above this line was searched for an earlier record.
			*memo = search{lo, was.at, was.found, was.ok && was.at >= bound}
			return memo.found, memo.at, memo.ok
		}
		from := c.lastBreak(bound, max(end, bound))
		if from < 0 && bound > 0 && c.buf[bound-1] != '\n' {
			return stamp{}, 0, false
		}
		start := bound + from + 1
		if s, ok := findStamp(c.buf[start:max(end, start)]); ok && wanted(s) {
			*memo = search{lo, start, s, true}
			return s, start, true
		}
		end = start - 1
	}
	return stamp{}, 0, false
}

// lastBreak returns where in buf[lo:hi] the last line break stands, counted from lo, or -1. Lines that are longer than
// the window are asked for again and again.
func (c *clock) lastBreak(lo, hi int) int {
	u := &c.unbroken
	searched := lo
	if u.from <= lo && lo < u.to && u.to <= hi {
		searched = u.to
	}
	if i := bytes.LastIndexByte(c.buf[searched:hi], '\n'); i >= 0 {
		return searched + i - lo
	}
	u.from, u.to = lo, hi
	return -1
}
