package tally

import (
	"encoding/binary"
	"errors"

	"github.com/imtriage/imtriage/catalog"
)

// A recordParser reads records from a string, of which theirs are parts. What it reads may be
// damaged: then bad is set, and the record is worth nothing.
type recordParser struct {
	s     string
	terms *terms
	bad   bool
	one   Record // for each of them
}

// record reads what [terms.record] wrote. It is valid until the next call.
func (p *recordParser) record() *Record {
	r := &p.one
	*r = Record{Selections: r.Selections[:0], Values: r.Values[:0]}
	flags := p.byte()
	r.TimeGuessed = flags&flagGuessed != 0
	r.Piece, r.Line, r.Column = int64(p.uvarint()), int64(p.uvarint()), int(p.uvarint())
	r.Family = catalog.Family(p.term())
	r.Code = int(p.varint())
	if flags&flagMark != 0 {
		r.Event = p.string()
	}
	for range p.count(1) {
		r.Selections = append(r.Selections, uint16(p.uvarint()))
	}
	if flags&flagUser != 0 {
		r.User = p.uint64()
	}
	for range p.count(2 + 8) {
		r.Values = append(r.Values, Value{p.term(), p.string(), p.uint64()})
	}
	r.Level, r.Text = p.string(), p.string()
	if flags&flagPending != 0 {
		r.pending = pendingText{p.string(), p.string(), p.terms.redactor}
	}
	return r
}

var errSpillDamaged = errors.New("they are not what was written")

func (p *recordParser) byte() byte {
	if p.s == "" {
		p.bad = true
		return 0
	}
	c := p.s[0]
	p.s = p.s[1:]
	return c
}

func (p *recordParser) uvarint() uint64 {
	if len(p.s) > 0 && p.s[0] < 0x80 {
		n := p.s[0]
		p.s = p.s[1:]
		return uint64(n)
	}
	return p.longUvarint()
}

func (p *recordParser) varint() int64 {
	n := p.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (p *recordParser) longUvarint() uint64 {
	var n uint64
	for i := range min(len(p.s), binary.MaxVarintLen64) {
		c := p.s[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			p.s = p.s[i+1:]
			return n
		}
	}
	p.fail()
	return 0
}

func (p *recordParser) fail() { p.bad, p.s = true, "" }

// count reads the length of a list whose elements have at least that many bytes.
func (p *recordParser) count(least int) int {
	n := p.uvarint()
	if n > uint64(len(p.s)/least) {
		p.fail()
		return 0
	}
	return int(n)
}

func (p *recordParser) uint64() uint64 {
	if len(p.s) < 8 {
		p.fail()
		return 0
	}
	s := p.s[:8]
	p.s = p.s[8:]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func (p *recordParser) string() string {
	n := p.uvarint()
	if n > uint64(len(p.s)) {
		p.fail()
		return ""
	}
	s := p.s[:n]
	p.s = p.s[n:]
	return s
}

func (p *recordParser) term() string {
	n := int(p.byte())
	switch {
	case n == spelt:
		return p.string()
	case n > len(p.terms.names):
		p.bad = true
		return ""
	}
	return p.terms.names[n-1]
}
