package follow

import (
	"os"
	"strings"
	"testing"
	"time"
)

func shift(r *rig) {
	for i := 8; i > 0; i-- {
		from, to := "app.log."+string(rune('0'+i)), "app.log."+string(rune('1'+i))
		if _, err := os.Stat(r.path(from)); err == nil {
			r.rename(from, to)
		}
	}
	r.rename("app.log", "app.log.1")
}

// truncateTwice copies app.log and truncates it, twice.
func truncateTwice(r *rig, w *os.File) {
	r.copyFile("app.log", "app.log.3")
	r.ok(w.Truncate(0))
	r.put(w, r.lines(20))
	r.copyFile("app.log", "app.log.2")
	r.ok(w.Truncate(0))
	r.put(w, r.lines(5))
}

func TestTorture(t *testing.T) {
	for _, tc := range tortures {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, Options{NoTail: true}, "app.log")
			r.pass(time.Second)
			tc.do(r)
			r.pass(grace)
			r.check(true)
		})
	}
}

// The same, but found through a pattern that matches the rotated files, too.
func TestTortureByPattern(t *testing.T) {
	for _, tc := range tortures {
		if strings.Contains(tc.name, "link") { // a.txt is no rotated file of app.log
			continue
		}
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, Options{NoTail: true}, "app.log*")
			r.pass(time.Second)
			tc.do(r)
			r.pass(grace)
			r.check(false)
		})
	}
}

// A handler that never returns while files are rotated away must not lose them.
func TestSlowHandler(t *testing.T) {
	r := newRig(t, Options{NoTail: true, LineCap: 4096}, "app.log")
	r.pass(time.Second)
	r.append("app.log", r.lines(500))
	rotated := 0
	for more := true; more; {
		more = r.f.Poll(t.Context(), func(p Piece) {
			r.take(p)
			if rotated < 6 {
				rotated++
				r.append("app.log", r.lines(100))
				shift(r)
				r.append("app.log", r.lines(50))
				r.f.mu.Lock()
				r.f.pinAll()
				r.f.mu.Unlock()
				r.ok(os.Remove(r.path("app.log.1"))) // nothing but the descriptor is left
			}
		})
	}
	r.pass(grace)
	r.check(true)
}
