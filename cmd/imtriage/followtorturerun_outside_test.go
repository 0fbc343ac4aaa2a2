//go:build outside

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A run is the program at work.
type run struct {
	paths []string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	done  chan struct{} // closed when it has ended and all that it wrote was read
	err   error         // how it ended

	mu       sync.Mutex
	said     []string // on standard error, but for verdicts
	leftOver int      // bytes of a line without an end
	killed   bool
	saved    time.Time // the age of the state that it left behind
}

// A lineWriter hands on complete lines.
type lineWriter struct {
	held []byte
	take func(line []byte)
}

// Write implements [io.Writer].
func (w *lineWriter) Write(b []byte) (int, error) {
	w.held = append(w.held, b...)
	for {
		line, rest, found := bytes.Cut(w.held, []byte{'\n'})
		if !found {
			return len(b), nil
		}
		w.take(line)
		w.held = rest
	}
}

// start runs the program on paths, as they are seen from the folder of the logs.
func (t *torture) start(paths ...string) {
	t.Helper()
	args := append([]string{"follow", "--no-redact", "--listen", "127.0.0.1:0", "-f", "ndjson", "-f", "json=" + t.report()}, paths...)
	if t.state != "" {
		args = append(args, "--state", t.state)
	}
	r := &run{paths: paths, cmd: exec.CommandContext(t.Context(), t.program, args...), done: make(chan struct{})}
	r.cmd.Dir = t.dir
	r.cmd.Env = append(os.Environ(), "TZ=UTC")
	found := &lineWriter{take: func(line []byte) { t.found(r, line) }}
	r.cmd.Stdout = found
	r.cmd.Stderr = &lineWriter{take: func(line []byte) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !bytes.Contains(line, []byte("note: verdict ")) {
			r.said = append(r.said, string(line))
		}
	}}
	if t.nobody {
		t.asNobody(r)
	}
	var err error
	r.stdin, err = r.cmd.StdinPipe()
	t.ok(err)
	t.ok(r.cmd.Start())
	t.run = r
	go func() {
		r.err = r.cmd.Wait()
		r.leftOver = len(found.held)
		close(r.done)
	}()
	t.Cleanup(func() { <-r.done }) // its context is over by then
	t.until("it has begun", func() bool { return t.looked().After(time.Time{}) })
}

const nobody = 65534

// asNobody takes the rights of root from a run.
func (t *torture) asNobody(r *run) {
	t.Helper()
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	t.ok(os.Chown(t.out, nobody, nobody))
	for _, dir := range []string{t.dir, filepath.Dir(t.dir), filepath.Dir(filepath.Dir(t.program))} {
		t.ok(os.Chmod(dir, 0o755))
	}
}

func (t *torture) report() string { return filepath.Join(t.out, "report.json") }

// told returns what the run said on standard error.
func (r *run) told() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.said, "\n")
}

// fetch asks the server of the run for a page; nil when it does not answer yet.
func (t *torture) fetch(page string) []byte {
	t.Helper()
	_, address, ok := strings.Cut(t.run.told(), "listening on ")
	if !ok {
		return nil
	}
	address, _, _ = strings.Cut(address, "\n")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+page, http.NoBody)
	t.ok(err)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil
	}
	return body
}

// health is what /healthz says.
type health struct {
	Status   string    `json:"status"`
	Reasons  []string  `json:"reasons"`
	LastPoll time.Time `json:"last_poll"`
}

func (t *torture) health() (h health) {
	t.Helper()
	if body := t.fetch("/healthz"); body != nil {
		t.ok(json.Unmarshal(body, &h))
	}
	return h
}

// looked is when the program looked at its files last.
func (t *torture) looked() time.Time { t.Helper(); return t.health().LastPoll }

// pass lets time go by for the program: until it looks at its files at a later time.
func (t *torture) pass(d time.Duration) {
	t.Helper()
	until := time.Now().Add(d)
	t.until(fmt.Sprint("its looks go on for ", d), func() bool { return t.looked().After(until) })
}

const patience = 40 * time.Second

// until waits for something that the program does.
func (t *torture) until(what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	ended := t.run.done
	for !holds() {
		select {
		case <-t.news:
		case <-tick.C:
		case <-ended:
			ended = nil
			if !holds() {
				t.Fatalf("it ended before %s: %v\n%s", what, t.run.err, t.run.told())
			}
		case <-deadline.C:
			t.tell()
			t.Fatalf("not in %v: %s\n%s\n%+v", patience, what, t.run.told(), t.health())
		}
	}
}

// await waits until everything that was written was found.
func (t *torture) await() { t.Helper(); t.within(0) }

// within waits until at most n lines are still to be found.
func (t *torture) within(n int) {
	t.Helper()
	t.until(fmt.Sprint("all but ", n, " lines are found"), func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return len(t.written)-len(t.seen) <= n
	})
}

// drained waits until every line that was written is read, though the last one may not be told yet: a record may go on.
func (t *torture) drained() {
	t.Helper()
	t.until("everything is read", func() bool {
		t.mu.Lock()
		written := bytes.Count(t.whole.Bytes(), []byte{'\n'})
		t.mu.Unlock()
		_, value, _ := strings.Cut(string(t.fetch("/metrics")), "\nimtriage_input_lines_total ")
		value, _, _ = strings.Cut(value, "\n")
		lines, err := strconv.ParseFloat(value, 64)
		return err == nil && int(lines) >= written
	})
}

// stop ends a run as systemd does.
func (t *torture) stop() {
	t.Helper()
	t.ok(t.run.cmd.Process.Signal(syscall.SIGTERM))
	t.ended()
}

// ended waits for a run to end by itself, and well.
func (t *torture) ended() {
	t.Helper()
	r := t.run
	select {
	case <-r.done:
	case <-time.After(patience):
		t.Fatalf("it does not end\n%s", r.told())
	}
	if r.err != nil || r.leftOver > 0 {
		t.Fatalf("it ended with %v, and half a line of %d bytes\n%s", r.err, r.leftOver, r.told())
	}
}
