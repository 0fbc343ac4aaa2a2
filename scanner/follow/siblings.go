package follow

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A sibling is a file beside a followed one, whose name says that it may have been that file once.
type sibling struct {
	path   string
	packed bool
	loose  bool // its name may as well be that of another log
}

// isPackedFrom reports whether s holds what another file holds unpacked.
func (s sibling) isPackedFrom(o sibling) bool {
	rest, ok := strings.CutPrefix(s.path, o.path)
	return ok && slices.Contains(packing, rest)
}

var (
	// A rotation puts a number or a date behind a name.
	counted = regexp.MustCompile(`^[-._]?\d[-\d_.T:+Z]*$|^[-._](?i:old|bak|prev|orig)$`)
	packing = []string{".gz", ".zst", ".bz2", ".xz"}
	passing = []string{".tmp", ".temp", ".part", ".swp", ".lock", ".pid", ".idx", "~"}
)

// siblings lists the rotated neighbours of a path and of the file it links to, in the order of their names.
func (f *Follower) siblings(fl *file) (found []sibling) {
	found = f.siblingsOf(fl.path, nil)
	if fl.real != "" && fl.real != filepath.Clean(fl.path) {
		found = f.siblingsOf(fl.real, found)
	}
	return found
}

func (f *Follower) siblingsOf(path string, found []sibling) []sibling {
	dir, base := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	for _, e := range f.list(dir) {
		s, ok := siblingName(base, e.Name())
		if !ok || e.IsDir() {
			continue
		}
		s.path = filepath.Join(dir, e.Name())
		if _, followed := f.byPath[s.path]; !followed && !slices.ContainsFunc(found, func(o sibling) bool { return o.path == s.path }) {
			found = append(found, s)
		}
	}
	return found
}

// siblingName reports whether name may be that of base after a rotation.
func siblingName(base, name string) (s sibling, ok bool) {
	if name == base || slices.ContainsFunc(passing, func(end string) bool { return strings.HasSuffix(name, end) }) {
		return s, false
	}
	for _, end := range packing {
		if plain, packed := strings.CutSuffix(name, end); packed {
			name, s.packed = plain, true
			break
		}
	}
	if rest, ok := strings.CutPrefix(name, base); ok && rest != "" {
		s.loose = !counted.MatchString(rest)
		return s, !s.loose || strings.ContainsRune(".-_", rune(rest[0]))
	}
	ext := filepath.Ext(base) // app-20260601.log
	stem := strings.TrimSuffix(base, ext)
	if rest, ok := strings.CutPrefix(name, stem); ok && ext != "" && stem != "" {
		rest, ok = strings.CutSuffix(rest, ext)
		return s, ok && counted.MatchString(rest)
	}
	return s, false
}

// list reads a folder once in a round.
func (f *Follower) list(dir string) []os.DirEntry {
	entries, ok := f.dirs[dir]
	if !ok {
		entries, _ = f.readDir(dir) // a folder that cannot be read has no siblings for us
		if f.dirs == nil {
			f.dirs = map[string][]os.DirEntry{}
		}
		f.dirs[dir] = entries
	}
	return entries
}

// siblingsNow notes what stands beside a file, so that it is not taken for a rotated part of it later.
func (f *Follower) siblingsNow(fl *file) (now []Position, names map[string]bool) {
	names = map[string]bool{}
	for _, s := range f.siblings(fl) {
		names[s.path] = true
		if s.packed {
			continue
		}
		if g, err := openGeneration(s.path, time.Time{}); err == nil {
			now = append(now, g.recognized(fl.path))
			g.close()
		}
	}
	return now, names
}

// maxUnseen bounds what is remembered of files that are gone: far more than slip through one listing.
const maxUnseen = 64

// keepBeside notes what stands beside the file now. What stood there before and was not seen stays known for a while: names
// move on while they are listed.
func (fl *file) keepBeside(beside []Position, names map[string]bool) {
	var unseen []Position
	for _, p := range fl.beside {
		same := func(o Position) bool { return o.w.Dev == p.w.Dev && o.w.Ino == p.w.Ino }
		if p.w.HeadLen > 0 && !slices.ContainsFunc(beside, same) {
			unseen = append(unseen, p)
		}
	}
	fl.beside, fl.names = slices.Concat(unseen[max(0, len(unseen)-maxUnseen):], beside), names
}

// recognized returns a position by which the file is known again, though nothing of it was read.
func (g *generation) recognized(path string) Position {
	head, _ := g.bytesAt(0, int(min(g.info.Size(), headLen)))
	probe := *g
	probe.mark = mark{off: int64(len(head)), head: head}
	return probe.position(path)
}
