package tally

import (
	"encoding/base64"
	"encoding/binary"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/redact"
)

// Encode writes the tally as a partial. Tallies that counted the same findings, marks and pieces
// with the same options give the same bytes, whatever the order and however they were merged.
// Samples are redacted; no raw user id is in it. Records are written as they are read and never held.
func (t *Tally) Encode(w io.Writer, h Header) error {
	out := newLineWriter(w)
	out.write(headerRecord(h, t.samples))
	for _, name := range slices.Sorted(maps.Keys(t.inputs)) {
		out.write(sectionLine{Input: t.inputs[name].record()})
	}
	codes := make([]*code, 0, len(t.named)+len(t.pool.m))
	t.eachCode(func(c *code) { codes = append(codes, c) })
	slices.SortFunc(codes, func(a, b *code) int { return a.key.compare(b.key) })
	for _, c := range codes {
		out.write(sectionLine{Code: t.codeRecord(c, t.kept.redactor)})
	}
	for _, event := range slices.Sorted(maps.Keys(t.marks.set.m)) {
		out.write(sectionLine{Mark: t.marks.set.m[event].record(event)})
	}
	if other := t.otherRecord(); *other != (otherRecord{}) {
		out.write(sectionLine{Other: other})
	}
	if err := t.writeRecords(out); err != nil {
		return err
	}
	return out.end()
}

func headerRecord(h Header, samples int) headerLine {
	d := h.Digests
	return headerLine{
		PartialSchema, clean(h.Tool, maxRemark),
		Digests{clean(d.Extractors, maxRemark), clean(d.Catalog, maxRemark), clean(d.Rules, maxRemark), clean(d.Options, maxRemark)},
		samples,
	}
}

func (in *input) record() *inputRecord {
	out := &inputRecord{
		Name: in.name, Kind: in.kind, Empty: in.empty(), Incomplete: in.incomplete,
		Problems: in.problems, Notes: in.notes, Findings: in.findings,
		Banners: in.banners.record(), Logins: in.logins.record(), Health: in.health.record(),
	}
	for _, p := range in.pieces.joined() {
		out.Pieces = append(out.Pieces, [3]int64{p.off, p.end, p.lines})
	}
	return out
}

func (t *Tally) codeRecord(c *code, r *redact.Redactor) *codeRecord {
	out := &codeRecord{
		Family: c.key.Family, Code: c.key.Code, Count: c.count, First: c.span.first, Last: c.span.last,
		Users: c.users.record(), Histogram: c.hist.record(), Alternatives: c.alternatives,
		Hosts: c.hosts.record(), APIs: c.apis.record(), Versions: c.versions.record(),
	}
	for _, s := range c.samples.list {
		e := s.evidence(r)
		to := sampleRecord{
			Time: s.ns, TimeGuessed: s.guessed, Source: s.source, Offset: s.off, Column: s.column,
			Level: e.Level, Extractor: e.Extractor, Text: e.Text,
		}
		to.Piece, to.Line = t.rebased(s)
		for _, f := range e.Fields {
			to.Fields = append(to.Fields, fieldRecord(f))
		}
		out.Samples = append(out.Samples, to)
	}
	return out
}

func (m *mark) record(event string) *markRecord {
	return &markRecord{event, m.count, m.span.first, m.span.last}
}

func (t *Tally) otherRecord() *otherRecord {
	return &otherRecord{t.marks.ok, t.marks.other, t.unknownOther, t.otherUsers.record()}
}

func (h *histogram) record() histogramRecord {
	out := histogramRecord{Step: int64(steps[h.level] / time.Second), Before: h.before, NoTime: h.none}
	for _, c := range h.b {
		out.Buckets = append(out.Buckets, [2]int64{c.i, c.n})
	}
	return out
}

func (n *names) record() []nameRecord {
	var out []nameRecord
	for _, c := range n.sorted() {
		out = append(out, nameRecord(c))
	}
	return out
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func (u *users) record() *usersRecord {
	if u.sketch == nil {
		var keys, counts []byte
		for _, c := range u.counts() {
			keys = binary.BigEndian.AppendUint64(keys, c.key)
			counts = binary.AppendUvarint(counts, uint64(c.n))
		}
		if keys == nil {
			return nil
		}
		text := base64.RawStdEncoding.EncodeToString
		return &usersRecord{Keys: text(keys), Counts: text(counts)}
	}
	u.settle()
	b := registers(u.sketch)
	for i, register := range b {
		b[i] = base64Digits[register]
	}
	return &usersRecord{Sketch: string(b)}
}
