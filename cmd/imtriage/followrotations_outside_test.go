//go:build outside

package main

import (
	"os"
	"strings"
	"syscall"
	"time"
)

// What becomes of one file while it is written.
var rotationScenarios = []scenario{
	{"last line without newline", func(t *torture) {
		t.start("app.log")
		for range 3 {
			t.append("app.log", unbroken(t.lines(100)))
			t.within(50)
			t.shift("app.log")
			t.append("app.log", t.lines(3))
		}
		t.await() // until the grace is over
		t.append("app.log", unbroken(t.lines(10)))
		t.shift("app.log")
		t.append("app.log", t.lines(3))
		t.end() // before it is over
	}},
	{"late writes", func(t *torture) {
		t.start("app.log")
		old := t.open("app.log", os.O_APPEND)
		t.put(old, t.lines(50))
		t.await()
		t.shift("app.log")
		t.append("app.log", "")
		for range 4 {
			t.put(old, t.lines(5))
			t.pass(300 * time.Millisecond)
		}
		t.append("app.log", t.lines(10))
		t.await()
		for range 3 {
			t.put(old, t.lines(5))
			t.append("app.log", t.lines(10))
			t.pass(500 * time.Millisecond)
		}
		t.await()
		t.end()
	}},
	{"rename and create", func(t *torture) {
		t.start("app.log")
		for range 9 {
			w := t.open("app.log", os.O_APPEND)
			for range 10 {
				t.put(w, t.lines(30))
				t.within(100)
			}
			t.put(w, t.lines(20))
			t.shift("app.log")
			t.put(w, t.lines(10))
			t.ok(w.Close())
			t.append("app.log", t.lines(10))
		}
		t.await()
		t.end()
	}},
	{"burst before rotation", func(t *torture) {
		t.start("app.log")
		t.append("app.log", t.lines(1))
		t.await()
		for range 3 {
			t.append("app.log", t.lines(5000))
			t.shift("app.log")
			t.append("app.log", "")
			t.pass(500 * time.Millisecond)
		}
		t.await()
		t.end()
	}},
	{"two rotations at once", func(t *torture) {
		t.start("app.log")
		t.append("app.log", t.lines(500))
		t.drained()
		for range 3 {
			for range 2 {
				t.append("app.log", t.lines(500))
				t.shift("app.log")
			}
			t.append("app.log", t.lines(100))
			t.drained()
		}
		t.await()
		t.end()
	}},
	{"five rotations before the first look", func(t *torture) {
		t.start("app.log")
		for range 5 {
			t.append("app.log", t.lines(100))
			t.shift("app.log")
		}
		t.append("app.log", t.lines(100))
		t.await()
		t.end()
	}},
	{"gap before create", func(t *torture) {
		t.start("app.log")
		for range 2 {
			t.append("app.log", t.lines(100))
			t.within(50)
			t.append("app.log", t.lines(10))
			t.shift("app.log")
			t.pass(1500 * time.Millisecond)
		}
		t.append("app.log", t.lines(1))
		t.await()
		t.end()
	}},
	{"partial writes", func(t *torture) {
		t.start("app.log")
		w := t.open("app.log", os.O_APPEND)
		for i := range 60 {
			l := t.lines(1)
			for _, part := range []string{l[:5], l[5:60], l[60:]} {
				t.put(w, part)
				if i%15 == 0 {
					t.pass(400 * time.Millisecond)
				}
			}
			if i%3 == 0 {
				t.drained()
			}
		}
		t.await()
		t.end()
	}},
	{"lines of 2 MiB", func(t *torture) {
		t.start("app.log")
		long := strings.Repeat("0123456789abcdef ", 2<<20/17)
		for range 2 {
			t.append("app.log", t.longLines(1, long, "")+t.lines(2)+t.longLines(1, "", long))
			t.append("app.log", t.longLines(1, long[:1<<20], long[1<<20:])+t.lines(1))
			t.drained()
			t.append("app.log", t.longLines(1, long, "")+t.lines(1))
			t.shift("app.log")
		}
		t.append("app.log", t.lines(1))
		t.drained()
		t.end()
	}},
	{"a path that cannot be looked at", func(t *torture) {
		t.start("app.log")
		t.append("app.log", t.lines(10))
		t.await()
		t.append("app.log", t.lines(10))
		t.rename("app.log", "app.log.1")
		t.ok(os.Symlink("app.log", t.path("app.log"))) // to itself
		t.append("app.log.1", t.lines(10))
		t.until("it says so", func() bool { return strings.Contains(strings.Join(t.health().Reasons, "\n"), "app.log") })
		t.ok(os.Remove(t.path("app.log")))
		t.append("app.log", t.lines(10))
		t.await()
		t.until("it is well again", func() bool { return t.health().Status == "ok" })
		t.end()
	}},
	{"asked to reload and to report", func(t *torture) {
		t.start("app.log")
		for i := range 6 {
			t.append("app.log", t.lines(300))
			t.within(200)
			t.ok(t.run.cmd.Process.Signal([]os.Signal{syscall.SIGHUP, syscall.SIGUSR1}[i%2]))
			t.shift("app.log")
			t.until("it has heard of it", func() bool {
				_, err := os.Stat(t.report())
				return strings.Count(t.run.told(), "were read again") > i/2 && (i == 0 || err == nil)
			})
		}
		t.append("app.log", t.lines(1))
		t.await()
		t.end()
	}},
}
