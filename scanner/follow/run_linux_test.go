package follow

import (
	"testing"
	"time"
)

// A file that trickles goes through nxadm/tail, and what that reads is the same.
func TestTrickle(t *testing.T) {
	r := run(t, Options{FromStart: true, Grace: 300 * time.Millisecond, Settle: 100 * time.Millisecond}, "app.log")
	r.append("app.log", r.rig.lines(1))
	r.await(1)
	tailed := 0
	for i := range 40 {
		if r.f.Status()[0].Tailed {
			tailed++
		}
		n := 1
		if i%10 == 9 {
			n = 5000 // more than a tail is good for
		}
		r.append("app.log", r.rig.lines(n))
		r.await(n)
		if i%20 == 19 {
			r.append("app.log", r.rig.lines(2))
			shift(r.rig)
			r.append("app.log", r.rig.lines(3))
			r.await(5)
		}
	}
	if tailed == 0 && !statMayFailAt(t, r.path("app.log")) {
		t.Error("no line came while nxadm/tail was at work")
	}
	r.end()
}
