package input

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Walk hands every text of the input that the parts make up to visit, one after the other, in an order that depends on
// the bytes alone.
//
// The Health is that of the archive that the input is; for an input that is none it is zero, and visit got one Text
// without a name. An input that cannot be read as a log is an [*UnreadableError]; other errors are those of visit, of
// ctx, or of opening and reading the input before it gave anything.
func Walk(ctx context.Context, parts []Part, o Options, visit func(*Text) error) (Health, error) {
	if o.Encoding != "" && !slices.Contains(Encodings(), o.Encoding) {
		return Health{}, fmt.Errorf("unknown encoding %q, want one of %s", o.Encoding, strings.Join(Encodings(), ", "))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := newWalker(ctx, o, visit)
	if len(parts) != 1 {
		return Health{}, w.rotated("", parts, 0)
	}
	s, done, err := w.part(&parts[0])
	if err != nil {
		return Health{}, err
	}
	defer done()
	opened, err := w.opener("").open(s, 0)
	if err != nil {
		return Health{}, err
	}
	defer opened.close()
	if opened.archive == nil {
		return Health{}, w.text("", parts[0].ModTime, opened.text(), &opened.health)
	}
	w.health.Kind = opened.archive.name
	err = w.unpack(opened, "", &w.health)
	if errors.Is(err, errStop) {
		err = nil
	}
	return w.summary(), err
}

// A walker is one walk.
type walker struct {
	ctx    context.Context
	visit  func(*Text) error
	how    Options
	jobs   int
	zone   *time.Location
	meter  *meter
	source int64 // bytes of the input, as far as they are known
	names  names
	memory int64 // left for spooling

	health          Health
	members         int
	passed, refused []string // the first few
}

func newWalker(ctx context.Context, o Options, visit func(*Text) error) *walker {
	w := &walker{ctx: ctx, visit: visit, how: o, jobs: o.Jobs, zone: o.Zone, names: names{}, memory: maxSpoolMemory}
	w.jobs = cmp.Or(max(0, w.jobs), runtime.GOMAXPROCS(0))
	if w.zone == nil {
		w.zone = time.UTC
	}
	w.meter = &meter{limits: o.Limits.orDefaults(), size: func() int64 { return w.source }}
	return w
}

// errStop ends the walk where a limit of the whole input was reached.
var errStop = errors.New("stop")

func (w *walker) opener(name string) *opener {
	return &opener{ctx: w.ctx, meter: w.meter, how: &w.how, name: name}
}

// part opens a part of the input.
func (w *walker) part(p *Part) (s stream, done func(), err error) {
	if p.member != nil {
		return p.member(w.opener(p.Name))
	}
	r, err := p.Open()
	if err != nil {
		return s, nil, err
	}
	s.Reader = r
	if at, ok := r.(io.ReaderAt); ok {
		if size, ok := sizeOf(r); ok {
			s.at, s.size = at, size
			w.source += size
		}
	}
	if s.at == nil {
		s.Reader = &sourceReader{r, &w.source}
	}
	return s, func() { r.Close() }, nil
}

// sizeOf returns the length of what can be read in any order.
func sizeOf(r any) (int64, bool) {
	switch r := r.(type) {
	case interface{ Size() int64 }:
		return r.Size(), true
	case *os.File:
		info, err := r.Stat()
		if err == nil && info.Mode().IsRegular() {
			return info.Size(), true
		}
	}
	return 0, false
}

// A sourceReader adds what is read to a count.
type sourceReader struct {
	r io.Reader
	n *int64
}

// Read implements io.Reader.
func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	*s.n += int64(n)
	return n, err
}

// text has a text visited.
func (w *walker) text(name string, modTime time.Time, r carryingReader, h *Health) error {
	t := &Text{Name: name, ModTime: modTime, Kind: h.Kind, ctx: w.ctx, r: r, beside: r.beside, health: h}
	err := w.visit(t)
	t.ended = true // what it reads from serves the next one
	return cmp.Or(err, w.ctx.Err())
}
