package follow

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"
)

// newSiblings opens the siblings that nobody knows and that were written to not before an instant, the oldest first.
func (f *Follower) newSiblings(fl *file, since time.Time, packed bool, next *generation, now time.Time, tracked ...*generation) (found []*generation) {
	var names []os.FileInfo
	for i := range maxScans { // names move on while they are looked at; files must not slip through
		f.dirs = nil
		var seen []os.FileInfo
		siblings := f.siblings(fl)
		for _, s := range siblings {
			if s.packed && slices.ContainsFunc(siblings, s.isPackedFrom) {
				continue // it is being packed
			}
			info, err := os.Stat(s.path)
			if err != nil {
				continue
			}
			seen = append(seen, info)
			for _, g := range append(slices.Clone(tracked), next) {
				if g != nil && os.SameFile(g.info, info) {
					g.name = s.path // it moves on, too
				}
			}
			if i := slices.IndexFunc(found, func(g *generation) bool { return os.SameFile(g.info, info) }); i >= 0 {
				found[i].name = s.path
			} else if g := f.newSibling(fl, s, info, since, packed, next, now); g != nil {
				found = append(found, g)
			}
		}
		if i > 0 && slices.EqualFunc(names, seen, os.SameFile) {
			break
		}
		names = seen
	}
	sortByAge(fl.path, found)
	return found
}

const maxScans = 64 // a rotation that goes on for longer than that is none

// newSibling opens a sibling if nobody knows it.
func (f *Follower) newSibling(fl *file, s sibling, info os.FileInfo, since time.Time, packed bool, next *generation, now time.Time) *generation {
	if !info.Mode().IsRegular() || s.packed && info.Size() == 0 || info.ModTime().Before(since) || s.loose && fl.names[s.path] || s.packed && !packed {
		return nil
	}
	g, err := openGeneration(s.path, now)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it has another name by now
	}
	if err != nil {
		fl.note("%s may be a part of %s: %v", s.path, fl.path, err)
		return nil
	}
	if !os.SameFile(g.info, info) || next != nil && g.sameFile(next) || f.owner(g) != nil || f.isKnown(fl, g, s.packed) {
		g.close()
		return nil
	}
	if s.packed {
		g.close()
		if g, err = openUnpacked(s.path, now); err != nil {
			fl.note("%s may be a part of %s: %v", s.path, fl.path, err)
			return nil
		}
		if f.isFinished(s.path, g, now) {
			g.close()
			return nil
		}
	}
	g.dead, g.why = now, Rotated
	return g
}

// isKnown reports whether a sibling stood there before, or was read to its end.
func (f *Follower) isKnown(fl *file, g *generation, packed bool) bool {
	if fl.before != nil && fl.before.isPast(g) {
		return true // though its name moved on when it was listed
	}
	if g.info.Size() == 0 { // it has no content to be known by
		return slices.ContainsFunc(fl.beside, func(p Position) bool { return p.w.Dev == g.dev && p.w.Ino == g.ino })
	}
	is := func(p Position) bool { // the digests are of the text, which a packed file does not show so soon
		return p.w.HeadLen > 0 && p.w.Dev == g.dev && p.w.Ino == g.ino && (packed || g.fits(p))
	}
	for p := range f.finished() {
		if is(p) {
			return true
		}
	}
	return slices.ContainsFunc(fl.beside, is)
}

// isFinished reports whether a packed file holds what was read to its end before it was packed.
func (f *Follower) isFinished(path string, g *generation, now time.Time) bool {
	for p := range f.finished() {
		head, ok := g.bytesAt(0, p.w.HeadLen)
		if !ok || p.w.HeadLen == 0 || digest(head) != p.w.Head {
			continue
		}
		probe, err := openUnpacked(path, now) // g has to stay at its start
		if err != nil {
			return false
		}
		same := probe.takePacked(p)
		probe.close()
		if same {
			return true
		}
	}
	return false
}
