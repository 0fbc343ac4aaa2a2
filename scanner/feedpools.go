package scanner

import "sync"

// feedPools share among feeds what each needs only while it works. It is kept, since with the feeds that wait for work it
// is used again and again; a sync.Pool would hold one for each processor and as many that are about to go.
type feedPools struct {
	pairs freeList[*workerPair]
	bufs  freeList[*[]byte]
}

// maxFree is how many of each kind are kept: enough for two feeds that work at the same time.
const maxFree = 2

// A freeList holds what nobody uses now.
type freeList[T any] struct {
	mu   sync.Mutex
	list []T
}

// Get returns what was put back last, and false if there is nothing.
func (l *freeList[T]) Get() (x T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.list); n > 0 {
		x, l.list = l.list[n-1], l.list[:n-1]
		return x, true
	}
	return x, false
}

// Put gives back what is not used any more.
func (l *freeList[T]) Put(x T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) < maxFree {
		l.list = append(l.list, x)
	}
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
