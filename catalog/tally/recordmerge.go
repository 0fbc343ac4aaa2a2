package tally

// A recordSource gives sorted records, each valid until the next call, and nil behind the last one.
// Their strings stay.
type recordSource interface{ next() (*Record, error) }

// A recordHead is a source and its first record.
type recordHead struct {
	record *Record
	source recordSource
}

// mergeRecords calls f for the records of all sources in order, once for those that are the same.
func mergeRecords(sources []recordSource, f func(*Record) error) error {
	heads := make(recordHeap, 0, len(sources))
	for _, s := range sources {
		r, err := s.next()
		if err != nil {
			return err
		}
		if r != nil {
			heads = append(heads, recordHead{r, s})
		}
	}
	for i := len(heads)/2 - 1; i >= 0; i-- {
		heads.sink(i)
	}
	var last identity
	for len(heads) > 0 {
		r := heads[0].record
		if !last.same(r) {
			last = identityOf(r)
			if err := f(r); err != nil {
				return err
			}
		}
		next, err := heads[0].source.next()
		if err != nil {
			return err
		}
		if heads[0].record = next; next == nil {
			heads[0] = heads[len(heads)-1]
			heads = heads[:len(heads)-1]
		}
		heads.sink(0)
	}
	return nil
}

// A recordHeap is a heap: no record comes before that of its parent.
type recordHeap []recordHead

// sink moves the i-th head to where it belongs below.
func (h recordHeap) sink(i int) {
	for {
		least := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(h) && h[child].record.compareWhole(h[least].record) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}

// An identity is what tells records apart. It is kept beside the record, which belongs to whoever
// was handed it.
type identity struct {
	place Place
	event string
	key   Key
	some  bool
}

func identityOf(r *Record) identity { return identity{r.Place, r.Event, r.Key, true} }

func (i *identity) same(r *Record) bool {
	return i.some && i.place.Offset == r.Offset && i.key == r.Key && i.event == r.Event && i.place.Compare(r.Place) == 0
}
