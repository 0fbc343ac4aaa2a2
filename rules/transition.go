package rules

import (
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A Turn is what happens to a rule that is told of.
type Turn string

// The turns.
const (
	Raised   Turn = "raised"   // it began to hold
	Repeated Turn = "repeated" // it still holds, and its cooldown has passed
	Ended    Turn = "cleared"  // it does not hold any more
)

// A Transition is a turn of one rule for one group.
type Transition struct {
	Rule   *Rule
	Turn   Turn
	Group  tally.Fields // nil where there is none
	At     time.Time
	Count  int64         // records of the episode so far
	Silent bool          // a cooldown keeps it from being told
	Record *tally.Record // that brought it about, the receiver's own; nil if time did
}

// tell passes a transition on, as the cooldown of the rule allows.
func (e *Engine) tell(t *timedRule, st *standing, by tally.Fields, turn Turn, a *arrival) {
	silent := false
	if c := &t.Cooldown; c.Time > 0 && turn != Ended {
		switch {
		case st.pause > 0 && st.at < after(st.toldAt, st.pause):
			silent = true
		case st.pause == 0 || turn == Raised && st.at >= after(st.toldAt, 2*st.pause):
			st.toldAt, st.pause = st.at, int64(c.Time)
		default:
			st.toldAt, st.pause = st.at, c.next(st.pause)
		}
	}
	if silent && turn == Repeated {
		return
	}
	if !silent && turn != Ended {
		e.accounts[t.index].told++
	}
	if e.notify == nil {
		return
	}
	x := Transition{Rule: t.Rule, Turn: turn, Group: by, At: instant(st.at), Count: st.count, Silent: silent}
	if a != nil {
		x.Record = a.record.Clone()
	}
	e.notify(x)
}

// next returns the pause after another one.
func (c *Cooldown) next(pause int64) int64 {
	return min(int64(float64(pause)*max(c.Grow, 1)), int64(c.max()))
}
