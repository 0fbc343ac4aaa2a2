package follow

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/imtriage/imtriage/scanner/input"
)

const maxRetired = 256

const stdinName = "-"

// A pattern is a path, a folder, a glob or "-" as it was named.
type pattern struct {
	text    string
	glob    bool
	problem string
	matched int
}

func (f *Follower) addPatterns() error {
	for _, p := range f.o.Paths {
		if p == stdinName && f.o.Stdin == nil {
			return errors.New("follow -: there is no standard input: set Options.Stdin")
		}
		if slices.ContainsFunc(f.patterns, func(o *pattern) bool { return o.text == p }) {
			continue
		}
		glob := strings.ContainsAny(p, "*?[{")
		if glob && !doublestar.ValidatePathPattern(p) {
			return errors.New("follow " + p + ": the pattern is malformed: close its brackets")
		}
		f.patterns = append(f.patterns, &pattern{text: p, glob: glob})
	}
	return nil
}

// findFiles looks for files that the patterns match, and forgets those that they found and that are gone. It is false if
// nobody can look now.
func (f *Follower) findFiles() bool {
	problem := ""
	if !canOpen(lookDescriptors) {
		problem = noDescriptor // what cannot be listed would be taken for gone
	} else {
		f.noteTime()
	}
	listed := map[string]*folder{}
	if problem == "" {
		f.listFolders(listed) // first: what is born and rotated while we look is new
	}
	for _, p := range f.patterns {
		if p.text == stdinName {
			continue
		}
		if p.problem = problem; problem != "" {
			continue
		}
		info, err := os.Stat(p.text)
		switch {
		case err == nil && info.IsDir():
			f.match(p, filepath.Join(escape(p.text), "*"))
		case err != nil && p.glob:
			f.match(p, p.text)
		default:
			p.matched = 1
			f.add(p, p.text, false)
		}
	}
	if problem != "" {
		return false
	}
	f.listFolders(listed)
	f.listed, f.dirs = listed, nil
	f.files = slices.DeleteFunc(f.files, func(fl *file) bool {
		if !fl.found || fl.fresh || len(fl.gens) > 0 || fl.lost > 0 {
			return false
		}
		_, err := os.Lstat(fl.path)
		gone := errors.Is(err, fs.ErrNotExist)
		if gone {
			f.forget(fl)
			delete(f.byPath, fl.path)
			f.retired = append(f.retired, fl.done...)
			f.retired = f.retired[max(0, len(f.retired)-maxRetired):]
		}
		return gone
	})
	for _, path := range slices.Sorted(maps.Keys(f.resume)) { // what a pattern found then may have another name now
		if p := f.patternOf(path); p != nil {
			f.add(p, path, true)
		}
	}
	return true
}

// noteTime notes when the folders changed last in which files may be found, as their file system knows. What is born
// after this look and gone before another run's first one has written later.
func (f *Follower) noteTime() {
	dirs := slices.Collect(maps.Keys(f.listed))
	for _, p := range f.patterns {
		base := filepath.Dir(p.text)
		if p.glob {
			base = p.base()
		}
		dirs = append(dirs, base, p.text) // which may be a folder itself
	}
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			f.listedAt = max(f.listedAt, info.ModTime().UnixNano())
		}
	}
}

// base is the folder in which a glob begins.
func (p *pattern) base() string {
	base, _ := doublestar.SplitPattern(filepath.ToSlash(p.text))
	return filepath.Clean(filepath.FromSlash(base))
}

// escape makes a path match itself.
func escape(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "{", `\{`).Replace(path)
}

// match adds what a glob finds. Of a rotated set only the live file is followed; the others are its past.
func (f *Follower) match(p *pattern, glob string) {
	found, err := doublestar.FilepathGlob(glob, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	if err != nil {
		p.problem = err.Error()
		return
	}
	p.matched = len(found)
	slices.Sort(found)
	names := make([]string, 0, len(found)+len(f.files))
	isNew := false
	for _, path := range found {
		names = append(names, filepath.ToSlash(path))
		isNew = isNew || f.byPath[filepath.Clean(path)] == nil
	}
	if !isNew {
		return
	}
	for _, fl := range f.files {
		if !slices.Contains(found, fl.path) {
			names = append(names, fl.name)
		}
	}
	for _, set := range input.Rotated(names) {
		if i := set.Parts[len(set.Parts)-1]; i < len(found) && followable(found[i]) {
			f.add(p, found[i], true)
		}
	}
}

// followable leaves out what is packed or only passes through.
func followable(path string) bool {
	has := func(end string) bool { return strings.HasSuffix(path, end) }
	return !input.Junk(filepath.Base(path)) && !slices.ContainsFunc(packing, has) && !slices.ContainsFunc(passing, has)
}

// patternOf returns which pattern a path of the run before belongs to.
func (f *Follower) patternOf(path string) *pattern {
	for _, p := range f.patterns {
		if ok, _ := doublestar.PathMatch(p.text, path); ok || p.text == path || p.text == filepath.Dir(path) {
			return p
		}
	}
	return nil
}

// knows reports whether a run before followed a path or pattern.
func (f *Follower) knows(path string) bool {
	_, ok := f.known[path]
	return ok
}

func (f *Follower) add(p *pattern, path string, found bool) {
	path = filepath.Clean(path)
	if f.byPath[path] != nil {
		return
	}
	fl := &file{path: path, name: filepath.ToSlash(path), found: found, fresh: true, interval: f.o.MinPoll}
	fl.fromEnd = !f.started && !f.o.FromStart && !f.knows(path) && !f.knows(p.text)
	if found && f.started {
		fl.before = f.folderBefore(filepath.Dir(path))
	}
	for _, position := range f.resume[path] {
		if position.w.Kind == kindDone {
			fl.done = append(fl.done, position)
		} else {
			fl.waiting = append(fl.waiting, position)
		}
	}
	delete(f.resume, path)
	if !f.started {
		fl.since = cmp.Or(f.known[path], f.known[p.text])
	}
	f.byPath[path] = fl
	f.files = append(f.files, fl)
}
