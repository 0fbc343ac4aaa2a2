package follow

import (
	"io"
	"slices"
	"time"
)

// A Piece is what a source grew by. The pieces of a source come in its order; those of different sources have none.
type Piece struct {
	Source string // the path, as the logical name with slashes
	// Generation counts the files that stood at the path, from 1; truncation begins a new one.
	Generation int
	Offset     int64 // of Data in that file
	// Data are complete lines with their line breaks, in the encoding of the file, and nothing is left out between
	// two pieces. It is valid until the handler returns. It is empty only in a piece that is an End.
	Data []byte

	Inside bool // Data begins inside a line whose beginning was handed out
	Open   bool // the last line of Data goes on: it is longer than the cap
	// Late tells that the file was rotated away and its successor already read from: its writer was slow.
	Late bool
	// End tells that nothing more comes of this generation. The last line of Data may have been
	// unterminated, it got a line break.
	End Ending

	// Position is the place behind Data. Resumed, if it is not nil, is the one of [Options.Resume] that Data, the first of
	// this generation, goes on from.
	Position Position
	Resumed  *Position

	// Before reads what stands in the file, before Data above all; nil for a pipe. It is valid until the handler returns.
	Before io.ReaderAt
}

// A readerAt is a function that reads as [io.ReaderAt] does.
type readerAt func([]byte, int64) (int, error)

// ReadAt implements [io.ReaderAt].
func (r readerAt) ReadAt(b []byte, off int64) (int, error) { return r(b, off) }

// An Ending says why a generation ended; zero means that it did not.
type Ending string

// The endings of a generation.
const (
	Rotated   Ending = "rotated"   // another file stands at the path
	Removed   Ending = "removed"   // none does
	Truncated Ending = "truncated" // its content was replaced in place
	Closed    Ending = "closed"    // a pipe was read to its end
)

// deliver hands a piece of g out and goes on behind it. The lock is released meanwhile, so that files
// are pinned while the handler takes its time.
func (f *Follower) deliver(fl *file, g *generation, data []byte, open bool, end Ending) {
	if len(data) == 0 && end == "" {
		return
	}
	text := data
	if end != "" && (g.inside || len(data) > 0) { // an unterminated last line
		text = slices.Concat(data, newline(g.enc))
	}
	next := g.after(data)
	next.inside = open
	p := Piece{
		Source: fl.name, Generation: g.number, Offset: g.off, Data: text,
		Inside: g.inside, Open: open, Late: g.passed, End: end, Before: readerAt(g.before),
	}
	p.Resumed = g.resumed
	now := *g
	now.mark, now.resumed = next, nil
	p.Position = now.position(fl.path)
	f.delivering = true
	f.mu.Unlock()
	f.handler(p)
	f.mu.Lock()
	f.delivering = false
	g.mark, g.resumed = next, nil
	g.partial = g.partial[:0]
	fl.count(text, g.enc, f.o.Now())
	fl.active = fl.active || len(text) > 0
}

// count keeps the books of what was handed out.
func (b *books) count(text []byte, enc string, now time.Time) {
	b.lines += int64(countLines(text, enc))
	if len(text) > 0 {
		b.grown = now
	}
}
