package rules

// A Condition says when a rule holds.
//
// One that has nothing but select, count, share and users over whole codes is judged once, over
// the whole log. Every other one is timed: it looks at its records one by one in the order of
// (time, source, offset), keeps one state for each value of By, and holds at some times and not
// at others. See docs/rules.md for an example of each.
//
// A window reaches from a moment back by Within, that end excluded. Without Within it is the whole
// log. Records without a time of their own, or with one that was guessed, are kept out of windows.
type Condition struct {
	// Select is what the rule is about; obligatory but for Sequence and Of.
	Select Selection `json:"select,omitzero"`
	// By names fields: the condition is judged for each combination of their values by itself.
	// A record that lacks one of them is in no group.
	By     []string `json:"by,omitempty"`
	Within Duration `json:"within,omitzero"`

	// Count bounds the number of selected findings and marks together; not given, at least 1.
	// An upper bound within a window is silence: it is judged from the first record on, once a whole
	// window has passed.
	Count Bound `json:"count,omitzero"`
	// Share is the least part of all findings that the selected findings make up, over the whole log.
	Share Percent `json:"share,omitzero"`
	// Users is the least number of distinct users that the selected findings hit, over the whole log.
	Users int `json:"users,omitzero"`

	Distinct   *Measure    `json:"distinct,omitempty"`   // how many values a field has
	Sum        *Measure    `json:"sum,omitempty"`        // of a field's numbers
	Average    *Measure    `json:"average,omitempty"`    // of a field's numbers
	Percentile *Measure    `json:"percentile,omitempty"` // of a field's numbers
	Ratio      *Ratio      `json:"ratio,omitempty"`
	Sequence   []Stage     `json:"sequence,omitempty"` // in this order within the window
	Of         []Part      `json:"of,omitempty"`       // in any order within the window
	AtLeast    int         `json:"at_least,omitzero"`  // how many of Of; 0: all
	Without    *Without    `json:"without,omitempty"`
	Spike      *Spike      `json:"spike,omitempty"`
	FirstSeen  *FirstValue `json:"first_seen,omitempty"`
}

// Timed reports whether the rule looks at its records one by one, in order, and not at the summary.
func (r *Rule) Timed() bool {
	c := &r.When
	return len(c.By) > 0 || c.Within > 0 || c.Distinct != nil || c.Sum != nil || c.Average != nil || c.Percentile != nil ||
		c.Ratio != nil || c.Sequence != nil || c.Of != nil || c.Without != nil || c.Spike != nil || c.FirstSeen != nil ||
		c.Select.joins()
}

// A Measure is a number that the values of one field give, and its bound.
type Measure struct {
	Field string `json:"field"`
	// P is which percentile, above 0 and up to 100: the smallest value that at least P percent of
	// the values do not exceed.
	P     float64 `json:"p,omitzero"`
	Bound Bound   `json:"bound"`
}

// A Ratio is what part of the records of another selection the selected ones are. What is selected
// counts among Of only if Of selects it too.
type Ratio struct {
	Of    Selection `json:"of"`
	Bound Bound     `json:"bound"`        // in percent
	Min   int64     `json:"min,omitzero"` // least number of records of Of in the window; 0: 1
}

// A Stage is one step of a sequence.
type Stage struct {
	Select Selection `json:"select"`
	// Not, coming after the stage before and before this one, undoes what was reached.
	Not Selection `json:"not,omitzero"`
}

// A Part is one of several selections that must come together.
type Part struct {
	Select Selection `json:"select"`
	Count  int       `json:"count,omitzero"` // least number within the window; 0: 1
}

// Without is absence: a selected record is followed by none of Select within the window.
type Without struct {
	Select Selection `json:"select"`
	// AtEnd also raises where the log ends before the window has passed; otherwise nobody can know.
	AtEnd bool `json:"at_end,omitzero"`
}

// A Spike compares the window with the one right before it. It is judged once two whole windows
// have passed since the first record.
type Spike struct {
	Factor    float64   `json:"factor"`              // above 1
	Direction Direction `json:"direction,omitempty"` // "": up
	// ReferenceMin and CurrentMin are the least number of records of each window; 0: none.
	ReferenceMin int64 `json:"reference_min,omitzero"`
	CurrentMin   int64 `json:"current_min,omitzero"`
}

// A Direction says where a spike goes.
type Direction string

// The directions.
const (
	Up   Direction = "up"   // at least Factor times as many as before
	Down Direction = "down" // at most 1/Factor of those before
	Both Direction = "both"
)

// FirstValue is a value of a field that was not seen before.
type FirstValue struct {
	Field  string   `json:"field"`
	Learn  Duration `json:"learn,omitzero"`  // from the first record on values are learnt without a word
	Forget Duration `json:"forget,omitzero"` // a value not seen for so long is new again; 0: never
}

// Clear says when a timed rule that holds is over. Not given, it is over as soon as its condition
// does not hold any more; a sequence, an absence or a first value, once Within (or an hour, if
// there is none) has passed since.
type Clear struct {
	Seen  Selection `json:"seen,omitzero"`  // a record of the same group ends it
	Below int64     `json:"below,omitzero"` // fewer records than that in the window end it
	After Duration  `json:"after,omitzero"` // so long without a selected record ends it
}

// A Cooldown keeps a rule from repeating itself: after it was told for a group, it is not told for
// that group again, raised or still on, until Time has passed; each repetition multiplies the
// pause by Grow, up to Max. What is not told is counted all the same.
type Cooldown struct {
	Time Duration `json:"time,omitzero"`
	Grow float64  `json:"grow,omitzero"` // 0 stands for 1
	Max  Duration `json:"max,omitzero"`  // 0 stands for 24h
}
