package xlog_test

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/xlog"
)

func TestParseKey(t *testing.T) {
	for _, good := range []string{serverHex, "0x" + serverHex, " \"" + strings.ToUpper(serverHex) + "\"\r\n"} {
		if _, err := xlog.ParseKey([]byte(good)); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	order := "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
	for _, bad := range []string{"", "0x", serverHex[2:], serverHex + "00", strings.Repeat("0", 64), order, strings.Repeat("z", 64)} {
		_, err := xlog.ParseKey([]byte(bad))
		if err == nil {
			t.Errorf("%q is a key", bad)
		} else if len(bad) > 8 && strings.Contains(err.Error(), bad[1:]) {
			t.Errorf("the error gives the key away: %v", err)
		}
	}
}

// TestLocked: without the key what is encrypted is counted, and all else read.
func TestLocked(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 15))
	blocks := someBlocks(r, 40, longMagics)
	data, _ := file(blocks)
	var text bytes.Buffer
	var want xlog.Locked
	for i, f := range blocks {
		if f.magic != 0x07 && f.magic != 0x0C {
			text.Write(f.text())
			continue
		}
		want.Blocks++
		want.Bytes += int64(len(blocks[i].payload()))
	}
	want.Fingerprints = []string{"e456fc37a0ad020e"}
	wrong, err := xlog.ParseKey([]byte(hex.EncodeToString(bytes.Repeat([]byte{9}, 32))))
	if err != nil {
		t.Fatal(err)
	}
	for _, keys := range [][]*xlog.Key{nil, {wrong}} {
		got := readBytes(data, keys...)
		same(t, text.String(), got.Text)
		if diff := cmp.Diff(want, got.Report.Locked); diff != "" || got.Report.Whole() {
			t.Errorf("%d keys: %s%+v", len(keys), diff, got.Report)
		}
		if p := got.Report.Problem(); !strings.Contains(p, "encrypted") || !strings.Contains(p, want.Fingerprints[0]) {
			t.Error(p)
		}
	}
	_, all := file(blocks)
	same(t, string(all), readBytes(data, wrong, parsedKey).Text)
}

// TestClients: each start of an app has a key of its own.
func TestClients(t *testing.T) {
	blocks := someBlocks(rand.New(rand.NewPCG(16, 16)), 30, []byte{0x07, 0x0C})
	for i, f := range blocks {
		f.client = byte(i / 3)
	}
	data, text := file(blocks)
	same(t, string(text), readBytes(data, parsedKey).Text)
	if got := readBytes(data).Report.Locked.Fingerprints; len(got) != 10 {
		t.Errorf("%d clients: %v", len(got), got)
	}
}
