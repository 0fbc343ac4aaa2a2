package tally

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/imtriage/imtriage/catalog"
)

type (
	recordRecord struct {
		Time        int64          `json:"time,omitempty"`
		TimeGuessed bool           `json:"time_guessed,omitempty"`
		Source      string         `json:"source"`
		Offset      int64          `json:"offset"`
		Piece       int64          `json:"piece"`
		Line        int64          `json:"line"` // in the piece
		Column      int            `json:"column"`
		Family      catalog.Family `json:"family,omitempty"`
		Code        int            `json:"code,omitempty"`
		Event       string         `json:"event,omitempty"`
		Selections  []uint16       `json:"selections,omitempty"`
		User        hashRecord     `json:"user,omitzero"`
		Values      []valueRecord  `json:"values,omitempty"`
		Level       string         `json:"level,omitempty"`
		Text        string         `json:"text,omitempty"`
	}

	valueRecord struct {
		Key  string     `json:"k"`
		Text string     `json:"v,omitempty"`
		Hash hashRecord `json:"h"`
	}

	// A hashRecord is a hash in hexadecimal: as a number it would lose digits in other readers.
	hashRecord uint64
)

// MarshalText implements [encoding.TextMarshaler].
func (h hashRecord) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(h)), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *hashRecord) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(string(b), 16, 64)
	if err != nil {
		return fmt.Errorf("%q is no hash", clean(string(b), maxName))
	}
	*h = hashRecord(n)
	return nil
}

// Bounds of a record that is read.
const (
	maxValues     = 256
	maxSelections = 1 << 16
)

// line returns the record as a partial holds it.
func (r *Record) line() *recordRecord {
	out := &recordRecord{
		Time: stamp(r.Time), TimeGuessed: r.TimeGuessed, Source: r.Source, Offset: r.Offset, Piece: r.Piece, Line: r.Line, Column: r.Column,
		Family: r.Family, Code: r.Code, Event: r.Event, Selections: r.Selections, User: hashRecord(r.User), Level: r.Level, Text: r.Text,
	}
	for _, v := range r.Values {
		out.Values = append(out.Values, valueRecord{v.Key, v.Text, hashRecord(v.Hash)})
	}
	return out
}

// writeRecords writes the records, with lines that count from where their joined pieces begin.
func (t *Tally) writeRecords(out *lineWriter) error {
	if t.records == nil {
		return out.err
	}
	return t.records.Each(func(r *Record) error {
		r.settleText()
		r.Piece, r.Line = t.joined(r.Source, r.Piece, r.Line)
		out.write(sectionLine{Record: r.line()})
		return out.err
	})
}

// record reads a record, and keeps it if the tally has a place for it.
func (d *decoder) record(l *recordRecord, first bool) error {
	r := &Record{
		Key: Key{l.Family, l.Code}, Event: l.Event, Selections: l.Selections, User: uint64(l.User), Level: l.Level, Text: clean(l.Text, maxRecordText),
	}
	if l.Time < 0 || l.Time > lastStamp || l.Offset < 0 || l.Piece < 0 || l.Line < 0 || l.Column < 0 {
		return d.fail("record: a negative place or a time beyond 2261")
	}
	r.Place = Place{fromStamp(l.Time), l.TimeGuessed, l.Source, l.Offset, l.Piece, l.Line, l.Column}
	if (l.Family == "") == (l.Event == "") || l.Event != "" && l.Code != 0 {
		return d.fail("record: want either a code in a family or an event")
	}
	if len(l.Values) > maxValues || len(l.Selections) > maxSelections {
		return d.fail("record: %d values and %d selections are too many", len(l.Values), len(l.Selections))
	}
	for i, n := range l.Selections {
		if i > 0 && n <= l.Selections[i-1] {
			return d.fail("record: selection %d is not in order", n)
		}
	}
	for i, v := range l.Values {
		if v.Key == "" || v.Hash == 0 || slices.ContainsFunc(l.Values[:i], func(o valueRecord) bool { return o.Key == v.Key }) {
			return d.fail("record: value %q is there twice, or has no key or hash", clean(v.Key, maxFieldKey))
		}
		r.Values = append(r.Values, Value{clean(v.Key, maxFieldKey), clean(v.Text, maxField), uint64(v.Hash)})
	}
	r.bound()
	if err := d.check(sectionLine{Record: r.line()}); err != nil {
		return err
	}
	if !first && r.compare(&d.before) <= 0 {
		return d.fail("record of %q, byte %d, is not in order", clean(r.Source, maxName), r.Offset)
	}
	d.before = Record{Place: r.Place, Key: r.Key, Event: r.Event}
	r.settle(d.t.kept.redactor) // it may have been made with less redaction
	if err := d.t.Record(r); err != nil {
		d.failed = true
		return err
	}
	return nil
}
