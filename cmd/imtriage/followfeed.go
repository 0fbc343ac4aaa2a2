package main

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/follow"
)

// A followed is one source: a row of files that stood at its path, which count as one text.
type followed struct {
	name  string
	feed  *scanner.Feed // nil between two files
	file  int           // its number, as the follower counts
	end   int64         // in the text: up to where pieces were told
	wrote time.Time     // when bytes came last
	idle  bool          // the feed was told that none come
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

// begin makes the feed of a file, at its first piece. The files of a source follow each other in its text.
func (w *watch) begin(f *followed, p *follow.Piece) {
	o := scanner.FeedOptions{
		Name: f.name, Reference: w.reference, Zone: w.plan.zone, Encoding: w.plan.inputs.Encoding, Off: f.end + p.Offset,
	}
	switch {
	case o.Off == 0:
	case p.Offset == 0:
		o.Head = bytes.Clone(p.Data[:min(len(p.Data), headLen)])
	case p.Before != nil:
		head := make([]byte, min(p.Offset, headLen))
		if n, _ := p.Before.ReadAt(head, 0); n == len(head) { // else it is taken for plain text
			o.Head = head
		}
	}
	f.file, f.end = p.Generation, o.Off
	f.feed = w.scanner.NewFeed(o, pieceSink{w, f})
}

// piece takes what a source grew by.
func (w *watch) piece(p follow.Piece) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.sources[p.Source]
	if f == nil {
		f = &followed{name: p.Source}
		w.sources[p.Source] = f
	}
	// A file that was rotated away may end, and even grow, when its successor is read already. What comes late
	// then counts as a part of that one.
	late := f.feed != nil && p.Generation < f.file
	if len(p.Data) == 0 && (late || f.feed == nil) {
		return
	}
	if f.feed != nil && p.Generation > f.file {
		w.endFile(f)
	}
	if f.feed == nil {
		w.begin(f, &p)
	}
	w.live.Lines(int64(bytes.Count(p.Data, []byte{'\n'})))
	_, err := f.feed.Write(p.Data)
	w.fail(err)
	f.wrote, f.idle = w.app.now(), false
	if p.End != "" && !late {
		w.endFile(f)
	}
}

// endFile closes the feed of a file.
func (w *watch) endFile(f *followed) {
	w.fail(f.feed.Close())
	f.feed = nil
}

// maxQuiet is how long a record may wait for its end.
const maxQuiet = time.Second

// settle delivers what waits in sources to which nothing came for a while.
func (w *watch) settle(now time.Time) {
	for _, f := range w.inOrder() {
		if f.feed != nil && !f.idle && now.Sub(f.wrote) >= maxQuiet {
			f.idle = true
			w.fail(f.feed.Idle())
		}
	}
}

// summary is that of now: feeds tell first of how much they have read.
func (w *watch) summary() *tally.Summary {
	for _, f := range w.inOrder() {
		if f.feed != nil {
			_, err := f.feed.State()
			w.fail(err)
		}
	}
	sum := w.tally.Summary()
	for i := range sum.Inputs {
		// How the first lines of a file are written may not be settled: nothing was told of it then.
		if in := &sum.Inputs[i]; in.Bytes == 0 && w.sources[in.Name] != nil {
			in.Complete, in.Problem = true, ""
		}
	}
	return sum
}

// inOrder returns the sources by name.
func (w *watch) inOrder() []*followed {
	list := make([]*followed, 0, len(w.sources))
	for _, name := range slices.Sorted(maps.Keys(w.sources)) {
		list = append(list, w.sources[name])
	}
	return list
}
