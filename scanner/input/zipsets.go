package input

import (
	"cmp"
	"errors"
	"io"
)

// maxRotated bounds the members of an archive that are looked at as files of rotated logs.
const maxRotated = 10_000

// join makes one member of the files of each rotated log in a zip archive, as they are one source in a folder. A tar
// archive is read from front to back, in which the parts of a log stand in any order: there they stay apart.
func (z *zipArchive) join(w *walker, depth int) {
	entries := z.rotated()
	var names []string
	for i := range entries {
		names = append(names, cleanName(entries[i].name))
	}
	for _, set := range Rotated(names) {
		var parts []zipEntry
		for _, i := range set.Parts {
			if z.joins(w, entries[i], depth) {
				parts = append(parts, entries[i])
			}
		}
		if len(parts) < 2 {
			continue
		}
		first := parts[0].header
		for i := range parts {
			first = min(first, parts[i].header)
			z.joined[parts[i].header] = nil
		}
		z.joined[first] = z.log(w, set.Name, parts)
	}
	z.rewind(z.directory)
}

// rotated returns the entries that may be files of rotated logs: those whose names say so, and the live files beside
// them.
func (z *zipArchive) rotated() (entries []zipEntry) {
	live := map[string]bool{}
	each := func(f func(zipEntry, rank)) {
		z.rewind(z.directory)
		for e, err := z.entry(); !errors.Is(err, io.EOF) && err == nil; e, err = z.entry() {
			if name := cleanName(e.name); !e.other && e.refusal() == "" && !junkPath(name) {
				f(e, rankOf(name))
			}
		}
	}
	each(func(_ zipEntry, r rank) {
		if r.kind != liveFile && len(live) < maxRotated {
			live[r.live] = true
		}
	})
	if len(live) == 0 {
		return nil
	}
	each(func(e zipEntry, r rank) {
		if live[r.live] && len(entries) < maxRotated {
			entries = append(entries, e)
		}
	})
	return entries
}

// joins reports whether a member is a text.
func (z *zipArchive) joins(w *walker, e zipEntry, depth int) bool {
	p := w.opener(e.name)
	// What is looked at is read again.
	p.meter = &meter{limits: w.meter.limits, size: w.meter.size}
	s, done, err := z.openMember(e)(p)
	if err != nil {
		return false
	}
	defer done()
	o, err := p.open(s, depth)
	if err != nil {
		return false
	}
	defer o.close()
	return o.archive == nil
}

// log returns the member that reads the parts of a rotated log.
func (z *zipArchive) log(w *walker, name string, parts []zipEntry) *member {
	m := &member{name: name}
	for _, e := range parts {
		p := Part{Name: cleanName(e.name), ModTime: tidyTime(e.modTime), member: z.openMember(e)}
		if w.how.Reference != nil {
			p.Reference = w.how.Reference(p.Name, p.ModTime)
		}
		m.parts = append(m.parts, p)
		m.modTime = cmp.Or(e.modTime, m.modTime) // of the newest part that has one
	}
	return m
}
