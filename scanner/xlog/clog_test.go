package xlog_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/imtriage/imtriage/scanner/xlog"
)

func readClog(t *testing.T, r io.Reader) (string, xlog.Report) {
	t.Helper()
	c := xlog.NewClogReader(r)
	defer c.Close()
	text, err := io.ReadAll(c)
	if err != nil {
		t.Error(err)
	}
	if n := c.Report().TextBytes; n != int64(len(text)) {
		t.Errorf("%d bytes reported of %d", n, len(text))
	}
	return string(text), c.Report()
}

func TestClog(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 21))
	for _, n := range []int{3, 100, 4000} {
		for _, finished := range []bool{false, true} {
			lines := someLines(r, 0, n)
			data := bytes.Join(deflate(lines, finished), nil)
			if head := data[:min(len(data), 8<<10)]; !xlog.IsClog(head) || xlog.Is(head) {
				t.Errorf("%d lines: not recognised", n)
			}
			text, report := readClog(t, bytes.NewReader(data))
			same(t, string(bytes.Join(lines, nil)), text)
			if !report.Whole() || report.PayloadBytes != int64(len(data)) {
				t.Errorf("%d lines: %+v", n, report)
			}
			if n > 100 {
				continue
			}
			again, _ := readClog(t, iotest.OneByteReader(bytes.NewReader(data)))
			same(t, text, again)
		}
	}
}

// TestClogDamage: the whole lines before the damage are read, and where it is is told.
func TestClogDamage(t *testing.T) {
	lines := someLines(rand.New(rand.NewPCG(22, 22)), 0, 4000)
	pieces := deflate(lines, false)
	head := bytes.Join(pieces[:3000], nil)
	whole := bytes.Join(pieces, nil)
	finished := bytes.Join(deflate(lines[:3000], true), nil)
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"corrupt":     {append(bytes.Clone(head), bytes.Repeat([]byte{0xFF}, 5000)...), "1 block damaged, first at offset"},
		"half a line": {whole[:len(head)+10], ""},
		"junk behind": {append(bytes.Clone(finished), "junk"...), "4 bytes skipped at"},
	} {
		text, report := readClog(t, bytes.NewReader(tc.data))
		want := string(bytes.Join(lines[:3000], nil))
		if !strings.HasPrefix(text, want) || len(text) > len(want)+300 {
			t.Errorf("%s: %d bytes of %d", name, len(text), len(want))
		}
		if !strings.HasPrefix(report.Problem(), tc.want) || report.Whole() != (tc.want == "") {
			t.Errorf("%s: %s", name, report.Problem())
		}
		if report.Broken > 0 && (!strings.HasSuffix(text, "\n") || report.SalvagedBytes != int64(len(text))) {
			t.Errorf("%s: %q, %+v", name, text[len(text)-20:], report)
		}
	}
}

func TestClogBomb(t *testing.T) {
	data, text := swelling(200<<20, "many lines many lines many lin\n"), int64(0)
	used := allocated(func() {
		c := xlog.NewClogReader(bytes.NewReader(data))
		text, _ = io.Copy(io.Discard, c)
		if c.Report().Stopped != 1 {
			t.Errorf("%+v", c.Report())
		}
	})
	if text > 65<<20 || used > 16<<20 {
		t.Errorf("%d MiB of text, %d MiB allocated", text>>20, used>>20)
	}
}

func TestClogInputFails(t *testing.T) {
	lines := someLines(rand.New(rand.NewPCG(23, 23)), 0, 100)
	broken := errors.New("the disk is gone")
	c := xlog.NewClogReader(io.MultiReader(bytes.NewReader(bytes.Join(deflate(lines, false), nil)), iotest.ErrReader(broken)))
	text, err := io.ReadAll(c)
	same(t, string(bytes.Join(lines, nil)), string(text))
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}
