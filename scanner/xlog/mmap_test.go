package xlog_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/imtriage/imtriage/scanner/xlog"
)

const mmapSize = 150 << 10

// mmapFile is an open block in a file of zeros.
func mmapFile(f *fixture) []byte {
	b := make([]byte, mmapSize)
	copy(b, f.open())
	return b
}

func TestMmap(t *testing.T) {
	for _, magic := range []byte{0x04, 0x05, 0x07, 0x09, 0x0C, 0x0D} {
		t.Run(fmt.Sprintf("%#02x", magic), func(t *testing.T) {
			f := &fixture{magic: magic, seq: 7, lines: someLines(rand.New(rand.NewPCG(12, 0)), 0, 50)}
			data := mmapFile(f)
			if !xlog.Is(data[:8<<10]) {
				t.Error("not recognised")
			}
			for name, data := range map[string][]byte{"whole": data, "without fill": f.open(), "little fill": data[:len(f.open())+5]} {
				got := readBytes(data, parsedKey)
				same(t, string(f.text()), got.Text)
				if len(got.Blocks) != 1 || !got.Blocks[0].Open || got.Blocks[0].Err != "" || !got.Report.Whole() {
					t.Errorf("%s: %+v", name, got)
				}
			}
		})
	}
}

func TestMmapClosed(t *testing.T) {
	zeros := make([]byte, mmapSize)
	if xlog.Is(zeros) || xlog.IsClog(zeros) {
		t.Error("zeros are recognised")
	}
	got := readBytes(zeros)
	if got.Text != "" || got.Err != "" || !got.Report.Whole() || got.Report.ZeroFill != mmapSize {
		t.Errorf("%+v", got)
	}
}

func TestMmapBegun(t *testing.T) {
	f := &fixture{magic: 0x0D, seq: 1, lines: [][]byte{[]byte("line\n")}}
	data := make([]byte, mmapSize)
	copy(data, f.open()[:73])
	clear(data[5:9])
	if got := readBytes(data); got.Text != "" || !got.Report.Whole() {
		t.Errorf("%+v", got)
	}
}

// TestSeen: what stands in two files of a set is read once.
func TestSeen(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 13))
	for _, magic := range []byte{0x05, 0x07, 0x0D} {
		blocks := someBlocks(r, 3, []byte{magic})
		last := blocks[2]
		last.lines = someLines(r, 2, 40)
		earlier := &fixture{magic: magic, seq: last.seq, client: last.client, lines: last.lines[:20]}
		recoded := &fixture{magic: magic, seq: last.seq, client: last.client, lines: [][]byte{last.text()}}
		another := &fixture{magic: magic, seq: last.seq, client: last.client, lines: someLines(r, 3, 40)}
		data, text := file(blocks)
		for name, tc := range map[string]struct {
			open *fixture
			want string
		}{
			"flushed since":           {last, ""},
			"copied before the end":   {earlier, ""},
			"the same text":           {recoded, ""},
			"not flushed":             {another, string(another.text())},
			"not flushed, more of it": {&fixture{magic: magic, seq: last.seq, client: last.client, lines: append(last.lines[:40:40], another.lines...)}, string(last.text()) + string(another.text())},
		} {
			o := xlog.Options{Keys: []*xlog.Key{parsedKey}, Seen: new(xlog.Seen)}
			got := read(bytes.NewReader(data), o)
			same(t, string(text), got.Text)
			got = read(bytes.NewReader(mmapFile(tc.open)), o)
			if got.Text != tc.want || (got.Report.Duplicates == 1) != (tc.want == "") || !got.Report.Whole() {
				t.Errorf("%#02x, %s: %d bytes, %+v", magic, name, len(got.Text), got.Report)
			}
		}
	}
}

// TestSeenTwice: an app that writes the same lines twice wrote them twice.
func TestSeenTwice(t *testing.T) {
	f := &fixture{magic: 0x09, seq: 1, lines: someLines(rand.New(rand.NewPCG(14, 14)), 0, 5)}
	tip := &fixture{magic: 0x08, lines: [][]byte{[]byte("MARS_URL: \n")}}
	data, text := file([]*fixture{tip, f, f, tip})
	o := xlog.Options{Seen: new(xlog.Seen)}
	same(t, string(text), read(bytes.NewReader(data), o).Text)
	same(t, string(tip.text())+string(tip.text()), read(bytes.NewReader(data), o).Text)
	same(t, string(text), readBytes(data).Text)
}
