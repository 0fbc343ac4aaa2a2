//go:build outside

package main

import (
	"os"
	"path/filepath"
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
				return len(names) > 2 || t.checkpoint() != before // the state, its lock, and what is written
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
}
