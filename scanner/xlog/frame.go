package xlog

// A framer finds the blocks of an input, which has nothing but them to go by: no file header, no index, no checksum.
//
// Where a block is expected, behind another one, it is taken if its header is plausible, its frame ends in
// zero, its payload has the shape that its magic promises, and a block of which all this is true follows.
// Where there is any doubt the payload is decoded at once, and what decodes to text is a block; so is, if
// damaged, what another block follows where its header says. Elsewhere only what decodes counts, because
// plausible headers do occur inside compressed data.
type framer struct {
	w    window
	u    *unpacker
	text []byte // of the last decoding, to be used again
	pos  int64
	lost bool // no block is expected at pos
	sure bool // only what decodes is looked for, nothing that might be saved

	found *piece  // at pos, by search
	hope  *header // at pos, by search
	last  byte    // magic of the last block, 0 before the first

	shaped struct { // what follows judged last
		pos int64
		strength
	}
	effort int64 // see spend
}

// What a part of an input is.
type pieceKind uint8

const (
	framed  pieceKind = iota // a block
	broken                   // a header, and what lies between it and the next block
	zeros                    // fill between blocks, or behind them
	skipped                  // nothing that is known
)

// A piece is a part of an input. The pieces of a framer are the whole input in order.
type piece struct {
	kind     pieceKind
	from, to int64
	head     header
	payload  []byte // valid until the next piece is asked for
	proven   bool   // it was decoded
	bent     bool   // its header is damaged, but the frame is certain
	open     bool   // it is an mmap file's
}

// next returns the next piece, false at the end of the input.
func (f *framer) next() (piece, bool) {
	f.w.drop(f.pos)
	if f.found != nil {
		p := *f.found
		f.found = nil
		return f.take(p), true
	}
	if f.hope != nil {
		h := *f.hope
		f.hope = nil
		return f.search(&h, f.pos+1)
	}
	if f.lost {
		return f.search(nil, f.pos)
	}
	if p, ok := f.zeros(); ok {
		return p, true
	}
	if !f.w.has(f.pos) {
		return piece{}, false
	}
	if p, ok := f.accept(f.pos, true); ok {
		return f.take(p), true
	}
	if p, ok := f.acceptBent(); ok {
		return f.take(p), true
	}
	h := parseHeader(pad(f.w.at(f.pos, maxHeader)))
	size := int64(h.kind().header)
	switch {
	case size == 0:
		return f.search(nil, f.pos+1)
	case f.pos == 0 && h.length == 0 && h.known() && f.w.has(size) && f.endsInZeros(size):
		// An mmap file in which a block was begun, and no line written yet.
		f.pos = size
		return piece{kind: zeros, to: size}, true
	}
	return f.search(&h, f.pos+1)
}

// pad makes a header of what is left of an input.
func pad(b []byte) []byte {
	if len(b) >= shortHeader {
		return b
	}
	return append(make([]byte, 0, shortHeader), b...)[:shortHeader]
}

// take goes on behind a block.
func (f *framer) take(p piece) piece {
	size := kinds[p.head.magic].header
	p.payload = f.w.at(p.from+int64(size), int(p.to-p.from)-size)
	p.payload = p.payload[:min(len(p.payload), int(p.head.length))]
	f.pos, f.lost, f.last = p.to, false, p.head.magic
	f.spend(-effortPerByte * (p.to - p.from))
	return p
}

// zeros takes the zeros at pos.
func (f *framer) zeros() (piece, bool) {
	p := piece{kind: zeros, from: f.pos}
	for {
		b := f.w.at(f.pos, readSize)
		n := 0
		for n < len(b) && b[n] == 0 {
			n++
		}
		f.pos += int64(n)
		f.w.drop(f.pos)
		if n == 0 || n < len(b) {
			break
		}
	}
	p.to = f.pos
	return p, p.to > p.from
}

// accept judges what lies at pos. It is expected behind another block and at the very beginning.
func (f *framer) accept(pos int64, expected bool) (piece, bool) {
	b := f.w.at(pos, maxHeader)
	if len(b) <= shortHeader || len(b) < kinds[b[0]].header {
		return piece{}, false
	}
	h := parseHeader(b)
	if !h.plausible() {
		return piece{}, false
	}
	p := piece{from: pos, to: pos + h.size(), head: h}
	end, whole := f.w.byteAt(p.to - 1)
	switch {
	case whole && end != 0:
		return piece{}, false
	case !whole:
		// A full mmap file has no room for the end byte.
		if pos != 0 || !expected || !f.w.has(p.to-2) {
			return piece{}, false
		}
		p.to--
	}
	s := f.shape(pos, &h)
	after := f.follows(p.to)
	p.open = pos == 0 && !h.kind().sync && (!whole || after == onlyZeros && f.endsInZeros(p.to))
	k := h.kind()
	if expected && whole && s == convincing && f.familiar(k) {
		if after == aBlock || after != nothing && k.packing != deflated && !k.crypt {
			return p, true
		}
	}
	if s > absurd && f.decodes(&p, expected || after == aBlock || k.sync && s == convincing) {
		p.proven = true
		return p, true
	}
	if f.sure {
		return piece{}, false
	}
	return p, after == aBlock || after != nothing && k.crypt && s == convincing
}

// familiar reports whether blocks so far had headers of that length: an app has one version of Mars.
func (f *framer) familiar(k kind) bool {
	return f.last == 0 || kinds[f.last].header == k.header
}

// acceptBent finds the frame of a block whose header is damaged elsewhere than in its length.
func (f *framer) acceptBent() (piece, bool) {
	for _, size := range [...]int{shortHeader, longHeader} {
		b := f.w.at(f.pos, maxHeader)
		if len(b) <= shortHeader {
			break
		}
		h := parseHeader(b)
		if h.length == 0 || h.length > maxPayload {
			break
		}
		p := piece{from: f.pos, to: f.pos + int64(size) + int64(h.length) + 1, head: h, bent: true}
		if end, ok := f.w.byteAt(p.to - 1); !ok || end != 0 || f.follows(p.to) != aBlock {
			continue
		}
		next, _ := f.w.byteAt(p.to)
		for _, magic := range [...]byte{h.magic, f.last, next} {
			if kinds[magic].header == size {
				p.head.magic = magic
				copy(p.head.key[:], f.w.at(f.pos+9, size-9))
				return p, true
			}
		}
	}
	return piece{}, false
}
