package literal

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// buckets is how many groups of literals a kernel tells apart.
const buckets = 16

// partition returns the bucket of each head, the first bytes of literals, such that few places of a log look like a
// head of some bucket: the most frequent heads choose first, each the bucket where it does least harm. Halves is set
// for kernels that look the halves of bytes up, which take more bytes for one another.
func partition(heads []string, halves bool) []int {
	homes, costs, order := make([]int, len(heads)), make([]float64, len(heads)), make([]int, len(heads))
	for i := range order {
		order[i], homes[i] = i, i
	}
	if len(heads) <= buckets {
		return homes
	}
	l := look{sample: learned(), halves: halves}
	groups := make([]group, buckets)
	for i, h := range heads {
		l.at(h)
		costs[i] = groups[0].with(&l, math.Inf(1))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(costs[b], costs[a]) })
	for _, i := range order {
		l.at(heads[i])
		best, cost, harm := 0, 0.0, math.Inf(1)
		for b := range groups {
			if c := groups[b].with(&l, groups[b].cost+harm); c-groups[b].cost < harm {
				best, cost, harm = b, c, c-groups[b].cost
			}
		}
		homes[i] = best
		groups[best].add(&l, cost)
	}
	return homes
}

// A look is a head with the places of the sample that pass each check for it: one check a byte, or one for each half
// of a byte.
type look struct {
	sample *sample
	halves bool
	head   string
	pass   checks
}

type checks [2 * prefix]placeSet

// at takes the next head. One that is shorter than what kernels look at may go on with any byte.
func (l *look) at(head string) {
	s := l.sample
	l.head = head
	for j := range prefix {
		p, q := &l.pass[j], &l.pass[j+prefix]
		switch {
		case j >= len(head):
			p.fill()
			q.fill()
		case l.halves:
			c := head[j]
			p.set(&s.halves[0][c&0x0F], j)
			q.set(&s.halves[1][c>>4], j)
			if upper(c) != c {
				q.add(&s.halves[1][upper(c)>>4], j)
			}
		default:
			p.set(&s.bytes[class(head[j])], j)
		}
	}
}

// A group is what the heads of a bucket have in common while it is filled.
type group struct {
	pass    checks
	has     [prefix][classes]bool
	chances [prefix]float64 // that a byte is one of has
	cost    float64
}

// doubt is what the chances of single bytes are worth beside the places of the sample, which are few.
const doubt = 0.3

// with returns the cost of the group if the head were in it: how likely a place looks like one of its heads. It
// stops where that reaches most.
func (g *group) with(l *look, most float64) float64 {
	chance := doubt
	for j := range prefix {
		chance *= g.chance(l, j)
	}
	n, limit, a, b := 0, int(min(math.Ceil((most-chance)*places), places)), &g.pass, &l.pass
	for i := range a[0] {
		m := (a[0][i] | b[0][i]) & (a[1][i] | b[1][i]) & (a[2][i] | b[2][i]) & (a[3][i] | b[3][i])
		if l.halves {
			m &= (a[4][i] | b[4][i]) & (a[5][i] | b[5][i]) & (a[6][i] | b[6][i]) & (a[7][i] | b[7][i])
		}
		n += bits.OnesCount64(m)
		if i%8 == 7 && n >= limit {
			break
		}
	}
	return float64(n)/places + chance
}

// chance is how likely byte j of a place is in the group if the head is.
func (g *group) chance(l *look, j int) float64 {
	switch {
	case j >= len(l.head):
		return 1
	case g.has[j][class(l.head[j])]:
		return g.chances[j]
	}
	return min(1, g.chances[j]+l.sample.chances[class(l.head[j])])
}

func (g *group) add(l *look, cost float64) {
	g.cost = cost
	for j := range prefix {
		g.chances[j] = g.chance(l, j)
		if j < len(l.head) {
			g.has[j][class(l.head[j])] = true
		}
	}
	for j := range g.pass {
		p, q := &g.pass[j], &l.pass[j]
		for i := range p {
			p[i] |= q[i]
		}
	}
}
