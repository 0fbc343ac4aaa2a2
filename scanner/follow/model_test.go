package follow

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A model of what a writer and a rotation do to a log, in random order with looks, crashes and time between. What the model
// writes must come once and in order; what it truncates before a look may be lost, but nothing comes twice.
type model struct {
	*rig
	w  *os.File
	at time.Time // of the next change: without it all of them would be at the same instant for the file system
}

func (m *model) line(t *rapid.T) string {
	return m.lines(rapid.IntRange(1, 40).Draw(t, "lines"))
}

func (m *model) reopen() {
	m.w.Close()
	m.w = m.open("app.log", os.O_APPEND)
}

func (m *model) actions() map[string]func(*rapid.T) {
	pending := "" // the rest of an open line
	flush := func() {
		if pending != "" {
			m.put(m.w, pending)
			pending = ""
		}
	}
	return map[string]func(*rapid.T){
		"write": func(t *rapid.T) {
			flush()
			m.put(m.w, m.line(t))
		},
		"write half a line": func(t *rapid.T) {
			flush()
			l := m.lines(1)
			n := rapid.IntRange(1, len(l)-1).Draw(t, "bytes")
			m.put(m.w, l[:n])
			pending = l[n:]
		},
		"look":      func(*rapid.T) { m.poll() },
		"wait":      func(*rapid.T) { m.pass(8 * time.Second) },
		"wait long": func(*rapid.T) { m.pass(2 * time.Minute) },
		"rename":    func(*rapid.T) { flush(); m.shiftAll(); m.reopen() },
		"rename late": func(t *rapid.T) {
			flush()
			m.shiftAll()
			old := m.w
			m.w = m.open("app.log", os.O_APPEND)
			m.put(old, m.lines(rapid.IntRange(1, 5).Draw(t, "late lines")))
			old.Close()
			m.stamp("app.log.1")
		},
		"open last line and rename": func(*rapid.T) {
			flush()
			m.put(m.w, strings.TrimSuffix(m.lines(1), "\n"))
			m.shiftAll()
			m.reopen()
		},
		"copytruncate": func(t *rapid.T) {
			flush()
			m.looked()            // a truncation between two looks that nothing shows is beyond anybody
			m.put(m.w, m.line(t)) // what only the copy holds
			m.makeRoom()
			m.stamp("app.log")
			m.copyFile("app.log", "app.log.1")
			m.stamp("app.log.1")
			m.ok(m.w.Truncate(0))
		},
		"truncate": func(*rapid.T) {
			flush()
			m.looked()
			m.ok(m.w.Truncate(0))
			m.stamp("app.log")
			m.poll()
		},
		"delete": func(*rapid.T) {
			flush()
			m.looked() // a crash would leave nothing of it
			m.ok(os.Remove(m.path("app.log")))
			m.last.lines = 0
			m.reopen()
		},
		"crash": func(t *rapid.T) { m.crash(t, func() {}) },
		"crash and write": func(t *rapid.T) {
			m.crash(t, func() { flush(); m.put(m.w, m.line(t)) })
		},
		"crash and rename": func(t *rapid.T) {
			m.crash(t, func() {
				flush()
				m.put(m.w, m.line(t))
				m.shiftAll()
				m.reopen()
				m.put(m.w, m.line(t))
			})
		},
	}
}

func (m *model) crash(t *rapid.T, while func()) {
	m.restartHolding(rapid.IntRange(0, 5).Draw(t, "held lines"), while)
}

// looked makes sure that a file that will be truncated was seen with bytes in it.
func (m *model) looked() {
	m.stamp("app.log")
	m.pass(8 * time.Second) // a file that was just rotated has to be quiet first
}

func (m *model) stamp(name string) {
	m.at = m.at.Add(10 * time.Millisecond)
	m.ok(os.Chtimes(m.path(name), time.Time{}, m.at))
}

func (m *model) makeRoom() {
	for i := 40; i > 0; i-- {
		from := fmt.Sprintf("app.log.%d", i)
		if _, err := os.Stat(m.path(from)); err == nil {
			m.rename(from, fmt.Sprintf("app.log.%d", i+1))
		}
	}
}

func (m *model) shiftAll() {
	m.stamp("app.log")
	m.makeRoom()
	m.rename("app.log", "app.log.1")
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRig(t, Options{NoTail: true, LineCap: rapid.SampledFrom([]int{64, 1000, 1 << 20}).Draw(rt, "cap")}, "app.log")
		m := &model{rig: r, at: time.Now().Add(time.Hour)}
		m.w = r.open("app.log", os.O_APPEND)
		r.pass(time.Second)
		actions := m.actions()
		names := make([]string, 0, len(actions))
		for name := range actions {
			names = append(names, name)
		}
		slices.Sort(names)
		for i := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			actions[rapid.SampledFrom(names).Draw(rt, fmt.Sprint(i))](rt)
			m.stamp("app.log")
		}
		actions["write"](rt)
		r.pass(grace)
		r.f.Finish(r.take)
		m.w.Close()
		if !slices.Equal(r.want, r.got) {
			for _, s := range r.f.Status() {
				rt.Logf("%+v", s)
			}
			rt.Fatalf("%d lines written, %d came; they differ at %s", len(r.want), len(r.got), firstDifference(r.want, r.got))
		}
	})
}

func firstDifference(want, got []string) string {
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			return fmt.Sprintf("%d: %.30q is %.30q", i, want[i], got[i])
		}
	}
	return "their end"
}
