package input

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
)

// An archive is one that is to be listed.
type archive struct {
	stream
	ctx    context.Context
	zone   *time.Location
	health *Health // damage of the archive itself
}

// A listing yields the files of an archive in order: folders, links and devices are not among them. The error is
// io.EOF at the end, a *damage behind which nothing more comes, or that of the context.
type listing interface {
	next() (*member, error)
}

// A member is a file in an archive.
type member struct {
	name    string // in UTF-8, and else as it stands there
	modTime time.Time
	refused string // why it cannot be read, or ""
	ahead   bool   // it may be opened by another goroutine, and while others are read
	// open returns its content, and what gives back what that took, or nil.
	open func(*opener) (stream, func(), error)
	// parts are those of a rotated log, which has nothing else.
	parts []Part
}

// unpack has the members of an archive visited, under names that begin with prefix.
func (w *walker) unpack(o *opened, prefix string, h *Health) error {
	// What the listing finds stands apart: how far it is ahead of the members depends on the number of jobs.
	var found Health
	a := &archive{o.stream, w.ctx, w.zone, &found}
	if o.archive.at && a.at == nil {
		done, err := w.spool(a)
		if err != nil {
			return err
		}
		defer done()
	}
	list := o.archive.list(a)
	if z, ok := list.(*zipArchive); ok {
		z.join(w, o.depth)
	}
	q := w.queue(list, o.depth, &found)
	defer q.stop()
	for {
		f, err := q.next()
		if errors.Is(err, io.EOF) {
			h.Skipped += found.Skipped
			if found.Problem != "" {
				h.fail(found.Problem)
			}
			return w.ctx.Err()
		}
		if err == nil {
			err = w.member(f, prefix)
		}
		if err == nil && w.meter.over != nil {
			w.health.fail(w.meter.over.Error())
			err = errStop
		}
		if err != nil {
			return err
		}
	}
}

// member has what a member holds visited.
func (w *walker) member(f *fetch, prefix string) error {
	defer f.stop()
	m := f.member
	if w.members++; w.members > w.meter.limits.Members {
		w.health.fail(fmt.Sprintf("it has more than %s, the others were not read, raise --max-members to read on", counted(int64(w.meter.limits.Members), "member", "members")))
		return errStop
	}
	name := cleanName(m.name)
	junk := junkPath(name)
	name = prefix + name
	switch {
	case junk:
		w.pass(name)
		return nil
	case m.refused != "":
		w.refuse(name + " " + m.refused)
		return nil
	}
	if m.parts != nil {
		w.health.Members += int64(len(m.parts))
		return w.rotated(w.names.distinct(name), m.parts, f.depth)
	}
	o, err := f.open()
	if unreadable, ok := errors.AsType[*UnreadableError](err); ok {
		if unreadable.Kind == kindBinary {
			w.pass(name)
		} else {
			w.refuse(name + ": " + err.Error())
		}
		return nil
	}
	if stop := w.ctx.Err(); stop != nil {
		return stop
	}
	if err != nil {
		w.health.Members++
		return w.text(w.names.distinct(name), tidyTime(m.modTime), carryingReader{Reader: failing{err}}, &Health{Kind: KindText})
	}
	if o.archive == nil {
		w.health.Members++
		return w.text(w.names.distinct(name), tidyTime(m.modTime), o.text(), &o.health)
	}
	var h Health
	err = w.unpack(o, name+"!", &h)
	w.health.Skipped += h.Skipped
	if h.Problem != "" {
		w.health.fail(name + ": " + h.Problem)
	}
	return err
}

// tidyTime makes none of a time that archivers write for none.
func tidyTime(t time.Time) time.Time {
	if t.Year() <= 1980 {
		return time.Time{}
	}
	return t.UTC()
}

// shown is how many members a note names.
const shown = 3

func (w *walker) pass(name string) {
	if w.health.Passed++; len(w.passed) < shown {
		w.passed = append(w.passed, name)
	}
}

func (w *walker) refuse(what string) {
	if w.health.Refused++; len(w.refused) < shown {
		w.refused = append(w.refused, what)
	}
}

// summary returns the health of the archive with all in it.
func (w *walker) summary() Health {
	h := w.health
	for _, what := range w.refused {
		h.fail(what)
	}
	if more := h.Refused - int64(len(w.refused)); more > 0 {
		h.fail(counted(more, "more member was", "more members were") + " not read")
	}
	if h.Passed > 0 {
		names := strings.Join(w.passed, ", ")
		if h.Passed > int64(len(w.passed)) {
			names += " …"
		}
		h.Notes = append(h.Notes, fmt.Sprintf("%s passed over: %s", counted(h.Passed, "member that is no log", "members that are no logs"), names))
	}
	h.Complete = h.Problem == ""
	return h
}

func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// reason returns what is wrong without the path, which whoever reads it knows.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
