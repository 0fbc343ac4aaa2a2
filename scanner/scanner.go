// Package scanner goes from paths to findings: it opens inputs, finds every number that a record
// presents as the result of a Tencent Cloud IM call, and delivers it with its time, its place and
// what stood beside it.
//
// Three names are enough to use it:
//
//	x, err := scanner.NewExtractor(catalog.Builtin())
//	sources := scanner.Inputs{Now: time.Now()}.Expand([]string{"/var/log/app"})
//	err = (&scanner.Scanner{Extractor: x}).Scan(ctx, sources, sink)
//
// A [Source] yields an input in [Block]s, an [Extractor] finds codes in them, a [Scanner] runs both in
// parallel and hands a [Sink] everything in the order of the input, whatever the number of
// workers.
//
// # Evidence
//
// A number is not a code because it could be one: years, ports and other vendors' errors use the
// same numbers. An extractor's shape, the words of the record, the message beside the number and
// what the catalog says of it add up to points, and [Threshold] decides. [Extractor.Try] shows the sum.
//
// # Windows
//
// Whatever a finding says depends on the input within 64 KiB of it alone. So a chunk, a shard, a worker
// or a followed piece of a file gives exactly what the whole file gives.
//
// # Speed
//
// Literals are looked for first, by vector kernels over whole blocks; patterns run only where one stands, as automata.
// Few statements write most lines of a log: what a line came to is remembered by its shape, the line without its
// numbers and ids, with a proof of what of these it depends on. Memory changes no result.
package scanner

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// A Sink takes what a Scanner finds, in the order of the inputs and within one input by offset, from
// one goroutine.
type Sink interface {
	Finding(*tally.Finding) error
	Mark(*tally.Mark) error
	// Piece tells that an input, or a piece of one, was read to its end.
	Piece(tally.Piece) error
}

// A Scanner runs an extractor over sources. The zero value with an Extractor is ready to use;
// a Scanner may be used again, but not concurrently.
type Scanner struct {
	Extractor *Extractor
	Jobs      int // workers; 0 means one for each CPU
	// Progress, if set, is called after every block with the decoded bytes read so far, from the
	// goroutine that calls the Sink.
	Progress func(input string, bytes int64)
}

// A job is one block on its way through a worker, or the end of an input.
type job struct {
	in     *Input
	block  *Block
	done   chan *result
	health *Health // set instead of block at the end of an input
}

// Scan reads every source in order and delivers what it finds. Trouble with an input is not an error:
// it is reported with the input's piece. The error is that of ctx or of the sink.
func (s *Scanner) Scan(ctx context.Context, sources []Source, sink Sink) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := s.Jobs
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	todo := make(chan *job, workers)
	order := make(chan *job, workers+1)
	results := make(spares[*result], maxSpares)
	var pool sync.WaitGroup
	defer pool.Wait()
	for range workers {
		w := newWorker(s.Extractor)
		w.results = results
		pool.Go(func() {
			for j := range todo {
				j.done <- w.scan(j.block, j.in)
			}
		})
	}
	var readErr error
	go func() {
		defer close(order)
		defer close(todo)
		readErr = s.read(ctx, sources, todo, order)
	}()
	err := s.deliver(order, sink, results, cancel)
	if err == nil {
		err = readErr
	}
	return err
}

// read has the sources cut into jobs, which go to a worker and, in order, to the consumer.
func (s *Scanner) read(ctx context.Context, sources []Source, todo, order chan<- *job) error {
	q := &queue{ctx: ctx, todo: todo, order: order}
	for _, src := range sources {
		if err := src.Read(ctx, q); err != nil {
			return err
		}
	}
	return nil
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
	return nil
}

// End implements [Receiver].
func (q *queue) End(h Health) { q.order <- &job{in: q.in, health: &h} }

// deliver hands results to the sink in order until the reader ends. After a failure it goes on
// draining, so that no goroutine is left behind.
func (s *Scanner) deliver(order <-chan *job, sink Sink, results spares[*result], cancel func()) (failed error) {
	d := newDelivery(sink, s.Extractor)
	var total int64
	for j := range order {
		if j.block == nil {
			if failed == nil {
				failed = d.end(j.in, j.health)
			}
			continue
		}
		res := <-j.done
		total += int64(j.block.To - j.block.From)
		if failed == nil {
			if failed = d.block(j.in, res); failed != nil {
				cancel()
			} else if s.Progress != nil {
				s.Progress(j.in.Name, total)
			}
		}
		results.Put(res)
		if j.block.Free != nil {
			j.block.Free() // only now: findings lie in its buffer
		}
	}
	return failed
}

// A delivery numbers the lines of one input after the other.
type delivery struct {
	sink   Sink
	worker *worker // for what a sink asks of an event
	lines  int64   // line breaks before the block
	cut    bool    // the last block did not end at a line break

	last      *event // what the sink has in its hands, and its input
	in        *Input
	finding   tally.Finding // one for all, as its contract allows
	mark      tally.Mark
	ofFinding func(*tally.Finding) // the Detail of every finding
	ofMark    func(*tally.Mark)
	keep      func() func(*tally.Finding) // the Keep of every finding
}

func newDelivery(sink Sink, x *Extractor) *delivery {
	d := &delivery{sink: sink, worker: newWorker(x)}
	d.ofFinding = func(f *tally.Finding) { f.Level, f.Fields = d.worker.detail(d.last, d.in) }
	d.keep = func() func(*tally.Finding) {
		in := d.in
		e, ok := d.last.copy()
		if !ok {
			kept := d.finding.Clone()
			d.finding.Fields = kept.Fields // what the worker read lasts until it reads again
			return func(f *tally.Finding) { f.Level, f.Fields = kept.Level, kept.Fields }
		}
		return func(f *tally.Finding) { f.Level, f.Fields = d.worker.detail(&e, in) }
	}
	d.ofMark = func(m *tally.Mark) { d.worker.detailMark(m, d.last, d.in) }
	return d
}

func (d *delivery) block(in *Input, res *result) error {
	for i := range res.events {
		if err := d.event(in, &res.events[i]); err != nil {
			return err
		}
	}
	d.lines += res.lines
	d.cut = res.cut
	return nil
}

func (d *delivery) event(in *Input, e *event) error {
	line := d.lines + e.breaks + 1
	d.last, d.in = e, in
	if e.isMark() {
		d.mark = d.worker.mark(e)
		d.mark.Piece, d.mark.Line, d.mark.Detail = in.Off, line, d.ofMark
		return d.sink.Mark(&d.mark)
	}
	d.finding = d.worker.finding(e)
	d.finding.Piece, d.finding.Line, d.finding.Detail, d.finding.Keep = in.Off, line, d.ofFinding, d.keep
	return d.sink.Finding(&d.finding)
}

func (d *delivery) end(in *Input, h *Health) error {
	p := tally.Piece{
		Source: in.Name, Kind: cmp.Or(h.Kind, input.Text), Off: in.Off, End: in.Off + h.Bytes, Lines: d.lines,
		Complete: h.Complete, Problem: h.Problem, Notes: slices.Clone(h.Notes),
	}
	if d.cut && !h.Open {
		p.Lines++ // the last line has no line break
	}
	d.lines, d.cut = 0, false
	return d.sink.Piece(p)
}
