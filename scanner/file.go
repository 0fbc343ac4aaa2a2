package scanner

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"time"

	"github.com/imtriage/imtriage/scanner/input"
)

// A File is a Source that reads one file of the operating system, or an open reader.
type File struct {
	in     Input
	path   string
	reader io.Reader // instead of path
	named  bool      // the user named it, so that it must be readable
	stream bool      // opening or reading it may block
	failed error     // known before it is opened
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
	r.Begin(f.in)
	h, err := f.read(ctx, r)
	if err != nil {
		h.Complete, h.Problem = false, interrupted
	}
	r.End(h)
	return err
}

func (f *File) read(ctx context.Context, to Receiver) (Health, error) {
	if f.failed != nil {
		return Health{Problem: reason(f.failed)}, nil
	}
	open := func() (io.Reader, error) { return os.Open(f.path) }
	if f.reader != nil {
		// Without its Close, if it has one: the caller's reader is the caller's to close.
		open = func() (io.Reader, error) { return struct{ io.Reader }{f.reader}, nil }
	}
	if f.stream {
		waiting := open
		open = func() (io.Reader, error) { return newInterruptible(ctx, waiting), nil }
	}
	r, err := open()
	if err != nil {
		return Health{Problem: reason(err)}, nil
	}
	if c, ok := r.(io.Closer); ok {
		defer c.Close()
	}
	stream, err := input.Open(r)
	if ctx.Err() != nil {
		return Health{}, ctx.Err()
	}
	if err != nil {
		var not *input.UnreadableError
		if errors.As(err, &not) && not.Kind == "binary file" && !f.named {
			return Health{Kind: not.Kind, Complete: true, Notes: []string{"binary file in a folder, passed over"}}, nil
		}
		h := Health{Problem: reason(err)}
		if not != nil {
			h.Kind = not.Kind
		}
		return h, nil
	}
	var yieldErr error
	read, err := newSplitter(stream).blocks(ctx, f.in.Off, func(b *Block) error {
		yieldErr = to.Block(b)
		return yieldErr
	})
	if yieldErr != nil || ctx.Err() != nil {
		return Health{Kind: stream.Kind, Bytes: read}, cmp.Or(yieldErr, ctx.Err())
	}
	h := Health{Kind: stream.Kind, Bytes: read, Complete: err == nil, Notes: stream.Notes}
	if err != nil {
		h.Problem = input.Explain(stream.Kind, read, err)
	}
	return h, nil
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
