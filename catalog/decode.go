package catalog

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strings"
)

// decodeCatalog reads what MarshalBinary wrote. Its texts are slices of data.
func decodeCatalog(data string) (*Catalog, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, errDamaged
	}
	r := decoder{facts: rest}
	n := r.uint()
	if r.bad || n > len(r.facts) {
		return nil, errDamaged
	}
	r.facts, r.texts = r.facts[:n], r.facts[n:]
	sources := make([]Source, r.count())
	for i := range sources {
		sources[i] = Source{ID: r.text(), Title: r.both(), URL: r.text(), Date: r.text()}
	}
	sections := make([]Section, r.count())
	for i := range sections {
		sections[i] = Section{Family: Family(r.text()), Name: r.text(), Title: r.both()}
	}
	block := make([]Entry, r.count())
	entries := make([]*Entry, len(block))
	for i := range block {
		entries[i] = &block[i]
		r.entry(entries[i])
	}
	if r.bad || r.facts != "" || r.texts != "" {
		return nil, errDamaged
	}
	return newCatalog(entries, sections, sources), nil
}

// A decoder takes facts and texts from the front; once it is bad it yields zeros.
type decoder struct {
	facts, texts string
	bad          bool
}

func (r *decoder) uvarint() uint64 {
	var v uint64
	for i := 0; i < len(r.facts) && i < binary.MaxVarintLen64; i++ {
		b := r.facts[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.facts = r.facts[i+1:]
			return v
		}
	}
	r.bad, r.facts = true, ""
	return 0
}

func (r *decoder) uint() int {
	v := r.uvarint()
	if v > math.MaxUint32 { // the widest range there can be
		r.bad, v = true, 0
	}
	return int(v)
}

func (r *decoder) int() int {
	v := r.uvarint()
	return int(v>>1) ^ -int(v&1)
}

// count returns the length of a list, whose elements take a byte at least.
func (r *decoder) count() int {
	n := r.uint()
	if n > len(r.facts) {
		r.bad = true
		return 0
	}
	return n
}

func (r *decoder) text() string {
	n := r.uint()
	if n > len(r.texts) {
		r.bad = true
		return ""
	}
	s := r.texts[:n]
	r.texts = r.texts[n:]
	return s
}

func (r *decoder) both() Text { return Text{EN: r.text(), ZH: r.text()} }

func (r *decoder) float() float64 { return math.Float64frombits(bits.ReverseBytes64(r.uvarint())) }

// list decodes a list; an empty one is nil.
func list[T any](r *decoder, one func() T) []T {
	n := r.count()
	if n == 0 {
		return nil
	}
	l := make([]T, n)
	for i := range l {
		l[i] = one()
	}
	return l
}

func (r *decoder) entry(e *Entry) {
	flags := r.uint()
	e.ResultUnknown = flags&flagUnknown != 0
	e.SelfHeals = flags&flagHeals != 0
	e.AskVendor = flags&flagVendor != 0
	e.InBase = flags&flagBase != 0
	e.Code = r.int()
	e.Last = e.Code
	if flags&flagRange != 0 {
		e.Last += r.uint()
	}
	e.Class = Class(r.uint())
	e.Family, e.Section = Family(r.text()), r.text()
	e.Topic, e.Retry = Topic(r.text()), Retry(r.text())
	e.Also = list(r, func() Family { return Family(r.text()) })
	e.Symbols = list(r, r.text)
	e.Causes = list(r, r.int)
	e.Symptoms = list(r, r.int)
	e.Links = list(r, r.text)
	e.Sources = list(r, r.text)
	e.Limits = list(r, func() Limit { return Limit{Of: r.both(), Unit: r.text(), Min: r.float(), Max: r.float()} })
	e.History = list(r, func() Change { return Change{When: r.both(), Was: r.both(), Now: r.both()} })
	e.Row = r.both()
	for p := range e.prose {
		e.prose[p] = r.both()
	}
}
