package tally

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// ErrDamaged is what [errors.Is] finds in an error of [Decode] if the file began as a partial of
// this version and did not go on as one: it was cut short or changed.
var ErrDamaged = errors.New("partial is damaged")

// A damage is an error of a damaged partial; its text is that of the error.
type damage struct{ error }

// Is makes every damage an [ErrDamaged].
func (d damage) Is(target error) bool { return target == ErrDamaged }

// Unwrap returns what the damage is.
func (d damage) Unwrap() error { return d.error }

// Decode reads one partial, to its end. It accepts exactly what [Tally.Encode] writes; anything
// else is an error that names the line. Behind a good first line it is an [ErrDamaged], unless r
// failed; a file without one is no partial, or one of another version.
//
// The tally is made with the given options, except that Samples 0 stands for the number the
// partial was made with. Catalog and Redactor should be those of the scan: compare the digests
// with [Header.Differs] before merging. Records go to those of the options as
// they are read, also if the partial turns out to be damaged further on. Under another catalog more numbers may be unknown than
// are kept apart; the rest is then counted in [Summary.UnknownOther]. A partial that was made with
// less redaction than the given redactor does is redacted by it.
func Decode(r io.Reader, o Options) (*Tally, Header, error) {
	d := decoder{lineReader: lineReader{r: bufio.NewReader(r), sum: sha256.New()}}
	d.canonical = newEncoder(&d.want)
	if err := d.header(o); err != nil {
		return nil, Header{}, err
	}
	if err := d.sections(); err != nil {
		if !d.failed {
			err = damage{err}
		}
		return nil, Header{}, err
	}
	if k := New(o).samples; o.Samples != 0 && k < d.t.samples {
		d.t.samples = k
		d.t.eachCode(func(c *code) { c.samples.lower(k) })
	}
	return d.t, d.h, nil
}

type decoder struct {
	lineReader

	want      bytes.Buffer
	canonical *json.Encoder // writes to want

	t        *Tally
	h        Header
	kind     int    // of the line before, an index of kinds
	name     string // of the line before
	key      Key
	findings int64  // of inputs, less those of codes
	before   Record // the record of the line before, but for its content
}

// kinds are the sections in their order.
var kinds = []string{"schema", "input", "code", "mark", "other", "record", "end"}

// fail says what is wrong with the present line.
func (d *decoder) fail(format string, args ...any) error {
	return fmt.Errorf("partial, line %d: %w", d.lines, fmt.Errorf(format, args...))
}

// parse decodes the line into a record.
func (d *decoder) parse(v any) error {
	dec := json.NewDecoder(bytes.NewReader(d.line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return d.fail("%w", err)
	}
	return nil
}

// check compares the line with what the decoded state would be written as. It stands for many
// checks: of order, of duplicates, of bounds, of spelling.
func (d *decoder) check(v any) error {
	d.want.Reset()
	if err := d.canonical.Encode(v); err != nil {
		return d.fail("%w", err)
	}
	if !bytes.Equal(d.want.Bytes(), d.line) {
		return d.fail("not in the form in which partials are written")
	}
	return nil
}

func (d *decoder) header(o Options) error {
	if err := d.next(); err != nil {
		return err
	}
	var schema struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(d.line, &schema); err != nil || schema.Schema == "" {
		return errors.New("not a partial: the first line has no schema")
	}
	if schema.Schema != PartialSchema {
		return fmt.Errorf("schema %q is not known to this version, want %q", clean(schema.Schema, maxName), PartialSchema)
	}
	var h headerLine
	if err := d.parse(&h); err != nil {
		return err
	}
	if h.Samples < 0 || h.Samples > maxSamples {
		return d.fail("samples: %d is not in 0 to %d", h.Samples, maxSamples)
	}
	d.h = Header{h.Tool, h.Digests}
	o.Samples = h.Samples
	if h.Samples == 0 {
		o.Samples = -1
	}
	d.t = New(o)
	d.sum.Write(d.line)
	return d.check(headerRecord(d.h, h.Samples))
}

// sections reads everything behind the header.
func (d *decoder) sections() error {
	for {
		if done, err := d.section(); err != nil {
			return err
		} else if done {
			return d.finish()
		}
	}
}

// section reads one line behind the header and reports whether it was the last one.
func (d *decoder) section() (done bool, err error) {
	if err := d.next(); err != nil {
		return false, err
	}
	rest, _ := bytes.CutPrefix(d.line, []byte(`{"`))
	name, _, found := bytes.Cut(rest, []byte(`"`))
	kind := slices.Index(kinds, string(name))
	switch {
	case !found || len(rest) == len(d.line):
		return false, d.fail("not an object with a section's name")
	case kind < 0:
		return false, d.fail("section %q is not known to this version of imtriage: use the one that wrote the file", clean(string(name), maxName))
	case kind < d.kind || kind == 0:
		return false, d.fail("section %q behind %q", name, kinds[d.kind])
	}
	first := kind > d.kind
	d.kind = kind
	if kinds[kind] == "end" {
		return true, d.end()
	}
	d.sum.Write(d.line)
	var s sectionLine
	if err := d.parse(&s); err != nil {
		return false, err
	}
	// A null section, or two of them on a line.
	if s.present() != 1 {
		return false, d.fail("want one section %q", name)
	}
	switch {
	case s.Input != nil:
		err = d.input(s.Input, first)
	case s.Code != nil:
		err = d.code(s.Code, first)
	case s.Mark != nil:
		err = d.mark(s.Mark, first)
	case s.Record != nil:
		err = d.record(s.Record, first)
	default:
		err = d.other(s.Other, first)
	}
	return false, err
}

func (s *sectionLine) present() int {
	n := 0
	for _, present := range []bool{s.Input != nil, s.Code != nil, s.Mark != nil, s.Other != nil, s.Record != nil} {
		if present {
			n++
		}
	}
	return n
}

func (d *decoder) end() error {
	var e endLine
	if err := d.parse(&e); err != nil {
		return err
	}
	sum := hex.EncodeToString(d.sum.Sum(nil))
	if e.End != d.lines-1 || e.SHA256 != sum {
		return d.fail("the file was changed: it has %d lines with digest %s, not %d with %s",
			d.lines-1, shortDigest(sum), e.End, shortDigest(clean(e.SHA256, maxName)))
	}
	return d.check(e)
}

// finish makes sure that nothing follows and that inputs and codes agree.
func (d *decoder) finish() error {
	if err := d.last(); err != nil {
		return err
	}
	if d.findings != 0 {
		return fmt.Errorf("partial: its inputs have %d findings more than its codes", d.findings)
	}
	return nil
}

// counts checks that all are counts.
func (d *decoder) counts(least int64, ns ...int64) error {
	for _, n := range ns {
		if n < least || n > maxCount {
			return d.fail("%d is not a count", n)
		}
	}
	return nil
}
