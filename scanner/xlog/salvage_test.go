package xlog_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestBentHeaders: a block whose payload is whole is read whole, whatever is wrong around it.
func TestBentHeaders(t *testing.T) {
	for name, tc := range map[string]struct {
		at int // in the block, from its end if negative
		by byte
	}{
		"magic":          {0, 'E'},
		"other magic":    {0, 0x04},
		"seq":            {1, 0},
		"hour":           {3, 200},
		"short":          {5, 1},
		"length":         {6, 0x77},
		"enormous":       {8, 0x7F},
		"end":            {-1, 0x55},
		"nothing at all": {0, 0x05},
	} {
		t.Run(name, func(t *testing.T) {
			blocks := someBlocks(rand.New(rand.NewPCG(8, 8)), 5, []byte{0x05})
			d := whole(blocks)
			at := d.starts[2] + tc.at
			if tc.at < 0 {
				at = d.starts[3] + tc.at
			}
			bent := d.data[at] != tc.by
			d.data[at] = tc.by
			_, text := file(blocks)
			got := readBytes(d.data)
			same(t, string(text), got.Text)
			if got.Report.Whole() == bent || got.Report.GapCount != 0 {
				t.Errorf("bent %v: %s %+v", bent, got.Report.Problem(), got.Blocks)
			}
		})
	}
}

// TestSalvage: of a block that is cut short, or damaged, the whole lines before that are read.
func TestSalvage(t *testing.T) {
	for _, magic := range []byte{0x04, 0x05, 0x07, 0x09, 0x0C, 0x0D} {
		r := rand.New(rand.NewPCG(9, uint64(magic)))
		blocks := someBlocks(r, 3, []byte{magic})
		for i, f := range blocks {
			f.lines, f.finished = someLines(r, i, 60), false
		}
		for name, change := range map[string]func(*damaged){
			"cut":   func(d *damaged) { d.replace(d.starts[2]+len(blocks[2].block())*2/3, len(d.data), nil, "cut") },
			"junk":  func(d *damaged) { d.replace(d.starts[1]+len(blocks[1].block())*2/3, 0, []byte("junk"), "insert") },
			"hole":  func(d *damaged) { d.replace(d.starts[1]+len(blocks[1].block())*2/3, 300, make([]byte, 300), "hole") },
			"other": func(d *damaged) { d.replace(d.starts[1]+len(blocks[1].block())*2/3, 0, blocks[0].block(), "block") },
		} {
			d := whole(blocks)
			change(&d)
			got := readBytes(d.data, parsedKey)
			for i, f := range blocks {
				lines := strings.SplitAfter(string(f.text()), "\n")
				if want := strings.Join(lines[:35], ""); !strings.Contains(got.Text, want) {
					t.Errorf("%#02x, %s: half of block %d is not saved; %s", magic, name, i, got.Report.Problem())
				}
			}
			if got.Report.Whole() || got.Report.SalvagedBytes == 0 {
				t.Errorf("%#02x, %s: nobody is told: %+v", magic, name, got.Report)
			}
		}
	}
}

// TestLies: lengths that are not true cost nothing and hide nothing.
func TestLies(t *testing.T) {
	blocks := someBlocks(rand.New(rand.NewPCG(10, 10)), 3, []byte{0x09})
	for _, length := range []uint32{0, 1, 1 << 20, 1 << 24, 1 << 31, 1<<32 - 1} {
		d := whole(blocks)
		binary.LittleEndian.PutUint32(d.data[d.starts[1]+5:], length)
		d.starts[1] = -1
		if missing := d.missing(readBytes(d.data).Text); len(missing) > 0 {
			t.Errorf("length %d: lost %s", length, missing)
		}
	}
}

// TestInside: headers inside of compressed data and inside of text are none.
func TestInside(t *testing.T) {
	inner := (&fixture{magic: 0x09, seq: 1, lines: [][]byte{[]byte("a line that somebody sent as a message\n")}}).block()
	var noise []byte
	r := rand.New(rand.NewPCG(11, 11))
	for range 400 {
		noise = append(noise, byte(3+r.IntN(11)), byte(r.IntN(3)), 0, byte(r.IntN(24)), byte(r.IntN(24)), byte(r.IntN(200)), 0, 0, 0, 0)
	}
	for _, hidden := range [][]byte{inner, noise} {
		blocks := []*fixture{
			{magic: 0x09, seq: 1, lines: [][]byte{append(bytes.Clone(hidden), '\n')}},
			{magic: 0x09, seq: 2, lines: someLines(r, 1, 3)},
		}
		data, text := file(blocks)
		got := readBytes(data)
		same(t, string(text), got.Text)
		if len(got.Blocks) != 2 {
			t.Errorf("%d blocks", len(got.Blocks))
		}
	}
}
