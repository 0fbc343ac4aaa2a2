package input

import (
	"context"
	"errors"
	"io"

	"github.com/imtriage/imtriage/scanner/internal/spares"
	"github.com/imtriage/imtriage/scanner/xlog"
)

const (
	chunkSize = 64 << 10
	// chunksAhead bounds what one goroutine has decoded and nobody has read yet.
	chunksAhead = 15
)

// A queue opens the members of an archive, as many at once as there are jobs, and hands them out in order.
type queue struct {
	w       *walker
	list    listing
	depth   int
	health  *Health
	waiting []*fetch
	ended   bool
	// seen are the blocks of the xlog files of each app that are read one after the other.
	seen map[string]*xlog.Seen
}

func (w *walker) queue(l listing, depth int, h *Health) *queue {
	return &queue{w: w, list: l, depth: depth, health: h, seen: map[string]*xlog.Seen{}}
}

// seenOf returns what has been seen of the app to which an xlog file belongs, nil for other files.
func (q *queue) seenOf(m *member) *xlog.Seen {
	r := rankOf(cleanName(m.name))
	if !r.binary || m.ahead {
		return nil
	}
	if q.seen[r.live] == nil {
		q.seen[r.live] = new(xlog.Seen)
	}
	return q.seen[r.live]
}

// next returns the next member, or io.EOF.
func (q *queue) next() (*fetch, error) {
	for !q.ended && (len(q.waiting) == 0 || q.waiting[0].ahead && len(q.waiting) < q.w.jobs) {
		m, err := q.list.next()
		if err != nil {
			q.ended = true
			if stop := q.w.ctx.Err(); stop != nil {
				return nil, stop
			}
			if !errors.Is(err, io.EOF) {
				q.health.fail(err.Error())
			}
			break
		}
		f := q.w.fetch(m, q.depth)
		f.seen = q.seenOf(m)
		q.waiting = append(q.waiting, f)
	}
	if len(q.waiting) == 0 {
		return nil, io.EOF
	}
	f := q.waiting[0]
	q.waiting = append(q.waiting[:0], q.waiting[1:]...)
	return f, nil
}

// stop ends what is decoded ahead.
func (q *queue) stop() {
	for _, f := range q.waiting {
		f.stop()
	}
}

// A fetch is a member that is opened, here or by a goroutine that decodes ahead of its reader.
type fetch struct {
	*member
	w     *walker
	depth int
	seen  *xlog.Seen

	opened *opened
	err    error // of opening, later of reading

	// Of what is read ahead: opened, err and health are set before ready is closed, err once more before chunks is.
	ready  chan struct{}
	chunks chan chunk
	cancel func()
	health Health
	shown  *opened // what the reader was given
	chunk  chunk   // taken from chunks
	rest   []byte  // of chunk
	told   []Carrier
	failed error
}

// A chunk is decoded bytes, with what decompressors gave for them.
type chunk struct {
	buf  *[chunkSize]byte
	n    int
	cost int64
	told []Carrier
}

var chunks = spares.List[*[chunkSize]byte]{Most: maxSpares}

func (c *chunk) free() {
	if c.buf != nil {
		chunks.Put(c.buf)
		c.buf = nil
	}
}

// fetch begins to read a member, if it will be read and can be read ahead.
func (w *walker) fetch(m *member, depth int) *fetch {
	f := &fetch{member: m, w: w, depth: depth}
	if m.ahead && m.refused == "" && m.parts == nil {
		ctx, cancel := context.WithCancel(w.ctx)
		f.ready, f.chunks, f.cancel = make(chan struct{}), make(chan chunk, chunksAhead), cancel
		// Limits count in the order of the members: here each is alone, its reader adds it up.
		size := w.source
		p := w.opener(m.name)
		p.ctx, p.meter = ctx, &meter{limits: w.meter.limits, size: func() int64 { return size }}
		go f.run(p)
	}
	return f
}

// run decodes the member into chunks.
func (f *fetch) run(p *opener) {
	defer close(f.chunks)
	o, err := f.look(p)
	f.opened, f.err = o, err
	if err != nil {
		close(f.ready)
		return
	}
	defer o.close()
	f.health = o.health
	r := o.Reader
	close(f.ready)
	for cost := int64(0); ; {
		buf, ok := chunks.Get()
		if !ok {
			buf = new([chunkSize]byte)
		}
		c := chunk{buf: buf}
		var err error
		for c.n < chunkSize && err == nil {
			var n int
			n, err = r.Read(c.buf[c.n:])
			c.n += n
		}
		if o.beside != nil {
			c.told = o.beside(nil)
		}
		c.cost, cost = p.meter.decoded-cost, p.meter.decoded
		select {
		case f.chunks <- c:
		case <-p.ctx.Done():
			c.free()
			err = p.ctx.Err()
		}
		if err != nil {
			f.err = err
			return
		}
	}
}

// look opens the member.
func (f *fetch) look(p *opener) (*opened, error) {
	s, done, err := f.member.open(p)
	if err != nil {
		return nil, err
	}
	o, err := p.open(s, f.depth)
	switch {
	case done == nil:
	case err != nil:
		done()
	default:
		o.closers = append(o.closers, done)
	}
	return o, err
}

// open waits until it is known what the member is.
func (f *fetch) open() (*opened, error) {
	if f.chunks == nil {
		p := f.w.opener(f.name)
		p.seen = f.seen
		f.opened, f.err = f.look(p)
		return f.opened, f.err
	}
	<-f.ready
	if f.opened == nil {
		return nil, f.err
	}
	f.shown = &opened{stream: stream{Reader: f}, beside: f.carriers, archive: f.opened.archive, depth: f.opened.depth, health: f.health}
	return f.shown, nil
}

// Read implements io.Reader, of what is read ahead.
func (f *fetch) Read(p []byte) (int, error) {
	for len(f.rest) == 0 {
		f.chunk.free()
		if f.failed != nil {
			return 0, f.failed
		}
		c, ok := <-f.chunks
		if !ok {
			f.failed, f.shown.health = f.err, f.opened.health
			return 0, f.failed
		}
		var n int
		n, f.failed = f.w.meter.spend(c.n, c.cost)
		f.chunk, f.rest, f.told = c, c.buf[:n], append(f.told, c.told...)
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// carriers implements the type of that name.
func (f *fetch) carriers(dst []Carrier) []Carrier {
	dst = append(dst, f.told...)
	f.told = f.told[:0]
	return dst
}

// stop ends reading the member, and waits for whoever reads it ahead.
func (f *fetch) stop() {
	if f.chunks == nil {
		if f.opened != nil {
			f.opened.close()
		}
		return
	}
	f.cancel()
	f.chunk.free()
	f.rest = nil
	for c := range f.chunks {
		c.free()
	}
}
