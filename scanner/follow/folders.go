package follow

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A folder is what is known of one in which patterns find files. A file that is found later may have been rotated by then:
// what came to stand beside it belongs to it, and what was there before does not. Names cannot tell the two apart, as a
// rotation moves all of them on, and a look may fall between a rotation and the birth of the next file.
type folder struct {
	names   map[string]bool // at the last look for new files
	past    []pastFile
	changed time.Time // when the folder was, at the last look
	looks   int       // since then
}

// A pastFile was there when its folder was listed first, or was read until its path was forgotten.
type pastFile struct {
	name   string
	info   os.FileInfo // then
	head   Position    // behind the first bytes that it had
	unseen int         // looks in a row
}

const (
	looksAfterChange = 2 // the time of a folder is coarse: the next change may leave it as it is
	looksUntilGone   = 6 // names move while they are listed: a file may be missed, but not again and again
)

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

// listFolders lists those folders that are not in listed yet, and goes on from what was known of them.
func (f *Follower) listFolders(listed map[string]*folder) {
	list := func(dir string) {
		if listed[dir] == nil {
			listed[dir] = f.listAgain(dir, f.folderBefore(dir))
		}
	}
	for _, p := range f.patterns {
		if p.glob {
			list(p.base())
		} else if info, err := os.Stat(p.text); err == nil && info.IsDir() {
			list(filepath.Clean(p.text))
		}
	}
	for _, fl := range f.files {
		if fl.found {
			list(filepath.Dir(fl.path))
		}
	}
	for dir := range f.listed { // a path that is forgotten may come back
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			list(dir)
		}
	}
}

// folderBefore returns what was known of a folder at the last look for new files. That is nothing to speak of if it is new
// itself, and nil if nobody knows.
func (f *Follower) folderBefore(dir string) *folder {
	for at, child := dir, ""; ; at, child = filepath.Dir(at), filepath.Base(at) {
		switch d := f.listed[at]; {
		case d != nil && at == dir:
			return d
		case d != nil && !d.names[child]:
			return &folder{}
		case d != nil, at == filepath.Dir(at):
			return nil
		}
	}
}

// listAgain returns what is known of a folder now, after d, or for the first time.
func (f *Follower) listAgain(dir string, d *folder) *folder {
	info, _ := os.Stat(dir) // before it is listed: what changes meanwhile changes it again
	entries, err := f.readDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return d // it is not empty for all that
	}
	next := &folder{names: make(map[string]bool, len(entries))}
	for _, e := range entries {
		next.names[e.Name()] = true
		if d == nil && e.Type().IsRegular() && followable(e.Name()) {
			if g, err := openGeneration(filepath.Join(dir, e.Name()), time.Time{}); err == nil { // else nobody can read it
				next.add(g)
				g.close()
			}
		}
	}
	if d == nil {
		return next
	}
	if info != nil {
		next.changed = info.ModTime()
	}
	if next.changed.Equal(d.changed) {
		next.looks = d.looks
	}
	if next.looks == looksAfterChange || len(d.past) == 0 {
		next.past = d.past
		return next
	}
	next.looks++
	next.past = d.left(entries)
	return next
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
