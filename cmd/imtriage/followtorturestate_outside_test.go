//go:build outside

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// resumable starts the program with a state.
func (t *torture) resumable(paths ...string) {
	t.Helper()
	if t.state == "" {
		t.state = filepath.Join(t.TempDir(), "state")
	}
	t.start(paths...)
	t.until("the state is there", func() bool { return t.checkpoint() != "" })
}

// busy writes, and turns now and then, until so many more lines were found.
func (t *torture) busy(n int, turn func()) {
	t.Helper()
	for i, until := 0, t.foundSoFar()+n; t.foundSoFar() < until; i++ {
		t.append("app.log", t.lines(50))
		t.within(300)
		if i%8 == 5 {
			turn()
		}
	}
}

func (t *torture) foundSoFar() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.seen)
}

// again kills the program, lets things happen, and starts it again.
func (t *torture) again(meanwhile ...func()) {
	t.Helper()
	r := t.run
	t.ok(r.cmd.Process.Kill())
	<-r.done
	t.mu.Lock()
	r.killed = true
	if info, err := os.Stat(t.state); err == nil {
		r.saved = info.ModTime()
	}
	t.mu.Unlock()
	for _, do := range meanwhile {
		do()
	}
	t.start(r.paths...)
}

// checkpoint tells one content of the state from another; "" is none.
func (t *torture) checkpoint() string {
	t.Helper()
	info, err := os.Stat(t.state)
	if os.IsNotExist(err) {
		return ""
	}
	t.ok(err)
	return fmt.Sprint(info.ModTime().UnixNano(), " ", info.Size())
}

// saved waits until the state holds all that was found. The program says only that it was written anew, which it is when
// something comes: the second time it was begun after everything was found.
func (t *torture) saved() {
	t.Helper()
	for range 2 {
		before := t.checkpoint()
		t.append("nudge.log", nudge)
		t.nudges++
		t.until("the state is written", func() bool { return t.checkpoint() != before })
	}
}

const nudge = "2026-06-01 10:00:00.000 INFO gw nothing to see\n"

// reborn deletes a file and writes one with the same inode, if the file system is willing to give it again.
func (t *torture) reborn(name, text string) {
	t.Helper()
	before, err := os.Stat(t.path(name))
	t.ok(err)
	t.ok(os.Remove(t.path(name)))
	var others []string
	defer func() {
		for _, other := range others {
			t.ok(os.Remove(t.path(other)))
		}
	}()
	for range 50 {
		t.append("new", text)
		info, err := os.Stat(t.path("new"))
		t.ok(err)
		if os.SameFile(before, info) {
			t.rename("new", name)
			return
		}
		others = append(others, fmt.Sprint("other", len(others)))
		t.rename("new", others[len(others)-1])
	}
	t.append(name, text)
}

// mounted returns a folder that has little room, or "" where that needs more rights than there are.
func (t *torture) mounted(size string) string {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 || exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size="+size, "none", dir).Run() != nil {
		return ""
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil { //nolint:noctx // that of the test is over
			t.Errorf("umount: %v\n%s", err, out)
		}
	})
	return dir
}
