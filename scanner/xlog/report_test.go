package xlog_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// numbered makes a file of blocks with the numbers.
func numbered(seqs ...uint16) (data []byte) {
	r := rand.New(rand.NewPCG(19, 19))
	for i, seq := range seqs {
		f := &fixture{magic: 0x09, seq: seq, lines: someLines(r, i, 2)}
		if seq == 0 {
			f.magic = 0x08
		}
		data = append(data, f.block()...)
	}
	return data
}

func TestGaps(t *testing.T) {
	for name, tc := range map[string]struct {
		seqs []uint16
		want []xlog.Gap
	}{
		"none":               {[]uint16{1, 2, 3, 1, 2}, nil},
		"of another day":     {[]uint16{17, 18, 0, 19}, nil},
		"one":                {[]uint16{1, 2, 5, 6}, []xlog.Gap{{After: 2, Before: 5}}},
		"over a start":       {[]uint16{1, 2, 3, 2, 3}, []xlog.Gap{{After: 3, Before: 2}}},
		"around":             {[]uint16{65534, 65535, 1, 2}, nil},
		"two processes":      {[]uint16{1, 2, 1, 3, 2, 4, 3}, nil},
		"two and a gap":      {[]uint16{1, 2, 1, 4, 2, 5}, []xlog.Gap{{After: 1, Before: 4}}},
		"written twice":      {[]uint16{1, 2, 2, 3}, nil},
		"nothing but starts": {[]uint16{1, 1, 1}, nil},
	} {
		got := readBytes(numbered(tc.seqs...)).Report
		if diff := cmp.Diff(tc.want, got.Gaps); diff != "" || got.Whole() != (len(tc.want) == 0) {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestProblem shows what a report says of each kind of damage.
func TestProblem(t *testing.T) {
	blocks := someBlocks(rand.New(rand.NewPCG(20, 20)), 6, []byte{0x05})
	for name, tc := range map[string]struct {
		damage func(d *damaged)
		want   string
	}{
		"none":                 {func(*damaged) {}, ""},
		"zero fill":            {func(d *damaged) { d.replace(len(d.data), 0, make([]byte, 100), "zeros") }, ""},
		"zeros between blocks": {func(d *damaged) { d.replace(d.starts[2], 0, make([]byte, 100), "zeros") }, ""},
		"junk": {
			func(d *damaged) { d.replace(d.starts[2], 0, []byte("junk\n"), "insert") },
			"5 bytes skipped at 2615–2620",
		},
		"junk twice": {
			func(d *damaged) {
				d.replace(d.starts[3], 0, []byte("junk\n"), "insert")
				d.replace(0, 0, []byte("j"), "insert")
			},
			"6 bytes skipped in 2 places, first at 0–1",
		},
		"a block gone": {
			func(d *damaged) { d.replace(d.starts[2], len(d.blocks[2].block()), nil, "delete") },
			"blocks missing in 1 place, first between 2 and 4",
		},
		"cut": {
			func(d *damaged) { d.replace(len(d.data)-200, len(d.data), nil, "delete") },
			"1 block damaged, first at offset 5277, 9319 bytes of text salvaged",
		},
	} {
		d := whole(blocks)
		tc.damage(&d)
		got := readBytes(d.data).Report
		if diff := cmp.Diff(tc.want, got.Problem()); diff != "" || got.Whole() != (tc.want == "") {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestListsAreBounded: of what is everywhere a report names the first few.
func TestListsAreBounded(t *testing.T) {
	var data []byte
	for i := range 100 {
		data = append(data, numbered(uint16(1+2*i))...)
		data = append(data, "junk"...)
	}
	got := readBytes(data).Report
	if len(got.Skipped) != 16 || got.SkippedCount != 100 || got.SkippedBytes != 400 || len(got.Gaps) != 16 || got.GapCount != 99 {
		t.Errorf("%+v", got)
	}
	if got := readBytes(bytes.Repeat([]byte{1}, 1000)).Report; got.SkippedCount != 1 {
		t.Errorf("%+v", got)
	}
}
