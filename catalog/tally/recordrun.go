package tally

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/s2"
)

// A run is a sorted part of the records, written out. It is a row of blocks, each on its own: a head
// of three numbers, the length that is there, the length unpacked and the hash of what is there, and
// then the records, packed.
type run struct {
	spill   Spill
	level   int // 0: written from memory; one more: merged from runs of a level
	records int64
	block   int // bytes of the longest block, unpacked
}

const (
	blockSize = 16 << 10 // of records before they are packed; a block ends with the record that reaches it
	blockHead = 16       // bytes
	runBuffer = 8 << 10
)

// A runWriter writes a run.
type runWriter struct {
	run    *run
	terms  *terms
	ns     int64 // of the record before
	body   []byte
	raw    []byte
	packed []byte
}

// add writes a record.
func (w *runWriter) add(r *Record) error {
	w.body = w.terms.record(w.body[:0], r)
	return w.append(stamp(r.Time), r.Source, r.Offset, w.body)
}

// append writes a record of which everything but time, source and offset is encoded.
func (w *runWriter) append(ns int64, source string, off int64, body []byte) error {
	if len(w.raw) == 0 {
		w.ns = 0
	}
	w.raw = binary.AppendUvarint(w.raw, uint64(ns-w.ns))
	w.ns = ns
	w.raw = binary.AppendVarint(appendString(w.raw, source), off)
	w.raw = append(w.raw, body...)
	w.run.records++
	if len(w.raw) < blockSize {
		return nil
	}
	return w.flush()
}

// flush writes the block.
func (w *runWriter) flush() error {
	if len(w.raw) == 0 {
		return nil
	}
	w.run.block = max(w.run.block, len(w.raw))
	if n := blockHead + s2.MaxEncodedLen(len(w.raw)); n > cap(w.packed) {
		w.packed = make([]byte, n)
	}
	w.packed = w.packed[:cap(w.packed)]
	body := s2.Encode(w.packed[blockHead:], w.raw)
	w.packed = w.packed[:blockHead+len(body)]
	binary.LittleEndian.PutUint32(w.packed, uint32(len(body)))
	binary.LittleEndian.PutUint32(w.packed[4:], uint32(len(w.raw)))
	binary.LittleEndian.PutUint64(w.packed[8:], xxhash.Sum64(body))
	w.raw = w.raw[:0]
	if _, err := w.run.spill.Write(w.packed); err != nil {
		return spilled(err)
	}
	return nil
}

// A runReader reads a run.
type runReader struct {
	run    *run
	in     *bufio.Reader
	left   int64 // records
	ns     int64 // of the record before
	parser recordParser
	packed []byte
	raw    []byte
}

// reader returns a reader of the whole run; there is one at a time.
func (r *run) reader(t *terms) (*runReader, error) {
	if _, err := r.spill.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return &runReader{run: r, in: bufio.NewReaderSize(r.spill, runBuffer), left: r.records, parser: recordParser{terms: t}}, nil
}

// next implements [recordSource].
func (r *runReader) next() (*Record, error) {
	if r.left == 0 {
		return nil, nil
	}
	if r.parser.s == "" {
		if err := r.block(); err != nil {
			return nil, spilled(err)
		}
	}
	r.left--
	p := &r.parser
	ns := r.ns + int64(p.uvarint())
	source := p.string()
	off := p.varint()
	out := p.record()
	if p.bad || ns < r.ns || ns > lastStamp {
		return nil, spilled(errSpillDamaged)
	}
	r.ns = ns
	out.Time, out.Source, out.Offset = fromStamp(ns), source, off
	return out, nil
}

// block reads the next block.
func (r *runReader) block() error {
	var head [blockHead]byte
	if err := r.fill(head[:]); err != nil {
		return err
	}
	packed, raw := int(binary.LittleEndian.Uint32(head[:])), int(binary.LittleEndian.Uint32(head[4:]))
	if raw == 0 || raw > r.run.block || packed > s2.MaxEncodedLen(r.run.block) {
		return errSpillDamaged
	}
	if packed > cap(r.packed) {
		r.packed = make([]byte, packed)
	}
	r.packed = r.packed[:packed]
	if err := r.fill(r.packed); err != nil {
		return err
	}
	if xxhash.Sum64(r.packed) != binary.LittleEndian.Uint64(head[8:]) {
		return errSpillDamaged
	}
	if n, err := s2.DecodedLen(r.packed); err != nil || n != raw {
		return errSpillDamaged
	}
	var err error
	if r.raw, err = s2.Decode(r.raw[:cap(r.raw)], r.packed); err != nil {
		return errors.Join(errSpillDamaged, err)
	}
	r.parser.s, r.ns = string(r.raw), 0
	return nil
}

// fill reads into all of b.
func (r *runReader) fill(b []byte) error {
	_, err := io.ReadFull(r.in, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errSpillDamaged
	}
	return err
}
