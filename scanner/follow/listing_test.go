package follow

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"
)

// onListing lets do happen once n folders were listed from now on, before anything of the last one was looked at.
func (r *rig) onListing(n int, do func()) {
	r.f.readDir = func(dir string) ([]os.DirEntry, error) {
		entries, err := os.ReadDir(dir)
		if n--; n == 0 {
			do()
		}
		return entries, err
	}
}

// Names move on while they are listed and looked at: nothing is lost, and nothing comes twice.
func TestNamesMoveWhileListed(t *testing.T) {
	for _, tc := range []struct {
		name, pattern string
		do            func(r *rig)
	}{
		{"the only one moves on", "app.log", func(r *rig) {
			r.poll()
			r.append("app.log", r.lines(3))
			shift(r)
			r.append("app.log", r.lines(3))
			r.onListing(2, func() { r.rename("app.log.1", "app.log.2") }) // it was seen to stand there, but not opened yet
			r.poll()
		}},
		{"the oldest moves on and is over before the next look for it", "app.log", func(r *rig) {
			r.poll()
			for range 12 {
				r.append("app.log", r.lines(3))
				shiftNumbered(r)
			}
			r.append("app.log", "")
			r.onListing(1, func() { r.rename(numbered(12), numbered(13)) })
			r.pass(grace)
			r.append("app.log", r.lines(3)) // it was empty: all that nobody knows may be copies of it
		}},
		{"again and again", "app.log", func(r *rig) {
			r.poll()
			r.append("app.log", r.lines(3))
			k := 90
			rotate := func() { // two at once, the first to where nobody looks before the next listing
				for range 2 {
					k--
					if _, err := os.Stat(r.path("app.log.1")); err == nil {
						r.rename("app.log.1", fmt.Sprint("app.log.", k))
					}
					r.rename("app.log", "app.log.1")
					r.append("app.log", r.lines(1))
				}
			}
			r.f.readDir = func(dir string) ([]os.DirEntry, error) {
				entries, err := os.ReadDir(dir)
				if k > 66 {
					rotate()
				}
				return entries, err
			}
			r.poll()
		}},
		{"what was there before is not seen for a while", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.poll()
			for k := range looksUntilGone - 1 {
				r.append(fmt.Sprint("other.", k), "") // the folder changes
				r.f.readDir = func(dir string) ([]os.DirEntry, error) {
					entries, err := os.ReadDir(dir)
					return slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == "app.log.1" }), err
				}
				r.poll()
			}
			r.f.readDir = os.ReadDir
			r.append("app.log", r.lines(3))
		}},
		{"what was there before is not seen while its path is found", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.poll()
			r.append("app.log", "")
			r.f.readDir = func(dir string) ([]os.DirEntry, error) {
				entries, err := os.ReadDir(dir)
				return slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == "app.log.1" }), err
			}
			r.poll()
			r.f.readDir = os.ReadDir
			r.append("app.log", r.lines(3)) // it was empty: all that nobody knows may be copies of it
		}},
		{"a folder that cannot be listed at first", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.f.readDir = func(string) ([]os.DirEntry, error) { return nil, fs.ErrPermission }
			r.poll()
			r.f.readDir = os.ReadDir
			r.append("app.log", r.lines(3))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, Options{NoTail: true}, tc.pattern)
			tc.do(r)
			r.pass(grace)
			r.check(false)
			for _, s := range r.f.Status() {
				if len(s.Notes) > 0 {
					t.Errorf("it is said that %q", s.Notes)
				}
			}
		})
	}
}

// A file that comes back as a sibling while its end is handed out was read.
func TestBackAtItsEnd(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.poll()
	r.append("app.log", r.lines(3))
	r.poll()
	r.rename("app.log", "aside")
	r.ok(os.Chtimes(r.path("aside"), time.Time{}, time.Now().Add(time.Hour))) // not told by its age
	r.append("app.log", r.lines(3))
	for range 20 {
		r.clock = r.clock.Add(time.Second)
		r.f.Poll(t.Context(), func(p Piece) {
			r.take(p)
			if p.End == "" {
				return
			}
			if _, err := os.Stat(r.path("aside")); errors.Is(err, fs.ErrNotExist) {
				return
			}
			r.rename("app.log", "app.log.2")
			r.rename("aside", "app.log.1")
			r.append("app.log", r.lines(3))
			r.f.mu.Lock()
			r.f.pinAll()
			r.f.mu.Unlock()
		})
	}
	r.pass(grace)
	r.check(false)
}

// A copy may be as old, for the file system, as what its file holds since: it comes before that all the same.
func TestCopyOfTheSameInstant(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.poll()
	w := r.open("app.log", os.O_APPEND)
	r.put(w, r.lines(10))
	r.poll()
	truncateTwice(r, w)
	at := time.Now().Add(time.Minute)
	for _, name := range []string{"app.log.2", "app.log"} {
		r.ok(os.Chtimes(r.path(name), time.Time{}, at))
	}
	r.rename("app.log", "app.log.1")
	r.append("app.log", r.lines(3))
	r.pass(grace)
	r.check(true)
}

// A lookedAt is an entry of a folder that counts how often it is looked at.
type lookedAt struct {
	os.DirEntry
	n *int
}

func (e lookedAt) Info() (os.FileInfo, error) { *e.n++; return e.DirEntry.Info() }

// Files are looked at again only where their folder changed, and those that are gone are forgotten.
func TestPastFiles(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	n := 0
	r.f.readDir = func(dir string) ([]os.DirEntry, error) {
		entries, err := os.ReadDir(dir)
		for i, e := range entries {
			entries[i] = lookedAt{e, &n}
		}
		return entries, err
	}
	for k := range 5 {
		r.append(numbered(k), "before\n")
	}
	r.pass(5 * time.Second)
	if n > 5*looksAfterChange {
		t.Errorf("5 files of a folder that did not change were looked at %d times in 5 looks", n)
	}
	r.rename(numbered(1), numbered(8))
	r.ok(os.Remove(r.path(numbered(0))))
	for k := range looksUntilGone {
		r.append(fmt.Sprint("other.", k), "")
		r.poll()
	}
	past := r.f.listed[r.dir].past
	if len(past) != 4 || past[0].name != numbered(8) {
		t.Errorf("%d files are known from before, the first is %s", len(past), past[0].name)
	}
}
