package follow

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A file is a path that is followed, with the generations that stood there and are not read to their end.
type file struct {
	path, name string
	real       string // where the path led, through links
	found      bool   // by a pattern

	gens    []*generation // the oldest first; the last one is live if it is not dead
	done    []Position    // those read to their end, the latest
	beside  []Position    // siblings that were there before, and are no business of ours
	names   map[string]bool
	before  *folder    // its own, before it was found; nil if nobody looked, or since it was opened
	waiting []Position // of the run before, not looked for yet
	since   int64      // in nanoseconds: until then a run before saw no file at the path; 0 if it did, or there was none
	number  int        // of the last generation

	fresh   bool // not looked at yet
	fromEnd bool
	met     os.FileInfo // what is read from its end stood there then, and could not be opened
	retry   time.Time   // not to be opened before

	folder   time.Time // when the folder was changed, when it was searched for what was missed
	searches int       // since then

	due      time.Time
	interval time.Duration
	more     bool
	active   bool // something was handed out in this look

	tail *trickle

	books
}

const (
	maxGenerations = 64 // pinned of one path
	maxDone        = 8
)

func (fl *file) live() *generation {
	if n := len(fl.gens); n > 0 && fl.gens[n-1].dead.IsZero() {
		return fl.gens[n-1]
	}
	return nil
}

// look pins what stands at the path, and reads what there is to read.
func (f *Follower) look(fl *file) {
	fl.more, fl.active = false, false
	f.pin(fl)
	f.readAll(fl)
	switch {
	case fl.active || fl.more:
		fl.interval = f.o.MinPoll
	case fl.problem != "":
		fl.interval = min(2*fl.interval, f.o.MaxPoll)
	case fl.live() == nil && len(fl.gens) > 0 || len(fl.gens) > 1:
		fl.interval = min(2*fl.interval, 4*f.o.MinPoll, f.o.MaxPoll) // something is about to be over
	default:
		fl.interval = min(2*fl.interval, f.o.MaxPoll)
	}
	now := f.o.Now()
	fl.due = now.Add(fl.interval - time.Duration(now.UnixNano())%fl.interval) // in step with others: a round costs, too
	f.tend(fl)
}

// pin sees to it that the file at the path is the live generation. It reads no more than heads, so that it can go on while
// a handler takes its time.
func (f *Follower) pin(fl *file) {
	now, first := f.o.Now(), fl.fresh
	if first {
		if !canOpen(lookDescriptors) || len(fl.waiting) > 0 && !f.room() {
			info, err := os.Stat(fl.path)
			fl.fromEnd = fl.fromEnd && !errors.Is(err, fs.ErrNotExist)
			f.refuse(fl, info, noDescriptor, now)
			return
		}
		fl.fresh = false
		if first = fl.before == nil; first {
			fl.beside, fl.names = f.siblingsNow(fl)
		} else {
			fl.beside, fl.names = fl.before.beside(fl.path)
		}
		f.goOn(fl)
	}
	for _, g := range fl.gens {
		if g.file != nil {
			if info, err := g.file.Stat(); err == nil {
				if g.off == 0 && info.Size() < g.seen {
					fl.lost += g.seen
					fl.note("%s was truncated before it was read: %d bytes are lost", g.name, g.seen)
				}
				g.observe(info, now)
			}
		}
	}
	info, err := os.Stat(fl.path)
	live := fl.live()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fl.problem, fl.fromEnd = "", false
		fl.bury(live, Removed, now)
		if !first {
			f.missedInGap(fl, now)
		}
		return
	case err != nil: // what is pinned is read on
		fl.problem = err.Error()
		return
	case live != nil && os.SameFile(live.info, info):
		fl.problem = ""
		return
	case !info.Mode().IsRegular():
		fl.problem = fmt.Sprintf("%s is not a regular file: pipe it in and follow -", fl.path)
		fl.bury(live, Rotated, now)
		return
	case len(fl.gens) >= maxGenerations:
		fl.note("%d rotated files wait to be read; %s is opened when there are fewer", len(fl.gens), fl.path)
		return
	}
	fl.bury(live, Rotated, now)
	if i := slices.IndexFunc(fl.gens, func(g *generation) bool { return !g.whole && os.SameFile(g.info, info) }); i >= 0 {
		g := fl.gens[i] // renamed away and back
		fl.gens = append(slices.Delete(fl.gens, i, i+1), g)
		g.dead, g.why, g.passed = time.Time{}, "", false
		return
	}
	switch {
	case now.Before(fl.retry):
	case fl.number == 0 && !f.room(), !canOpen(lookDescriptors):
		f.refuse(fl, info, noDescriptor, now)
	default:
		f.pinNew(fl, info, first, now)
	}
}

// pinNew opens the file at the path, behind those that were there and gone between two looks.
func (f *Follower) pinNew(fl *file, info os.FileInfo, first bool, now time.Time) {
	g, err := openGeneration(fl.path, now)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.refuse(fl, info, whyNot(err), now)
		}
		return
	}
	if other := f.owner(g); other != nil {
		g.close()
		f.refuse(fl, info, fmt.Sprintf("%s is the file that is followed as %s", fl.path, other.path), now)
		return
	}
	fl.problem = ""
	if target, err := filepath.EvalSymlinks(fl.path); err == nil {
		fl.real = target
	}
	var older, newer []*generation
	if !first {
		older, newer = f.missed(fl, g, now)
	}
	fl.before = nil
	f.adopt(g)
	for _, g := range slices.Concat([]*generation{g}, older, newer) {
		if fl.fromEnd || fl.met != nil {
			f.skipRead(fl, g)
		}
	}
	fl.fromEnd, fl.met = false, nil
	fl.append(older...)
	fl.append(g)
	if len(newer) > 0 { // it was rotated away while we looked
		fl.bury(g, Rotated, now)
		fl.append(newer...)
	}
}

func (fl *file) append(gens ...*generation) {
	for _, g := range gens {
		fl.number++
		g.number = fl.number
		fl.gens = append(fl.gens, g)
	}
}

// bury notes that the path leads elsewhere. The file is read on until nobody writes to it any more.
func (fl *file) bury(g *generation, why Ending, now time.Time) {
	if g != nil && g.dead.IsZero() {
		g.dead, g.why = now, why
		fl.rotations++
	}
}

// owner returns who has the same file pinned. One file that is reached by two paths is one source.
func (f *Follower) owner(g *generation) *file {
	for _, fl := range f.files {
		for _, o := range fl.gens {
			if o.sameFile(g) {
				return fl
			}
		}
	}
	return nil
}

func (g *generation) sameFile(o *generation) bool { return os.SameFile(g.info, o.info) }

// adopt goes on in a file that was read to its end under another name.
func (f *Follower) adopt(g *generation) {
	for p := range f.finished() {
		if p.w.Dev == g.dev && p.w.Ino == g.ino && p.w.HeadLen > 0 && g.take(p) {
			return
		}
	}
}

// finished yields where files ended that were read to their end.
func (f *Follower) finished() iter.Seq[Position] {
	return func(yield func(Position) bool) {
		for _, fl := range f.files {
			for _, p := range fl.done {
				if !yield(p) {
					return
				}
			}
		}
		for _, p := range f.retired {
			if !yield(p) {
				return
			}
		}
	}
}

// fail notes why a file cannot be read. It is tried again.
func (fl *file) fail(err error) outcome {
	fl.problem = err.Error()
	return failed
}
