package scanner

import (
	"context"

	"github.com/imtriage/imtriage/scanner/input"
)

// joined returns the sources with the files of each rotated log made one, which stands where the first of them stood.
func (e *expansion) joined() []Source {
	var names []string
	var files []*File
	for _, s := range e.out {
		if f, ok := s.(*File); ok && f.joins() {
			names, files = append(names, f.in.Name), append(files, f)
		}
	}
	into := make(map[Source]Source, len(files)) // what becomes of a file: the whole log, or nil
	for _, set := range input.Rotated(names) {
		if len(set.Parts) == 1 {
			continue
		}
		log := e.log(set, files)
		first := set.Parts[0]
		for _, i := range set.Parts {
			first = min(first, i)
			into[files[i]] = nil
		}
		into[files[first]] = log
	}
	var out []Source
	for _, s := range e.out {
		if log, ok := into[s]; !ok {
			out = append(out, s)
		} else if log != nil {
			out = append(out, log)
		}
	}
	return out
}

// joins reports whether a file may be one of a rotated log.
func (f *File) joins() bool { return f.failed == nil && !f.stream && len(f.paths) == 1 }

// log returns the source that reads a rotated log.
func (e *expansion) log(set input.RotatedSet, files []*File) *File {
	newest := files[set.Parts[len(set.Parts)-1]]
	log := *newest
	log.in = e.input(set.Name, newest.in.Reference)
	log.paths = nil
	for _, i := range set.Parts {
		log.paths = append(log.paths, files[i].paths...)
		log.named = log.named || files[i].named
	}
	return &log
}

// readLog reads the files of a rotated log as one text. Those that turn out to be none of it, archives and binaries, are
// inputs of their own.
func (f *File) readLog(ctx context.Context, r Receiver, parts []input.Part) error {
	log := *f
	log.paths = nil
	var joined []input.Part
	var others []*File
	for i, p := range parts {
		if n := len(joined); n > 0 && input.MayCopy(p.Name, joined[n-1].Name) && input.Copies(ctx, p, joined[n-1], f.how) {
			log.copies = append(log.copies, p.Name)
			continue
		}
		if input.Joins(ctx, p, f.how) {
			log.paths, joined = append(log.paths, f.paths[i]), append(joined, p)
			continue
		}
		other := *f
		other.paths = f.paths[i : i+1]
		other.in.Name, other.in.Reference = p.Name, p.Reference
		others = append(others, &other)
	}
	if n := len(joined); n > 0 {
		if len(others) > 0 {
			// The name may be that of a file that is none of it.
			log.in.Name, log.in.Reference = joined[n-1].Name, joined[n-1].Reference
		}
		if err := log.read(ctx, r, joined); err != nil {
			return err
		}
	}
	for _, o := range others {
		if err := o.Read(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
