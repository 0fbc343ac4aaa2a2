package follow

import (
	"context"
	"sync"
)

// Run follows until ctx is done, or standard input ends when nothing else is followed. It hands out pieces
// from one goroutine. A handler that takes its time stops the reading, but files are pinned on. At the end what can be
// read is handed out, see [Follower.Finish].
func (f *Follower) Run(ctx context.Context, handler func(Piece)) error {
	done, stop := context.WithCancel(context.WithoutCancel(ctx)) // what was read of a pipe is handed out at the end
	var wg sync.WaitGroup
	wg.Go(func() { f.keepWatch(done) })
	defer wg.Wait()
	defer stop()
	stdin := f.readStdin(done)
	tick := f.o.Tick
	if tick == nil {
		tick = func() {}
	}
	for ctx.Err() == nil {
		more := f.Poll(ctx, handler)
		tick()
		if more && ctx.Err() == nil {
			continue
		}
		if stdin == nil && f.onlyStdin() {
			break
		}
		f.mu.Lock()
		wait := f.nextDue()
		f.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-f.o.After(wait):
		case l := <-f.lines:
			f.mu.Lock()
			f.receive(l)
			f.mu.Unlock()
		case p := <-stdin:
			f.piped(p, handler)
			if p.End != "" {
				stdin = nil
			}
		}
	}
	select {
	case p := <-stdin:
		f.piped(p, handler)
	default:
	}
	f.Finish(handler)
	tick()
	return nil
}

// keepWatch pins files while the handler takes its time.
func (f *Follower) keepWatch(ctx context.Context) {
	every := 4 * f.o.MinPoll
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.o.After(every):
		}
		f.mu.Lock()
		if f.delivering {
			f.pinAll()
		}
		f.mu.Unlock()
	}
}

// pinAll pins what came to the paths. It is called in the middle of a look and takes nothing from it.
func (f *Follower) pinAll() {
	for _, fl := range f.files {
		if !fl.fresh {
			f.pin(fl)
		}
	}
}

func (f *Follower) onlyStdin() bool {
	return len(f.patterns) == 1 && f.patterns[0].text == stdinName
}
