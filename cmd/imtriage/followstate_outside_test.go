//go:build outside

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// What may be wrong with the state itself.
var stateScenarios = []scenario{
	{"a state of another version", func(t *torture) {
		t.badState(func([]byte) []byte { return []byte(`{"schema":"imtriage.state/999"}` + "\n") })
	}},
	{"a state that is cut short", func(t *torture) {
		t.badState(func(state []byte) []byte { return state[:len(state)/2] })
	}},
	{"a state that is empty", func(t *torture) {
		t.badState(func([]byte) []byte { return nil })
	}},
	{"a state of which a byte has changed", func(t *torture) {
		t.badState(func(state []byte) []byte {
			state = bytes.Clone(state)
			state[len(state)/3] ^= 0x10
			return state
		})
	}},
	{"the disk of the state is full", func(t *torture) {
		dir := t.mounted("8m")
		if dir == "" {
			t.closedFolder()
			return
		}
		t.state = filepath.Join(dir, "state")
		ballast := filepath.Join(dir, "ballast")
		t.withoutState(func() { t.fill(ballast) }, func() { t.ok(os.Remove(ballast)) })
	}},
	{"the folder of the state is closed", func(t *torture) { t.closedFolder() }},
}

// badState spoils the state: it must be set aside, and the program begins anew.
func (t *torture) badState(spoil func([]byte) []byte) {
	t.Helper()
	t.resumable("app.log")
	t.append("app.log", t.lines(100))
	t.await()
	t.stop()
	state, err := os.ReadFile(t.state)
	t.ok(err)
	bad := spoil(state)
	t.ok(os.WriteFile(t.state, bad, 0o600))
	t.forget()
	t.resumable("app.log")
	t.until("it says so", func() bool { return strings.Contains(t.run.told(), ".bad") })
	aside, err := os.ReadFile(t.state + ".bad")
	t.ok(err)
	if !bytes.Equal(aside, bad) {
		t.Errorf("%d bytes are set aside, not %d", len(aside), len(bad))
	}
	t.append("app.log", t.lines(100))
	t.within(20)
	t.again(func() { t.append("app.log", t.lines(10)) })
	t.await()
	t.end()
}

// forget makes everything so far a thing of the past.
func (t *torture) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.written)
	clear(t.seen)
	t.whole.Reset()
}

// closedFolder takes away the right to write beside the state.
func (t *torture) closedFolder() {
	t.Helper()
	t.nobody = os.Getuid() == 0
	dir := filepath.Join(t.out, "state")
	t.ok(os.Mkdir(dir, 0o755))
	t.state = filepath.Join(dir, "state")
	if t.nobody {
		t.ok(os.Chown(dir, nobody, nobody))
	}
	t.withoutState(func() { t.ok(os.Chmod(dir, 0o500)) }, func() { t.ok(os.Chmod(dir, 0o755)) })
}

// withoutState has the state fail for a while: that is said once, nothing stops, and it is tried again.
func (t *torture) withoutState(fail, mend func()) {
	t.Helper()
	t.resumable("app.log")
	t.append("app.log", t.lines(100))
	t.within(50)
	old := t.checkpoint()
	t.until("it is written again", func() bool { return t.checkpoint() != old })
	fail()
	t.append("app.log", t.lines(300))
	said := func() int { return strings.Count(t.run.told(), t.state) }
	t.until("it says so", func() bool { return said() > 0 })
	t.again(func() { t.append("app.log", t.lines(100)) }) // with the state of before
	t.append("app.log", t.lines(100))
	t.await()
	t.until("it says so again", func() bool { return said() > 0 })
	t.shift("app.log")
	t.append("app.log", t.lines(100))
	t.await()
	t.pass(5 * time.Second)
	if n := said(); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, t.run.told())
	}
	old = t.checkpoint()
	mend()
	t.until("it is written again", func() bool { return t.checkpoint() != old })
	t.again()
	t.append("app.log", t.lines(1))
	t.await()
	t.end()
}

// fill writes until there is no room.
func (t *torture) fill(path string) {
	t.Helper()
	f, err := os.Create(path)
	t.ok(err)
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}
