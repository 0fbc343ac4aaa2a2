package scanner

// feedPools share among feeds what each needs only while it works. It is kept, since with the feeds that wait for work it
// is used again and again.
type feedPools struct {
	pairs spareList[*workerPair]
	bufs  spareList[*[]byte]
}

// A workerPair works for one feed at a time. What one found is described by the other, whose scratch memory it does not
// lie in.
type workerPair struct{ scan, detail *worker }

func (p *feedPools) workers(x *Extractor) *workerPair {
	if w, ok := p.pairs.Get(); ok && w.scan.x == x {
		return w
	}
	return &workerPair{newWorker(x), newWorker(x)}
}

func (p *feedPools) buffer() *[]byte {
	if b, ok := p.bufs.Get(); ok {
		return b
	}
	b := make([]byte, 0, feedBuffer)
	return &b
}
