package xlog

import (
	"bytes"
	"errors"
	"io"

	"github.com/cespare/xxhash/v2"
)

// A decoded is a block with its text, or with the way to it.
type decoded struct {
	Block
	text []byte
	long *longText // instead of text
	id   identity
}

// A longText is what is decoded while it is read.
type longText struct {
	packing
	packed []byte
}

// A job is a piece with what becomes of it. Its memory is used again.
type job struct {
	piece
	payload []byte
	out     []decoded
	texts   [][]byte      // memory for text
	done    chan struct{} // nil if it was done where it was made
}

// memory returns memory for the text of block i of a job.
func (j *job) memory(i int) []byte {
	for len(j.texts) <= i {
		j.texts = append(j.texts, nil)
	}
	return j.texts[i]
}

// A worker does jobs, one at a time.
type worker struct {
	unpacker
	identify bool // for Options.Seen
}

// do decodes the block of a job. In one that is damaged it looks for others: two processes that write to one file
// without knowing of each other write over each other.
func (w *worker) do(j *job) {
	j.out = j.out[:0]
	if j.kind == zeros || j.kind == skipped {
		return
	}
	if j.bent && !w.unbend(&j.head, j.payload) {
		d := decoded{Block: j.head.block(j.from, j.to-j.from)}
		d.Salvaged, d.Err = true, errHeader
		j.out = append(j.out, d)
		return
	}
	d := w.decode(j)
	if named := j.head.magic; d.Err == errPayload && len(d.text) == 0 && w.unbend(&j.head, j.payload) && j.head.magic != named {
		j.bent = true
		d = w.decode(j)
	}
	if d.Err == "" || d.Locked || j.kind == broken {
		j.out = append(j.out, d)
		return
	}
	inner := w.within(j)
	if len(inner) == 0 {
		j.out = append(j.out, d)
		return
	}
	// What the block was before it was written over is what lies before the first of them.
	size := int64(j.head.kind().header)
	outer := *j
	outer.payload = j.payload[:inner[0].from-j.from-size]
	outer.kind = broken
	d = w.decode(&outer)
	d.Size = inner[0].from - j.from
	j.out = append(j.out, d)
	for i, p := range inner {
		in := job{piece: p, payload: p.payload, texts: [][]byte{j.memory(i + 1)}}
		d := w.decode(&in)
		j.texts[i+1] = in.texts[0]
		j.out = append(j.out, d)
	}
}

// within returns the blocks inside the payload of a block.
func (w *worker) within(j *job) (inner []piece) {
	start := j.from + int64(j.head.kind().header)
	f := framer{w: inMemory(j.payload), u: &w.unpacker, lost: true, sure: true, effort: maxEffort}
	for {
		p, ok := f.next()
		if !ok {
			return inner
		}
		if p.kind == framed && p.proven {
			p.from += start
			p.to += start
			inner = append(inner, p)
		}
	}
}

const (
	errLocked  = "encrypted, and no key is given"
	errWrong   = "encrypted, and no key that is given opens it"
	errHeader  = "the header is damaged"
	errPayload = "the payload is damaged"
	errFrame   = "the end is missing or damaged"
	errStopped = "the payload swells beyond the limit for text"
)

// decode makes the text of a block.
func (w *worker) decode(j *job) decoded {
	d := decoded{Block: j.head.block(j.from, j.to-j.from)}
	d.Open = j.open
	k := j.head.kind()
	if w.identify && !k.sync && j.kind == framed && !j.bent {
		d.id.block = blockID(&j.head, j.payload)
	}
	payload := j.payload
	if k.crypt {
		open, ok := w.decrypt(&j.head, payload)
		if !ok && j.kind == broken && !w.ring.client(&j.head.key).genuine {
			return d // never a block
		}
		if !ok {
			d.Locked, d.Err = true, errLocked
			if len(w.ring.keys) > 0 {
				d.Err = errWrong
			}
			return d
		}
		payload = open
	}
	buf := j.memory(0)
	if j.kind == broken {
		d.text = w.salvage(buf, k.packing, payload, j.head.length)
		d.Salvaged, d.Err = true, errFrame
		if !j.head.plausible() {
			d.Err = errHeader
		}
		j.texts[0] = d.text
		return d
	}
	packed := w.expose(k.packing, payload)
	text, err := w.unpack(buf, k.packing, packed)
	j.texts[0] = text
	switch {
	case errors.Is(err, errFull) || int64(len(text)) > textLimit(len(packed)):
		w.measure(&d, &longText{k.packing, bytes.Clone(packed)})
		return d
	case err != nil || k.packing == chunked && chunksEnd(payload) < len(payload):
		d.text = savedLines(text)
		d.Salvaged, d.Err = true, errPayload
		return d
	case j.bent:
		d.text = savedLines(text)
		d.Salvaged, d.Err = true, errHeader
		return d
	}
	d.text = text
	if w.identify && !k.sync {
		d.id.text = xxhash.Sum64(text)
	}
	return d
}

// measure finds out how much of a long text is good.
func (w *worker) measure(d *decoded, l *longText) {
	limit := textLimit(len(l.packed))
	hash := xxhash.New()
	if w.probed = w.probed[:cap(w.probed)]; len(w.probed) < readSize {
		w.probed = make([]byte, readSize)
	}
	r := w.stream(l.packing, l.packed)
	var size, line int64
	var err error
	for err == nil && size <= limit {
		var n int
		n, err = r.Read(w.probed)
		n = int(min(int64(n), limit+1-size))
		_, _ = hash.Write(w.probed[:n])
		if i := bytes.LastIndexByte(w.probed[:min(int64(n), limit-size)], '\n'); i >= 0 {
			line = size + int64(i) + 1
		}
		size += int64(n)
	}
	d.long, d.TextLen, d.id.text = l, line, 0
	switch {
	case size > limit:
		d.Stopped, d.Salvaged, d.Err = true, true, errStopped
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		d.Salvaged, d.Err = true, errPayload
	default:
		d.TextLen, d.id.text = size, hash.Sum64()
	}
}
