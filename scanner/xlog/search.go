package xlog

// search looks from q on for the next block, or for a header that something may be saved behind, and returns
// what lies before it: a broken block if h is its header, bytes to be skipped if h is nil.
func (f *framer) search(h *header, q int64) (piece, bool) {
	start := f.pos
	for {
		q = f.nextMagic(h == nil, q)
		if !f.w.has(q) {
			break
		}
		if h != nil && q-start > maxPayload {
			// What is saved of a block is no longer than a block may be.
			f.pos, f.lost = q, true
			return f.broken(start, q, h), true
		}
		p, ok := f.accept(q, false)
		if !ok && !f.sure {
			if hope, ok := f.hopeful(q); ok {
				if q == start {
					h = &hope
					q++
					continue
				}
				f.pos, f.hope = q, &hope
				return f.broken(start, q, h), true
			}
		}
		if ok {
			if q == start {
				return f.take(p), true
			}
			f.pos, f.found = q, &p
			return f.broken(start, q, h), true
		}
		q++
	}
	f.pos, f.lost = q, false
	return f.broken(start, q, h), q > start
}

// nextMagic returns the first place from q on where a block may begin, or the end of the input.
func (f *framer) nextMagic(drop bool, q int64) int64 {
	for {
		if drop {
			f.w.drop(q)
		}
		b := f.w.at(q, 32<<10)
		if len(b) == 0 {
			return q
		}
		n := 0
		for n < len(b) && kinds[b[n]].header == 0 {
			n++
		}
		f.spend(-effortPerByte * int64(n+1))
		q += int64(n)
		if n < len(b) {
			return q
		}
		if !drop {
			// The caller has a block that ends somewhere.
			return q
		}
	}
}

// broken returns what lies between two places.
func (f *framer) broken(from, to int64, h *header) piece {
	if h == nil {
		return piece{kind: skipped, from: from, to: to}
	}
	p := piece{kind: broken, from: from, to: to, head: *h}
	size := int64(h.kind().header)
	p.payload = f.w.at(from+size, int(min(max(0, to-from-size), maxPayload)))
	return p
}
