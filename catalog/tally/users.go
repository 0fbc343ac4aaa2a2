package tally

import (
	"slices"

	"github.com/axiomhq/hyperloglog"
)

// users is a set of 64-bit user keys: exact up to a limit, a HyperLogLog of all keys beyond.
// Its state is a function of the set of keys alone.
type users struct {
	limit int
	n     int
	// table is an open-addressed hash set; 0 marks a free slot.
	table  []uint64
	sketch *hyperloglog.Sketch // not nil beyond the limit; never in its sparse form, whose bytes depend on order
}

const firstTable = 8

// userKey moves the key that the table cannot hold.
func userKey(k uint64) uint64 { return max(k, 1) }

// add adds a key that is not 0.
func (u *users) add(k uint64) {
	if u.sketch != nil {
		u.sketch.InsertHash(k)
		return
	}
	if len(u.table) == 0 {
		u.table = make([]uint64, firstTable)
	}
	i := u.slot(k)
	if u.table[i] == k {
		return
	}
	u.table[i] = k
	u.n++
	switch {
	case u.n > u.limit:
		u.approximate()
	case 2*u.n > len(u.table):
		u.grow()
	}
}

// slot returns where the key is or belongs.
func (u *users) slot(k uint64) int {
	mask := len(u.table) - 1
	// Keys of a foreign partial may be anything: the product spreads those that only differ
	// in their upper half.
	i := int((k*0x9E3779B97F4A7C15)>>33) & mask
	for u.table[i] != 0 && u.table[i] != k {
		i = (i + 1) & mask
	}
	return i
}

func (u *users) grow() {
	old := u.table
	u.table = make([]uint64, 2*len(old))
	for _, k := range old {
		if k != 0 {
			u.table[u.slot(k)] = k
		}
	}
}

// approximate goes over to the sketch.
func (u *users) approximate() {
	u.sketch = hyperloglog.NewNoSparse()
	for _, k := range u.table {
		if k != 0 {
			u.sketch.InsertHash(k)
		}
	}
	u.table, u.n = nil, 0
}

// merge adds all keys of o and leaves o alone.
func (u *users) merge(o *users) {
	if o.sketch == nil {
		for _, k := range o.table {
			if k != 0 {
				u.add(k)
			}
		}
		return
	}
	if u.sketch == nil {
		u.approximate()
	}
	if err := u.sketch.Merge(o.sketch); err != nil {
		panic("tally: sketches differ in precision: " + err.Error()) // all come from NewNoSparse or are checked by Decode
	}
}

func (u *users) clone() *users {
	c := *u
	c.table = slices.Clone(u.table)
	if u.sketch != nil {
		c.sketch = u.sketch.Clone()
	}
	return &c
}

// count returns the number of keys and whether it is an estimate. Each finding added one key at
// most, so an estimate beyond their number is known to be too high.
func (u *users) count(findings int64) (n int, approx bool) {
	if u.sketch != nil {
		return int(min(u.sketch.Estimate(), uint64(findings))), true
	}
	return u.n, false
}

// keys returns the exact keys in ascending order.
func (u *users) keys() []uint64 {
	keys := make([]uint64, 0, u.n)
	for _, k := range u.table {
		if k != 0 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}
