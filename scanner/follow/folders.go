package follow

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// looksAfterChange is how often the files of a folder are looked at: its time is coarse, the next change may leave it as it is.
const looksAfterChange = 2

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
		} else if dir := filepath.Clean(p.text); listed[dir] == nil && f.byPath[dir] == nil { // what is followed is no folder
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				list(dir)
			}
		}
	}
	for _, fl := range f.files {
		if fl.found {
			list(filepath.Dir(fl.path))
		}
	}
	for dir := range f.listed { // a path that is forgotten may come back
		if listed[dir] != nil {
			continue
		}
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
