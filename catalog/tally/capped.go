package tally

import (
	"cmp"
	"strings"
)

// A capped is a map that keeps the keys of smallest rank, up to a maximum.
//
// Ranks are hashes of the keys, so the choice depends on the set of keys ever offered and not on
// their order: the largest rank kept only falls, and a key once refused or evicted is refused for
// ever. What a kept key counts is therefore complete.
type capped[K comparable, V any] struct {
	max  int
	tie  func(a, b K) int // orders keys whose ranks collide
	m    map[K]V
	heap []ranked[K] // the largest rank on top
}

type ranked[K comparable] struct {
	rank uint64
	key  K
}

func newCapped[V any](limit int) capped[string, V] {
	return capped[string, V]{max: limit, tie: strings.Compare}
}

// admits reports whether a key that is absent may be added.
func (c *capped[K, V]) admits(k K, rank uint64) bool {
	return len(c.heap) < c.max || c.compare(ranked[K]{rank, k}, c.heap[0]) < 0
}

// add stores a key that is absent and admitted, and returns what had to go for it.
func (c *capped[K, V]) add(k K, rank uint64, v V) (gone V, evicted bool) {
	if c.m == nil {
		c.m = make(map[K]V)
	}
	c.m[k] = v
	if len(c.heap) < c.max {
		c.heap = append(c.heap, ranked[K]{rank, k})
		c.up(len(c.heap) - 1)
		return gone, false
	}
	top := c.heap[0].key
	gone = c.m[top]
	delete(c.m, top)
	c.heap[0] = ranked[K]{rank, k}
	c.down(0)
	return gone, true
}

func (c *capped[K, V]) compare(a, b ranked[K]) int {
	if n := cmp.Compare(a.rank, b.rank); n != 0 {
		return n
	}
	return c.tie(a.key, b.key)
}

func (c *capped[K, V]) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if c.compare(c.heap[i], c.heap[parent]) <= 0 {
			return
		}
		c.heap[i], c.heap[parent] = c.heap[parent], c.heap[i]
		i = parent
	}
}

func (c *capped[K, V]) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(c.heap) {
			return
		}
		if right := child + 1; right < len(c.heap) && c.compare(c.heap[right], c.heap[child]) > 0 {
			child = right
		}
		if c.compare(c.heap[child], c.heap[i]) <= 0 {
			return
		}
		c.heap[i], c.heap[child] = c.heap[child], c.heap[i]
		i = child
	}
}
