package scanner

import (
	"cmp"
	"context"
	"runtime"
	"sync"
)

// A job is one block on its way through a worker, or the end of an input.
type job struct {
	in     *Input
	block  *Block
	done   chan *result
	res    *result // once it was asked for
	health *Health // set instead of block at the end of an input
}

// result waits for what the block holds.
func (j *job) result() *result {
	if j.res == nil {
		j.res = <-j.done
	}
	return j.res
}

// A lane leads the jobs of one source, in order, to the consumer.
type lane chan *job

const (
	maxAhead = 8 // sources that are read at a time
	laneSize = 2 // blocks of a source that wait for those before it
)

// read has the sources cut into jobs, which go to a worker and through a lane to the consumer: the lanes of all sources
// in order, of which a few are read ahead. The error is the first one, in the order of sources.
func read(ctx context.Context, sources []Source, todo chan<- *job, lanes chan<- lane) error {
	errs := make([]error, len(sources))
	var reading sync.WaitGroup
	for i, src := range sources {
		l := make(lane, laneSize)
		select {
		case lanes <- l:
		case <-ctx.Done():
			errs[i] = ctx.Err()
		}
		if errs[i] != nil {
			break
		}
		reading.Go(func() {
			defer close(l)
			errs[i] = src.Read(ctx, &queue{ctx: ctx, todo: todo, order: l})
		})
	}
	reading.Wait()
	return cmp.Or(errs...)
}

// A queue is the Receiver of a Scanner.
type queue struct {
	ctx         context.Context
	todo, order chan<- *job
	in          *Input
}

// Begin implements [Receiver].
func (q *queue) Begin(in Input) { q.in = &in }

// Block implements [Receiver].
func (q *queue) Block(b *Block) error {
	j := &job{in: q.in, block: b, done: make(chan *result, 1)}
	select {
	case q.order <- j:
	case <-q.ctx.Done():
		return q.ctx.Err()
	}
	q.todo <- j // a worker takes it: workers outlive the reader
	// It should begin at once, on the processor whose cache the block is in, before more is read.
	runtime.Gosched()
	return nil
}

// End implements [Receiver].
func (q *queue) End(h Health) { q.order <- &job{in: q.in, health: &h} }
