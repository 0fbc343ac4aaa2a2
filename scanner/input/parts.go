package input

import (
	"errors"
	"io"
	"slices"
)

// rotated has the parts visited as one text.
func (w *walker) rotated(parts []Part) error {
	r := &rotation{w: w, parts: parts, health: Health{Kind: KindText}}
	defer r.leave()
	r.health.Encoding = UTF8
	if len(parts) == 0 {
		return nil
	}
	return w.text("", parts[len(parts)-1].ModTime, r, &r.health)
}

// A rotation reads parts one after the other. One that cannot be read is a problem of the text, and the next one
// goes on.
type rotation struct {
	w      *walker
	parts  []Part
	health Health
	part   *Part
	r      *opened // of part, nil before and between parts
	done   func()
	torn   bool // the text so far ends within a line
	gap    bool // and has to end before the next part
}

// Read implements io.Reader.
func (r *rotation) Read(p []byte) (int, error) {
	if r.gap && len(p) > 0 {
		r.gap, r.torn, p[0] = false, false, '\n'
		return 1, nil
	}
	for {
		if r.r == nil {
			if len(r.parts) == 0 {
				return 0, io.EOF
			}
			r.part, r.parts = &r.parts[0], r.parts[1:]
			if err := r.enter(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := r.r.Read(p)
		if n > 0 {
			r.torn = p[n-1] != '\n'
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
			// What is lost stood between the two: the next part does not end this line.
			r.gap = r.torn && len(r.parts) > 0
		}
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
	r.r, err = r.w.opener().open(s, 0)
	switch {
	case err != nil:
		r.fail(err)
	case r.r.archive != nil:
		r.fail(&UnreadableError{Kind: r.r.archive.name + " archive", Hint: "it cannot be one of several parts, scan it alone"})
	default:
		return nil
	}
	r.leave()
	return r.w.ctx.Err()
}

// leave closes the part.
func (r *rotation) leave() {
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
	if h.EncodingGuessed || h.Encoding != UTF8 {
		r.health.Encoding, r.health.EncodingGuessed = h.Encoding, h.EncodingGuessed
	}
	r.health.Skipped += h.Skipped
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
