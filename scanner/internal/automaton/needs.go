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
	m     *Machine
	b     []byte
	holes []Hole
	note  func(hole int, n Need, kinds *Kinds)
	any   bool // the run goes backward, and the first match ends it
	st    uint32
	split uint16 // programs whose captures are unclear already
	lost  bool   // there are too many states to go on
}

// Needs follows [Machine.Run] over b and notes for every hole what of it the result depends on: which programs match,
// and where matches and captures stand, counted from the edges of holes. Holes are in order and apart. Kinds come with
// [First] and [Last].
// It returns how far the run looked: len(b)+1 if it saw where b ends, and also if it is not known.
func (m *Machine) Needs(b []byte, holes []Hole, note func(hole int, n Need, kinds *Kinds)) (reached int) {
	d := dependence{m: m, b: b, holes: holes, note: note}
	if reached = d.forward(); d.lost {
		m.drop()
		return len(b) + 1
	}
	return reached
}

// NeedsEnd is Needs for [Machine.MatchEnd]. It returns how far to the left the run looked: -1 if it saw where b begins,
// and also if it is not known.
func (m *Machine) NeedsEnd(b []byte, holes []Hole, note func(hole int, n Need, kinds *Kinds)) (reached int) {
	d := dependence{m: m, b: b, holes: holes, note: note}
	if reached = d.backward(); d.lost {
		m.drop()
		return -1
	}
	return reached
}

func (d *dependence) forward() (reached int) {
	for i, k := 0, 0; ; {
		for k < len(d.holes) && d.holes[k].Hi <= i {
			k++
		}
		if k < len(d.holes) && d.holes[k].Lo <= i && i < len(d.b) {
			at, over := d.cross(k, i, min(d.holes[k].Hi, len(d.b)), 1)
			if over {
				return at + 1
			}
			i = at
			continue
		}
		class, width := d.m.next(d.b, i)
		if d.step(class) {
			return i + max(width, 1)
		}
		i += width
	}
}

func (d *dependence) backward() (reached int) {
	d.any = true
	for i, k := len(d.b), len(d.holes)-1; ; {
		for k >= 0 && d.holes[k].Lo >= i {
			k--
		}
		if k >= 0 && d.holes[k].Hi >= i && i > 0 {
			at, over := d.cross(k, i-1, max(d.holes[k].Lo, 0)-1, -1)
			if over {
				return at
			}
			i = at + 1
			continue
		}
		class, width := d.m.last(d.b, i)
		if d.step(class) {
			return i - max(width, 1)
		}
		i -= width
	}
}

// step goes on by one class and reports whether the run is over, as it is where nothing is known any more.
func (d *dependence) step(class int) (over bool) {
	lead, ok := d.m.known(d.st, class)
	if d.lost = !ok; d.lost {
		return true
	}
	s := d.m.step(lead)
	d.split |= s.split
	d.st = s.next
	return d.ends(&s)
}

func (d *dependence) ends(s *step) bool { return s.dead || d.any && s.matched != 0 }

// cross goes through the part of hole k that lies between the indexes from and to, without to, and returns where it came to.
func (d *dependence) cross(k, from, to, by int) (at int, over bool) {
	h := &d.holes[k]
	if by > 0 && (from != h.Lo || to != h.Hi) || by < 0 && (from != h.Hi-1 || to != h.Lo-1) {
		d.note(k, Bytes, nil) // a part of a hole is none
	}
	for i := from; i != to; i += by {
		lead, ok := d.m.known(d.st, int(d.m.p.bytes[d.b[i]]))
		if d.lost = !ok; d.lost {
			return i, true
		}
		switch alike := d.alike(lead, h.Alphabet); {
		case !alike && i == from:
			d.noteKinds(k)
		case !alike:
			d.note(k, Bytes, nil)
		}
		s := d.m.step(lead)
		if i != from && !d.rests(&s) {
			d.note(k, Length, nil)
		}
		if d.ends(&s) {
			return i, true
		}
		d.split |= s.split
		d.st = s.next
	}
	// One more must not change anything either.
	if lead, ok := d.m.known(d.st, int(d.m.p.bytes[h.Alphabet[0]])); ok && d.alike(lead, h.Alphabet) {
		if s := d.m.step(lead); d.rests(&s) && d.matchesBehind(to, s.matched) {
			return to, false
		}
	}
	d.note(k, Length, nil)
	return to, false
}

// matchesBehind reports whether matches that end before a byte of a hole end behind the hole, at i, too.
func (d *dependence) matchesBehind(i int, matched uint16) bool {
	if d.any || matched == 0 {
		return true
	}
	class, _ := d.m.next(d.b, i)
	lead, ok := d.m.known(d.st, class)
	if !ok {
		return false
	}
	s := d.m.step(lead)
	return matched&^s.matched == 0
}

// noteKinds notes that the first byte that is read of a hole matters.
func (d *dependence) noteKinds(k int) {
	alphabet := d.holes[k].Alphabet
	var kinds Kinds
	var leads []uint32
	for i := range len(alphabet) {
		lead, ok := d.m.known(d.st, int(d.m.p.bytes[alphabet[i]]))
		if !ok {
			d.note(k, Bytes, nil)
			return
		}
		n := slices.Index(leads, lead)
		if n < 0 {
			n = len(leads)
			leads = append(leads, lead)
		}
		kinds[alphabet[i]] = uint8(n)
	}
	if d.any {
		d.note(k, Last, &kinds)
	} else {
		d.note(k, First, &kinds)
	}
}

// rests reports whether a step changes nothing but where a match ends: every vector stays as it is, too.
func (d *dependence) rests(s *step) bool {
	return !d.ends(s) && s.next == d.st && !s.writes() && s.split&^d.split == 0
}

// alike reports whether every byte of the alphabet makes the same step. Those have one number.
func (d *dependence) alike(lead uint32, alphabet string) bool {
	for i := range len(alphabet) {
		if o, ok := d.m.known(d.st, int(d.m.p.bytes[alphabet[i]])); !ok || o != lead {
			return false
		}
	}
	return true
}

// known returns a transition, which is computed when it is first needed; false if there are too many states. No
// states are dropped under way, as what was seen so far goes by their numbers.
func (m *Machine) known(st uint32, class int) (lead uint32, ok bool) {
	at := int(st) + class
	if m.leads[at] == unknown && !m.compute(st, class) {
		return 0, false
	}
	return m.leads[at], true
}
