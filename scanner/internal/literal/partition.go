package literal

import "math/bits"

// buckets is how many groups of literals a kernel tells apart: one for each bit of a byte.
const buckets = 8

// A byteSet holds bytes.
type byteSet [4]uint64

func (s *byteSet) add(c byte)      { s[c>>6] |= 1 << (c & 63) }
func (s *byteSet) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

// chance is how likely a byte of a log is in the set.
func (s *byteSet) chance() (p float64) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			p += frequency[64*i+bits.TrailingZeros64(word)]
		}
	}
	return p
}

// Sets are what the first bytes of some literals may be, at each position.
type sets [prefix]byteSet

func (s *sets) add(o *sets) {
	for j := range s {
		for k := range s[j] {
			s[j][k] |= o[j][k]
		}
	}
}

// chance is how likely a place in a log looks as if one of the literals began there.
func (s *sets) chance() float64 {
	p := 1.0
	for j := range s {
		p *= s[j].chance()
	}
	return p
}

// setsOf returns what a literal may begin with: both cases of its letters, and anything behind its end.
func setsOf(l *lit) (s sets) {
	for j := range s {
		switch {
		case j >= len(l.text):
			s[j] = byteSet{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
		default:
			s[j].add(l.text[j])
			s[j].add(upper(l.text[j]))
		}
	}
	return s
}

// partition puts literals into buckets such that few places look like one of them: it begins with neighbours, which
// share their first bytes, and moves literals as long as that helps.
func partition(lits []lit) (all [buckets]sets) {
	each := make([]sets, len(lits))
	home := make([]int, len(lits))
	for i := range lits {
		each[i] = setsOf(&lits[i])
		home[i] = i * buckets / len(lits)
	}
	union := func(bucket, with, without int) (s sets) {
		for i := range each {
			if i == with || home[i] == bucket && i != without {
				s.add(&each[i])
			}
		}
		return s
	}
	var chances [buckets]float64
	for b := range all {
		all[b] = union(b, -1, -1)
		chances[b] = all[b].chance()
	}
	const rounds = 2
	for i := 0; i < rounds*len(each); i++ {
		n := i % len(each)
		from := home[n]
		without := union(from, -1, n)
		left := without.chance()
		best, gain := from, 0.0
		for b := range all {
			if b == from {
				continue
			}
			with := all[b]
			with.add(&each[n])
			if g := chances[from] - left - (with.chance() - chances[b]); g > gain {
				best, gain = b, g
			}
		}
		if best != from {
			home[n] = best
			all[from], chances[from] = without, left
			all[best].add(&each[n])
			chances[best] = all[best].chance()
		}
	}
	return all
}

// frequency is roughly how often each byte stands in logs.
var frequency = func() (f [256]float64) {
	for c := range f {
		f[c] = 0.001
	}
	for i, c := range "etaoinsrlcdupmgfhybvwkxqjz" {
		f[c] = 0.055 * float64(30-i) / 30
		f[upper(byte(c))] = 0.008
	}
	for c := '0'; c <= '9'; c++ {
		f[c] = 0.025
	}
	for _, c := range " -.:/_\",=[]{}()|" {
		f[c] = 0.015
	}
	f[' '] = 0.1
	return f
}()
