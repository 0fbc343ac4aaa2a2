//go:build outside

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Nothing is lost and nothing is counted twice, whenever the program is killed and whatever becomes of its files meanwhile.
var killScenarios = []scenario{
	{"killed at random moments", func(t *torture) {
		t.resumable("*.log")
		for range 6 {
			t.busy(100+t.dice.IntN(1500), func() {})
			t.again()
		}
		t.await()
		t.end()
	}},
	{"killed at random moments of rotations", func(t *torture) {
		t.resumable("app.log")
		for range 6 {
			t.busy(100+t.dice.IntN(1000), func() { t.shift("app.log") })
			t.again()
		}
		t.await()
		t.end()
	}},
	{"killed while the state is written", func(t *torture) {
		t.resumable("*.log")
		for range 5 {
			before := t.checkpoint()
			t.append("app.log", t.lines(300))
			t.until("the state is written", func() bool {
				names, err := os.ReadDir(filepath.Dir(t.state))
				t.ok(err)
				return len(names) > 1 || t.checkpoint() != before
			})
			t.again()
		}
		t.await()
		t.end()
	}},
	{"killed as soon as it has begun", func(t *torture) {
		t.append("app.log", "of before\n")
		t.resumable("app.log")
		for range 4 {
			t.again(func() { t.append("app.log", t.lines(10)) })
		}
		t.await()
		t.end()
	}},
	{"stopped and started", func(t *torture) {
		t.resumable("app.log")
		for i := range 5 {
			text := unbroken(t.lines(200))
			t.append("app.log", text[:len(text)-i*20])
			t.within(150)
			if i == 3 {
				t.shift("app.log")
				t.append("app.log", t.lines(1))
				t.append("app.log.1", text[len(text)-i*20:]+"\n")
				t.stop()
			} else {
				t.stop()
				t.append("app.log", text[len(text)-i*20:]+"\n")
			}
			t.start("app.log")
		}
		t.await()
		t.end()
	}},
	{"rotated while down", func(t *torture) {
		t.resumable("app.log")
		t.append("app.log", t.lines(500))
		t.within(200)
		for i := range 4 {
			t.again(func() {
				for range i {
					t.append("app.log", t.lines(10))
					t.shift("app.log")
				}
				t.append("app.log", t.lines(100))
			})
			t.within(30)
		}
		t.await()
		t.end()
	}},
	{"rotated right before the kill", func(t *torture) {
		t.resumable("app.log")
		for range 4 {
			t.append("app.log", t.lines(500))
			t.within(200)
			t.append("app.log", t.lines(50))
			t.shift("app.log")
			t.append("app.log", t.lines(20))
			t.again()
		}
		t.await()
		t.end()
	}},
	{"killed while the old file is waited for", func(t *torture) {
		t.resumable("app.log")
		old := t.open("app.log", os.O_APPEND)
		t.put(old, t.lines(100))
		t.await()
		t.shift("app.log")
		t.append("app.log", "")
		t.put(old, t.lines(10))
		t.within(1)
		t.again(func() { t.put(old, t.lines(10)) })
		t.append("app.log", t.lines(10))
		t.within(5)
		t.put(old, t.lines(5))
		t.again(func() { t.put(old, t.lines(5)) })
		t.await()
		t.end()
	}},
	{"truncated while down", func(t *torture) {
		t.resumable("*.log")
		for _, n := range []int{600, 20, 2000} { // less than before, and more
			t.append("app.log", t.lines(n))
			t.await()
			t.saved()
			t.again(func() { t.write("app.log", t.lines(n*2), os.O_TRUNC) })
		}
		t.await()
		t.end()
	}},
	{"deleted, and its inode given to another file", func(t *torture) {
		t.resumable("*.log")
		t.append("app.log", t.lines(600))
		t.await()
		t.saved()
		t.again(func() { t.reborn("app.log", t.lines(1500)) })
		t.await()
		t.saved()
		t.again(func() { t.reborn("app.log", t.lines(5)) })
		t.await()
		t.end()
	}},
	{"copytruncate while down", func(t *torture) {
		t.resumable("app.log")
		for i := range 3 {
			t.append("app.log", t.lines(300))
			t.within(100)
			t.again(func() {
				t.append("app.log", t.lines(20))
				t.copyFile("app.log", fmt.Sprint("app.log.", i+1))
				t.write("app.log", t.lines(1000*i), os.O_TRUNC)
			})
		}
		t.await()
		t.end()
	}},
	{"compressed while down", func(t *torture) {
		t.resumable("app.log")
		for range 3 {
			t.append("app.log", t.lines(500))
			t.within(200)
			t.again(func() {
				t.append("app.log", t.lines(50))
				t.logrotate("create\ncompress\nrotate 20")
				t.append("app.log", t.lines(50))
				t.logrotate("create\ncompress\nrotate 20")
				t.append("app.log", t.lines(50))
			})
		}
		t.await()
		t.end()
	}},
	{"killed in a long line", func(t *torture) {
		t.resumable("*.log")
		long := t.longLines(1, strings.Repeat("0123456789abcdef ", 3<<20/17), "")
		t.append("app.log", t.lines(10)+long[:2<<20])
		t.within(2)
		t.saved()
		t.again(func() { t.append("app.log", long[2<<20:]+t.lines(10)) })
		t.await()
		t.end()
	}},
	{"killed under a log driver", func(t *torture) {
		t.wrap = cri
		t.resumable("app.log")
		for range 4 {
			text := t.lines(300)
			cut := len(text) - 170 + t.dice.IntN(100) // between the parts of a line, or within one
			t.append("app.log", text[:cut])
			t.within(100)
			t.pass(time.Duration(t.dice.IntN(2500)) * time.Millisecond)
			t.again(func() { t.append("app.log", text[cut:]) })
			t.append("app.log", t.lines(20))
			t.shift("app.log")
		}
		t.append("app.log", t.lines(1))
		t.await()
		t.end()
	}},
	{"200 files, killed and rotated", func(t *torture) {
		t.source = ""
		t.resumable("*.log")
		for range 3 {
			for i := range 200 {
				t.append(fmt.Sprintf("app%03d.log", i), t.lines(3))
			}
			t.within(300)
			t.again(func() {
				for i := range 100 {
					name := fmt.Sprintf("app%03d.log", i*2)
					t.append(name, t.lines(1))
					t.shift(name)
					t.append(name, t.lines(2))
				}
			})
		}
		t.await()
		t.end()
	}},
}

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
