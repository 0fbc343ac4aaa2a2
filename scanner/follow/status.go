package follow

import (
	"fmt"
	"slices"
	"time"
)

// A State says what a followed file is about.
type State string

// The states of files.
const (
	Live     State = "live"     // it is read as it grows
	Draining State = "draining" // files that were rotated away are read to their end
	Waiting  State = "waiting"  // there is no file at the path
	Ended    State = "ended"    // a pipe was closed
	Failing  State = "failing"  // it cannot be read; Problem says why, and it is tried again
)

// A FileStatus is what can be said of a followed file for lag and health.
type FileStatus struct {
	Path    string // as the name of the source
	State   State
	Problem string
	Size    int64 // of the file at the path
	Offset  int64 // that was handed out of it
	Lag     int64 // bytes that were not handed out yet, of all files of the path
	Lines   int64 // handed out
	Grown   time.Time
	Tailed  bool // nxadm/tail watches it

	Rotations, Truncations int
	Lost                   int64    // bytes that are known to be lost
	Notes                  []string // what was not as it should be, the latest
}

// books are what is counted of a file.
type books struct {
	problem     string
	lines, lost int64
	grown       time.Time
	rotations   int
	truncations int
	notes       []string
}

const maxNotes = 8

// note says a thing once.
func (b *books) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(b.notes, text) {
		b.notes = append(b.notes, text)
		b.notes = b.notes[max(0, len(b.notes)-maxNotes):]
	}
}

// Status tells of every followed file, in the order in which they were found. Named files are among them also while
// they do not exist, and patterns that match nothing.
func (f *Follower) Status() []FileStatus {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]FileStatus, 0, len(f.files))
	for _, fl := range f.files {
		all = append(all, fl.status())
	}
	for _, p := range f.patterns {
		if p.text == stdinName {
			b := &f.pipe.books
			s := FileStatus{Path: stdinName, State: Live, Size: f.pipe.off, Offset: f.pipe.off, Lines: b.lines, Grown: b.grown}
			if f.pipe.ended {
				s.State = Ended
			}
			all = append(all, s)
		} else if p.problem != "" {
			all = append(all, FileStatus{Path: p.text, State: Failing, Problem: p.problem})
		} else if p.matched == 0 {
			all = append(all, FileStatus{Path: p.text, State: Waiting})
		}
	}
	return all
}

func (fl *file) status() FileStatus {
	s := FileStatus{
		Path: fl.name, State: Waiting, Problem: fl.problem, Lines: fl.lines, Grown: fl.grown, Tailed: fl.tail != nil,
		Rotations: fl.rotations, Truncations: fl.truncations, Lost: fl.lost, Notes: slices.Clone(fl.notes),
	}
	for _, g := range fl.gens {
		s.Lag += max(0, g.seen-g.off)
		s.State = Draining
	}
	if g := fl.live(); g != nil {
		s.Size, s.Offset = max(0, g.seen), g.off
		if len(fl.gens) == 1 {
			s.State = Live
		}
	}
	if fl.problem != "" {
		s.State = Failing
	}
	return s
}
