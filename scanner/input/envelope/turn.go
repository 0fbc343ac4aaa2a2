package envelope

// A turn decides whether an export is newest first and has to be turned round.
type turn struct {
	may      bool // the format is one of exports
	state    turnState
	reversed bool // something was turned round
	windows  int  // of this run of elements
	split    bool // a run did not fit into a window
}

type turnState uint8

const (
	asking   turnState = iota // whether it is newest first
	forward                   // it is not
	backward                  // it is
)

const (
	// askUnits is by how many elements the order is told, and askLen by how much text.
	askUnits = 200
	askLen   = 1 << 20
	// maxTurn is how much unwrapped text is held to be turned round.
	maxTurn = 4 << 20
)

// hold is how much text is collected before it is handed out.
func (t *turn) hold() int {
	switch {
	case !t.may || t.state == forward:
		return flushLen
	case t.state == backward:
		return maxTurn
	}
	return 2 * askLen
}

// asks reports whether it is not known yet.
func (t *turn) asks() bool { return t.may && t.state == asking }

// run says that another run of elements begins, which has an order of its own: each stream of an answer of Loki has.
func (t *turn) run() { t.state, t.windows = asking, 0 }

// settle decides whether the elements are newest first, if it was not decided before and they tell.
//
// They are if their times never ascend and fall once at least. Two elements suffice where another run of the same
// export was turned round.
func (t *turn) settle(parts []part) {
	if !t.asks() {
		return
	}
	var last int64
	ranked, falls := 0, 0
	for i := range parts {
		switch rank := parts[i].rank; {
		case rank == 0:
			continue
		case ranked > 0 && rank > last:
			t.state = forward
			return
		case ranked > 0 && rank < last:
			falls++
		}
		ranked, last = ranked+1, parts[i].rank
	}
	if falls > 0 && (ranked >= 3 || t.reversed) {
		t.state, t.reversed = backward, true
	}
}

// decide reports whether what was collected is to be given out the other way round.
func (t *turn) decide(parts []part) bool {
	t.settle(parts)
	if !t.may || t.state != backward {
		return false
	}
	t.windows++
	t.split = t.split || t.windows > 1
	return true
}

// backwards appends the parts in the order in which they are taken from the end: elements from the last to the first,
// the parts of each as they are.
func backwards(parts []part, order []int) []int {
	for from := 0; from < len(parts); {
		to := from + 1
		for to < len(parts) && !parts[to].unit {
			to++
		}
		for i := to - 1; i >= from; i-- {
			order = append(order, i)
		}
		from = to
	}
	return order
}
