package catalog

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// The compiled form is
//
//	magic, length of the facts, facts, texts
//
// Facts are varints. A text is its length among the facts; its bytes stand in the last part in
// the same order, so that decoding slices them without looking at them.
const magic = "imcat\x02"

var errDamaged = errors.New("not a compiled catalog of this version")

// The flags of an entry, in the order in which encoder.entry lists them.
const (
	flagUnknown = 1 << iota
	flagHeals
	flagVendor
	flagBase
	flagRange
)

// MarshalBinary returns the compiled form, which is the same for catalogs that say the same. It
// never fails.
func (c *Catalog) MarshalBinary() ([]byte, error) {
	var w encoder
	w.uint(len(c.sources))
	for _, s := range c.sources {
		w.text(s.ID, s.Title.EN, s.Title.ZH, s.URL, s.Date)
	}
	w.uint(len(c.sections))
	for _, s := range c.sections {
		w.text(string(s.Family), s.Name, s.Title.EN, s.Title.ZH)
	}
	w.uint(len(c.entries))
	for _, e := range c.entries {
		w.entry(e)
	}
	data := append([]byte(magic), binary.AppendUvarint(nil, uint64(len(w.facts)))...)
	return append(append(data, w.facts...), w.texts...), nil
}

type encoder struct{ facts, texts []byte }

func (w *encoder) uint(n int) { w.facts = binary.AppendUvarint(w.facts, uint64(n)) }
func (w *encoder) int(n int)  { w.facts = binary.AppendVarint(w.facts, int64(n)) }

func (w *encoder) text(texts ...string) {
	for _, s := range texts {
		w.uint(len(s))
		w.texts = append(w.texts, s...)
	}
}

func (w *encoder) list(texts []string) {
	w.uint(len(texts))
	w.text(texts...)
}

func (w *encoder) codes(codes []int) {
	w.uint(len(codes))
	for _, code := range codes {
		w.int(code)
	}
}

// Round numbers end in zero bits; turned round they take two or three bytes.
func (w *encoder) float(f float64) {
	w.facts = binary.AppendUvarint(w.facts, bits.ReverseBytes64(math.Float64bits(f)))
}

func (w *encoder) entry(e *Entry) {
	flags := 0
	for i, set := range []bool{e.ResultUnknown, e.SelfHeals, e.AskVendor, e.InBase, e.IsRange()} {
		if set {
			flags |= 1 << i
		}
	}
	w.uint(flags)
	w.int(e.Code)
	if e.IsRange() {
		w.uint(e.Last - e.Code)
	}
	w.uint(int(e.Class))
	w.text(string(e.Family), e.Section, string(e.Topic), string(e.Retry))
	w.uint(len(e.Also))
	for _, f := range e.Also {
		w.text(string(f))
	}
	w.list(e.Symbols)
	w.codes(e.Causes)
	w.codes(e.Symptoms)
	w.list(e.Links)
	w.list(e.Sources)
	w.uint(len(e.Limits))
	for _, l := range e.Limits {
		w.text(l.Of.EN, l.Of.ZH, l.Unit)
		w.float(l.Min)
		w.float(l.Max)
	}
	w.uint(len(e.History))
	for _, h := range e.History {
		w.text(h.When.EN, h.When.ZH, h.Was.EN, h.Was.ZH, h.Now.EN, h.Now.ZH)
	}
	w.text(e.Row.EN, e.Row.ZH)
	for _, t := range e.prose {
		w.text(t.EN, t.ZH)
	}
}
