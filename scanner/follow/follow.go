// Package follow reads files that grow. It makes of every path one source that goes on through every
// rotation, and hands it out in contiguous pieces of complete lines.
//
// Three names are enough to use it:
//
//	f, err := follow.New(follow.Options{Paths: []string{"/var/log/app/*.log"}, Now: time.Now})
//	err = f.Run(ctx, func(p follow.Piece) { feed(p.Source).Write(p.Data) })
//	state := f.Positions(nil) // for Options.Resume of the next run
//
// # What is true
//
// The truth is always our own open descriptor and our own offset, never the path. A file that stands
// at a path is pinned: it stays open until it is read to its end, whatever happens to its name. What was
// read is compared with what is known of the content, its head and the bytes before the offset, after
// it was read and before it is handed out. So nothing is taken from a file that was rewritten meanwhile.
//
// A file that was rotated away is read on for a while, since its writer may not know yet. Its last line
// is handed out as a line then, though it may lack a line break.
//
// # Who reads
//
// Loads are read by our reader, in large chunks. Files that trickle are watched by nxadm/tail, each line of
// which is taken only where it is contiguous; docs/adr/0020 says why. Without /proc our reader does it all.
//
// # What cannot be promised
//
// Lines are lost if a file is truncated before they were read and no plain copy stands beside it, or in the seconds
// after a rotation, while its predecessor is waited for; if it was born and rotated between two looks, and packed or
// deleted meanwhile, or its predecessor written to after it; if it is written to later than [Options.Grace] after its
// rotation. While a path or its folder is looked at for the first time a rotation may hide lines, or bring old ones. A
// file that was rewritten with the same first 1024 bytes and the same 64 bytes before the offset is taken for the same; so
// is one with the number and the beginning, as far as that was seen up to 1024 bytes, of a deleted one that stood there
// before the path was found. There is no order between files; that of two which came and went between two looks is told by
// their names, and may be wrong where rotations follow upon each other faster than these are listed.
package follow

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

// Options say what is followed and how. Paths and Now are needed, everything else has a good default.
type Options struct {
	Paths []string  // files, folders, globs with **, and "-"
	Stdin io.Reader // read for "-"

	// FromStart reads files that are there at the beginning from their start, not from their end. What
	// appears later is read from its start always.
	FromStart bool
	// Resume goes on where an earlier run was, see [Follower.Positions]. Files are found by their content, also if they
	// were renamed or packed meanwhile.
	Resume []Position

	MinPoll time.Duration // between two looks at a file that grows; 0 means 50 ms
	MaxPoll time.Duration // at one that is idle, and for new files; 0 means 1 s
	// Settle is how long a file that was rotated away must be quiet before its successor is read; 0 means 1 s.
	Settle time.Duration
	// Grace is how long it must be quiet before it is closed; 0 means 5 s. A file without a successor that has bytes is
	// kept for twelve times as long.
	Grace   time.Duration
	LineCap int  // bytes of a line after which it is handed out in parts; 0 means 1 MiB
	NoTail  bool // our reader alone; without /proc that is so always

	Now   func() time.Time
	After func(time.Duration) <-chan time.Time // nil means time.After
	// Tick, if set, is called from the goroutine of Run after each round of looks and at the end of Run. All pieces
	// that were handed out are in Positions then: this is the place to save them.
	Tick func()
}

// A Follower follows files. Its methods are safe for concurrent use, but only one of Run, Poll and Finish may be
// active at a time.
type Follower struct {
	o        Options
	procTail bool // files can be given to nxadm/tail

	mu         sync.Mutex // held but while a handler or the clock is waited for
	handler    func(Piece)
	delivering bool

	started  bool
	patterns []*pattern
	files    []*file // in the order in which they were found
	byPath   map[string]*file
	resume   map[string][]Position
	retired  []Position       // of paths that are gone: files that were read to their end, the oldest first
	known    map[string]int64 // paths and patterns of an earlier run, with its listedAt for those without a file
	listedAt int64            // in nanoseconds: folders were looked at when they had changed last at this time
	scanAt   time.Time        // of the next look for new files
	dirs     map[string][]os.DirEntry
	listed   map[string]*folder // those of patterns, and of what these found
	readDir  func(dir string) ([]os.DirEntry, error)
	buf      []byte

	pipe struct {
		books
		off   int64
		ended bool
	}

	lines   chan tailLine
	trickle int // tails that run

	credit int  // files that may be opened without looking whether descriptors are left
	full   bool // none is, in this round
}

const (
	chunkSize  = 256 << 10
	roundBytes = 4 << 20 // read of one file before others have their turn
)

// New returns a follower. It opens nothing yet.
func New(o Options) (*Follower, error) {
	if len(o.Paths) == 0 {
		return nil, errors.New("nothing to follow: name a file, a folder, a pattern or -")
	}
	if o.Now == nil {
		return nil, errors.New("follow: no clock: set Options.Now")
	}
	if o.After == nil {
		o.After = time.After
	}
	o.MinPoll = orDuration(o.MinPoll, 50*time.Millisecond)
	o.MaxPoll = max(o.MinPoll, orDuration(o.MaxPoll, time.Second))
	o.Settle = orDuration(o.Settle, time.Second)
	o.Grace = max(o.Settle, orDuration(o.Grace, 5*time.Second))
	if o.LineCap <= 0 {
		o.LineCap = 1 << 20
	}
	o.LineCap = max(o.LineCap, 64) &^ 1 // UTF-16 is cut between its units
	f := &Follower{
		o: o, procTail: !o.NoTail && hasProc(),
		byPath: map[string]*file{}, resume: map[string][]Position{}, known: map[string]int64{},
		lines: make(chan tailLine, 64), readDir: os.ReadDir,
	}
	for _, p := range o.Resume {
		if p.w.Kind == kindPath {
			f.known[p.w.Path] = p.w.MTime
		} else {
			f.known[p.w.Path] = 0 // it has a file
			f.resume[p.w.Path] = append(f.resume[p.w.Path], p)
		}
	}
	if err := f.addPatterns(); err != nil {
		return nil, err
	}
	return f, nil
}

func orDuration(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// Poll looks once at everything that is due and hands out what there is to read. It reports whether
// there is more to read at once. It is for those who bring their own loop, and for tests.
func (f *Follower) Poll(ctx context.Context, handler func(Piece)) (more bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.handler = handler
	return f.round(ctx)
}

// round is one look at everything that is due.
func (f *Follower) round(ctx context.Context) (more bool) {
	now := f.o.Now()
	f.dirs, f.full = nil, false // listings are good for one round
	f.receive()
	if !f.started || !now.Before(f.scanAt) {
		f.started = f.findFiles() || f.started
		f.scanAt = now.Add(max(f.o.MaxPoll, 50*f.o.Now().Sub(now)))                // a large tree is not walked all the time
		f.scanAt = f.scanAt.Add(-time.Duration(f.scanAt.UnixNano()) % f.o.MaxPoll) // in step with looks
	}
	for i := 0; i < len(f.files); i++ { // the handler may let time pass, but adds none
		if ctx.Err() != nil {
			return false
		}
		if fl := f.files[i]; fl.more || !now.Before(fl.due) {
			f.look(fl)
			more = more || fl.more
		}
	}
	return more
}

// nextDue tells how long nothing is due.
func (f *Follower) nextDue() time.Duration {
	now := f.o.Now()
	next := f.scanAt
	for _, fl := range f.files {
		if fl.due.Before(next) {
			next = fl.due
		}
	}
	return max(next.Sub(now), time.Millisecond)
}

// Finish reads everything that can be read now, also of files for whose writers it would wait else, but does not
// hand out unterminated last lines of files that may still grow: a later run that resumes reads them whole. It closes
// all files; Positions stays valid. Run calls it at its end.
func (f *Follower) Finish(handler func(Piece)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.handler, f.dirs = handler, nil
	f.findFiles() // what is born is read from its start, now or never
	for _, fl := range f.files {
		f.stopTail(fl)
		f.drain(fl)
	}
	f.close()
}

func (f *Follower) close() {
	for _, fl := range f.files {
		for _, g := range fl.gens {
			g.close()
		}
	}
}
