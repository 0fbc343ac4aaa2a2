package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/follow"
)

// A watch is a live run: what is found goes to the tally and the rules as in a batch run, and to
// whoever looks on. One goroutine feeds it; others ask it for reports.
type watch struct {
	app       *app
	o         *followOptions
	plan      *plan
	reference time.Time
	live      *live.State
	stream    *report.NDJSON    // nil: none
	out       flusher           // behind stream: findings are handed on once for each piece
	alerts    *alert.Dispatcher // nil: none
	maker     *alert.Maker
	standing  alert.Standing // of rules that look at no time

	mu       sync.Mutex
	scanner  *scanner.Scanner
	follower *follow.Follower
	sources  []*followed // by name
	troubles troubles
	tally    *tally.Tally
	recorder *recorder
	// Two engines judge the same records. One knows of time by records alone, as that of a batch run, and
	// reports come from it; the other one also by the clock, and tells at once.
	judge, teller *rules.Engine
	newest        time.Time // of the times of records
	arrived       time.Time // when it came
	polled        time.Time
	shown         time.Time // when verdicts were last shown to those who look on
	known         []rules.Verdict
	fresh         bool // something was found since they are known
	saved         time.Time
	dirty         bool          // something came since
	unsaved       string        // why the state could not be written
	saving        time.Duration // how long it took the last time
	history       *history
	header        tally.Header
	err           error // the first one; it ends the run
	stop          context.CancelFunc

	reloadAsked, reportAsked atomic.Bool
}

// lateness is how much later than others a record may come.
const lateness = 30 * time.Second

func (a *app) newWatch(o *followOptions, p *plan, header tally.Header) *watch {
	w := &watch{
		app: a, o: o, plan: p, header: header, reference: p.inputs.Now, recorder: newRecorder(p.rules, p.redactor),
		scanner: &scanner.Scanner{Extractor: p.extractor}, tally: tally.New(p.tallyOptions(o.samples)), maker: alert.NewMaker(p.catalog),
		live:  live.New(live.Options{Now: a.now, Catalog: p.catalog, Rules: p.rules, Redactor: p.redactor}),
		judge: rules.NewEngine(p.rules, rules.EngineOptions{Lateness: lateness}),
	}
	w.teller = rules.NewEngine(p.rules, rules.EngineOptions{Lateness: lateness, Notify: w.turn})
	if !p.inputs.Date.IsZero() {
		w.reference = p.inputs.Date
	}
	return w
}

// A flusher hands on what it holds.
type flusher interface{ Flush() error }

// fail ends the run with an error.
func (w *watch) fail(err error) {
	if err != nil && w.err == nil {
		w.err = err
		w.stop()
	}
}

// Finding implements [scanner.Sink].
func (w *watch) Finding(f *tally.Finding) error {
	if !w.plan.filter.finding(f) {
		return nil
	}
	w.tally.Finding(f)
	w.history.finding(f)
	w.live.Finding(f)
	w.record(w.recorder.finding(f))
	if w.stream == nil {
		return nil
	}
	return w.stream.Finding(f)
}

// Mark implements [scanner.Sink].
func (w *watch) Mark(m *tally.Mark) error {
	if !w.plan.filter.mark(m) {
		w.tally.Session(m)
		w.history.session(m)
		return nil
	}
	w.tally.Mark(m)
	w.history.mark(m)
	w.live.Mark(m)
	w.record(w.recorder.mark(m))
	return w.err
}

// Piece implements [scanner.Sink].
func (w *watch) Piece(p tally.Piece) error { return errors.Join(w.tally.Piece(p), w.history.piece(p)) }

// record lets the rules see a record, if there is one.
func (w *watch) record(r *tally.Record) {
	w.fresh = true
	if r == nil {
		return
	}
	w.fail(w.history.record(r))
	w.judge.Add(r)
	w.teller.Add(r)
	if !r.TimeGuessed && r.Time.After(w.newest) {
		w.newest, w.arrived = r.Time, w.app.now()
	}
}

// turn tells of a verdict that begins, goes on or ends.
func (w *watch) turn(t rules.Transition) {
	w.dirty = true
	w.live.Transition(t)
	if a, told := w.maker.Alert(&t); told {
		w.send(a)
	}
}

// send hands an alert to the receivers, or says it where there are none and no dashboard shows it.
func (w *watch) send(a alert.Alert) {
	if w.alerts != nil {
		w.alerts.Send(a)
	} else if a.Turn != rules.Repeated && !w.app.outTerm {
		w.app.note("%s: %s (%s)", turnWords[a.Turn].In(w.plan.lang), a.Title.In(w.plan.lang), a.Rule)
	}
}

var turnWords = map[rules.Turn]catalog.Text{
	rules.Raised: {EN: "verdict raised", ZH: "诊断结论触发"},
	rules.Ended:  {EN: "verdict cleared", ZH: "诊断结论恢复"},
}

// tick is called after each round of looks at the files.
func (w *watch) tick() {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.app.now()
	w.polled = now
	w.grant()
	w.settle(now)
	if !w.newest.IsZero() { // the clock of the log goes on while it says nothing
		w.teller.Advance(w.newest.Add(now.Sub(w.arrived)))
	}
	w.turnSegment(now)
	w.checkpoint(now, false)
	if now.Sub(w.shown) < time.Second {
		return
	}
	w.shown = now
	files := w.follower.Status()
	w.trouble(files)
	w.live.Inputs(inputRows(files))
	if w.fresh { // else the verdicts are what they were
		sum := w.tally.Summary()
		w.fresh, w.known = false, w.verdicts(sum)
		w.live.Users(sum)
		w.live.Judge(w.known)
	}
	for _, a := range w.standing.See(now, w.known, w.plan.rules, w.maker) {
		w.send(a)
	}
}

// verdicts are those of a report of now: as if the log ended here.
func (w *watch) verdicts(sum *tally.Summary) []rules.Verdict {
	return w.plan.rules.Evaluate(sum, w.judge.OutcomesAt(end(sum)))
}

// report is the report of now.
func (w *watch) report(_ context.Context, lang catalog.Lang) (*report.Report, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	sum := w.summary()
	return report.New(sum, w.verdicts(sum), reportOptions(lang)), w.err
}

// health says how the run is.
func (w *watch) health() serve.Health {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := serve.Health{LastPoll: w.polled, PollEvery: time.Second}
	for _, s := range w.follower.Status() {
		if s.State == follow.Failing {
			h.Problems = append(h.Problems, s.Path+": "+s.Problem)
		}
	}
	if w.o.state != "" {
		h.LastCheckpoint = w.saved
		if w.dirty { // else none is due
			h.CheckpointEvery = checkpointEvery
		}
	}
	problems := []string{w.unsaved}
	if w.history != nil {
		problems = append(problems, w.history.problem)
	}
	for _, text := range problems {
		if text != "" {
			h.Problems = append(h.Problems, text)
		}
	}
	if w.alerts != nil {
		for _, r := range w.alerts.Health() {
			problem := ""
			if !r.Down.IsZero() {
				problem = r.Error
			}
			h.Receivers = append(h.Receivers, serve.Receiver{Name: r.Name, Problem: problem, Waiting: r.Queued})
		}
	}
	return h
}

// inputRows says of each file where it is.
func inputRows(list []follow.FileStatus) []live.InputRow {
	var rows []live.InputRow
	for _, s := range list {
		state := string(s.State)
		switch {
		case s.State == follow.Live && s.Lag > 0, s.State == follow.Draining:
			state = "reading"
		case s.State == follow.Live:
			state = "idle"
		case s.State == follow.Ended:
			state = "gone"
		}
		rows = append(rows, live.InputRow{
			Name: s.Path, Size: s.Size, Offset: s.Offset, Lag: s.Lag, Lines: s.Lines, Rotations: int64(s.Rotations), State: state, Problem: s.Problem,
		})
	}
	return rows
}
