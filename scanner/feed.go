package scanner

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// FeedOptions are what is fixed about an input that grows.
type FeedOptions struct {
	Name      string // logical name: identity and order of findings build on it
	Host      string // of the machine that writes it, or ""
	Reference time.Time
	Zone      *time.Location // of stamps that name none; nil is UTC
	Encoding  string         // one of [input.Encodings], or "": found by the text itself
	// Off is the offset of what is written to the feed first, at the beginning of a line. Where that is not the beginning of
	// the input, whatever offset it is given, Head is: up to 64 KiB, by which it is told how the input is written. Its byte
	// order mark is left out if it is written to the feed first.
	Off  int64
	Head []byte
}

// A Feed finds in an input that grows what a scan of the finished one finds. It is given bytes as they come, hands the
// Sink every finding and mark whose record is closed, and holds back the rest.
//
// A record closes with the next line that begins another one. [Feed.Idle] does not wait for it: what a record says until
// then is delivered, each code once. A line that is not whole waits all the same, for half a number is another one.
//
// # Offsets
//
// Findings and pieces tell offsets in the decoded text, as those of a scan do. [Feed.Offset] and [FeedState] tell one in
// the bytes as they lie in the input: where reading goes on after a crash.
//
// # Cost
//
// Between two calls a Feed keeps about 16 KiB: the last lines, and of those above the ones that tell the date.
//
// A Feed is not safe for concurrent use, but the feeds of one Scanner may be used at the same time. It is over after an
// error, which is that of the sink.
type Feed struct {
	pools    *feedPools
	x        *Extractor
	encoding string
	in       *Input
	d        *delivery
	err      error
	closed   bool

	shape   input.Shape
	live    *input.Live // nil: nobody knows yet how the input is written, or it cannot be read
	trial   *trial      // nil: how it is written is settled
	skip    int64       // of the text, that was there before a crash
	resumed input.Spot  // where it began, or was gone on from
	fresh   bool        // nothing was read of it there
	first   []byte      // was written there, and may be the beginning of a byte order mark
	trimmed int64       // arrived when it was trimmed
	arrived int64       // bytes of the input, on from its beginning

	kept kept
	from int64 // in the text: up to here everything is found and delivered
	idle int64 // and up to here it was as far as it could be
	told []int64
	// owed is what was delivered already in another reading of the text before owedTo.
	owed     map[outcomeKey]int
	owedTo   int64
	pieces   struct{ end, lines int64 }
	carriers []input.Carrier
}

// An outcomeKey says what was delivered, but not where.
type outcomeKey struct {
	Code  int    `json:"code,omitempty"`
	Event string `json:"event,omitempty"`
}

// NewFeed returns a feed of an input that begins, or begins at an offset.
func (s *Scanner) NewFeed(o FeedOptions, sink Sink) *Feed {
	f := s.newFeed(o, sink)
	if o.Off == 0 && len(o.Head) == 0 {
		f.trial = &trial{next: 1}
		return f
	}
	f.shape, _ = input.ShapeOf(o.Head, false, o.Encoding)
	f.resumed, f.fresh = input.Spot{Raw: o.Off, Text: o.Off}, true
	f.begin(f.resumed)
	return f
}

func (s *Scanner) newFeed(o FeedOptions, sink Sink) *Feed {
	f := &Feed{
		pools: &s.feeds, x: s.Extractor, encoding: o.Encoding, arrived: o.Off, from: o.Off,
		in: &Input{Name: o.Name, Host: o.Host, Reference: o.Reference, Zone: cmp.Or(o.Zone, time.UTC), Off: o.Off},
	}
	f.kept = kept{start: o.Off, base: o.Off, off: o.Off}
	f.pieces.end = o.Off
	f.d = &delivery{sink: sink}
	f.d.ofKept = ofKept(f.pools, f.x)
	f.d.describe()
	return f
}

// begin has the text read from a spot on.
func (f *Feed) begin(at input.Spot) {
	f.live = nil
	if f.shape.Unreadable() == nil {
		f.live = input.NewLive(f.shape, at)
	}
}

// ofKept is asked for details when the feed has gone on, perhaps by another goroutine.
func ofKept(pools *feedPools, x *Extractor) func(*keptEvent, *tally.Finding) {
	return func(e *keptEvent, to *tally.Finding) {
		w := pools.workers(x)
		defer pools.pairs.Put(w)
		var fields tally.Fields
		to.Level, fields = w.detail.detailKept(e)
		to.Fields = append(tally.Fields(nil), fields...)
	}
}

// errFeedClosed is what a feed says that was closed.
var errFeedClosed = errors.New("feed is closed")

// Write takes more of the input, cut anywhere, and delivers what is certain. It implements [io.Writer].
func (f *Feed) Write(p []byte) (int, error) {
	if f.closed && f.err == nil {
		return 0, errFeedClosed
	}
	n := 0
	for n < len(p) && f.err == nil {
		part := p[n:min(len(p), n+feedLen)]
		f.arrived += int64(len(part))
		if f.trial != nil {
			f.err = f.try(part)
		} else {
			f.err = f.read(f.unmarked(part))
		}
		n += len(part)
	}
	return n, f.err
}

// unmarked returns what is written without the byte order mark that may come first, in parts too.
func (f *Feed) unmarked(p []byte) []byte {
	if !f.fresh {
		return p
	}
	if len(f.first) > 0 {
		p = slices.Concat(f.first, p)
	}
	n, open := f.shape.Marked(p)
	if open {
		f.first = bytes.Clone(p)
		return nil
	}
	f.fresh, f.first = false, nil
	if n > 0 {
		f.resumed.Raw += int64(n)
		f.begin(f.resumed)
	}
	return p[n:]
}

// read takes bytes of an input that is known to be written as its shape says.
func (f *Feed) read(p []byte) error {
	if f.live == nil {
		return nil
	}
	return f.text(f.live.Text(p), false)
}

// Idle says that nothing came for a while: what is held back is delivered as if the input ended here, but for a line that
// is not whole. What comes later is found as if Idle had not been called, except that a record that goes on after all was
// told of as it was.
func (f *Feed) Idle() error {
	if f.trial != nil && f.err == nil {
		f.err = f.retry(false)
	}
	if f.err == nil && !f.closed {
		f.err = f.deliverHeld()
		f.trim()
	}
	return f.err
}

// trim gives back memory that is not in use while nothing comes.
func (f *Feed) trim() {
	if f.live == nil || f.trimmed == f.arrived {
		return
	}
	f.trimmed = f.arrived
	if f.trial == nil {
		f.live.Spot(f.from) // forgets the earlier ones
	}
	f.live.Trim()
	f.carriers, f.told = slices.Clone(f.carriers), slices.Clone(f.told)
	if n := len(f.kept.text); cap(f.kept.text) > n+n/4 {
		f.kept.text = bytes.Clone(f.kept.text)
	}
	if f.trial != nil {
		f.trial.head = bytes.Clone(f.trial.head)
	}
}

// Close is the end of the input: everything is delivered, and the last piece. A feed that shall go on later is not
// closed, but left.
func (f *Feed) Close() error {
	if f.closed || f.err != nil {
		return f.err
	}
	f.closed = true
	if f.trial != nil {
		f.err = f.retry(true)
	}
	h := input.Health{Kind: input.KindText, Complete: true}
	if err := f.shape.Unreadable(); err != nil {
		h = input.Health{Kind: f.shape.Kind, Problem: err.Error()}
	}
	if f.live != nil && f.err == nil {
		if f.err = f.read(f.first); f.err == nil {
			f.err = f.text(f.live.End(), true)
		}
		h = f.live.Health()
	}
	if f.err == nil {
		f.err = f.piece(h, true)
	}
	return f.err
}

// piece tells of what was delivered since the last piece.
func (f *Feed) piece(h input.Health, end bool) error {
	p := tally.Piece{
		Source: f.in.Name, Kind: h.Kind, Off: f.pieces.end, End: f.from, Lines: f.d.lines - f.pieces.lines,
		Complete: h.Complete, Problem: h.Problem, Notes: h.Notes, Health: h.Health,
	}
	f.in.Begun = f.d.long.run
	p.Health.CutLines += f.d.long.take()
	if end && f.d.cut {
		p.Lines++ // the last line has no line break
	}
	f.pieces.end, f.pieces.lines = f.from, f.d.lines
	return f.d.sink.Piece(p)
}
