//go:build outside

package main

import (
	"os"
	"time"
)

// What becomes of the content of one file, or of the file itself, while it is written.
var truncationScenarios = []scenario{
	{"copytruncate", func(t *torture) {
		t.start("app.log")
		w := t.open("app.log", os.O_APPEND)
		for range 5 {
			t.put(w, t.lines(1000))
			t.drained()
			t.put(w, t.lines(50)) // what only the copy holds
			t.copyFile("app.log", "app.log.1")
			t.ok(w.Truncate(0))
			t.put(w, t.lines(7))
			t.drained()
		}
		t.await()
		t.end()
	}},
	{"copytruncate under a writer that does not append", func(t *torture) {
		t.start("app.log")
		w := t.open("app.log", 0)
		for range 3 {
			t.put(w, t.lines(500))
			t.drained()
			t.put(w, t.lines(30))
			t.copyFile("app.log", "app.log.1")
			t.ok(os.Truncate(t.path("app.log"), 0))
			t.put(w, t.lines(30)) // behind a hole of zeros
			t.drained()
		}
		t.await()
		t.end()
	}},
	{"delete and recreate", func(t *torture) {
		t.start("app.log")
		for range 5 {
			t.append("app.log", t.lines(100))
			t.drained()
			t.append("app.log", t.lines(10))
			t.ok(os.Remove(t.path("app.log")))
			t.append("app.log", t.lines(300)) // bigger than before
			t.drained()
		}
		t.await()
		t.end()
	}},
	{"atomic replacement", func(t *torture) {
		t.start("app.log")
		for range 5 {
			t.append("new", t.lines(200))
			t.rename("new", "app.log")
			t.drained()
			t.append("app.log", t.lines(20))
		}
		t.drained()
		t.end()
	}},
	{"truncate and rewrite", func(t *torture) {
		t.start("app.log")
		for _, n := range []int{300, 20, 1, 3, 50, 2000} { // less, then more
			t.write("app.log", t.lines(n), os.O_TRUNC)
			t.drained()
		}
		t.await()
		t.end()
	}},
	{"renamed away and back", func(t *torture) {
		t.start("app.log")
		t.append("app.log", t.lines(10))
		t.await()
		t.rename("app.log", "away")
		t.pass(time.Second)
		t.rename("away", "app.log")
		t.append("app.log", t.lines(10))
		t.await()
		t.end()
	}},
}
