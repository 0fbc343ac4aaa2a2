package main

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/follow"
)

// A followed is one source: a row of files that stood at its path, which count as one text.
type followed struct {
	name   string
	feed   *scanner.Feed // nil between two files
	file   int           // its number, as the follower counts
	pipe   bool          // it is one, which nobody can read again
	breaks int64         // of lines in it, so far
	end    int64         // in the text: up to where pieces were told
	wrote  time.Time     // when bytes came last
	idle   bool          // the feed was told that none come

	resume []sourceState // where an earlier run was in files of which nothing came yet
}

// A pieceSink passes everything on and remembers where a source ends.
type pieceSink struct {
	*watch
	of *followed
}

// Piece implements [scanner.Sink].
func (s pieceSink) Piece(p tally.Piece) error {
	s.of.end = max(s.of.end, p.End)
	return s.watch.Piece(p)
}

// headLen is how much of the beginning of a file says how it is written.
const headLen = 64 << 10

// headOf returns the beginning of the file of a piece; nil if nobody can read it.
func headOf(p *follow.Piece) []byte {
	if p.Offset == 0 {
		return bytes.Clone(p.Data[:min(len(p.Data), headLen)])
	}
	if p.Before == nil {
		return nil
	}
	head := make([]byte, min(p.Offset, headLen))
	if n, _ := p.Before.ReadAt(head, 0); n < len(head) { // it is taken for plain text
		return nil
	}
	return head
}

// begin makes the feed of a file, at its first piece or where an earlier run was. The files of a source follow each
// other in its text.
func (w *watch) begin(f *followed, p *follow.Piece) {
	s := f.takeUp(p)
	if len(f.resume) > 0 {
		w.giveUp(f, placesOf(w.follower.Positions(nil)))
	}
	o := scanner.FeedOptions{
		Name: f.name, Reference: w.reference, Zone: w.plan.zone, Encoding: w.plan.inputs.Encoding, Off: f.end,
	}
	f.file, f.pipe, f.breaks = p.Generation, p.Before == nil, 0
	if s != nil && s.Feed != nil {
		var err error
		f.breaks = s.Feed.Lines
		if f.feed, err = w.scanner.ResumeFeed(o, s.Feed.Refill(p.Before, p.Offset).MovedTo(f.end, headOf(p), o.Encoding), pieceSink{w, f}); err == nil {
			return
		}
		w.app.warn("%v", err)
		f.breaks = 0
	}
	if f.end > 0 || p.Offset > 0 { // what was there before the run is no part of the text
		o.Head = headOf(p)
	}
	f.feed = w.scanner.NewFeed(o, pieceSink{w, f})
}

// piece takes what a source grew by.
func (w *watch) piece(p follow.Piece) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.flush()
	f := w.source(p.Source)
	w.dirty = true
	if len(p.Data) == 0 && (f.feed == nil || p.Generation != f.file) {
		f.takeUp(&p) // nothing was held back of it
		return
	}
	// A file that was rotated away may grow when its successor is read already. What comes late has its place behind that.
	if f.feed != nil && p.Generation != f.file {
		w.endFile(f)
	}
	if f.feed == nil {
		w.begin(f, &p)
	}
	breaks := int64(bytes.Count(p.Data, []byte{'\n'}))
	f.breaks += breaks
	w.live.Lines(breaks)
	_, err := f.feed.Write(p.Data)
	w.fail(err)
	f.wrote, f.idle = w.app.now(), false
	if p.End != "" {
		w.endFile(f)
	}
}

// endFile closes the feed of a file.
func (w *watch) endFile(f *followed) {
	w.fail(f.feed.Close())
	f.feed = nil
}

// end closes the feeds of all files.
func (w *watch) end() {
	for _, f := range w.sources {
		if f.feed != nil {
			w.endFile(f)
		}
	}
}

// maxQuiet is how long a record may wait for its end.
const maxQuiet = time.Second

// settle delivers what waits in sources to which nothing came for a while.
func (w *watch) settle(now time.Time) {
	defer w.flush()
	for _, f := range w.sources {
		if f.feed != nil && !f.idle && now.Sub(f.wrote) >= maxQuiet {
			f.idle, w.dirty = true, true
			w.fail(f.feed.Idle())
		}
	}
}

// tellPieces has feeds tell of how much they have read.
func (w *watch) tellPieces() {
	for _, f := range w.sources {
		if f.feed != nil {
			w.fail(f.feed.Tell())
		}
	}
}

// summary is that of now.
func (w *watch) summary() *tally.Summary {
	w.tellPieces()
	sum := w.tally.Summary()
	for i := range sum.Inputs {
		// How the first lines of a file are written may not be settled: nothing was told of it then.
		if in := &sum.Inputs[i]; in.Bytes == 0 {
			in.Complete, in.Problem = true, ""
		}
	}
	return sum
}

// find returns where a source stands among the others, or would.
func (w *watch) find(name string) (at int, found bool) {
	return slices.BinarySearchFunc(w.sources, name, func(f *followed, name string) int { return strings.Compare(f.name, name) })
}

// source returns a source, a new one if there is none of the name.
func (w *watch) source(name string) *followed {
	at, found := w.find(name)
	if !found {
		w.sources = slices.Insert(w.sources, at, &followed{name: name})
	}
	return w.sources[at]
}

// flush hands on the findings that were written.
func (w *watch) flush() {
	if w.out != nil {
		w.fail(w.out.Flush())
	}
}
