package automaton

import "slices"

// A Hole is a part of a text, b[Lo:Hi], that could as well hold another run of bytes of an alphabet, of
// any length but 0.
type Hole struct {
	Lo, Hi   int
	Alphabet string // ASCII
}

// A Need says what of a hole a result depends on, in bits.
type Need uint8

// The needs.
const (
	Length Need = 1 << iota // how many bytes there are
	First                   // of which kind the first one is, see Kinds
	Last                    // and the last one
	Bytes                   // what they are
)

// Kinds tell ASCII bytes apart: those that a result depends on have different numbers.
type Kinds [128]uint8

// Refine tells apart what other kinds tell apart too.
func (k *Kinds) Refine(o *Kinds) {
	both := make(map[[2]uint8]uint8)
	for c := range k {
		pair := [2]uint8{k[c], o[c]}
		n, met := both[pair]
		if !met {
			n = uint8(len(both))
			both[pair] = n
		}
		k[c] = n
	}
}

// A dependence follows a run and notes what it depends on.
type dependence struct {
	m        *Machine
	b        []byte
	holes    []Hole
	note     func(hole int, n Need, kinds *Kinds)
	backward bool // a match ends the run
	st       int
	split    uint16 // programs whose captures differ already
	lost     bool   // there are too many states to go on
}

// Needs follows [Machine.Run] over b and notes for every hole what of it the result depends on: which programs match,
// and where matches and captures stand, counted from the edges of holes. Holes are in order and apart. Kinds come with
// [First] and [Last].
// It returns how far the run looked: len(b)+1 if it saw where b ends, and also if it is not known.
func (m *Machine) Needs(b []byte, holes []Hole, note func(hole int, n Need, kinds *Kinds)) (reached int) {
	d := dependence{m: m, b: b, holes: holes, note: note}
	k := 0
	for i := 0; ; {
		for k < len(holes) && holes[k].Hi <= i {
			k++
		}
		if k < len(holes) && holes[k].Lo <= i && i < len(b) {
			at, over := d.cross(k, i, min(holes[k].Hi, len(b)), 1)
			if d.lost {
				return len(b) + 1
			}
			if over {
				return at + 1
			}
			i = at
			continue
		}
		class, width := m.next(b, i)
		if d.step(class) {
			if d.lost {
				return len(b) + 1
			}
			return i + max(width, 1)
		}
		i += width
	}
}

// NeedsEnd is Needs for [Machine.MatchEnd]. It returns how far to the left the run looked: -1 if it saw where b begins,
// and also if it is not known.
func (m *Machine) NeedsEnd(b []byte, holes []Hole, note func(hole int, n Need, kinds *Kinds)) (reached int) {
	d := dependence{m: m, b: b, holes: holes, note: note, backward: true}
	k := len(holes) - 1
	for i := len(b); ; {
		for k >= 0 && holes[k].Lo >= i {
			k--
		}
		if k >= 0 && holes[k].Hi >= i && i > 0 {
			at, over := d.cross(k, i-1, max(holes[k].Lo, 0)-1, -1)
			if d.lost {
				return -1
			}
			if over {
				return at
			}
			i = at + 1
			continue
		}
		class, width := m.last(b, i)
		if d.step(class) {
			if d.lost {
				return -1
			}
			return i - max(width, 1)
		}
		i -= width
	}
}

// step goes on by one class and reports whether the run is over, as it is where nothing is known any more.
func (d *dependence) step(class int) (over bool) {
	s, ok := d.m.known(d.st, class)
	if d.lost = !ok; d.lost || d.ends(s) {
		return true
	}
	d.split |= s.split
	d.st = int(s.next)
	return false
}

func (d *dependence) ends(s *step) bool { return s.dead || d.backward && s.matched != 0 }

// cross goes through the part of hole k that lies between the indexes from and to, without to, and returns where it came to.
func (d *dependence) cross(k, from, to, by int) (at int, over bool) {
	h := &d.holes[k]
	if by > 0 && (from != h.Lo || to != h.Hi) || by < 0 && (from != h.Hi-1 || to != h.Lo-1) {
		d.note(k, Bytes, nil) // a part of a hole is none
	}
	for i := from; i != to; i += by {
		s, ok := d.m.known(d.st, int(d.m.p.ascii[d.b[i]]))
		if d.lost = !ok; d.lost {
			return i, true
		}
		switch alike := d.alike(s, h.Alphabet); {
		case !alike && i == from:
			d.noteKinds(k)
		case !alike:
			d.note(k, Bytes, nil)
		}
		if i != from && !d.rests(s) {
			d.note(k, Length, nil)
		}
		if d.ends(s) {
			return i, true
		}
		d.split |= s.split
		d.st = int(s.next)
	}
	// One more must not change anything either.
	if s, ok := d.m.known(d.st, int(d.m.p.ascii[h.Alphabet[0]])); !ok || !d.rests(s) || !d.alike(s, h.Alphabet) {
		d.note(k, Length, nil)
	}
	return to, false
}

// noteKinds notes that the first byte that is read of a hole matters.
func (d *dependence) noteKinds(k int) {
	alphabet := d.holes[k].Alphabet
	var kinds Kinds
	var steps []step
	for i := range len(alphabet) {
		s, ok := d.m.known(d.st, int(d.m.p.ascii[alphabet[i]]))
		if !ok {
			d.note(k, Bytes, nil)
			return
		}
		n := slices.Index(steps, *s)
		if n < 0 {
			n = len(steps)
			steps = append(steps, *s)
		}
		kinds[alphabet[i]] = uint8(n)
	}
	if d.backward {
		d.note(k, Last, &kinds)
	} else {
		d.note(k, First, &kinds)
	}
}

// rests reports whether a step changes nothing but where a match ends.
func (d *dependence) rests(s *step) bool {
	return !d.ends(s) && int(s.next) == d.st && s.set == 0 && s.split&^d.split == 0
}

// alike reports whether every byte of the alphabet makes the step.
func (d *dependence) alike(s *step, alphabet string) bool {
	want, last := *s, -1
	for i := range len(alphabet) {
		class := int(d.m.p.ascii[alphabet[i]])
		if class == last {
			continue
		}
		last = class
		if o, ok := d.m.known(d.st, class); !ok || *o != want {
			return false
		}
	}
	return true
}

// known returns a step, which is computed when it is first needed; false if there are too many states.
func (m *Machine) known(st, class int) (*step, bool) {
	at := st*m.stride + class
	if !m.steps[at].known && !m.compute(st, class) {
		return nil, false
	}
	return &m.steps[at], true
}
