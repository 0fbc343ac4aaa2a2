package scanner

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// fillHoles returns another line of a shape: some of its holes get other digits, or letters where they are of an id.
func fillHoles(s *shape, line []byte, n func(int) int) []byte {
	var b []byte
	from := 0
	for k, h := range s.holes {
		b = append(b, line[from:h.lo]...)
		from = int(h.hi)
		old := line[h.lo:h.hi]
		if n(4) == 0 {
			b = append(b, old...)
			continue
		}
		width := len(old)
		if n(12) == 0 {
			width = 1 + n(6)
		}
		for i := range width {
			alphabet := s.alphabet(k)
			switch c := alphabet[n(len(alphabet))]; {
			case i < len(old) && n(3) > 0:
				b = append(b, old[i])
			case width == 2 && i == 0 && n(3) > 0:
				b = append(b, c%3+'0')
			default:
				b = append(b, c)
			}
		}
	}
	return append(b, line[from:]...)
}

// checkSpots holds what is known of a shape to what is found in one line and others of it. It reports of how many of
// these the stamp was known.
func checkSpots(t rapid.TB, text string, lines int, n func(int) int) (known int) {
	t.Helper()
	words := &testExtractor().idWords
	var s, other shape
	line := []byte(text)
	if len(line) > maxShaped {
		return 0
	}
	s.cut(line, words)
	p := s.stampSpots(line)
	for range lines {
		if !p.known {
			break
		}
		next := fillHoles(&s, line, n)
		if other.cut(next, words); string(other.text) != string(s.text) {
			continue
		}
		got, sure := other.stampAt(&p, next)
		if !sure {
			continue
		}
		known++
		if want, ok := findStamp(next); !ok || got != want {
			t.Fatalf("learned from %q: stamp of %q\n got %v\nwant %v %v", line, next, got, want, ok)
		}
	}
	return known
}

func TestStampAt(t *testing.T) {
	unknown := map[string]bool{"Chinese": true, "ctime": true, "mars": true, "epoch": true, "none": true, "JSON sci": true, "JSON none": true}
	r := rand.New(rand.NewPCG(1, 2))
	for _, l := range stampLines {
		if n := checkSpots(t, l.line, 2000, r.IntN); (n == 0) != unknown[l.name] {
			t.Errorf("%s: %d of 2000 stamps known", l.name, n)
		}
	}
}

func genFilled(t *rapid.T) {
	checkSpots(t, cutAtRandom(t, genStamp(t)), 20, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "n") })
}

func TestStampAtProperty(t *testing.T) { rapid.Check(t, genFilled) }

func FuzzStampAt(f *testing.F) {
	for i, l := range stampLines {
		f.Add(l.line, uint64(i))
	}
	f.Fuzz(func(t *testing.T, line string, seed uint64) {
		checkSpots(t, line, 50, rand.New(rand.NewPCG(seed, 1)).IntN)
	})
}
