package follow

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// Descriptors are what a follower of many files runs out of. Each file is pinned by one, and that it was pinned in time is
// why nothing is lost. So new files leave some of them for what cannot wait: the successor of a file that was rotated,
// folders, and whoever else is in the process. A file without one waits, and where it is to be read from is settled
// before.
const (
	spareDescriptors = 32
	openedAtATime    = 16 // between two tests whether so many are left
	lookDescriptors  = 4  // that listing a folder and comparing siblings takes
)

// noDescriptor says what to do; it names no file, so that it can be said once for all of them.
const noDescriptor = "it waits to be opened, no descriptor is left: raise the limit of open files (ulimit -n, LimitNOFILE= of a unit)"

// whyNot says why a file cannot be opened.
func whyNot(err error) string {
	if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return noDescriptor
	}
	return err.Error()
}

// canOpen reports whether n descriptors are left.
func canOpen(n int) bool {
	var open []*os.File
	defer func() {
		for _, f := range open {
			f.Close()
		}
	}()
	for range n {
		f, err := os.Open(os.DevNull)
		if err != nil {
			return whyNot(err) != noDescriptor
		}
		open = append(open, f)
	}
	return true
}

// room reports whether one more file may be pinned for good.
func (f *Follower) room() bool {
	switch {
	case f.credit > 0:
		f.credit--
		return true
	case f.full:
		return false
	case canOpen(spareDescriptors + openedAtATime):
		f.credit = openedAtATime - 1
		return true
	}
	f.full = !canOpen(spareDescriptors + 1)
	return !f.full
}

// refuse notes why the file that stands at the path is not opened now. It is tried again, but not all the time; a file
// that was there at the beginning is read from the end that it has now.
func (f *Follower) refuse(fl *file, info os.FileInfo, why string, now time.Time) {
	fl.problem, fl.retry = why, now.Add(f.o.MaxPoll)
	if fl.fromEnd && fl.met == nil {
		fl.met = info
	}
}

// skipRead goes behind what was there before the beginning, in a file that could be opened only later.
func (f *Follower) skipRead(fl *file, g *generation) {
	size := int64(0)
	switch {
	case g.off > 0:
		return
	case fl.met == nil && fl.fromEnd:
		size = g.info.Size()
	case fl.met != nil && os.SameFile(fl.met, g.info) && fl.met.Size() <= g.info.Size():
		size = fl.met.Size()
	}
	if err := g.skipToEnd(size, f.o.LineCap); err != nil {
		fl.note("%s: its end was not found, it is read from its start: %v", g.name, err)
	}
}
