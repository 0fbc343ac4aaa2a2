package tally

import (
	"cmp"
	"slices"
	"strings"
	"unsafe"
)

// A recordBuffer holds records in chunks of bytes, with an entry for each to sort by. So its size is
// known to the byte, and the garbage collector has nothing to follow.
type recordBuffer struct {
	chunks    [][]byte // filled one after the other
	at        int      // the chunk that is being filled
	chunkSize int
	entries   []recordEntry
	order     []uint32 // of all entries, once they are sorted
	sources   map[string]uint32
	names     []string // of sources
	ranks     []uint32 // of sources, by name
	bytes     int
	scratch   []byte
}

// A recordEntry is what a record is sorted by first, and where the rest of it is.
type recordEntry struct {
	ns, off        int64
	source         uint32
	chunk, from, n uint32
}

const (
	entrySize  = 32 + 4 // bytes of a recordEntry and its place in the order
	sourceSize = 64     // bytes that a source costs beside its name
	maxChunk   = 256 << 10
)

func newRecordBuffer(memory int) recordBuffer {
	return recordBuffer{chunkSize: min(max(memory/16, 1<<10), maxChunk), sources: make(map[string]uint32)}
}

func (b *recordBuffer) add(r *Record, t *terms) {
	b.scratch = t.record(b.scratch[:0], r)
	n := len(b.scratch)
	b.room(n)
	c := &b.chunks[b.at]
	from := len(*c)
	*c = append(*c, b.scratch...)
	if n := len(b.entries); n == cap(b.entries) {
		b.entries = slices.Grow(b.entries, max(n/4, 64)) // by little, because both arrays are there while it is copied
	}
	b.entries = append(b.entries, recordEntry{stamp(r.Time), r.Offset, b.source(r.Source), uint32(b.at), uint32(from), uint32(n)})
	b.bytes += n + entrySize
}

// room makes the chunk that is being filled one that has room for n bytes.
func (b *recordBuffer) room(n int) {
	if b.at < len(b.chunks) {
		rest := cap(b.chunks[b.at]) - len(b.chunks[b.at])
		if n <= rest {
			return
		}
		if len(b.chunks[b.at]) > 0 {
			b.bytes += rest
			b.at++
		}
	}
	if b.at == len(b.chunks) || n > cap(b.chunks[b.at]) {
		b.chunks = slices.Insert(b.chunks, b.at, make([]byte, 0, max(b.chunkSize, n)))
	}
}

func (b *recordBuffer) source(name string) uint32 {
	if n := len(b.entries); n > 0 {
		if last := b.entries[n-1].source; b.names[last] == name {
			return last
		}
	}
	i, ok := b.sources[name]
	if !ok {
		name = strings.Clone(name)
		i = uint32(len(b.names))
		b.names = append(b.names, name)
		b.sources[name] = i
		b.bytes += len(name) + sourceSize
	}
	return i
}

// sort puts the entries in order.
func (b *recordBuffer) sort(t *terms) {
	if len(b.order) == len(b.entries) {
		return
	}
	both := make([]stampAt, 2*len(b.entries))
	list, spare := both[:len(b.entries)], both[len(b.entries):]
	for i := range b.entries {
		list[i] = stampAt{b.entries[i].ns, uint32(i)}
	}
	list = sortStamps(list, spare)
	b.order = slices.Grow(b.order[:0], len(list))
	for _, s := range list {
		b.order = append(b.order, s.i)
	}
	b.rank()
	p, q := recordParser{terms: t}, recordParser{terms: t}
	from := 0
	for i := range list {
		if i+1 < len(list) && list[i+1].ns == list[i].ns {
			continue
		}
		slices.SortFunc(b.order[from:i+1], func(i, j uint32) int {
			x, y := &b.entries[i], &b.entries[j]
			switch {
			case x.source != y.source:
				return cmp.Compare(b.ranks[x.source], b.ranks[y.source])
			case x.off != y.off:
				return cmp.Compare(x.off, y.off)
			}
			return b.read(&p, x).compareWhole(b.read(&q, y))
		})
		from = i + 1
	}
}

// rank numbers the sources by their names.
func (b *recordBuffer) rank() {
	sorted := make([]uint32, len(b.names))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(i, j uint32) int { return strings.Compare(b.names[i], b.names[j]) })
	b.ranks = make([]uint32, len(b.names))
	for rank, i := range sorted {
		b.ranks[i] = uint32(rank)
	}
}

// read returns the record of an entry. Its strings lie in the chunk, which is only ever added to
// until [recordBuffer.reset]; the record is valid until the next call.
func (b *recordBuffer) read(p *recordParser, e *recordEntry) *Record {
	p.s = unsafe.String(&b.chunks[e.chunk][e.from], e.n)
	r := p.record()
	r.Time, r.Source, r.Offset = fromStamp(e.ns), b.names[e.source], e.off
	return r
}

// reset empties the buffer and keeps its memory, but for sources and long chunks that may not come
// again.
func (b *recordBuffer) reset() {
	b.chunks = slices.DeleteFunc(b.chunks, func(c []byte) bool { return cap(c) > b.chunkSize })
	for i := range b.chunks {
		b.chunks[i] = b.chunks[i][:0]
	}
	b.at, b.entries, b.order, b.bytes = 0, b.entries[:0], b.order[:0], 0
	clear(b.sources)
	b.names, b.ranks = nil, nil
}

// A bufferReader reads a sorted buffer.
type bufferReader struct {
	buffer *recordBuffer
	parser recordParser
	i      int
}

// reader returns a reader of what is sorted.
func (b *recordBuffer) reader(t *terms) *bufferReader {
	return &bufferReader{buffer: b, parser: recordParser{terms: t}}
}

// write writes what is sorted as a run.
func (b *recordBuffer) write(w *runWriter) error {
	for _, i := range b.order {
		e := &b.entries[i]
		if err := w.append(e.ns, b.names[e.source], e.off, b.chunks[e.chunk][e.from:][:e.n]); err != nil {
			return err
		}
	}
	return w.flush()
}

// next implements [recordSource].
func (r *bufferReader) next() (*Record, error) {
	if r.i == len(r.buffer.order) {
		return nil, nil
	}
	e := &r.buffer.entries[r.buffer.order[r.i]]
	r.i++
	return r.buffer.read(&r.parser, e), nil
}
