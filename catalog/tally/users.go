package tally

import (
	"cmp"
	"slices"

	"github.com/axiomhq/hyperloglog"
)

// users counts 64-bit user keys: each for itself up to a limit, a HyperLogLog of all keys beyond,
// which knows no counts. Its state is a function of the keys and their counts alone.
type users struct {
	limit int
	n     int
	// table is an open-addressed hash table; key 0 marks a free slot.
	table  []userCount
	sketch *hyperloglog.Sketch // not nil beyond the limit; never in its sparse form, whose bytes depend on order
	// waiting are keys that the sketch has still to take, see [users.settle]. A processor fetches the registers of
	// many at the same time, but waits for those of one that comes alone.
	waiting []uint64
}

// maxWaiting is how many keys wait at most.
const maxWaiting = 64

// A userCount is in how many findings a user was met.
type userCount struct {
	key uint64
	n   int64
}

const firstTable = 8

// userKey moves the key that the table cannot hold.
func userKey(k uint64) uint64 { return max(k, 1) }

// add counts n findings of a key that is not 0.
func (u *users) add(k uint64, n int64) {
	if u.sketch != nil {
		if u.waiting = append(u.waiting, k); len(u.waiting) == maxWaiting {
			u.settle()
		}
		return
	}
	if len(u.table) == 0 {
		u.table = make([]userCount, firstTable)
	}
	slot := &u.table[u.slot(k)]
	slot.n += n
	if slot.key == k {
		return
	}
	slot.key = k
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
	for u.table[i].key != 0 && u.table[i].key != k {
		i = (i + 1) & mask
	}
	return i
}

// of returns the count of a key, 0 if it was not met.
func (u *users) of(k uint64) int64 {
	if len(u.table) == 0 {
		return 0
	}
	return u.table[u.slot(k)].n
}

func (u *users) grow() {
	old := u.table
	u.table = make([]userCount, 2*len(old))
	for _, c := range old {
		if c.key != 0 {
			u.table[u.slot(c.key)] = c
		}
	}
}

// settle lets the sketch take the keys that wait. Whoever looks at the sketch calls it first.
func (u *users) settle() {
	if len(u.waiting) == 0 {
		return // several may look at what counts no more
	}
	for _, k := range u.waiting {
		u.sketch.InsertHash(k)
	}
	u.waiting = u.waiting[:0]
}

// approximate goes over to the sketch.
func (u *users) approximate() {
	u.sketch = hyperloglog.NewNoSparse()
	for _, c := range u.table {
		if c.key != 0 {
			u.sketch.InsertHash(c.key)
		}
	}
	u.table, u.n = nil, 0
}

// merge adds all keys of o and leaves o alone.
func (u *users) merge(o *users) {
	if o.sketch == nil {
		for _, c := range o.table {
			if c.key != 0 {
				u.add(c.key, c.n)
			}
		}
		return
	}
	if u.sketch == nil {
		u.approximate()
	}
	o.settle()
	if err := u.sketch.Merge(o.sketch); err != nil {
		panic("tally: sketches differ in precision: " + err.Error()) // all come from NewNoSparse or are checked by Decode
	}
}

func (u *users) clone() *users {
	u.settle()
	c := *u
	c.table, c.waiting = slices.Clone(u.table), nil
	if u.sketch != nil {
		c.sketch = u.sketch.Clone()
	}
	return &c
}

// count returns the number of keys and whether it is an estimate. Each finding added one key at
// most, so an estimate beyond their number is known to be too high.
func (u *users) count(findings int64) (n int, approx bool) {
	if u.sketch != nil {
		u.settle()
		return int(min(estimate(u.sketch), uint64(findings))), true
	}
	return u.n, false
}

// counts returns the exact counts in ascending order of the keys.
func (u *users) counts() []userCount {
	counts := make([]userCount, 0, u.n)
	for _, c := range u.table {
		if c.key != 0 {
			counts = append(counts, c)
		}
	}
	slices.SortFunc(counts, func(a, b userCount) int { return cmp.Compare(a.key, b.key) })
	return counts
}
