package input

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/imtriage/imtriage/scanner/internal/spares"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// sniffLen is how much of a stream is looked at, in bytes.
const sniffLen = 64 << 10

// A stream is bytes as they lie in what holds them.
type stream struct {
	io.Reader
	at   io.ReaderAt // the same bytes in any order; nil if there is no way
	size int64       // of at
}

// An opened is what a stream turned out to be, with its compressors taken off: a text, or an archive.
type opened struct {
	stream
	archive *kind // nil for a text
	beside  carriers
	depth   int    // containers around what it holds
	health  Health // of a text, final when it was read
	closers []func()
}

// text returns what is to be read of a text.
func (o *opened) text() carryingReader { return carryingReader{o.Reader, o.beside} }

// close gives back what reading took.
func (o *opened) close() {
	for _, c := range o.closers {
		c()
	}
	o.closers = nil
}

// An opener looks into streams, for one goroutine.
type opener struct {
	ctx   context.Context
	meter *meter
	how   *Options
	name  string     // of what is opened, as [Options.OnBlock] has it
	seen  *xlog.Seen // blocks of the set that it belongs to; nil: none
}

// open takes the compressors off a stream that lies in so many containers. What cannot be read as text, or
// lies too deep, is an *UnreadableError; what fails before anything was read gives its error.
func (p *opener) open(s stream, depth int) (*opened, error) {
	o := &opened{depth: depth}
	if err := p.peel(o, s); err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

// peel makes o of a stream.
func (p *opener) peel(o *opened, s stream) error {
	for outer := ""; ; {
		t := &tap{ctx: p.ctx, r: s.Reader}
		r := o.buffer(t)
		head, err := r.Peek(sniffLen)
		if len(head) == 0 && t.cause != nil {
			return t.cause
		}
		k := kindOf(head)
		if k == nil && s.at != nil && isBinary(head) && hasDirectory(s.at, s.size) {
			k = kindOf([]byte(localMagic)) // behind a program that unpacks it
		}
		whole := err == nil || errors.Is(err, io.EOF)
		switch {
		case k == nil || k.text != nil:
			o.health.Kind = cmp.Or(outer, KindText)
			stage := plain
			if k != nil {
				stage, o.health.Kind = k.text, cmp.Or(outer, k.name)
			}
			o.Reader, err = stage(p, o, r)
			if failed, ok := errors.AsType[*UnreadableError](err); ok && !whole && failed.Kind == kindBinary {
				// The few bytes before the damage say nothing.
				o.Reader, err = failing{t.err}, nil
			}
			if err == nil {
				o.unwrap()
			}
			return err
		case k.codec == nil && k.list == nil:
			return &UnreadableError{k.name, k.hint}
		}
		if o.depth++; o.depth > p.meter.limits.Depth {
			return &UnreadableError{fmt.Sprintf("%s in %s", k.name, counted(int64(o.depth-1), "other container", "other containers")), "raise --max-depth to read it"}
		}
		if k.list != nil {
			o.archive, o.stream = k, stream{r, s.at, s.size}
			return nil
		}
		outer = cmp.Or(outer, k.name)
		s = stream{Reader: p.decompress(o, k, r, t)}
	}
}

// decompress puts a layer on a stream that is read through t and r.
func (p *opener) decompress(o *opened, k *kind, r *bufio.Reader, t *tap) *layer {
	l := &layer{kind: k.name, meter: p.meter, took: func() int64 { return t.n - int64(r.Buffered()) }}
	dec, err := k.codec(r)
	if err != nil {
		if t.err != nil && !errors.Is(t.err, io.EOF) {
			err = t.err
		}
		l.err = explain(k.name, 0, err)
		return l
	}
	l.dec = dec
	o.closers = append(o.closers, func() { dec.Close() })
	return l
}

var buffers = spares.List[*bufio.Reader]{Most: maxSpares}

// buffer returns a reader of r that can look ahead as far as is sniffed.
func (o *opened) buffer(r io.Reader) *bufio.Reader {
	b, ok := buffers.Get()
	if !ok {
		b = bufio.NewReaderSize(nil, sniffLen)
	}
	b.Reset(r)
	o.closers = append(o.closers, func() {
		b.Reset(nil)
		buffers.Put(b)
	})
	return b
}

// A tap is where a stream enters: it counts, ends with the context, and fails for good.
type tap struct {
	ctx   context.Context
	r     io.Reader
	n     int64
	err   error // a *damage, one of the context, or io.EOF
	cause error // of a failure, as r put it
}

// Read implements io.Reader.
func (t *tap) Read(p []byte) (int, error) {
	if t.err == nil {
		t.err = t.ctx.Err()
	}
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.r.Read(p)
	t.n += int64(n)
	if err == nil || errors.Is(err, io.EOF) {
		t.err = err
		return n, err
	}
	if t.err = t.ctx.Err(); t.err == nil {
		t.err = err
		if _, told := errors.AsType[*damage](err); !told {
			t.err, t.cause = damaged("reading failed after %d bytes: %v", t.n, err), err
		}
	}
	return n, t.err
}

// failing is a reader that has failed already.
type failing struct{ err error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) { return 0, f.err }
