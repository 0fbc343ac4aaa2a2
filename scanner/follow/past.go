package follow

import (
	"os"
	"path/filepath"
	"slices"
)

// A pastFile was there when its folder was listed first, or was read until its path was forgotten.
type pastFile struct {
	name   string
	info   os.FileInfo // then
	head   Position    // behind the first bytes that it had
	unseen int         // looks in a row
}

// looksUntilGone is how often in a row a file may be missed: names move while they are listed, but not again and again.
const looksUntilGone = 6

func (d *folder) add(g *generation) {
	d.past = append(d.past, pastFile{name: filepath.Base(g.name), info: g.info, head: g.recognized(g.name)})
}

// mayBe reports whether info can be the one of the file. Its number alone does not say so, since it is given again.
func (p *pastFile) mayBe(info os.FileInfo) bool {
	return os.SameFile(p.info, info) && p.info.Size() <= info.Size()
}

// is reports whether g is the file: as it was, or grown.
func (p *pastFile) is(g *generation) bool {
	same := p.info.Size() == g.info.Size() && p.info.ModTime().Equal(g.info.ModTime())
	return p.mayBe(g.info) && (same || p.head.w.HeadLen > 0 && g.fits(p.head))
}

func (d *folder) isPast(g *generation) bool {
	return slices.ContainsFunc(d.past, func(p pastFile) bool { return p.is(g) })
}

// beside returns what was there before a path, of that which may be taken for a part of it.
func (d *folder) beside(path string) (past []Position, names map[string]bool) {
	dir, base := filepath.Split(path)
	isSibling := func(name string) bool { _, ok := siblingName(base, name); return ok }
	for _, p := range d.past {
		if isSibling(p.name) {
			past = append(past, p.head)
		}
	}
	names = map[string]bool{}
	for name := range d.names {
		if isSibling(name) {
			names[filepath.Join(dir, name)] = true
		}
	}
	return past, names
}

// left returns those that are there still, under the names that they have now.
func (d *folder) left(entries []os.DirEntry) (past []pastFile) {
	infos := make(map[string]os.FileInfo, len(entries))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			infos[e.Name()] = info
		}
	}
	for _, p := range d.past {
		p.unseen++
		if info := infos[p.name]; info != nil && p.mayBe(info) { // most are where they were
			p.unseen = 0
		}
		for name, info := range infos {
			if p.unseen == 0 {
				break
			} else if p.mayBe(info) {
				p.name, p.unseen = name, 0
			}
		}
		if p.unseen < looksUntilGone {
			past = append(past, p)
		}
	}
	return past
}

// forget notes what was read of a path that is gone, or was no business of its, as past: the path may come back.
func (f *Follower) forget(fl *file) {
	d := f.listed[filepath.Dir(fl.path)]
	if d == nil {
		return
	}
	for _, s := range f.siblings(fl) {
		if s.packed || filepath.Dir(s.path) != filepath.Dir(fl.path) {
			continue
		}
		if g, err := openGeneration(s.path, f.o.Now()); err == nil {
			if f.isKnown(fl, g, false) && !d.isPast(g) {
				d.add(g)
			}
			g.close()
		}
	}
}
