package follow

import (
	"os"
	"slices"
	"time"
)

// goOn finds the files of the run before by their content: at the path, beside it, or packed. What cannot be found is
// said, and the file at the path is read from its start then.
func (f *Follower) goOn(fl *file) {
	waiting := fl.waiting
	fl.waiting = nil
	read := slices.Concat(fl.done, waiting)
	if len(read) == 0 && fl.since == 0 {
		return
	}
	fl.fromEnd = false
	now := f.o.Now()
	since := time.Unix(0, fl.since)
	if len(read) > 0 {
		since = time.Unix(0, read[len(read)-1].w.MTime)
	}
	open := f.plain(fl, now)
	var live *generation     // the file at the path, if it was found
	unread := false          // a file of which nothing was read is like one that was missed
	var behind []*generation // those that have their place among the ones that were missed
	for _, p := range waiting {
		g := pick(open, p)
		if g == nil && p.w.Off > 0 {
			g = f.packedOf(fl, p, now)
		}
		if g != nil {
			g.goBack(p)
			if p.w.Off == 0 && p.w.Size == 0 && !unread { // it is empty still, or again
				unread, since = true, time.Unix(0, p.w.MTime)
			}
		}
		switch {
		case g != nil && g.name == fl.path:
			live = g
		case g != nil:
			g.dead, g.why = now, Rotated
			if unread && p.w.Off == 0 {
				behind = append(behind, g)
				continue
			}
			if !unread {
				since = g.written()
			}
			fl.append(g)
		case p.w.Off > 0:
			lost := max(0, p.w.Size-p.Offset())
			fl.lost += lost
			fl.note("the file that was read as %s to byte %d was not found again: what it held beyond is lost, %d bytes at least", fl.path, p.Offset(), lost)
		case !unread:
			unread, since = true, time.Unix(0, p.w.MTime)
		}
	}
	if live == nil || unread {
		next := live
		if next == nil {
			if g, err := openGeneration(fl.path, now); err == nil { // else pin says why
				defer g.close()
				next = g
			}
		}
		f.dirs = nil
		beside, names := f.siblingsNow(fl)
		fl.beside, fl.names = nil, nil
		found := f.newSiblings(fl, since, true, next, now)
		found = slices.DeleteFunc(found, func(g *generation) bool {
			if slices.ContainsFunc(behind, g.sameFile) {
				g.close()
				return true
			}
			return g.repeats(next) // a copy that truncation did not follow yet
		})
		found = append(found, behind...)
		sortByAge(fl.path, found)
		fl.append(found...)
		fl.beside, fl.names = beside, names
	}
	if live != nil {
		fl.append(live)
	}
	for _, g := range open {
		if g.number == 0 {
			g.close()
		}
	}
}

// plain opens the path and its unpacked siblings.
func (f *Follower) plain(fl *file, now time.Time) (open []*generation) {
	paths := []string{fl.path}
	for _, s := range f.siblings(fl) {
		if !s.packed {
			paths = append(paths, s.path)
		}
	}
	for _, path := range paths {
		if g, err := openGeneration(path, now); err == nil {
			open = append(open, g)
		} else if !os.IsNotExist(err) && path != fl.path {
			fl.note("%s may be what %s was: %v", path, fl.path, err)
		}
	}
	return open
}

// pick returns the file that a position is in. The number of a file says only where to look first, since it is given
// again. Where nothing was read the file must be untouched since, or empty.
func pick(open []*generation, p Position) *generation {
	for _, hinted := range []bool{true, false} {
		for _, g := range open {
			if g.off > 0 || g.resumed != nil || (g.dev == p.w.Dev && g.ino == p.w.Ino) != hinted {
				continue
			}
			switch {
			case p.w.Off == 0 && (!hinted || g.info.Size() != p.w.Size || p.w.Size > 0 && g.info.ModTime().UnixNano() != p.w.MTime):
			case !hinted && p.w.HeadLen == 0:
			case g.take(p):
				return g
			}
		}
	}
	return nil
}

// packedOf returns what a packed sibling holds behind a position.
func (f *Follower) packedOf(fl *file, p Position, now time.Time) *generation {
	for _, s := range f.siblings(fl) {
		if !s.packed {
			continue
		}
		g, err := openUnpacked(s.path, now)
		if err != nil {
			fl.note("%s may be what %s was: %v", s.path, fl.path, err)
			continue
		}
		if g.takePacked(p) {
			return g
		}
		g.close()
	}
	return nil
}
