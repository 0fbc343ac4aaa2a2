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
	"context"
	"runtime"
	"sync"

	"github.com/imtriage/imtriage/catalog/tally"
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
// a Scanner may be used again, but not concurrently; its feeds may.
type Scanner struct {
	Extractor *Extractor
	Jobs      int // workers; 0 means one for each CPU
	// SumOK has results with code 0 told as the sum of a [tally.Piece] and not one by one as marks: of the calls of a
	// healthy service most go well. It is for sinks that want no more of them than how many there are.
	SumOK bool
	// Progress, if set, is called after every block with the decoded bytes read so far, from the
	// goroutine that calls the Sink.
	Progress func(input string, bytes int64)

	feeds feedPools
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
	todo := make(chan *job)
	lanes := make(chan lane, min(workers, maxAhead)-1)
	results := &spareList[*result]{Most: maxSpares}
	var pool sync.WaitGroup
	defer pool.Wait()
	for range workers {
		w := newWorker(s.Extractor)
		w.results, w.sumOK = results, s.SumOK
		pool.Go(func() {
			for j := range todo {
				j.done <- w.scan(j.block, j.in)
			}
		})
	}
	var readErr error
	go func() {
		defer close(todo)
		defer close(lanes)
		readErr = read(ctx, sources, todo, lanes)
	}()
	err := s.deliver(lanes, sink, results, cancel)
	if err == nil {
		err = readErr
	}
	return err
}
