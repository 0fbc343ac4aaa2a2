package input

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// Joins reports whether a part can be one of several: an archive is many texts, and what is no log at all is not one.
// One that cannot be opened is damage of the whole.
func Joins(ctx context.Context, p Part, o Options) bool {
	_, done, err := newWalker(ctx, o, nil).textOf(&p)
	if err != nil {
		_, unreadable := errors.AsType[*UnreadableError](err)
		return !unreadable
	}
	done()
	return true
}

// rotated has parts that lie in so many containers visited as one text.
func (w *walker) rotated(name string, parts []Part, depth int) error {
	r := &rotation{w: w, parts: parts, all: parts, depth: depth, health: Health{Kind: KindText}}
	defer r.leave()
	if len(parts) == 0 {
		return nil
	}
	return w.text(name, parts[len(parts)-1].ModTime, carryingReader{r, r.carriers}, &r.health)
}

// shownParts is how many files of a log a note names.
const shownParts = 6

// joinedNote says what a rotated log was read from, and which lines are whose.
func (r *rotation) joinedNote() string {
	var names []string
	for i, line := range r.lines[:min(len(r.lines), shownParts)] {
		names = append(names, fmt.Sprintf("%s from line %d", r.all[i].Name, line))
	}
	more := ""
	if n := len(r.all) - shownParts; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%d files of a rotated log, read as one: %s%s", len(r.all), strings.Join(names, ", "), more)
}

// A rotation reads parts one after the other. One that cannot be read is a problem of the text, and the next one
// goes on.
type rotation struct {
	w      *walker
	all    []Part
	parts  []Part // to come
	depth  int
	health Health
	part   *Part
	r      *opened // of part, nil before and between parts
	done   func()
	torn   bool // the text so far ends within a line
	gap    bool // and has to end before the next part

	seen    xlog.Seen // blocks
	lines   []int64   // on which the parts begin
	breaks  int64     // of the text
	read    int64     // bytes of the text
	from    int64     // where the part begins in it
	pending []Carrier // of what was read
}

// Read implements io.Reader.
func (r *rotation) Read(p []byte) (int, error) {
	if r.gap && len(p) > 0 {
		r.gap, r.torn, p[0] = false, false, '\n'
		r.read++
		r.breaks++
		return 1, nil
	}
	for {
		if r.r == nil {
			if len(r.parts) == 0 {
				if len(r.all) > 1 {
					r.health.Notes = append(r.health.Notes, r.joinedNote())
				}
				return 0, io.EOF
			}
			r.part, r.parts = &r.parts[0], r.parts[1:]
			r.lines = append(r.lines, r.breaks+1)
			if err := r.enter(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := r.r.Read(p)
		if n > 0 {
			if r.read == r.from {
				r.pending = append(r.pending, Carrier{Off: r.from, Reference: r.part.Reference})
			}
			r.torn = p[n-1] != '\n'
			r.read += int64(n)
			r.breaks += int64(bytes.Count(p[:n], []byte{'\n'}))
		}
		if err == nil {
			return n, nil
		}
		if stop := r.w.ctx.Err(); stop != nil {
			return n, stop
		}
		r.collect()
		if !errors.Is(err, io.EOF) {
			r.fail(err)
		}
		// A rotation does not cut lines: the next part does not end this one.
		r.gap = r.torn && len(r.parts) > 0
		r.leave()
		if n > 0 {
			return n, nil
		}
		if r.gap {
			return r.Read(p)
		}
	}
}

// enter opens the part; the error is that of the context.
func (r *rotation) enter() error {
	s, done, err := r.w.part(r.part)
	if err != nil {
		r.fail(err)
		return r.w.ctx.Err()
	}
	r.done = done
	p := r.w.opener(r.part.Name)
	p.seen = &r.seen
	r.r, err = p.open(s, r.depth)
	switch {
	case err != nil:
		r.fail(err)
	case r.r.archive != nil:
		r.fail(&UnreadableError{Kind: r.r.archive.name + " archive", Hint: "it cannot be one of several parts, scan it alone"})
	default:
		r.from = r.read
		return nil
	}
	r.leave()
	return r.w.ctx.Err()
}

// carriers implements the type of that name.
func (r *rotation) carriers(dst []Carrier) []Carrier {
	r.told()
	dst = append(dst, r.pending...)
	r.pending = r.pending[:0]
	return dst
}

// told takes over what is known beside the text of the part so far.
func (r *rotation) told() {
	if r.r == nil || r.r.beside == nil || r.read == r.from {
		return
	}
	at := len(r.pending)
	r.pending = r.r.beside(r.pending)
	for i := range r.pending[at:] {
		c := &r.pending[at+i]
		c.Off += r.from
		c.Reference = r.part.Reference
	}
	if at > 0 && at < len(r.pending) && r.pending[at-1].Off == r.pending[at].Off {
		r.pending = slices.Delete(r.pending, at-1, at) // the envelope of the first line says more
	}
}

// leave closes the part.
func (r *rotation) leave() {
	r.told()
	if r.r != nil {
		r.r.close()
		r.r = nil
	}
	if r.done != nil {
		r.done()
		r.done = nil
	}
}

// collect takes over what was found out about the part.
func (r *rotation) collect() {
	h := &r.r.health
	r.health.Merge(&h.Health)
	if h.Kind == "xlog" {
		r.health.Kind = h.Kind
	}
	if h.Problem != "" {
		r.health.fail(r.part.Name + ": " + h.Problem)
	}
	for _, n := range h.Notes {
		if !slices.Contains(r.health.Notes, n) {
			r.health.Notes = append(r.health.Notes, n)
		}
	}
}

func (r *rotation) fail(err error) { r.health.fail(r.part.Name + ": " + reason(err)) }
