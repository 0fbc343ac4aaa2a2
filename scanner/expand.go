package scanner

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/imtriage/imtriage/scanner/input"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// Inputs says how named paths become sources.
type Inputs struct {
	Stdin io.Reader      // read for the path "-"
	Now   time.Time      // reference instant of what has no date of its own
	Date  time.Time      // reference instant of every input, if set
	Zone  *time.Location // of stamps that name none; nil is UTC
	// HostFrom tells the host of an input by its name; nil: no name tells one.
	HostFrom *HostPattern

	Limits   input.Limits // of what archives unfold to
	Encoding string       // one of [input.Encodings], or "": found by the text
	Jobs     int          // goroutines that decode an archive's members ahead; 0 means one for each CPU
	Keys     []*xlog.Key  // that encrypted blocks of xlog files are tried with
	// OnBlock, if set, is told of each block of an xlog file when its text is read; it wants Jobs to be 1.
	OnBlock func(input string, b xlog.Block)
}

// Expand turns paths, globs, directories and "-" into sources, in the order given and sorted within a
// glob or directory. A file that is named twice, or reached in two ways, comes once. The files of a rotated
// log (app.log, app.log.1 …) are one source in the order of time, see [input.Rotated]. What does not
// exist or cannot be read becomes a source too, whose health tells the problem.
func (o Inputs) Expand(paths []string) []Source {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	e := expansion{Inputs: o, names: map[string]bool{}, files: map[identity][]known{}}
	for _, p := range paths {
		e.path(p)
	}
	return e.joined()
}

type expansion struct {
	Inputs
	out   []Source
	names map[string]bool
	files map[identity][]known

	repeats int // files that were reached again
}

// A known file is one that is among the sources already.
type known struct {
	info   os.FileInfo
	source *File
}

// An identity is what two ways to one file have in common, cheap to compare before os.SameFile.
type identity struct {
	size  int64
	mtime int64
}

func (e *expansion) path(p string) {
	if p == "-" {
		if !e.names[p] {
			e.names[p] = true
			e.out = append(e.out, e.source(&File{in: e.input(p, e.Now), reader: e.Stdin, named: true, stream: true}))
		}
		return
	}
	info, err := os.Stat(p)
	if err != nil && hasMeta(p) {
		e.glob(p)
		return
	}
	if err != nil {
		e.failed(p, err)
		return
	}
	if info.IsDir() {
		e.dir(p)
		return
	}
	e.file(p, info, true)
}

func hasMeta(p string) bool { return strings.ContainsAny(p, "*?[{") }

func (e *expansion) glob(pattern string) {
	found, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow(), doublestar.WithFailOnIOErrors())
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("no file matches the pattern")
	}
	if err != nil {
		e.failed(pattern, err)
		return
	}
	slices.Sort(found)
	for _, p := range found {
		info, err := os.Stat(p)
		if err != nil {
			e.failed(p, err)
			continue
		}
		e.file(p, info, true)
	}
}

// dir walks a directory in lexical order, also one that is named by a link. Links inside are followed to files
// but not to folders, which may lead in circles.
func (e *expansion) dir(root string) {
	target, err := filepath.EvalSymlinks(root)
	if err != nil {
		e.failed(root, err)
		return
	}
	before := len(e.out) + e.repeats
	err = filepath.WalkDir(target, func(p string, d fs.DirEntry, err error) error {
		name := root
		if rel, relErr := filepath.Rel(target, p); relErr == nil {
			name = filepath.Join(root, rel)
		}
		switch {
		case err != nil:
			e.failed(name, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case p != target && input.Junk(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		info, err := os.Stat(p)
		if err != nil {
			e.failed(name, err)
		} else if info.Mode().IsRegular() {
			e.file(name, info, false)
		}
		return nil
	})
	if err != nil {
		e.failed(root, err)
	}
	if len(e.out)+e.repeats == before {
		e.failed(root, errors.New("the folder holds no file"))
	}
}

func (e *expansion) file(p string, info os.FileInfo, named bool) {
	name := filepath.ToSlash(filepath.Clean(p))
	id := identity{info.Size(), info.ModTime().UnixNano()}
	for _, k := range e.files[id] {
		if os.SameFile(k.info, info) {
			k.source.named = k.source.named || named
			e.repeats++
			return
		}
	}
	in := e.input(name, referenceOf(filepath.Base(p), e.Zone, info.ModTime()))
	part := filePart{p, name, info.ModTime(), in.Reference}
	f := e.source(&File{in: in, paths: []filePart{part}, named: named, stream: !info.Mode().IsRegular()})
	e.names[name] = true
	e.files[id] = append(e.files[id], known{info, f})
	e.out = append(e.out, f)
}

func (e *expansion) failed(p string, err error) {
	name := filepath.ToSlash(filepath.Clean(p))
	if !e.names[name] {
		e.names[name] = true
		e.out = append(e.out, &File{in: e.input(name, e.Now), failed: err})
	}
}

// source gives a file what is the same for all.
func (e *expansion) source(f *File) *File {
	f.dated, f.taken = !e.Date.IsZero(), e.names
	f.how = input.Options{Limits: e.Limits, Encoding: e.Encoding, Jobs: e.Jobs, Zone: e.Zone, Keys: e.Keys, OnBlock: e.OnBlock}
	return f
}

func (e *expansion) input(name string, ref time.Time) Input {
	if !e.Date.IsZero() {
		ref = e.Date
	}
	return Input{Name: name, Host: e.HostFrom.Host(name), Reference: ref.UTC(), Zone: e.Zone}
}
