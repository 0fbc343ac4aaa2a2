//go:build outside

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
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
