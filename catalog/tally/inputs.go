package tally

import (
	"fmt"
	"slices"
	"strings"
)

// A Piece tells that a range of an input was read to its end. Pieces of one input may come in any
// order and need not be adjacent; together they must not overlap. Any cut will do, within a line
// too, because lines are told by counting the line breaks before them.
type Piece struct {
	Source   string // logical name of the input
	Kind     string // text, gzip, …
	Off, End int64  // byte offsets in the decoded input
	// Lines is how many lines end in the piece: its line breaks, and one more where the input
	// ends without. A line that goes on in the next piece is counted there.
	Lines int64
	// OK is how many results with code 0 stand in the piece that were not told one by one, as a [MarkOK] each.
	OK int64
	// Complete is false where less could be read than should have been; Problem says why.
	Complete bool
	Problem  string
	Notes    []string // what a reader of the report should know
	Health   Health   // what was not plain about how it was read
}

// Bounds of what an input keeps besides its pieces.
const (
	maxProblems = 8
	maxNotes    = 16
	maxRemark   = 256 // bytes of a problem or note
	maxKind     = 32
)

// An input is the state of one source.
type input struct {
	name       string
	kind       string
	pieces     pieces
	begun      bool // a piece at offset 0 was seen, perhaps an empty one
	incomplete bool // of a piece
	problems   []string
	notes      []string
	findings   int64
	health     Health

	banners, logins traces
}

func (p *Piece) check() error {
	if p.Off < 0 || p.End < p.Off || p.Lines < 0 || p.Lines > p.End-p.Off {
		return fmt.Errorf("input %q: a piece from %d to %d with %d lines cannot be", p.Source, p.Off, p.End, p.Lines)
	}
	if p.OK < 0 || p.OK > p.End-p.Off {
		return fmt.Errorf("input %q: a piece from %d to %d with %d results of code 0 cannot be", p.Source, p.Off, p.End, p.OK)
	}
	if !p.Health.check() {
		return fmt.Errorf("input %q: a piece with a number below 0 or beyond %d in its health cannot be", p.Source, maxCount)
	}
	return nil
}

// remark adds everything but the ranges of a piece.
func (in *input) remark(p *Piece) {
	in.describe(p.Kind)
	in.begun = in.begun || p.Off == 0
	in.incomplete = in.incomplete || !p.Complete
	in.problems = addRemark(in.problems, p.Problem, maxProblems)
	for _, n := range p.Notes {
		in.notes = addRemark(in.notes, n, maxNotes)
	}
	read := p.Health
	read.TimesGuessed = 0
	in.health.Merge(&read)
}

// describe settles the kind: the pieces of one input should not differ in it, but if they do,
// the first in the alphabet stays.
func (in *input) describe(kind string) {
	in.kind = firstName(in.kind, kind)
}

// merge adds everything but the ranges of o and leaves o alone. What it kept of sessions may have been
// redacted less, so it is redacted again.
func (in *input) merge(o *input, c caps, kept *keptNames) {
	in.describe(o.kind)
	in.begun = in.begun || o.begun
	in.incomplete = in.incomplete || o.incomplete
	for _, s := range o.problems {
		in.problems = addRemark(in.problems, s, maxProblems)
	}
	for _, s := range o.notes {
		in.notes = addRemark(in.notes, s, maxNotes)
	}
	in.findings += o.findings
	in.health.Merge(&o.health)
	in.banners.merge(&o.banners, c.sessions, kept)
	in.logins.merge(&o.logins, c.sessions, kept)
}

// addRemark adds to a sorted list of distinct strings, of which the first ones stay.
func addRemark(list []string, s string, limit int) []string {
	s = clean(s, maxRemark)
	at, found := slices.BinarySearch(list, s)
	if s == "" || found || at == limit {
		return list
	}
	return slices.Insert(list[:min(len(list), limit-1)], at, strings.Clone(s))
}

// empty reports whether the input is known to have no bytes.
func (in *input) empty() bool { return in.begun && len(in.pieces) == 0 }

func (in *input) summary(sessions []session) Input {
	out := Input{Name: in.name, Kind: in.kind, Findings: in.findings, Notes: slices.Clone(in.notes), Health: in.health.clone()}
	for _, p := range in.pieces {
		out.Bytes += p.end - p.off
		out.Lines += p.lines
	}
	problems := slices.Clone(in.problems)
	off, end, gap := in.pieces.gap()
	switch {
	case gap:
		problems = append(problems, fmt.Sprintf("bytes %d to %d were not read", off, end))
	case !in.begun:
		problems = append(problems, "no part of it was read to its end")
	default:
		out.Complete = !in.incomplete
	}
	out.Problem = strings.Join(problems, "; ")
	for i := range sessions {
		out.Sessions = append(out.Sessions, sessions[i].Session)
	}
	if n := in.banners.count - int64(len(in.banners.list)); n > 0 {
		out.Notes = addRemark(out.Notes, fmt.Sprintf("%d sessions of the SDK between the first and the last ones are left out", n), len(out.Notes)+1)
	}
	return out
}
