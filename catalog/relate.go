package catalog

import "slices"

// relate makes relations of the entries known on both sides: a code that names a symptom stands
// among the causes of that symptom, whichever of the two files said it. A relation is so stated
// once. What an entry states itself comes first, in its order; the rest follows by number.
//
// The entries at the other side are copied before they change, since the base of an overlay
// shares them.
func (b *builder) relate() {
	related := func(key senseKey) bool {
		e := b.entries[b.places[key]]
		return len(e.Causes)+len(e.Symptoms) > 0
	}
	if !slices.ContainsFunc(b.stated, related) {
		return
	}
	c := newCatalog(slices.Clone(b.entries), nil, nil) // for look-ups only
	derived := make(map[senseKey]*derivation)
	add := func(from *Entry, numbers []int, list func(*derivation) *[]int) {
		for _, n := range numbers {
			if to, _ := c.Resolve(n, from.Family, Server, SDK); to != nil && to != from {
				d := derived[to.key()]
				if d == nil {
					d = &derivation{}
					derived[to.key()] = d
				}
				*list(d) = append(*list(d), from.Code)
			}
		}
	}
	for _, key := range b.stated {
		e := b.entries[b.places[key]]
		add(e, e.Causes, func(d *derivation) *[]int { return &d.symptoms })
		add(e, e.Symptoms, func(d *derivation) *[]int { return &d.causes })
	}
	for key, d := range derived {
		e := *b.entries[b.places[key]]
		e.Causes = join(e.Causes, d.causes)
		e.Symptoms = join(e.Symptoms, d.symptoms)
		b.entries[b.places[key]] = &e
	}
}

// A derivation is what others say of an entry.
type derivation struct{ causes, symptoms []int }

// join appends what a list lacks, ascending, to a copy of it.
func join(list, more []int) []int {
	slices.Sort(more)
	out := slices.Clone(list)
	for _, n := range more {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
