package literal

import (
	_ "embed"
	"sync"
)

// sampleText is log lines of many kinds. From them [partition] learns which bytes stand beside which: only speed
// depends on it.
//
//go:embed sample.txt
var sampleText string

// places is how many positions of the sample count.
const places = 64 * 64

// A placeSet holds positions of the sample; a row is one with what [row.word] shifts in.
type (
	placeSet [places / 64]uint64
	row      [places/64 + 1]uint64
)

// A sample tells where each byte stands.
type sample struct {
	bytes   [classes]row     // by class
	halves  [2][16]row       // by the low half of a byte, then by the high half
	chances [classes]float64 // of bytes
}

// learned is the sample, read once.
var learned = sync.OnceValue(func() *sample {
	s := new(sample)
	for i, c := range []byte(sampleText[:places+prefix-1]) {
		word, bit := i/64, uint64(1)<<(i%64)
		s.bytes[class(c)][word] |= bit
		s.halves[0][c&0x0F][word] |= bit
		s.halves[1][c>>4][word] |= bit
		s.chances[class(c)]++
	}
	for c := range s.chances {
		s.chances[c] = (s.chances[c] + 1) / places // what the sample lacks is rare, not impossible
	}
	return s
})

// word returns word i of the places that have the row's byte j further on.
func (r *row) word(i, j int) uint64 { return r[i]>>(j&63) | r[i+1]<<1<<((63-j)&63) }

func (p *placeSet) set(r *row, j int) {
	for i := range p {
		p[i] = r.word(i, j)
	}
}

func (p *placeSet) add(r *row, j int) {
	for i := range p {
		p[i] |= r.word(i, j)
	}
}

func (p *placeSet) fill() {
	for i := range p {
		p[i] = ^uint64(0)
	}
}
