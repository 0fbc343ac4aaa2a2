// Package input goes from the bytes of an input, as they lie on a disk or come through a pipe, to the texts in it.
//
// [Walk] is the whole of it. It hands every [Text] of an input to a function, one after the other and always in the
// same order: the one text of a plain or compressed file, each member of an archive.
//
//	h, err := input.Walk(ctx, []input.Part{{Name: "logs.zip", Open: open}}, input.Options{}, func(t *input.Text) error {
//		_, err := io.Copy(w, t)
//		return err
//	})
//
// # What is read
//
// What an input is follows from its content, never from its name. Compressors (gzip, zstd, bzip2, xz) and archives
// (zip, tar) may hold each other to a depth; the table kinds has them all, and what is known but not read. The
// members of a zip are decoded ahead on several goroutines, which no result depends on.
//
// A text is given in UTF-8, whatever its encoding, and without a byte order mark. Offsets and line numbers that are
// counted in it are therefore those of its UTF-8 twin, not of the bytes on the disk.
//
// # Damage and limits
//
// Damage is a result. A text ends where reading it ended, and its [Health] says why; an archive without its directory
// is read by the headers of its members; behind a damaged member comes the next one. Whoever wrote an archive is a
// stranger: its names are never paths, and [Limits] bound what it may unfold to. What was decoded before one was
// reached counts.
package input

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// A Part is one file or stream of an input as it lies there. Several are a rotated set, oldest first, which is read as one
// text.
type Part struct {
	Name    string    // as people know it: app.log.1
	ModTime time.Time // zero if unknown
	// Reference is that of its text, see [Carrier]; only the parts of a set have one of their own.
	Reference time.Time
	// Open opens it. If the result is an [io.ReaderAt] too and tells its length by Size() int64, or is a regular
	// [os.File], archives are read in place; of others, zip archives are spooled.
	Open func() (io.ReadCloser, error)

	member func(*opener) (stream, func(), error) // instead of Open
}

// Options say how an input is read. The zero value detects everything.
type Options struct {
	Limits   Limits
	Encoding string // one of [Encodings], or "": found by the text itself
	Jobs     int    // goroutines that decode the members of an archive ahead; 0 is one for each CPU
	// Reference returns the reference instant of a file of a rotated log in an archive; nil: they have none of their own.
	Reference func(name string, modTime time.Time) time.Time
	Zone      *time.Location // of the dates in zip archives, which name none; nil is UTC
	Keys      []*xlog.Key    // that encrypted blocks of xlog files are tried with
	// OnBlock, if set, is told of each block of an xlog file, in order while its text is read: by the goroutine that
	// decodes a member ahead, so that it wants Jobs to be 1. The name is that of the text or part.
	OnBlock func(name string, b xlog.Block)
}

// A Text is one text of an input, in UTF-8. It is read by one goroutine, while visit runs.
type Text struct {
	// Name says where in the input it lies: "" is the input itself, b/c.log a member, inner.tar!d.log a member of a
	// member. No two texts of an input have the same.
	Name    string
	ModTime time.Time // as the archive has it; zero if that has none
	Kind    string    // text, or the compressor directly around it: gzip

	ctx    context.Context
	r      io.Reader
	beside carriers
	health *Health
	ended  bool
}

// Carriers appends what is known beside the text that Read gave so far, in order and each once.
func (t *Text) Carriers(dst []Carrier) []Carrier {
	if t.beside == nil {
		return dst
	}
	return t.beside(dst)
}

// Read implements [io.Reader]. It ends with [io.EOF] on damage too, of which Health tells. Another error is that of
// the context.
func (t *Text) Read(p []byte) (int, error) {
	if t.ended {
		return 0, io.EOF
	}
	n, err := t.r.Read(p)
	if err == nil {
		return n, nil
	}
	if stop := t.ctx.Err(); stop != nil {
		return n, stop
	}
	t.ended = true
	if errors.Is(err, io.EOF) {
		t.health.Complete = t.health.Problem == ""
	} else {
		t.health.fail(err.Error())
	}
	return n, io.EOF
}

// Health says what a reader should know of the text. It is final once Read gave io.EOF.
func (t *Text) Health() Health { return *t.health }

// Health is the state of a text, or of an archive apart from its texts.
type Health struct {
	Kind     string   // of a text as in [Text]; else zip, tar
	Complete bool     // everything was read
	Problem  string   // why it is not complete
	Notes    []string // what else a reader of a report should know, a sentence each

	// Health has the rest. Its Encoding is one of [Encodings], "" for UTF-8; its counts of members are of an archive
	// with all that are nested in it.
	tally.Health
}

// fail adds a problem to what is known.
func (h *Health) fail(problem string) {
	h.Complete = false
	switch {
	case h.Problem == "":
		h.Problem = problem
	case len(h.Problem) < maxProblem:
		h.Problem += "; " + problem
	}
}

// maxProblem is the length in bytes at which a problem is told at length enough.
const maxProblem = 1 << 10

// An UnreadableError says what an input is that cannot be read as a log.
type UnreadableError struct {
	Kind string // binary file, rar archive …
	Hint string // what the user can do, or ""
}

// Error implements error.
func (e *UnreadableError) Error() string {
	if e.Hint == "" {
		return e.Kind + ", not a text log"
	}
	return e.Kind + ", not a text log: " + e.Hint
}

// IsBinary reports whether it is what lies about in folders of logs, too: a picture, a program. Whoever did not name it
// does not miss it.
func (e *UnreadableError) IsBinary() bool { return e.Kind == kindBinary }
