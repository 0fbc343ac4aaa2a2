package scanner

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// decoys puts lessons and variants that share a hash with those that are known, and nothing else, before these. Whoever
// takes one for his finds nothing.
func decoys(m *memo) (n int) {
	for _, l := range m.lessons {
		if l == nil || len(l.text) == 0 {
			continue
		}
		other := func(change func(d *lesson)) {
			d := *l
			d.known, d.pins = 0, nil
			change(&d)
			n += settle(&m.lessons, d.hash, &d)
			n += settle(&m.variants, d.place(nil), &variant{of: &d})
		}
		other(func(d *lesson) { d.text = append([]byte("x"), l.text...) })
		other(func(d *lesson) { d.text = l.text[:len(l.text)-1] })
	}
	for i, l := range m.recent {
		if l == nil || i%2 == 0 {
			continue
		}
		d := *l
		d.text = slices.Clone(l.text)
		d.text[len(d.text)/2] = '\n'
		for i := range d.recent {
			d.recent[i] = &variant{of: &d, key: slices.Clone(m.key)}
		}
		m.recent[i] = &d
		n++
	}
	for _, v := range m.variants {
		if v == nil || v.of.known == 0 {
			continue
		}
		gone := *v.of
		at := v.of.place(v.key)
		n += settle(&m.variants, at, &variant{of: &gone, key: v.key})
		n += settle(&m.variants, at, &variant{of: v.of, key: append([]uint64{1}, v.key...)})
		if len(v.key) > 0 {
			n += settle(&m.variants, at, &variant{of: v.of, key: v.key[1:]})
		}
	}
	return n
}

// settle puts something into the first free place of a hash.
func settle[T any](table *[memoSize]*T, at uint64, v *T) int {
	for i := range uint64(memoWays) {
		if p := &table[(at+i)%memoSize]; *p == nil {
			*p = v
			return 1
		}
	}
	return 0
}

// TestMemoComparesInFull holds that a hash alone tells nothing.
func TestMemoComparesInFull(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for of, s := range scales() {
		n, recalls := 0, 0
		for i, line := range statements {
			text := logOf(r, s.plain.x, []string{line, statements[(i+5)%len(statements)]}, 40)
			between := func(m *memo) {
				recalls += m.recalls()
				n += decoys(m)
			}
			s.weigh(t, 400, between, text, text)
		}
		if n == 0 || recalls == 0 {
			t.Errorf("extractor %d: %d decoys, %d recalls", of, n, recalls)
		}
	}
}

// TestMemoFull holds that a memory that is full takes what is new, and gives what it took.
func TestMemoFull(t *testing.T) {
	s := scales()[0]
	fill := func(m *memo) {
		strange := &lesson{}
		for i := range m.lessons {
			if m.lessons[i] == nil {
				m.lessons[i] = strange
			}
			if m.variants[i] == nil {
				m.variants[i] = &variant{of: strange}
			}
		}
	}
	r := rand.New(rand.NewPCG(3, 4))
	recalls := 0
	for _, line := range statements {
		recalls += s.weigh(t, 300, fill, logOf(r, s.plain.x, []string{line}, 60)).recalls()
	}
	if recalls == 0 {
		t.Error("nothing was recalled")
	}
}

// TestPins holds how lines are told apart: a length and the bytes behind it are never taken for another length and other bytes.
func TestPins(t *testing.T) {
	kinds := &automaton.Kinds{'1': 1}
	pins := []pin{
		{hole: 0, need: automaton.Bytes},
		{hole: 1, need: automaton.Length},
		{hole: 2, need: automaton.First | automaton.Last, first: kinds, last: kinds},
		{hole: 3, need: automaton.Bytes},
	}
	keys := map[string]string{}
	for _, line := range []string{
		"1 1 a1b2c3d4 1", "1 1 a1b2c3d4 11", "11 1 a1b2c3d4 1", "1 2 a1b2c3d4 1", "1 11 a1b2c3d4 1", "1 1 11b2c3d4 1", "1 1 a1b2c3d1 1", "1 1 x9b2c3dd7xx 1", "12 1 a1b2c3d4 2", "1 1 a1b2c3d4 21",
		"1234567 1 a1b2c3d4 1", "12345678 1 a1b2c3d4 1", "12345679 1 a1b2c3d4 1", "123456780 1 a1b2c3d4 1", "12345678 1 a1b2c3d4 12345678", "1 1 a1b2c3d4 1234567800000000000000001",
	} {
		shape, parts := cutOf(line)
		if len(parts) != 4 {
			t.Fatalf("%q has holes %q", line, parts)
		}
		one := func(c byte) string { return string('0' + kinds[c]) }
		id := parts[2]
		want := parts[0] + "|" + string(rune('0'+len(parts[1]))) + "|" + one(id[0]) + one(id[len(id)-1]) + "|" + parts[3]
		key := fmt.Sprint(shape.pinned(nil, []byte(line), pins))
		if before, known := keys[key]; known && before != want {
			t.Errorf("%q has the key of %q", want, before)
		}
		for k, before := range keys {
			if before == want && k != key {
				t.Errorf("%q has two keys, %q and %q", want, k, key)
			}
		}
		keys[key] = want
	}
	if len(keys) != 14 {
		t.Errorf("%d keys, want 14: %q", len(keys), keys)
	}
}
