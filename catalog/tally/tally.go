// Package tally counts what was found.
//
// A scanner delivers every [Finding] and [Mark] to a [Tally]; [Tally.Summary] turns the counts
// into plain, sorted data for reports and rules.
//
// A Tally is a commutative monoid: [New] is its zero, [Tally.Merge] its sum. Any split of the
// input, any order, any number of workers and any merge tree give the same bytes from
// [Tally.Encode]. That is why nothing here depends on arrival: samples are the first and last by
// a total order, caps keep the keys with the smallest hash, the histogram's width is a function
// of the set of times, and users are exact to 1,024 and a HyperLogLog beyond. Everything is
// bounded, whatever the input.
//
// What rules with a window select travels beside the counts: a [Record] of each such finding and mark,
// redacted, which [Records] sorts by time in bounded memory. The package also owns the partial, the file
// form of both that merge reads.
package tally

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
)

// Options say how a [Tally] counts. Tallies that are merged should be made with the same ones.
type Options struct {
	// Catalog tells which numbers are known; nil stands for [catalog.Builtin]. Its codes are
	// always kept apart; of all other numbers, members of ranges too, the 4096 of smallest
	// hash are.
	Catalog *catalog.Catalog

	// Samples is how many findings of each code are kept as evidence, half of them the first
	// and half the last: 0 stands for 5 (or, in [Decode], for what the partial has), negative
	// for none, and more than 64 for 64.
	Samples int

	// Redactor hides what must not leave: names when they are kept, samples when they leave,
	// both also where they come by [Decode] or [Tally.Merge] from a tally that hid less.
	// It also makes user keys. Nil hides nothing.
	Redactor *redact.Redactor

	// Records is where the records of the tally go, by [Tally.Record], [Decode] and [Tally.Merge]. Nil
	// drops them. Tallies may share one if they are merged before any of them is encoded.
	Records *Records

	caps caps
}

// caps are the bounds of the state; tests lower them.
type caps struct {
	pool, users, buckets, names, events, pieces int
	sessions                                    int // banners and logins of an input, at least 2 of each
}

var defaultCaps = caps{pool: 4096, users: 1024, buckets: 256, names: 256, events: 256, pieces: 4096, sessions: 128}

const (
	defaultSamples = 5
	maxSamples     = 64
	maxName        = 128 // bytes of a host, API, version or event
)

// A Tally is the running count of a scan. Make one with [New] or [Decode].
//
// It is not safe for concurrent use: each worker owns one, and [Tally.Merge] joins them.
type Tally struct {
	catalog *catalog.Catalog
	kept    keptNames
	caps    caps
	samples int
	records *Records

	named  map[Key]*code      // single codes of the catalog
	pool   capped[Key, *code] // other numbers
	inputs map[string]*input
	marks  marks

	// Findings of numbers that the pool refused or evicted.
	unknownOther int64
	otherUsers   users

	recent    recentCodes
	lastInput *input
}

// New returns an empty tally, the zero of [Tally.Merge].
func New(o Options) *Tally {
	if o.Catalog == nil {
		o.Catalog = catalog.Builtin()
	}
	if o.caps == (caps{}) {
		o.caps = defaultCaps
	}
	if o.Samples == 0 {
		o.Samples = defaultSamples
	}
	return &Tally{
		catalog:    o.Catalog,
		kept:       keptNames{redactor: o.Redactor},
		caps:       o.caps,
		samples:    min(max(o.Samples, 0), maxSamples),
		records:    o.Records,
		named:      make(map[Key]*code),
		pool:       capped[Key, *code]{max: o.caps.pool, tie: Key.compare},
		inputs:     make(map[string]*input),
		marks:      marks{set: newCapped[*mark](o.caps.events)},
		otherUsers: users{limit: o.caps.users},
	}
}

// Finding counts a finding. It keeps nothing of f: what it needs it copies. The family is one of
// [catalog.Families] and no part of the place is negative; [Decode] accepts nothing else.
func (t *Tally) Finding(f *Finding) {
	in := t.input(f.Source)
	in.findings++
	if f.TimeGuessed {
		in.health.TimesGuessed++
	}
	if c := t.code(Key{f.Family, f.Code}); c != nil {
		c.add(f, in.name, &t.kept)
		return
	}
	t.unknownOther++
	if user := f.Fields.Get(KeyUser); user != "" {
		t.otherUsers.add(userKey(t.kept.redactor.UserKey(user)), 1)
	}
}

// Mark counts a mark; [MarkOK] counts as a result with code 0 and nothing more. A [MarkSession] is not
// counted: it opens a [Session] of its input.
func (t *Tally) Mark(m *Mark) {
	t.Session(m)
	t.marks.add(m)
	if m.TimeGuessed && m.Event != MarkOK && m.Event != MarkSession {
		t.input(m.Source).health.TimesGuessed++
	}
}

// Piece tells that a range of an input was read. Deliver its findings to the same tally, or to
// one that is merged with it before it is encoded: only then their lines can be told.
//
// It is an error, and nothing is counted, if a part of the range was counted before or if the
// input has more than 4096 pieces that do not touch.
func (t *Tally) Piece(p Piece) error {
	if err := p.check(); err != nil {
		return err
	}
	old := t.inputs[clean(p.Source, len(p.Source)*4)]
	var have pieces
	if old != nil {
		have = old.pieces
	}
	if p.End > p.Off {
		var err error
		if have, err = t.extended(p.Source, have, pieces{{p.Off, p.End, p.Lines}}); err != nil {
			return err
		}
	}
	in := t.input(p.Source)
	in.remark(&p)
	t.marks.ok += p.OK
	t.settle(in, have)
	return nil
}
