package tally

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/axiomhq/hyperloglog"
)

func (d *decoder) input(r *inputRecord, first bool) error {
	if err := d.counts(0, r.Findings); err != nil {
		return err
	}
	if !first && r.Name <= d.name {
		return d.fail("input %q is not in order", r.Name)
	}
	if len(r.Pieces) > d.t.caps.pieces {
		return d.fail("more than %d pieces", d.t.caps.pieces)
	}
	in := d.t.input(r.Name)
	d.name = in.name
	var err error
	for _, p := range r.Pieces {
		q := Piece{Source: r.Name, Off: p[0], End: p[1], Lines: p[2]}
		if err = q.check(); err == nil && q.End > maxCount {
			err = errors.New("too large")
		}
		if err == nil {
			in.pieces, err = in.pieces.with(piece{q.Off, q.End, q.Lines})
		}
		if err != nil {
			return d.fail("pieces: %w", err)
		}
		in.begun = in.begun || q.Off == 0
	}
	health, err := d.health(r.Health)
	if err != nil {
		return err
	}
	from := input{health: health, kind: r.Kind, begun: r.Empty, incomplete: r.Incomplete, problems: r.Problems, notes: r.Notes, findings: r.Findings}
	if err := cmp.Or(d.traces(&from.banners, r.Banners, false), d.traces(&from.logins, r.Logins, true)); err != nil {
		return err
	}
	in.merge(&from, d.t.caps, &d.t.kept)
	d.findings += r.Findings
	want := in.record() // but for what this side redacts
	want.Banners, want.Logins = from.banners.record(), from.logins.record()
	return d.check(sectionLine{Input: want})
}

func (d *decoder) code(r *codeRecord, first bool) error {
	k := Key{r.Family, r.Code}
	if !first && k.compare(d.key) <= 0 {
		return d.fail("code %d of %s is not in order", r.Code, r.Family)
	}
	d.key = k
	c := newCode(k, d.t.caps, d.t.samples)
	c.count, c.span = r.Count, span{r.First, r.Last}
	for _, a := range r.Alternatives {
		c.alternative(a)
	}
	if err := cmp.Or(
		d.counts(1, r.Count),
		d.users(&c.users, r.Users, r.Count),
		d.histogram(&c.hist, &r.Histogram),
		d.names(&c.hosts, r.Hosts, r.Count),
		d.names(&c.apis, r.APIs, r.Count),
		d.names(&c.versions, r.Versions, r.Count),
		d.samples(&c.samples, r.Samples, r.Count),
	); err != nil {
		return err
	}
	if c.hist.sum() != r.Count || !c.span.valid(r.Count-c.hist.none) {
		return d.fail("the histogram does not fit count and times")
	}
	d.findings -= r.Count
	if err := d.check(sectionLine{Code: d.t.codeRecord(c, nil)}); err != nil {
		return err
	}
	if kept := d.t.code(k); kept != nil {
		kept.merge(c, &d.t.kept)
	} else {
		d.t.unknownOther += c.count
		d.t.otherUsers.merge(&c.users)
	}
	return nil
}

func (d *decoder) users(u *users, r *usersRecord, count int64) error {
	if r == nil {
		return nil
	}
	if (r.Keys == "") == (r.Sketch == "") || (r.Keys == "") != (r.Counts == "") {
		return d.fail("users: want either keys with counts or a sketch")
	}
	if r.Sketch != "" {
		if count <= int64(u.limit) {
			return d.fail("users: a sketch for %d findings", count)
		}
		b := slices.Clone(sketchHeader)
		for i := range len(r.Sketch) {
			b = append(b, byte(strings.IndexByte(base64Digits, r.Sketch[i]))) // 255 if it is none: refused below
		}
		u.sketch = hyperloglog.NewNoSparse()
		if err := u.sketch.UnmarshalBinary(b); err != nil {
			return d.fail("users: %w", err)
		}
		return nil
	}
	b, err := base64.RawStdEncoding.Strict().DecodeString(r.Keys)
	if err != nil {
		return d.fail("users: %w", err)
	}
	counts, err := base64.RawStdEncoding.Strict().DecodeString(r.Counts)
	if err != nil {
		return d.fail("users: %w", err)
	}
	if n := len(b) / 8; n > u.limit || int64(n) > count || n*8 != len(b) {
		return d.fail("users: %d bytes of keys for %d findings", len(b), count)
	}
	for ; len(b) > 0; b = b[8:] {
		n, size := binary.Uvarint(counts)
		if size <= 0 || n == 0 || n > uint64(count) {
			return d.fail("users: counts that do not fit %d findings", count)
		}
		counts, count = counts[size:], count-int64(n)
		u.add(userKey(binary.BigEndian.Uint64(b)), int64(n))
	}
	if len(counts) > 0 {
		return d.fail("users: more counts than keys")
	}
	return nil
}

func (d *decoder) histogram(h *histogram, r *histogramRecord) error {
	h.level = slices.Index(steps[:], time.Duration(r.Step)*time.Second)
	if h.level < 0 {
		return d.fail("histogram: %d s is not a step", r.Step)
	}
	if len(r.Buckets) > h.limit {
		return d.fail("histogram: more than %d buckets", h.limit)
	}
	for _, b := range r.Buckets {
		if b[0] < 0 || b[0] > lastStamp/int64(steps[h.level]) {
			return d.fail("histogram: bucket %d is out of range", b[0])
		}
		if err := d.counts(1, b[1]); err != nil {
			return err
		}
		h.insert(b[0], b[1])
	}
	h.before, h.none = h.before+r.Before, r.NoTime
	return d.counts(0, r.Before, r.NoTime)
}

func (d *decoder) names(n *names, rs []nameRecord, count int64) error {
	for _, r := range rs {
		if r.Count < 1 || r.Count > count {
			return d.fail("%q: %d of %d findings", r.Name, r.Count, count)
		}
		if p := n.count(clean(r.Name, maxName)); p != nil {
			*p = r.Count
		}
	}
	return nil
}

func (d *decoder) samples(l *samples, rs []sampleRecord, count int64) error {
	if int64(len(rs)) != min(int64(l.k), count) {
		return d.fail("%d samples of %d findings, want %d", len(rs), count, min(int64(l.k), count))
	}
	for _, r := range rs {
		if r.Time < 0 || r.Time > lastStamp || r.Offset < 0 || r.Piece < 0 || r.Line < 0 || r.Column < 0 {
			return d.fail("samples: a negative place or a time beyond 2261")
		}
		f := Finding{Level: r.Level, Extractor: r.Extractor, Text: r.Text}
		f.TimeGuessed, f.Offset, f.Piece, f.Line, f.Column = r.TimeGuessed, r.Offset, r.Piece, r.Line, r.Column
		for i, field := range r.Fields {
			if i > 0 && field.Key <= r.Fields[i-1].Key {
				return d.fail("samples: field %q is not in order", field.Key)
			}
			f.Fields = append(f.Fields, Field(field))
		}
		s := &sample{}
		s.fill(r.Time, r.Source, &f)
		l.insert(s)
	}
	return nil
}

func (d *decoder) mark(r *markRecord, first bool) error {
	if !first && r.Event <= d.name {
		return d.fail("mark %q is not in order", r.Event)
	}
	if len(d.t.marks.set.m) == d.t.caps.events {
		return d.fail("more than %d events", d.t.caps.events)
	}
	d.name = r.Event
	m := &mark{r.Count, span{r.First, r.Last}}
	if err := d.counts(1, r.Count); err != nil {
		return err
	}
	if !m.span.valid(r.Count) && m.span != (span{}) {
		return d.fail("mark %q: times out of range", r.Event)
	}
	set := marks{set: newCapped[*mark](1)}
	set.set.add(r.Event, 0, m)
	d.t.marks.merge(&set)
	return d.check(sectionLine{Mark: m.record(clean(r.Event, maxName))})
}

func (d *decoder) other(r *otherRecord, first bool) error {
	if err := d.counts(0, r.OK, r.Marks, r.Unknown); err != nil {
		return err
	}
	if !first || *r == (otherRecord{}) {
		return d.fail("more than one section of the rest, or an empty one")
	}
	from := users{limit: d.t.caps.users}
	if err := d.users(&from, r.Users, r.Unknown); err != nil {
		return err
	}
	d.t.marks.ok += r.OK
	d.t.marks.other += r.Marks
	d.t.unknownOther += r.Unknown
	d.t.otherUsers.merge(&from)
	d.findings -= r.Unknown
	return d.check(sectionLine{Other: &otherRecord{r.OK, r.Marks, r.Unknown, from.record()}})
}
