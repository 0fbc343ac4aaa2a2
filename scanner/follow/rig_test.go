package follow

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A rig is a follower on real files that is driven by hand: a clock that stands still between two polls.
type rig struct {
	*testing.T
	dir   string
	clock time.Time
	f     *Follower
	o     Options

	n    int      // of the last line written
	want []string // lines that must come
	got  []string
	tail string   // an open last line
	last struct { // what came last of one generation
		source            string
		generation, lines int
	}
	ends []Ending
}

func newRig(t *testing.T, o Options, paths ...string) *rig {
	t.Helper()
	r := &rig{T: t, dir: t.TempDir(), clock: time.Unix(1_800_000_000, 0), o: o}
	for _, p := range paths {
		r.o.Paths = append(r.o.Paths, filepath.Join(r.dir, p))
	}
	r.o.Now = func() time.Time { return r.clock }
	r.start()
	t.Cleanup(func() { r.f.Finish(func(Piece) {}) })
	return r
}

func (r *rig) start() {
	r.Helper()
	f, err := New(r.o)
	if err != nil {
		r.Fatal(err)
	}
	r.f = f
}

func (r *rig) path(name string) string { return filepath.Join(r.dir, name) }

// take is the handler: every piece is checked against what its contract says.
func (r *rig) take(p Piece) {
	if p.Inside != (r.tail != "") {
		r.Errorf("a piece says Inside = %v, but the line before ends in %q", p.Inside, r.tail)
	}
	text := r.tail + string(p.Data)
	r.tail = ""
	lines := strings.SplitAfter(text, "\n")
	if last := lines[len(lines)-1]; last != "" {
		if !p.Open {
			r.Errorf("a piece that is not Open ends in %q", last)
		}
		r.tail = last
	}
	if r.last.source != p.Source || r.last.generation != p.Generation || p.Open || p.Inside {
		r.last.lines = 0
	}
	r.last.source, r.last.generation = p.Source, p.Generation
	r.last.lines += len(lines) - 1
	for _, l := range lines[:len(lines)-1] {
		r.got = append(r.got, strings.TrimSuffix(l, "\n"))
	}
	if p.End != "" {
		r.ends = append(r.ends, p.End)
		r.last.lines = 0
	}
	if len(p.Data) == 0 && p.End == "" {
		r.Error("an empty piece")
	}
}

// poll looks once at everything; pass lets so much time go by and looks as often as Run would.
func (r *rig) poll() { r.pass(time.Second) }

func (r *rig) round() {
	for r.f.Poll(r.Context(), r.take) {
	}
}

func (r *rig) pass(d time.Duration) {
	for end := r.clock.Add(d); r.clock.Before(end); {
		r.clock = r.clock.Add(min(time.Second, end.Sub(r.clock)))
		r.round()
	}
}

// lines makes new lines that must come in this order.
func (r *rig) lines(n int) string {
	var b strings.Builder
	for range n {
		r.n++
		l := fmt.Sprintf("%08d 2026-11-28 10:00:00 im login failed, code: 6206, a line of %s", r.n, strings.Repeat("x", r.n%97))
		r.want = append(r.want, l)
		b.WriteString(l + "\n")
	}
	return b.String()
}

func (r *rig) append(name, text string) {
	r.Helper()
	r.write(name, text, os.O_APPEND)
}

func (r *rig) write(name, text string, flag int) {
	r.Helper()
	f, err := os.OpenFile(r.path(name), os.O_CREATE|os.O_WRONLY|flag, 0o600)
	if err != nil {
		r.Fatal(err)
	}
	r.put(f, text)
	f.Close()
}

func (r *rig) put(w io.Writer, text string) {
	r.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		r.Fatal(err)
	}
}

func (r *rig) open(name string, flag int) *os.File {
	r.Helper()
	f, err := os.OpenFile(r.path(name), os.O_CREATE|os.O_WRONLY|flag, 0o600)
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { f.Close() })
	return f
}

func (r *rig) ok(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *rig) rename(from, to string) { r.Helper(); r.ok(os.Rename(r.path(from), r.path(to))) }

func (r *rig) copyFile(from, to string) {
	r.Helper()
	b, err := os.ReadFile(r.path(from))
	r.ok(err)
	r.ok(os.WriteFile(r.path(to), b, 0o600))
}

// restart ends the follower as a crash does, and goes on from its positions as the state file holds them.
func (r *rig) restart(while func()) { r.restartHolding(0, while) }

// restartHolding does it when the last n lines were not used yet.
func (r *rig) restartHolding(n int, while func()) {
	r.Helper()
	n = min(n, r.last.lines)
	unused := 0
	for _, l := range r.got[len(r.got)-n:] {
		unused += len(l) + 1
	}
	r.got, r.last.lines = r.got[:len(r.got)-n], 0
	b, err := json.Marshal(r.f.Positions(func(source string, generation int) int64 {
		if source == r.last.source && generation == r.last.generation {
			return int64(unused)
		}
		return 0
	}))
	r.ok(err)
	r.f.mu.Lock()
	r.f.close()
	r.f.mu.Unlock()
	while()
	r.o.Resume = nil
	r.ok(json.Unmarshal(b, &r.o.Resume))
	r.start()
}

// check compares what came with what was written. Without order only the lines count.
func (r *rig) check(ordered bool) {
	r.Helper()
	want, got := r.want, r.got
	if !ordered {
		want, got = slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))
	}
	if slices.Equal(want, got) {
		return
	}
	for _, s := range r.f.Status() {
		r.Logf("%+v", s)
	}
	short := func(lines []string) (s []string) {
		for _, l := range lines {
			s = append(s, l[:min(len(l), 24)])
		}
		return s
	}
	r.Errorf("%d lines written, %d came (-written +came):\n%.2000s", len(want), len(got), cmp.Diff(short(want), short(got)))
}
