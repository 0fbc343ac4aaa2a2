package follow

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A writer and a rotation that never wait for the follower, nor for each other: whatever they hit upon, every line comes
// once. The files are kept, as a rotation that deletes what nobody had time to read takes it from everyone; and it begins
// after the first look, as what was rotated before is the past.
func TestRaces(t *testing.T) {
	for _, tc := range []struct {
		name   string
		noTail bool
		burst  int // lines between two rotations
		late   int
	}{
		{"with the library", false, 300, 0},
		{"without", true, 1000, 0},
		{"late writers", false, 200, 20},
		{"fast", true, 50, 5},
	} {
		t.Run(tc.name, func(t *testing.T) {
			looks := make(chan struct{}, 1)
			looked := func() {
				select {
				case looks <- struct{}{}:
				default:
				}
			}
			r := run(t, Options{Tick: looked, NoTail: tc.noTail, FromStart: true, Settle: 100 * time.Millisecond, Grace: 500 * time.Millisecond}, "*.log")
			<-looks
			w := r.open("app.log", os.O_APPEND)
			tick := time.NewTicker(200 * time.Microsecond)
			defer tick.Stop()
			for i := range 40 {
				for range tc.burst / 10 {
					r.put(w, r.rig.lines(10))
					if i%4 == 0 {
						<-tick.C // now slow, now as fast as can be
					}
				}
				shiftNumbered(r.rig)
				r.put(w, r.rig.lines(tc.late))
				w.Close()
				w = r.open("app.log", os.O_APPEND)
			}
			r.put(w, r.rig.lines(1))
			for r.running(looks) {
			}
			r.stop()
			r.ok(<-r.done) // all that can be read was handed out
			close(r.lines)
			var got []string
			for l := range r.lines {
				got = append(got, l)
			}
			slices.Sort(got) // the order of files that come and go within a look is told by names that move meanwhile
			if !slices.Equal(r.want, got) {
				t.Errorf("%d lines of %d came:%s\nstatus %+v", len(got), len(r.want), astray(r.want, got), r.f.Status())
			}
		})
	}
}

// running waits for a look, and reports whether there is more to come: files that were rotated and are not closed yet, or
// bytes. It is no matter of time.
func (r *runner) running(looks <-chan struct{}) bool {
	if len(r.lines) == len(r.want) {
		return false
	}
	<-looks
	s := r.f.Status() // of a path that is forgotten and found again there is none meanwhile
	return len(s) == 0 || s[0].State != Live || s[0].Lag > 0
}

// astray tells which lines did not come once, of those that were to: as ranges, which show the rotation that it was.
func astray(want, got []string) string {
	times := map[string]int{}
	for _, l := range got {
		times[l]++
	}
	var b strings.Builder
	for from := 0; from < len(want); {
		n, to := times[want[from]], from+1
		for to < len(want) && times[want[to]] == n {
			to++
		}
		if n != 1 {
			fmt.Fprintf(&b, " %d to %d came %d times;", from+1, to, n)
		}
		from = to
	}
	return b.String()
}

func shiftNumbered(r *rig) {
	for k := 60; k > 0; k-- {
		if _, err := os.Stat(r.path(numbered(k))); err == nil {
			r.rename(numbered(k), numbered(k+1))
		}
	}
	r.rename("app.log", numbered(1))
}

func numbered(k int) string { return "app.log." + string(rune('0'+k/10)) + string(rune('0'+k%10)) }

// Rotations move many files on while looks are taken: none slips through, and none of before is taken for one of them,
// whether the path was named or found.
func TestRacesWithALook(t *testing.T) {
	for _, pattern := range []string{"*.log", "app.log"} {
		for range 20 {
			r := newRig(t, Options{FromStart: true, NoTail: true}, pattern)
			for k := 1; k <= 20; k++ {
				r.append(numbered(k), "before "+numbered(k)+"\n")
				r.ok(os.Chtimes(r.path(numbered(k)), time.Time{}, time.Now().Add(-time.Hour)))
			}
			r.append("app.log", r.lines(3))
			r.poll()
			var wg sync.WaitGroup
			wg.Go(func() { r.pass(3 * time.Second) })
			for range 6 {
				shiftNumbered(r)
				r.append("app.log", r.lines(3))
			}
			wg.Wait()
			r.pass(grace)
			r.check(false)
		}
	}
}

// While the handler takes its time files are pinned on: what is deleted meanwhile is not lost.
func TestWatchGoesOn(t *testing.T) {
	r := newRig(t, Options{FromStart: true, NoTail: true, MinPoll: time.Millisecond, Settle: time.Millisecond, Grace: time.Millisecond}, "app.log")
	r.o.Now = time.Now
	r.start()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	entered, leave := make(chan bool, 1), make(chan bool)
	all := make(chan bool)
	go func() {
		seen := 0
		done <- r.f.Run(ctx, func(p Piece) {
			if seen == 0 {
				entered <- true
				<-leave
			}
			r.take(p)
			if seen++; len(r.got) == 50 {
				close(all)
			}
		})
	}()
	r.append("app.log", r.lines(10))
	<-entered
	check := time.NewTicker(time.Millisecond)
	defer check.Stop()
	for k := 1; k <= 4; k++ {
		r.ok(os.Remove(r.path("app.log")))
		r.append("app.log", r.lines(10))
		for r.f.Status()[0].Rotations < k {
			<-check.C
		}
	}
	close(leave)
	<-all
	stop()
	r.ok(<-done)
	r.check(true)
}
