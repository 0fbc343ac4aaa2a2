//go:build outside

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A torture is the built program, which follows files while they are written and rotated. Each line that is written
// has a user and a code of its own, so that of each it can be told whether it was lost, repeated or garbled.
type torture struct {
	*testing.T
	program string
	dir     string // of the logs
	out     string // of the report and the state
	state   string // file that holds the state; "" without
	codes   []int
	dice    *rand.Rand
	wrap    func(line string) string // a log driver
	nobody  bool                     // the program is not root
	source  string                   // the one that is followed; "" for many, of which all files are kept

	nudges int // lines of nudge.log

	run  *run // the latest
	news chan struct{}

	mu      sync.Mutex
	written map[string]written // by user
	whole   bytes.Buffer       // everything that was written, in its order
	seen    map[string]printed
	wrong   []string
}

// written is a line, and under which code it must be found.
type written struct {
	code int
	text string
}

// A printed is when the program printed a line.
type printed struct {
	run *run
	at  time.Time
}

// A scenario is what happens to files while they are followed.
type scenario struct {
	name string
	do   func(*torture)
}

// What the built program counts, whatever becomes of its files and of itself, is what was written, and what a scan of the
// finished files finds.
func TestFollowTorture(t *testing.T) {
	program := filepath.Join(t.TempDir(), "imtriage")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	scenarios := make(chan scenario)
	var all sync.WaitGroup
	for range 12 { // they wait more than they work: more at a time than there are processors
		all.Go(func() {
			for s := range scenarios {
				t.Run(s.name, func(t *testing.T) { s.do(newTorture(t, program)) })
			}
		})
	}
	for _, s := range slices.Concat(
		fileScenarios, logrotateScenarios, rotationScenarios, truncationScenarios, killScenarios, absenceScenarios, stateScenarios, randomScenarios,
	) {
		scenarios <- s
	}
	close(scenarios)
	all.Wait()
}

func newTorture(t *testing.T, program string) *torture {
	t.Helper()
	c := &torture{
		T: t, program: program, dir: t.TempDir(), out: t.TempDir(), dice: rand.New(rand.NewPCG(1, uint64(len(t.Name())))), source: "app.log",
		news: make(chan struct{}, 1), written: map[string]written{}, seen: map[string]printed{},
	}
	for _, e := range catalog.Builtin().Entries() {
		if e.Family == catalog.Server && e.Code >= 10000 && !e.IsRange() {
			c.codes = append(c.codes, e.Code)
		}
	}
	return c
}

// lines makes new lines, which must be found.
func (t *torture) lines(n int) string { return t.longLines(n, "", "") }

// longLines are lines with something before their code and behind it.
func (t *torture) longLines(n int, before, behind string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for range n {
		i := len(t.written)
		at := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Millisecond)
		user, code := fmt.Sprintf("u%06d", i), t.codes[i%len(t.codes)]
		text := fmt.Sprintf("%s WARN gw %sTIM SDK call failed, userID=%s, code: %d, desc: refused%s %s",
			at.Format("2006-01-02 15:04:05.000"), before, user, code, behind, strings.Repeat("x", i%97))
		t.written[user] = written{code, text}
		if t.wrap != nil {
			text = t.wrap(text)
		}
		b.WriteString(text + "\n")
	}
	t.whole.WriteString(b.String())
	return b.String()
}

// unbroken is a text without its last line break, as of a daemon that died.
func unbroken(text string) string { return strings.TrimSuffix(text, "\n") }

func (t *torture) ok(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (t *torture) path(name string) string { return filepath.Join(t.dir, name) }

// open opens a log as a daemon does.
func (t *torture) open(name string, flag int) *os.File {
	t.Helper()
	f, err := os.OpenFile(t.path(name), os.O_CREATE|os.O_WRONLY|flag, 0o644)
	t.ok(err)
	t.Cleanup(func() { f.Close() })
	return f
}

func (t *torture) put(w io.Writer, text string) {
	t.Helper()
	_, err := io.WriteString(w, text)
	t.ok(err)
}

// write opens, writes and closes.
func (t *torture) write(name, text string, flag int) {
	t.Helper()
	f := t.open(name, flag)
	t.put(f, text)
	t.ok(f.Close())
}

func (t *torture) append(name, text string) {
	t.Helper()
	t.write(name, text, os.O_APPEND)
}

func (t *torture) rename(from, to string) {
	t.Helper()
	t.ok(os.Rename(t.path(from), t.path(to)))
}

func (t *torture) copyFile(from, to string) {
	t.Helper()
	text, err := os.ReadFile(t.path(from))
	t.ok(err)
	t.ok(os.WriteFile(t.path(to), text, 0o600))
}

// shift rotates a log as logrotate does: each file gets the next number.
func (t *torture) shift(name string) {
	t.Helper()
	t.makeRoom(name)
	t.rename(name, name+".1")
}

// makeRoom gives each rotated file the next number.
func (t *torture) makeRoom(name string) {
	t.Helper()
	for i := 40; i > 0; i-- {
		for _, packed := range []string{"", ".gz"} {
			if from := fmt.Sprint(name, ".", i, packed); t.there(from) {
				t.rename(from, fmt.Sprint(name, ".", i+1, packed))
			}
		}
	}
}

func (t *torture) there(name string) bool {
	_, err := os.Lstat(t.path(name))
	return err == nil
}
