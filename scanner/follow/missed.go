package follow

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/imtriage/imtriage/scanner/input"
)

// missed opens the files that stood at the path between two looks: siblings that are not ours, were not there before, and
// are not older than the file that was seen last. Some may have come after next, the file that stood at the path when it was
// opened; nil is none.
func (f *Follower) missed(fl *file, next *generation, now time.Time) (older, newer []*generation) {
	var since time.Time
	var prev *generation
	if n := len(fl.gens); n > 0 {
		prev = fl.gens[n-1]
		since = prev.written()
		if prev.file != nil && !prev.intact() {
			since = since.Add(1) // it was truncated: what is as old as what it holds now is a copy of what it held before
		}
		if prev.untouched() {
			since = prev.touched // nobody knows what became of it then
		}
	} else if n := len(fl.done); n > 0 {
		since = time.Unix(0, fl.done[n-1].w.MTime)
	}
	f.dirs = nil                       // what was listed before tells nothing
	beside, names := f.siblingsNow(fl) // first: what comes while we look is new the next time
	before := &generation{}            // prev, under the name that it has now
	if prev != nil && prev.untouched() {
		before.info = prev.info
		prev.touched = prev.written()
	}
	found := f.newSiblings(fl, since, false, next, now, before)
	if prev != nil { // what came since it was looked at may be a copy of what it held then
		last := prev.compared().UnixNano()
		beside = slices.DeleteFunc(beside, func(p Position) bool {
			return p.w.MTime >= last && p.w.MTime < since.UnixNano() && !slices.ContainsFunc(fl.beside, func(o Position) bool { return o.w.Dev == p.w.Dev && o.w.Ino == p.w.Ino })
		})
	}
	fl.keepBeside(beside, names)
	found = slices.DeleteFunc(found, func(g *generation) bool { return g.repeats(prev) || g.repeats(next) })
	all := slices.Clone(found)
	if next != nil {
		all = append(all, next)
	}
	if before.name != "" {
		all = append(all, before)
	}
	sortByAge(fl.path, all)
	if i := slices.Index(all, before); i >= 0 && (next == nil || i < slices.Index(all, next)) { // copies of what prev held before it was truncated
		for _, c := range all[:i] {
			fl.number++
			c.number = fl.number
		}
		fl.gens = slices.Insert(fl.gens, slices.Index(fl.gens, prev), all[:i]...)
		all = all[i+1:]
	}
	all = slices.DeleteFunc(all, func(g *generation) bool { return g == before })
	i := slices.Index(all, next)
	if i < 0 {
		return all, nil
	}
	return all[:i], all[i+1:]
}

// missedInGap opens what stood at a path between two looks if nothing stands there now, which may be so for long. It searches
// twice after each change of the folder, whose time is coarse.
func (f *Follower) missedInGap(fl *file, now time.Time) {
	if len(fl.gens) == 0 && len(fl.done) == 0 {
		return
	}
	info, err := os.Stat(filepath.Dir(fl.path))
	if err != nil {
		return
	}
	if changed := info.ModTime(); !changed.Equal(fl.folder) {
		fl.folder, fl.searches = changed, 0
	}
	if fl.searches == 2 {
		return
	}
	fl.searches++
	missed, _ := f.missed(fl, nil, now)
	fl.append(missed...)
}

// newerThan opens more copies that came to stand beside a file: since the copy of what g was, or else since g was looked at.
func (f *Follower) newerThan(fl *file, g, c, anew *generation, now time.Time) []*generation {
	since := g.compared()
	if c != nil {
		since = c.written()
	}
	f.dirs = nil // what was listed before tells nothing
	beside, names := f.siblingsNow(fl)
	found := f.newSiblings(fl, since, false, anew, now)
	fl.keepBeside(beside, names)
	found = slices.DeleteFunc(found, func(g *generation) bool { return g.repeats(c) || g.repeats(anew) })
	for _, g := range found {
		g.whole, g.why = true, Truncated
	}
	return found
}

// copiesBefore opens the copies that were made of a file before anything of it was read: it was empty, and was written to,
// copied and truncated between two looks.
func (f *Follower) copiesBefore(fl *file, g *generation) []*generation {
	now := f.o.Now()
	f.dirs = nil // what was listed before tells nothing
	beside, names := f.siblingsNow(fl)
	found := f.newSiblings(fl, time.Time{}, false, g, now)
	fl.keepBeside(beside, names)
	found = slices.DeleteFunc(found, func(c *generation) bool { return c.repeats(g) })
	for _, c := range found {
		fl.number++
		c.number = fl.number
	}
	return found
}

// compared is how old the content was when it was looked at last.
func (g *generation) compared() time.Time {
	if opened := g.info.ModTime(); g.size < 0 || opened.UnixNano() > g.mtime {
		return opened
	}
	return time.Unix(0, g.mtime)
}

// written is when the file was changed last, as its file system knows.
func (g *generation) written() time.Time {
	if g.file != nil {
		if info, err := g.file.Stat(); err == nil {
			return info.ModTime()
		}
	}
	return g.info.ModTime()
}

// repeats reports whether g is a copy of what another file holds or held a moment ago, and closes it then. Short files
// may begin alike without being copies.
func (g *generation) repeats(o *generation) bool {
	if o == nil || o.file == nil || g.file == nil {
		return false
	}
	info, err := o.file.Stat()
	size := g.info.Size()
	if err != nil || size == 0 || info.Size() < size || info.Size() > size && size < headLen/4 {
		return false
	}
	n := min(size, headLen)
	for _, off := range []int64{0, size - n} {
		a, ok := g.bytesAt(off, int(n))
		b, _ := o.bytesAt(off, int(n))
		if !ok || !bytes.Equal(a, b) {
			return false
		}
	}
	g.close()
	return true
}

// fits reports whether the content is the one of a position.
func (g *generation) fits(p Position) bool {
	probe := *g
	return probe.take(p)
}

// sortByAge puts the oldest first: by their names if these say so, else by their times.
func sortByAge(path string, gens []*generation) {
	names := make([]string, len(gens)+1)
	for i, g := range gens {
		names[i] = g.name
	}
	names[len(gens)] = path
	if sets := input.Rotated(names); len(sets) == 1 && len(gens) > 0 {
		sorted := make([]*generation, 0, len(gens))
		for _, i := range sets[0].Parts {
			if i < len(gens) {
				sorted = append(sorted, gens[i])
			}
		}
		copy(gens, sorted)
		return
	}
	slices.SortStableFunc(gens, func(a, b *generation) int { return a.info.ModTime().Compare(b.info.ModTime()) })
}

// copyOf looks for a copy of what g was, which copytruncate leaves beside it, to go on in where g was read to.
func (f *Follower) copyOf(fl *file, g, anew *generation, now time.Time) *generation {
	f.dirs = nil
	if len(g.head) == 0 {
		return nil
	}
	want := g.position(fl.path)
	for i, c := range fl.gens { // it was taken for a file that was missed
		if c.off == 0 && !c.dead.IsZero() && c.file != nil && c != g && c.fits(want) && c.goesOn(g.off, g.partial) && c.take(want) {
			c.goBackLike(g)
			fl.gens = slices.Delete(fl.gens, i, i+1)
			c.whole, c.why = true, Truncated
			return c
		}
	}
	for _, s := range f.siblings(fl) {
		if s.packed {
			continue
		}
		c, err := openGeneration(s.path, now)
		if err != nil {
			continue // it is not the one, or nobody can read it
		}
		if !c.sameFile(anew) && f.owner(c) == nil && c.goesOn(g.off, g.partial) && c.take(want) {
			c.goBackLike(g)
			c.whole, c.dead, c.why = true, now, Truncated
			return c
		}
		c.close()
	}
	return nil
}

func (g *generation) goesOn(off int64, want []byte) bool {
	got, _ := g.bytesAt(off, len(want))
	return bytes.Equal(got, want)
}
