package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/follow"
)

// A rig drives a live run by hand, on files of its own and a clock that it turns.
type rig struct {
	t     testing.TB
	now   time.Time
	o     *followOptions
	dir   string
	plan  *plan
	watch *watch
}

func (r *rig) app() *app {
	return &app{in: strings.NewReader(""), err: io.Discard, out: &stdoutWriter{w: io.Discard}, now: func() time.Time { return r.now }, local: time.UTC}
}

func newRig(t testing.TB, rules ...string) *rig {
	t.Helper()
	r := &rig{t: t, now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), o: &followOptions{}, dir: t.TempDir()}
	r.o.flags(pflag.NewFlagSet("follow", pflag.ContinueOnError), "en")
	r.o.tz, r.o.rules = "UTC", rules
	var err error
	if r.plan, err = r.app().plan(&r.o.options); err != nil {
		t.Fatal(err)
	}
	return r
}

// start begins a run, as follow does, from the state if there is one.
func (r *rig) start() {
	r.t.Helper()
	a := r.app()
	header, err := r.plan.header(&r.o.options)
	if err != nil {
		r.t.Fatal(err)
	}
	r.watch = a.newWatch(r.o, r.plan, header)
	r.watch.stop = func() {}
	if r.o.history != "" {
		if r.watch.history, err = openHistory(r.o.history, r.plan, r.o.samples, r.now); err != nil {
			r.t.Fatal(err)
		}
	}
	resume, err := r.watch.restore()
	if err != nil {
		r.t.Fatal(err)
	}
	r.watch.follower, err = follow.New(follow.Options{
		Paths: []string{filepath.Join(r.dir, "app.log")}, FromStart: true, Resume: resume, Now: a.now, NoTail: true,
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// look lets time pass and looks at the files until nothing more is there.
func (r *rig) look(pass time.Duration) {
	r.now = r.now.Add(pass)
	for r.watch.follower.Poll(r.t.Context(), r.watch.piece) {
	}
	r.watch.tick()
}

// end stops the run as a signal does and returns what it counted and concluded.
func (r *rig) end() string {
	r.t.Helper()
	r.watch.follower.Finish(r.watch.piece)
	r.watch.end()
	r.watch.lastSegment()
	if r.watch.err != nil {
		r.t.Fatal(r.watch.err)
	}
	sum := r.watch.tally.Summary()
	return conclusion(r.t, report.New(sum, r.watch.verdicts(sum), report.Options{}))
}

// merged is the conclusion of the history.
func (r *rig) merged() string {
	r.t.Helper()
	paths, err := filepath.Glob(filepath.Join(r.o.history, "*.partial"))
	if err != nil || len(paths) == 0 {
		r.t.Fatal(paths, err)
	}
	counting := r.plan.tallyOptions(r.o.samples)
	counting.Records = tally.NewRecords(tally.RecordsOptions{})
	all := tally.New(counting)
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			r.t.Fatal(err)
		}
		counting.Records = tally.NewRecords(tally.RecordsOptions{})
		t, _, err := tally.Decode(bytes.NewReader(b), counting)
		if err != nil {
			r.t.Fatal(err)
		}
		if err := all.Merge(t); err != nil {
			r.t.Fatal(err)
		}
	}
	return r.concluded(all)
}

// conclusion is what a report says, but for where in its files something stands.
func conclusion(t testing.TB, r *report.Report) string {
	t.Helper()
	format, err := report.Find("json")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := format.Write(&b, r, report.Style{}); err != nil {
		t.Fatal(err)
	}
	return concluded(t, b.Bytes())
}

// concluded is the conclusion of a report in JSON.
func concluded(t testing.TB, doc []byte) string {
	t.Helper()
	var all struct {
		Totals   map[string]any
		Marks    any
		Codes    []map[string]any
		Verdicts []map[string]any
	}
	if err := json.Unmarshal(doc, &all); err != nil {
		t.Fatal(err)
	}
	delete(all.Totals, "inputs") // a file without a line is one
	for _, c := range all.Codes {
		delete(c, "samples")
	}
	for _, v := range all.Verdicts {
		delete(v, "evidence")
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// scanned is the conclusion of a batch run over the finished text.
func (r *rig) scanned(text string) string {
	r.t.Helper()
	w := r.watch
	records := tally.NewRecords(tally.RecordsOptions{})
	counting := w.plan.tallyOptions(r.o.samples)
	counting.Records = records
	t := tally.New(counting)
	path := filepath.Join(r.t.TempDir(), "whole.log")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
	s := scanner.Scanner{Extractor: w.plan.extractor, Jobs: 1}
	in := scanner.Inputs{Now: r.now, Zone: time.UTC}
	if err := s.Scan(r.t.Context(), in.Expand([]string{path}), &batchSink{filter: w.plan.filter, tally: t, recorder: newRecorder(w.plan.rules, w.plan.redactor)}); err != nil {
		r.t.Fatal(err)
	}
	return r.concluded(t)
}

// concluded is what a batch run concludes of a tally.
func (r *rig) concluded(t *tally.Tally) string {
	r.t.Helper()
	sum := t.Summary()
	e, err := engineOver(r.plan.rules, t, sum)
	if err != nil {
		r.t.Fatal(err)
	}
	return conclusion(r.t, report.New(sum, r.plan.rules.Evaluate(sum, e.Outcomes()), report.Options{}))
}

const followedRules = `rules:
  - id: burst-of-user
    title: {en: A burst of one user, zh: 单个用户突发}
    when: {select: {codes: [70001, 6014]}, by: [user], within: 1m, count: 3}
    remedy: [{owner: operations, do: {en: Look., zh: 查看。}}]
  - id: silence
    title: {en: Nothing came, zh: 没有动静}
    when: {select: {codes: [70001]}, within: 2m, count: "< 1"}
    remedy: [{owner: operations, do: {en: Look., zh: 查看。}}]
`

// What a run counted and concluded that was killed and rotated at any time is what a scan of the finished log says.
func TestFollowIsScan(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(rules, []byte(followedRules), 0o600); err != nil {
		t.Fatal(err)
	}
	plan := newRig(t, rules).plan
	for seed := range uint64(20) {
		dice := rand.New(rand.NewPCG(seed, 1))
		r := &rig{t: t, now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), o: &followOptions{}, dir: t.TempDir(), plan: plan}
		r.o.samples, r.o.state, r.o.history = 5, filepath.Join(r.dir, "state"), filepath.Join(r.dir, "history")
		path := filepath.Join(r.dir, "app.log")
		var whole strings.Builder
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		at, rotated := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC), 0
		r.start()
		r.look(0)
		for range 1 + dice.IntN(15) {
			switch pick(dice, []string{"write", "write", "write", "look", "look", "rotate", "kill", "hour"}) {
			case "write":
				for range 1 + dice.IntN(20) {
					at = at.Add(time.Duration(dice.IntN(9001)) * time.Millisecond)
					line := fmt.Sprintf("%s WARN gw TIM SDK login failed, userID=u_%d, code: %d, desc: expired\n", at.Format("2006-01-02 15:04:05.000"),
						1+dice.IntN(4), pick(dice, []int{70001, 6014, 9519}))
					whole.WriteString(line)
					cut := dice.IntN(len(line) + 1)
					for _, part := range []string{line[:cut], line[cut:]} {
						if _, err := file.WriteString(part); err != nil {
							t.Fatal(err)
						}
						if dice.IntN(10) == 0 {
							r.look(300 * time.Millisecond)
						}
					}
				}
			case "look":
				r.look(time.Duration(1+dice.IntN(8)) * time.Second)
			case "rotate":
				file.Close()
				rotated++
				for n := rotated; n > 0; n-- {
					from := fmt.Sprintf("%s.%d", path, n-1)
					if n == 1 {
						from = path
					}
					if err := os.Rename(from, fmt.Sprintf("%s.%d", path, n)); err != nil {
						t.Fatal(err)
					}
				}
				if file, err = os.Create(path); err != nil {
					t.Fatal(err)
				}
				if dice.IntN(2) == 0 {
					r.look(time.Second)
				}
			case "hour":
				r.look(time.Hour)
			case "kill": // all that was done since the last checkpoint is gone
				r.start()
			}
		}
		for range 12 {
			r.look(time.Second)
		}
		file.Close()
		scanned := r.scanned(whole.String())
		if diff := cmp.Diff(scanned, r.end()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		if whole.Len() == 0 {
			continue // and no history
		}
		if diff := cmp.Diff(scanned, r.merged()); diff != "" {
			t.Fatalf("seed %d: the history: %s", seed, diff)
		}
	}
}

func TestStateThatCannotBeRead(t *testing.T) {
	for name, text := range map[string]string{
		"another version": `{"schema":"imtriage.state/9"}` + "\n", "cut short": `{"schema":"imtriage.state/1","pos`, "empty": "", "no tally": `{"schema":"imtriage.state/1"}` + "\n",
	} {
		r := newRig(t)
		r.o.state = filepath.Join(r.dir, "state")
		if err := os.WriteFile(r.o.state, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		r.start()
		if set, err := os.ReadFile(r.o.state + ".bad"); err != nil || string(set) != text {
			t.Errorf("%s: it was not set aside: %q, %v", name, set, err)
		}
		r.look(time.Second)
		r.start() // from the new one
		if _, err := os.Stat(r.o.state); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever byte of a state is changed, nobody goes on from it.
func TestChangedState(t *testing.T) {
	r := newRig(t)
	r.o.state = filepath.Join(r.dir, "state")
	line := "2026-06-01 10:00:00.000 WARN gw TIM SDK login failed, userID=u_1, code: 70001, desc: expired\n"
	if err := os.WriteFile(filepath.Join(r.dir, "app.log"), []byte(line+line), 0o600); err != nil {
		t.Fatal(err)
	}
	r.start()
	r.look(time.Second)
	r.look(3 * time.Second)
	whole, err := os.ReadFile(r.o.state)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.watch.readState(whole); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		if _, err := r.watch.readState(changed); err == nil {
			t.Fatalf("byte %d of %d was changed, and the state is taken", i, len(whole))
		}
		if _, err := r.watch.readState(whole[:i]); err == nil {
			t.Fatalf("the first %d of %d bytes are taken for a state", i, len(whole))
		}
	}
}

func pick[T any](dice *rand.Rand, list []T) T { return list[dice.IntN(len(list))] }

// A report of now is whole as far as the log goes, and goes on after rules and catalog were read again.
func TestReportOfNow(t *testing.T) {
	r := newRig(t)
	path := filepath.Join(r.dir, "app.log")
	line := "2026-06-01 10:00:00.000 WARN gw TIM SDK login failed, userID=u_1, code: 70001, desc: expired\n"
	if err := os.WriteFile(path, []byte(line+line), 0o600); err != nil {
		t.Fatal(err)
	}
	r.start()
	for range 3 {
		r.look(time.Second)
	}
	r.watch.reloadAsked.Store(true)
	r.look(time.Second)
	now, err := r.watch.report(t.Context(), catalog.ZH)
	if err != nil {
		t.Fatal(err)
	}
	if now.Totals.Findings != 2 || now.Incomplete != 0 || len(now.Verdicts) == 0 || now.Lang != catalog.ZH {
		t.Errorf("%+v, %d incomplete, %d verdicts", now.Totals, now.Incomplete, len(now.Verdicts))
	}
	if h := r.watch.health(); len(h.Problems) > 0 || h.LastPoll.IsZero() {
		t.Errorf("%+v", h)
	}
	if s := r.watch.live.Snapshot(r.now, catalog.EN); s.Findings != 2 || s.Lines != 2 || len(s.Inputs) != 1 || len(s.Verdicts) == 0 {
		t.Errorf("%d findings, %d lines, %+v, %d verdicts", s.Findings, s.Lines, s.Inputs, len(s.Verdicts))
	}
}
