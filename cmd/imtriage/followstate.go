package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/gofrs/flock"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/follow"
	"github.com/imtriage/imtriage/scanner/input"
)

// stateSchema names the form of a state file and its version.
const stateSchema = "imtriage.state/1"

// checkpointEvery is how often a state is written while something comes.
const checkpointEvery = 2 * time.Second

// A checkpoint is the first line of a state file; the tally follows as a partial, and a digest of both. Places and counts stand in
// one file, so that both roll back together. It holds no text of a log.
type checkpoint struct {
	Schema    string            `json:"schema"`
	Saved     time.Time         `json:"saved"`
	Positions []follow.Position `json:"positions"`
	Sources   []sourceState     `json:"sources"`
	Judge     json.RawMessage   `json:"judge"`
	Teller    json.RawMessage   `json:"teller"`
	Newest    time.Time         `json:"newest"`
	Alerts    *alert.State      `json:"alerts,omitempty"`
	Standing  alert.Standing    `json:"standing,omitempty"`
	Segment   *segment          `json:"segment,omitempty"` // of the history
}

// A sourceState is where one source is.
type sourceState struct {
	Name string `json:"name"`
	End  int64  `json:"end"` // of its text, so far
	// File is where its present file is, and Feed its state without text, which is read from the file again. Both are
	// nil between two files.
	File *follow.Position   `json:"file,omitempty"`
	Feed *scanner.FeedState `json:"feed,omitempty"`
	// Lines are those that were read and are held back.
	Lines int64 `json:"lines,omitempty"`
}

// checkpoint writes the state, if one is kept, something has come and it is time.
func (w *watch) checkpoint(now time.Time, always bool) {
	// The first one comes at once: it says where the end was from which files are read. Large ones come more seldom.
	due := w.saved.IsZero() || w.dirty && now.Sub(w.saved) >= max(checkpointEvery, min(20*w.saving, 5*checkpointEvery))
	if w.o.state == "" || !always && !due {
		return
	}
	if err := replaceFile(w.o.state, 0o600, w.writeState); err != nil {
		w.saved = now // and again after a while
		if text := fmt.Sprintf("the state cannot be written to %s: %v", w.o.state, reason(err)); text != w.unsaved {
			w.unsaved = text
			w.app.warn("%s; it is tried again", text)
		}
		return
	}
	w.saved, w.dirty, w.unsaved, w.saving = now, false, "", w.app.now().Sub(now)
}

// writeState writes the state file.
func (w *watch) writeState(to io.Writer) error {
	c := checkpoint{Schema: stateSchema, Saved: w.app.now().UTC(), Newest: w.newest, Standing: w.standing}
	c.Positions = w.follower.Positions(w.held)
	at := placesOf(c.Positions)
	for _, f := range w.sources {
		if f.feed == nil {
			w.giveUp(f, at)
		}
		list, err := f.state(at)
		if err != nil {
			return err
		}
		c.Sources = append(c.Sources, list...)
	}
	if w.alerts != nil {
		s := w.alerts.State()
		c.Alerts = &s
	}
	var judged, told, kept error
	c.Segment, kept = w.history.segment(w.header)
	c.Judge, judged = w.judge.State()
	c.Teller, told = w.teller.State()
	line, err := json.Marshal(c)
	if err := errors.Join(judged, told, kept, err); err != nil {
		return err
	}
	out := bufio.NewWriter(to)
	sum := xxhash.New()
	both := io.MultiWriter(out, sum)
	if _, err := both.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := w.tally.Encode(both, w.header); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, sumLine, sum.Sum64()); err != nil {
		return err
	}
	return out.Flush()
}

// sumLine is the last line of a state: a digest of all before it, since a changed digit is a number, too.
const sumLine = "sum %016x\n"

// checkedState returns a state without its last line, if that fits.
func checkedState(data []byte) ([]byte, error) {
	n := bytes.LastIndexByte(bytes.TrimSuffix(data, []byte("\n")), '\n') + 1
	if string(data[n:]) != fmt.Sprintf(sumLine, xxhash.Sum64(data[:n])) {
		return nil, errors.New("it is damaged or cut short")
	}
	return data[:n], nil
}

// lockState sees to it that no other run keeps the same state, until the returned function is called. The lock ends with
// the process, however that ends; where a file system knows no locks there is none.
func lockState(name string) (release func() error, err error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	lock := flock.New(name + ".lock")
	if locked, err := lock.TryLock(); err == nil && !locked {
		return nil, usage("stop it, or give this run a state of its own", "--state: another run keeps %s", name)
	}
	return lock.Close, nil
}

// restore takes up what a state file says. One that cannot be read is set aside and said.
func (w *watch) restore() (resume []follow.Position, err error) {
	name := w.o.state
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(name)); err != nil {
			return nil, usage("mkdir -p "+filepath.Dir(name), "--state: %v", err)
		}
		return nil, nil
	}
	if err != nil {
		return nil, usage("", "--state: %v", err)
	}
	c, err := w.readState(data)
	if err == nil {
		return c.Positions, nil
	}
	bad := name + ".bad"
	if moved := os.Rename(name, bad); moved != nil {
		return nil, usage("", "--state: %s cannot be read (%v) nor set aside: %v", name, err, moved)
	}
	w.app.warn("the state in %s cannot be used: %v; it is set aside as %s, and everything begins anew", name, err, bad)
	return nil, nil
}

// readState changes nothing of the run unless all of the state can be read.
func (w *watch) readState(data []byte) (*checkpoint, error) {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	var c checkpoint
	damaged := json.Unmarshal(line, &c)
	if damaged == nil && c.Schema != stateSchema { // another version may end otherwise
		return nil, fmt.Errorf("%.40q is not %q", c.Schema, stateSchema)
	}
	data, err := checkedState(data)
	if err := cmp.Or(err, damaged); err != nil {
		return nil, err
	}
	rest := data[len(line)+1:]
	t, header, err := tally.Decode(bytes.NewReader(rest), w.plan.tallyOptions(w.o.samples))
	if err != nil {
		return nil, err
	}
	judge, err := w.restoredEngine(c.Judge, nil)
	if err != nil {
		return nil, err
	}
	teller, err := w.restoredEngine(c.Teller, w.turn)
	if err != nil {
		return nil, err
	}
	if w.history != nil && c.Segment != nil {
		if err := w.history.restore(c.Segment); err != nil {
			return nil, err
		}
	}
	if differs := w.header.Differs(header); len(differs) > 0 {
		w.app.note("counts until now were made with other settings: %s", strings.Join(differs, ", "))
		w.closeSegment(header)
	}
	w.tally, w.judge, w.teller, w.newest, w.arrived, w.fresh = t, judge, teller, c.Newest, w.app.now(), true
	w.standing = c.Standing
	if w.alerts != nil && c.Alerts != nil {
		w.alerts.Restore(*c.Alerts)
	}
	for _, s := range c.Sources {
		f := w.source(s.Name)
		f.end = max(f.end, s.End)
		if s.File != nil {
			f.resume = append(f.resume, s)
		}
	}
	w.live.Restore(t.Summary())
	return &c, nil
}

// held tells how much of a file was read but is not counted yet.
func (w *watch) held(source string, generation int) int64 {
	if at, found := w.find(source); found && w.sources[at].feed != nil && w.sources[at].file == generation {
		return w.sources[at].feed.Held()
	}
	return 0
}

// places tell where the follower is: all that it knows, and by file.
type places struct {
	known   map[follow.Position]bool
	present map[place]*follow.Position
}

// A place names a file of a source.
type place struct {
	source string
	file   int
}

func placesOf(list []follow.Position) places {
	at := places{make(map[follow.Position]bool, len(list)), make(map[place]*follow.Position, len(list))}
	for i, p := range list {
		at.known[p] = true
		at.present[place{p.Source(), p.Generation()}] = &list[i]
	}
	return at
}

// state says where a source is: in the file that is read, and in those of an earlier run that still may come.
func (f *followed) state(at places) (list []sourceState, err error) {
	now := sourceState{Name: f.name}
	if f.feed != nil {
		state, err := f.feed.State() // it tells of its last piece, too
		if err != nil {
			return nil, err
		}
		state = state.WithoutText()
		if p := at.present[place{f.name, f.file}]; p != nil {
			now.File, now.Feed, now.Lines = p, &state, f.breaks-state.Lines
		}
	}
	now.End = f.end
	return append(slices.Clone(f.resume), now), nil
}

// giveUp forgets where an earlier run was in files that nobody finds again. What was held back of them was read, and is no gap.
func (w *watch) giveUp(f *followed, at places) {
	f.resume = slices.DeleteFunc(f.resume, func(s sourceState) bool {
		if at.known[*s.File] {
			return false
		}
		p := tally.Piece{Source: f.name, Kind: input.KindText, Off: f.end, End: f.end + s.File.Held(), Lines: s.Lines, Complete: true}
		w.fail(pieceSink{w, f}.Piece(p))
		return true
	})
}

// takeUp returns where an earlier run was in the file of a piece, once; nil if it was not in it.
func (f *followed) takeUp(p *follow.Piece) *sourceState {
	i := slices.IndexFunc(f.resume, func(s sourceState) bool { return p.Resumed != nil && *s.File == *p.Resumed })
	if i < 0 {
		return nil
	}
	s := f.resume[i]
	f.resume = slices.Delete(f.resume, i, i+1)
	return &s
}
