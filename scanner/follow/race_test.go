package follow

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"
)

// A writer and a rotation that never wait for the follower, nor for each other: whatever they hit upon, every line comes
// once. The files are kept, as a rotation that deletes what nobody had time to read takes it from everyone.
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
			w := r.open("app.log", os.O_APPEND)
			for len(r.f.Status()) == 0 {
				<-looks // what is rotated away before the file is found is the past
			}
			tick := time.NewTicker(200 * time.Microsecond)
			defer tick.Stop()
			for i := range 40 {
				for range tc.burst / 10 {
					r.put(w, r.rig.lines(10))
					if i%4 == 0 {
						<-tick.C // now slow, now as fast as can be
					}
				}
				for k := 60; k > 0; k-- {
					from, to := numbered(k), numbered(k+1)
					if _, err := os.Stat(r.path(from)); err == nil {
						r.rename(from, to)
					}
				}
				r.rename("app.log", numbered(1))
				r.put(w, r.rig.lines(tc.late))
				w.Close()
				w = r.open("app.log", os.O_APPEND)
			}
			r.put(w, r.rig.lines(1))
			want := slices.Clone(r.want)
			got := make([]string, 0, len(want))
			for range want {
				select {
				case l := <-r.lines:
					got = append(got, l)
				case <-time.After(20 * time.Second):
					t.Fatalf("%d lines of %d came; status %+v", len(got), len(want), r.f.Status())
				}
			}
			r.want = nil
			r.end()
			slices.Sort(got) // the order of files that come and go within a look is told by names that move meanwhile
			if !slices.Equal(want, got) {
				t.Errorf("they differ at %s", firstDifference(want, got))
			}
		})
	}
}

func numbered(k int) string { return "app.log." + string(rune('0'+k/10)) + string(rune('0'+k%10)) }

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
