package xlog_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// A damaged is a file with what must be found in it.
type damaged struct {
	data   []byte
	blocks []*fixture
	starts []int  // of each block in data, -1 where it is damaged
	how    string // for messages
}

func whole(blocks []*fixture) (d damaged) {
	d.blocks = blocks
	for _, f := range blocks {
		d.starts = append(d.starts, len(d.data))
		d.data = append(d.data, f.block()...)
	}
	return d
}

// replace puts something in the place of data[at:at+n].
func (d *damaged) replace(at, n int, by []byte, how string) {
	n = min(n, len(d.data)-at)
	for i, start := range d.starts {
		switch end := start + len(d.blocks[i].block()); {
		case start < 0 || end <= at:
		case start >= at+n:
			d.starts[i] += len(by) - n
		default:
			d.starts[i] = -1
		}
	}
	d.data = append(bytes.Clone(d.data[:at]), append(bytes.Clone(by), d.data[at+n:]...)...)
	d.how += fmt.Sprintf(" %s:%d+%d→%d", how, at, n, len(by))
}

// damage does something bad at random.
func (d *damaged) damage(r *rand.Rand) {
	at := r.IntN(len(d.data))
	junk := make([]byte, 1+r.IntN(600))
	for i := range junk {
		junk[i] = byte(r.Uint32())
	}
	switch r.IntN(9) {
	case 0, 1:
		// Headers are rare places.
		if i := r.IntN(len(d.starts)); d.starts[i] >= 0 {
			at = d.starts[i] + r.IntN(13)
		}
		d.replace(at, 1, []byte{d.data[at] ^ byte(1<<r.IntN(8))}, "flip")
	case 2:
		d.replace(at, len(junk), junk, "overwrite")
	case 3:
		d.replace(at, 0, junk, "insert")
	case 4:
		d.replace(at, 1+r.IntN(3000), nil, "delete")
	case 5:
		n := 1 + r.IntN(5000)
		d.replace(at, n, make([]byte, min(n, len(d.data)-at)), "hole")
	case 6:
		d.replace(at, 0, []byte(strings.Repeat("W/libc: access denied finding property\n", 1+r.IntN(8))), "text")
	case 7:
		d.replace(max(at, len(d.data)*3/4), len(d.data), nil, "cut")
	case 8:
		// Another process writes its block into the middle.
		other := fixture{magic: d.blocks[0].magic, seq: 77, lines: someLines(r, 999, 20)}
		if isSync(other.magic) {
			other.seq = 0
		}
		d.replace(at, 0, other.block(), "block")
	}
}

// missing names the intact blocks whose text is not there, in order.
func (d *damaged) missing(got string) (missing []string) {
	for i, f := range d.blocks {
		if d.starts[i] < 0 {
			continue
		}
		text := string(f.text())
		at := strings.Index(got, text)
		if at < 0 {
			missing = append(missing, fmt.Sprintf("%d (%#02x at %d, %d bytes of text)", i, f.magic, d.starts[i], len(text)))
			continue
		}
		got = got[at+len(text):]
	}
	return missing
}

// mixes are the magics that stand together in files.
var mixes = [][]byte{{0x05}, shortMagics, {0x08, 0x09}, {0x0B, 0x0D}, {0x06, 0x07}, {0x0C}, allMagics}

// TestDamage is the law of damage: no intact block is lost, whatever happens around it.
func TestDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		magics := rapid.SampledFrom(mixes).Draw(t, "magics")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		d := whole(someBlocks(r, 2+r.IntN(12), magics))
		for range 1 + r.IntN(4) {
			if d.damage(r); len(d.data) == 0 {
				return
			}
		}
		got := readBytes(d.data, parsedKey)
		if missing := d.missing(got.Text); len(missing) > 0 {
			t.Fatalf("lost:\n%s\n%s\n%s\n%+v", strings.Join(missing, "\n"), d.how, got.Report.Problem(), got.Blocks)
		}
		for _, b := range got.Blocks {
			text := got.Text[b.TextOffset : b.TextOffset+b.TextLen]
			if b.Salvaged && text != "" && !strings.HasSuffix(text, "\n") {
				t.Fatalf("half a line is salvaged: %+v", b)
			}
		}
	})
}

var parsedKey = func() *xlog.Key {
	k, err := xlog.ParseKey([]byte(serverHex))
	if err != nil {
		panic(err)
	}
	return k
}()

// TestLockedDamage: what is damaged is found without a key too, and counted.
func TestLockedDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 25 {
		d := whole(someBlocks(r, 8, []byte{0x07, 0x0C}))
		d.damage(r)
		intact := int64(0)
		for _, at := range d.starts {
			if at >= 0 {
				intact++
			}
		}
		got := readBytes(d.data)
		if got.Text != "" || got.Report.Locked.Blocks < intact {
			t.Errorf("%d locked blocks of %d, %q, %s", got.Report.Locked.Blocks, intact, got.Text, d.how)
		}
	}
}
