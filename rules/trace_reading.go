package rules

import "time"

// A Quantity is what a condition measures.
type Quantity string

// The quantities.
const (
	QuantityCount      Quantity = "count"      // records
	QuantityShare      Quantity = "share"      // findings in all findings, in percent
	QuantityUsers      Quantity = "users"      // distinct ones
	QuantityDistinct   Quantity = "distinct"   // values of a field
	QuantitySum        Quantity = "sum"        // of a field
	QuantityAverage    Quantity = "average"    // of a field
	QuantityPercentile Quantity = "percentile" // of a field
	QuantityRatio      Quantity = "ratio"      // records in those of another selection, in percent
	QuantityOf         Quantity = "of"         // records of that other selection
	QuantityStages     Quantity = "stages"     // of a sequence, in order
	QuantityParts      Quantity = "parts"      // of several that must come together
	QuantityWaiting    Quantity = "waiting"    // records whose answer is not there yet
	QuantityFirst      Quantity = "first"      // values of a field that are new: 1 or 0
	QuantityFactor     Quantity = "factor"     // by which a window has more than the one before it
	QuantityCurrent    Quantity = "current"    // records of the window
	QuantityReference  Quantity = "reference"  // records of the window before it
)

// A Reading is one measured number of a condition and what it has to be.
type Reading struct {
	What  Quantity
	Field string // that is measured, or ""
	Have  float64
	Want  Bound // the zero Bound: anything will do
}

// Holds reports whether the number is what the condition wants.
func (r *Reading) Holds() bool { return r.Want.Holds(r.Have) }

// nearness says how far the number is from what is wanted: 1 is there, 0 is far away.
func (r *Reading) nearness() float64 {
	if r.Holds() {
		return 1
	}
	near := 1.0
	for _, l := range r.Want.Limits {
		switch {
		case l.holds(r.Have):
		case (l.Op == AtLeast || l.Op == Above) && l.Value > 0:
			near = min(near, max(r.Have, 0)/(l.Value+1))
		default:
			d := r.Have - l.Value
			near = min(near, 1/(2+max(d, -d)))
		}
	}
	return near
}

// A Window is what a condition measured at a time.
type Window struct {
	At time.Time // zero: over the whole log, or unknown
	// Readings are the numbers, all of which have to be as wanted.
	Readings []Reading
	// Ready is when the condition is judged first, or when an answer is due, if that is later than At.
	Ready time.Time
}

// nearness adds up how near the readings are; what is not judged yet is far away.
func (w *Window) nearness() (sum float64) {
	if !w.Ready.IsZero() {
		return 0
	}
	for i := range w.Readings {
		sum += w.Readings[i].nearness()
	}
	return sum
}

// atLeast is a bound of so many.
func atLeast(n float64, percent bool) Bound {
	return Bound{Limits: []Limit{{AtLeast, n}}, Percent: percent}
}

// readings measures a rule that is judged over the whole log, by items of which nothing is folded or by
// what is left of them.
func (e *evaluation) readings(r *Rule, items []int) []Reading {
	var all, findings int64
	for _, i := range items {
		n := e.items[i].left()
		all += n
		if e.items[i].code != nil {
			findings += n
		}
	}
	w := &r.When
	count := w.Count
	if count.IsZero() {
		count = atLeast(1, false)
	}
	out := []Reading{{What: QuantityCount, Have: float64(all), Want: count}}
	if w.Share > 0 {
		share := 0.0
		if total := e.sum.Totals.Findings; total > 0 {
			share = 100 * float64(findings) / float64(total)
		}
		out = append(out, Reading{What: QuantityShare, Have: share, Want: atLeast(float64(w.Share), true)})
	}
	if w.Users > 0 {
		users, _ := e.usersOf(items)
		out = append(out, Reading{What: QuantityUsers, Have: float64(users), Want: atLeast(float64(w.Users), false)})
	}
	return out
}
