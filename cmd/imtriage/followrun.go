package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/dash"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner/follow"
)

// follow is the wiring of a live run: files → feeds → filter → tally, rules and those who look on; and at
// its end a report.
func (a *app) follow(ctx context.Context, o *followOptions, p *plan, paths []string) (err error) {
	header, err := p.header(&o.options)
	if err != nil {
		return err
	}
	w := a.newWatch(o, p, header)
	if w.alerts, _, err = a.alerts(&o.overlays); err != nil {
		return err
	}
	if o.history != "" {
		if w.history, err = openHistory(o.history, p, o.samples, a.now()); err != nil {
			return err
		}
		defer func() { err = cmp.Or(err, w.history.records.Close()) }()
	}
	release, err := lockState(o.state)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, release()) }()
	resume, err := w.restore()
	if err != nil {
		return err
	}
	w.follower, err = follow.New(follow.Options{
		Paths: paths, Stdin: a.in, FromStart: o.fromStart, Resume: resume, MaxPoll: o.poll, Now: a.now, Tick: w.tick,
	})
	if err != nil {
		return usage("", "%v", err)
	}
	ctx, w.stop = context.WithCancel(ctx)
	defer w.stop()
	server, err := a.server(ctx, o, p, w)
	if err != nil {
		return err
	}
	var others sync.WaitGroup
	beside := func(run func(context.Context) error) {
		others.Go(func() {
			if err := run(ctx); err != nil {
				w.mu.Lock()
				w.fail(err)
				w.mu.Unlock()
			}
		})
	}
	if server != nil {
		beside(server.Run)
	}
	defer w.wishes()()
	sending, sent := a.sending(w)
	scanErr, writeErr := a.streaming(p.targets, func(out io.Writer) error {
		if out != nil {
			w.stream = report.NewNDJSON(out, p.redactor)
			w.out, _ = out.(flusher)
		} else if a.outTerm && len(o.formats) == 0 {
			beside(func(ctx context.Context) error { return a.dashboard(ctx, w) })
		}
		err := w.follower.Run(ctx, w.piece)
		w.stop()
		return err
	})
	others.Wait()
	sending()
	<-sent
	if err := cmp.Or(w.err, writeErr, scanErr); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return a.finish(o, p, w)
}

// sending works the receivers of alerts. The function it returns lets them have what waits, for a short
// time; the channel is closed when nothing is under way any more.
func (a *app) sending(w *watch) (finish func(), done chan struct{}) {
	done = make(chan struct{})
	if w.alerts == nil {
		close(done)
		return func() {}, done
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer close(done)
		w.alerts.Run(ctx)
	}()
	return func() {
		defer stop()
		short, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if err := w.alerts.Flush(short); err != nil {
			a.warn("%v", err)
		}
	}, done
}

// dashboard draws the picture until its reader leaves, which ends the run.
func (a *app) dashboard(ctx context.Context, w *watch) error {
	in, _ := a.in.(*os.File)
	defer w.stop()
	return dash.Run(ctx, dash.Options{
		Snapshot: func(l catalog.Lang) live.Snapshot { return w.live.Snapshot(a.now(), l) },
		Explain:  explainIn(w.plan),
		Lang:     w.plan.lang, Zone: w.plan.zone, In: in, Out: a.out.w,
	})
}

// explainIn returns what the catalog says of a code, as explain does.
func explainIn(p *plan) func(catalog.Family, int, catalog.Lang, int) string {
	return func(f catalog.Family, code int, l catalog.Lang, width int) string {
		e := p.catalog.Lookup(f, code)
		if e == nil {
			return strconv.Itoa(code)
		}
		q := &inquiry{cat: p.catalog, lang: l, answers: []answer{{code: code, senses: []*catalog.Entry{e}}}}
		var b bytes.Buffer
		if err := (&page{w: &b, width: width}).answers(q); err != nil {
			return err.Error()
		}
		return b.String()
	}
}

// finish delivers what was held back, saves where everything is and prints the report. A line that is not whole is read
// by the run that goes on.
func (a *app) finish(o *followOptions, p *plan, w *watch) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.sources {
		switch {
		case f.feed == nil:
		case f.pipe || o.state == "":
			w.endFile(f)
		default:
			w.fail(f.feed.Idle())
		}
	}
	w.tellPieces()
	w.lastSegment()
	w.flush() // what was printed may not be in the state, but what is in the state is printed
	w.checkpoint(a.now(), true)
	w.end()
	w.flush()
	if w.err != nil {
		return w.err
	}
	sum := w.tally.Summary()
	a.passedOver(w.judge, p.ownRules)
	return a.report(&o.options, p, w.tally, sum, w.verdicts(sum), w.header)
}
