package tally

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// recentCodes remembers the states that were asked for last, in sets by number: a log presents a few
// codes again and again, and some dozens of them keep out of each other's way.
type recentCodes [256][2]*code

// set returns where a number may stand. The product spreads the thousands of a catalog's numbers.
func (r *recentCodes) set(number int) *[2]*code {
	return &r[uint64(number)*0x9E3779B97F4A7C15>>56]
}

// code returns the state of a key, or nil if the pool refuses it.
func (t *Tally) code(k Key) *code {
	set := t.recent.set(k.Code)
	for _, c := range set {
		if c != nil && c.key == k {
			return c
		}
	}
	c := t.named[k]
	if c == nil {
		c = t.pool.m[k]
	}
	if c == nil {
		if c = t.newCode(k); c == nil {
			return nil
		}
	}
	copy(set[1:], set[:])
	set[0] = c
	return c
}

func (t *Tally) newCode(k Key) *code {
	e := t.entry(k)
	named, rank := e != nil && !e.IsRange(), k.rank()
	if !named && !t.pool.admits(k, rank) {
		return nil
	}
	k.Family = catalog.Family(strings.Clone(string(k.Family)))
	c := newCode(k, t.caps, t.samples)
	if named {
		t.named[k] = c
		return c
	}
	if gone, evicted := t.pool.add(k, rank, c); evicted {
		t.unknownOther += gone.count
		t.otherUsers.merge(&gone.users)
		set := t.recent.set(gone.key.Code)
		if i := slices.Index(set[:], gone); i >= 0 {
			set[i] = nil
		}
	}
	return c
}

// entry returns what the catalog knows of a key, or nil.
func (t *Tally) entry(k Key) *catalog.Entry {
	return t.catalog.Lookup(k.Family, k.Code)
}

// eachCode calls f for every code that is kept, in no order.
func (t *Tally) eachCode(f func(*code)) {
	for _, c := range t.named {
		f(c)
	}
	for _, c := range t.pool.m {
		f(c)
	}
}

// input returns the state of a source. Bytes of the name that are not UTF-8 are kept as \xNN.
func (t *Tally) input(name string) *input {
	if in := t.lastInput; in != nil && in.name == name {
		return in
	}
	return t.otherInput(name)
}

func (t *Tally) otherInput(name string) *input {
	name = clean(name, 4*len(name))
	in := t.inputs[name]
	if in == nil {
		in = &input{name: strings.Clone(name)}
		t.inputs[in.name] = in
	}
	t.lastInput = in
	return in
}
