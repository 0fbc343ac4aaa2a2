package scanner

import (
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
	failed error     // known before it is opened
}

// NewReader returns a source that reads r as it is; in names it.
func NewReader(in Input, r io.Reader) *File { return &File{in: in, reader: r, named: true} }

// Input implements [Source].
func (f *File) Input() Input { return f.in }

// Blocks implements [Source].
func (f *File) Blocks(ctx context.Context, yield func(*Block) error) (Health, error) {
	if f.failed != nil {
		return Health{Problem: reason(f.failed)}, nil
	}
	r := f.reader
	if r == nil {
		file, err := os.Open(f.path)
		if err != nil {
			return Health{Problem: reason(err)}, nil
		}
		defer file.Close()
		r = file
	}
	stream, err := input.Open(r)
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
		yieldErr = yield(b)
		return yieldErr
	})
	if yieldErr != nil || ctx.Err() != nil {
		return Health{Kind: stream.Kind, Bytes: read}, errors.Join(yieldErr, ctx.Err())
	}
	h := Health{Kind: stream.Kind, Bytes: read, Complete: err == nil}
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

var dateInName = regexp.MustCompile(`(?:^|[^0-9])(20\d\d)([-_.]?)(0[1-9]|1[0-2])([-_.]?)(0[1-9]|[12]\d|3[01])(?:[^0-9]|$)`)

// referenceOf returns the reference instant of a file: noon of the day in its name, else its mtime. At noon,
// no zone can move it to another day than the name says.
func referenceOf(name string, zone *time.Location, mtime time.Time) time.Time {
	if m := dateInName.FindStringSubmatch(name); m != nil && m[2] == m[4] {
		t := time.Date(atoi([]byte(m[1])), time.Month(atoi([]byte(m[3]))), atoi([]byte(m[5])), 12, 0, 0, 0, zone)
		return t.UTC()
	}
	return mtime.UTC()
}
