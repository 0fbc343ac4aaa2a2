package envelope

import (
	"slices"
	"time"
)

// An output collects unwrapped text until there is enough to be handed out, and knows what carriers say of it.
type output struct {
	buf   []byte
	parts []part
	units int  // parts that begin an element
	cut   bool // hand out what is there, whatever it is
	turn  turn

	ready []byte // what is handed out next, part of buf
	next  []int  // parts that come behind it, the last one first
	off   int64  // of what comes behind ready, in the unwrapped text

	carriers []Carrier
	taken    int // of them
	last     Carrier
	told     bool // last is one
}

// A part is a run of text of which a carrier says one thing.
type part struct {
	at   int // in buf
	time time.Time
	host string
	// stamp is the time if it is no instant.
	stamp string
	rank  int64 // where its element stands in the order of times; 0 if that is not known
	unit  bool  // it begins an element
	more  bool  // it goes on with what was given out last and has no carrier of its own
}

const (
	flushLen = 64 << 10
	maxParts = 32 << 10
)

// begin opens an element; its text is appended to buf, and end closes it.
func (o *output) begin(m moment, host string) { o.beginAt(len(o.buf), m, host) }

// beginAt opens an element whose text from at on is in buf already.
func (o *output) beginAt(at int, m moment, host string) {
	p := part{at: at, host: host, rank: m.rank(), unit: true}
	p.time, p.stamp = m.told()
	o.parts = append(o.parts, p)
	o.units++
}

// also opens a further part of the element that was begun last.
func (o *output) also(m moment, host string) {
	p := part{at: len(o.buf), host: host}
	p.time, p.stamp = m.told()
	o.parts = append(o.parts, p)
}

// end closes a part with a line break, unless it has one.
func (o *output) end() {
	if n := len(o.buf); n == o.parts[len(o.parts)-1].at || o.buf[n-1] != '\n' {
		o.buf = append(o.buf, '\n')
	}
}

// breakAt ends a line before a place in buf; it was given out without a break.
func (o *output) breakAt(at int) {
	if len(o.parts) == 0 {
		o.parts = append(o.parts, part{more: true})
	}
	o.buf = slices.Insert(o.buf, at, '\n')
}

// raw gives out text as it is.
func (o *output) raw(b []byte) {
	o.begin(moment{}, "")
	o.buf = append(o.buf, b...)
}

// goOn gives out more of what was given out last, as it is.
func (o *output) goOn(b []byte) {
	if len(o.parts) == 0 {
		o.parts = append(o.parts, part{more: true})
	}
	o.buf = append(o.buf, b...)
	o.cut = true
}

// settled reports whether nothing waits to be handed out; if something does, that happens next. Who gives out an
// element in pieces asks for it first, or the pieces would be torn apart when an export is turned round.
func (o *output) settled() bool {
	o.cut = len(o.parts) > 0
	return !o.cut
}

// full reports whether it is time to hand out.
func (o *output) full() bool {
	if o.turn.asks() && (o.units >= askUnits || len(o.buf) >= askLen) {
		o.turn.settle(o.parts)
		o.cut = o.cut || o.turn.asks()
	}
	if room := o.turn.hold() + flushLen; len(o.buf) > maxTurn/4 && cap(o.buf) < room {
		o.buf = slices.Grow(o.buf, room-len(o.buf)) // at once: growing step by step leaves as much again behind
	}
	return o.cut || len(o.buf) >= o.turn.hold() || len(o.parts) >= maxParts
}

// release makes ready what was collected.
func (o *output) release() {
	o.cut = false
	if len(o.parts) == 0 {
		return
	}
	if o.turn.decide(o.parts) {
		o.next = backwards(o.parts, o.next[:0])
		return
	}
	for i := range o.parts {
		o.tell(&o.parts[i], o.off+int64(o.parts[i].at))
	}
	o.ready, o.off = o.buf, o.off+int64(len(o.buf))
}

// draw makes the next part ready. When there is none everything was handed out, and collecting begins anew.
func (o *output) draw() bool {
	n := len(o.next)
	if n == 0 {
		o.buf, o.parts, o.units = o.buf[:0], o.parts[:0], 0
		return false
	}
	i, to := o.next[n-1], len(o.buf)
	o.next = o.next[:n-1]
	p := &o.parts[i]
	if i+1 < len(o.parts) {
		to = o.parts[i+1].at
	}
	o.tell(p, o.off)
	o.ready, o.off = o.buf[p.at:to], o.off+int64(to-p.at)
	return true
}

// tell notes what a part's carrier says, if that is new.
func (o *output) tell(p *part, off int64) {
	if p.more || o.told && p.time.Equal(o.last.Time) && p.host == o.last.Host && p.stamp == o.last.Stamp {
		return
	}
	o.told, o.last = true, Carrier{Off: off, Time: p.time, Host: p.host, Stamp: p.stamp}
	if n := len(o.carriers); n > o.taken && o.carriers[n-1].Off == off {
		o.carriers[n-1] = o.last // nothing was said of the one before
		return
	}
	o.carriers = append(o.carriers, o.last)
}
