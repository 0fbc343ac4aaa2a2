package scanner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"time"

	"github.com/imtriage/imtriage/scanner/input"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// A File is a Source that reads one file of the operating system, or an open reader. An archive is many inputs: each
// member under the name of the file, an exclamation mark and its own.
type File struct {
	in     Input
	paths  []filePart      // of a rotated set, oldest first; of most inputs one
	reader io.Reader       // instead of paths
	named  bool            // the user named it, so that it must be readable
	stream bool            // opening or reading it may block
	failed error           // known before it is opened
	dated  bool            // the reference is the user's, for members too
	taken  map[string]bool // names of other sources; read only
	how    input.Options
	copies []string // files of a rotated log that are packed copies of others
}

// A filePart is a file of the operating system.
type filePart struct {
	path, name string
	mtime      time.Time
	reference  time.Time
}

// NewReader returns a source that reads r as it is; in names it.
func NewReader(in Input, r io.Reader) *File {
	return &File{in: in, reader: r, named: true, stream: true}
}

// Name implements [Source].
func (f *File) Name() string { return f.in.Name }

// interrupted is the problem of an input whose reading was stopped from outside.
const interrupted = "interrupted"

// Read implements [Source].
func (f *File) Read(ctx context.Context, r Receiver) error {
	if f.failed != nil {
		return f.alone(r, Health{Problem: reason(f.failed)}, nil)
	}
	parts := f.parts(ctx)
	if len(parts) > 1 {
		return f.readLog(ctx, r, parts)
	}
	return f.read(ctx, r, parts)
}

// parts returns what the file is read from.
func (f *File) parts(ctx context.Context) (parts []input.Part) {
	for _, p := range f.paths {
		parts = append(parts, input.Part{Name: p.name, ModTime: p.mtime, Reference: p.reference, Open: func() (io.ReadCloser, error) { return f.open(ctx, p.path) }})
	}
	if f.reader != nil {
		parts = []input.Part{{Name: f.in.Name, Open: func() (io.ReadCloser, error) { return f.open(ctx, "") }}}
	}
	return parts
}

func (f *File) read(ctx context.Context, r Receiver, parts []input.Part) error {
	spares, whole := &spareList[[]byte]{Most: maxSpares}, false
	how := f.how
	how.Reference = f.referenceOf
	if tell := f.how.OnBlock; tell != nil && len(parts) == 1 {
		how.OnBlock = func(member string, b xlog.Block) { tell(f.nameOf(member), b) }
	}
	container, err := input.Walk(ctx, parts, how, func(t *input.Text) error {
		whole = t.Name == ""
		return f.text(ctx, r, t, spares)
	})
	if stopped := ctx.Err(); err == nil {
		err = stopped
	}
	unreadable, isUnreadable := errors.AsType[*input.UnreadableError](err)
	switch {
	case whole:
		return err
	case isUnreadable && unreadable.IsBinary() && !f.named:
		return f.alone(r, Health{Kind: unreadable.Kind, Complete: true, Notes: []string{"binary file in a folder, passed over"}}, nil)
	case isUnreadable:
		return f.alone(r, Health{Kind: unreadable.Kind, Problem: reason(err)}, nil)
	case container.Kind == "" && ctx.Err() == nil:
		return f.alone(r, Health{Problem: reason(err)}, nil)
	}
	h := healthFrom(container)
	if empty := container.Members+container.Passed+container.Refused == 0; empty && h.Problem == "" && f.named {
		h.Complete, h.Problem = false, "the archive holds no file"
	}
	if err == nil && h.Problem == "" && len(h.Notes) == 0 && container.Members > 0 && container.Members <= maxListed {
		return nil // its members say it all
	}
	return f.alone(r, h, err)
}

// alone tells r of the file itself, of which no text was read; a failed read was interrupted.
func (f *File) alone(r Receiver, h Health, err error) error {
	if err != nil {
		h.Complete, h.Problem = false, interrupted
	}
	r.Begin(f.in)
	r.End(h)
	return err
}

// text hands r a text of the file.
func (f *File) text(ctx context.Context, r Receiver, t *input.Text, spares *spareList[[]byte]) error {
	in := f.input(t)
	r.Begin(in)
	s := newSplitter(t)
	s.spares, s.carriers = spares, t.Carriers
	read, err := s.blocks(ctx, in.Off, r.Block)
	h := healthFrom(t.Health())
	if h.Bytes = read; err != nil {
		h.Complete, h.Problem = false, interrupted
	}
	for _, name := range f.copies {
		h.Notes = append(h.Notes, name+" is a copy of the file beside it, and not read again")
	}
	r.End(h)
	return err
}

// nameOf returns the name of a text of the file.
func (f *File) nameOf(member string) string {
	if member == "" {
		return f.in.Name
	}
	return f.in.Name + "!" + member
}

// input returns what is fixed about a text of the file.
func (f *File) input(t *input.Text) Input {
	in := f.in
	if t.Name == "" {
		return in
	}
	in.Name, in.Container = f.nameOf(t.Name), in.Name
	for n, name := 2, in.Name; f.taken[in.Name]; n++ {
		in.Name = fmt.Sprintf("%s (%d)", name, n)
	}
	in.Reference = f.referenceOf(t.Name, t.ModTime)
	return in
}

// referenceOf returns the reference instant of a member.
func (f *File) referenceOf(name string, modTime time.Time) time.Time {
	if f.dated {
		return f.in.Reference
	}
	return referenceOf(path.Base(name), f.in.Zone, cmp.Or(modTime, f.in.Reference))
}

func healthFrom(h input.Health) Health {
	return Health{Kind: h.Kind, Complete: h.Complete, Problem: h.Problem, Notes: h.Notes, Health: h.Health}
}

// open opens a file or takes the reader, which stays the caller's to close.
func (f *File) open(ctx context.Context, path string) (io.ReadCloser, error) {
	switch {
	case !f.stream:
		return os.Open(path)
	case f.reader != nil:
		return io.NopCloser(newInterruptible(ctx, func() (io.Reader, error) { return struct{ io.Reader }{f.reader}, nil })), nil
	}
	return io.NopCloser(newInterruptible(ctx, func() (io.Reader, error) { return os.Open(path) })), nil
}

// reason returns what is wrong without the path, which the input's name already says.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// dateInName also takes the date of hourly names such as app.2026060113.log.
var dateInName = regexp.MustCompile(`(?:^|[^0-9])(20\d\d)([-_.]?)(0[1-9]|1[0-2])([-_.]?)(0[1-9]|[12]\d|3[01])(?:[^0-9]|\d{2}[^0-9]|\d{4}[^0-9]|\d{6}[^0-9]|$)`)

// referenceOf returns the reference instant of a file: noon of the day in its name, else its mtime. At noon,
// no zone can move it to another day than the name says.
func referenceOf(name string, zone *time.Location, mtime time.Time) time.Time {
	if m := dateInName.FindStringSubmatch(name); m != nil && m[2] == m[4] {
		t := time.Date(atoi([]byte(m[1])), time.Month(atoi([]byte(m[3]))), atoi([]byte(m[5])), 12, 0, 0, 0, zone)
		return t.UTC()
	}
	return mtime.UTC()
}
