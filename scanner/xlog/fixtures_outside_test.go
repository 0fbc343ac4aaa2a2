//go:build outside

package xlog_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	klauspost "github.com/klauspost/compress/flate"

	"github.com/imtriage/imtriage/scanner/xlog"
)

const fixtures = "../../../shared/fixtures/xlog/"

func init() {
	moreSeeds = func(f *testing.F) {
		f.Helper()
		names, err := filepath.Glob(fixtures + "*.*log")
		if err != nil || len(names) < 9 {
			f.Fatal(names, err)
		}
		for _, name := range names {
			f.Add(readFixture(f, filepath.Base(name)))
		}
	}
}

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(fixtures + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func gunzip(t testing.TB, name string) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(readFixture(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func realKey(t testing.TB) *xlog.Key {
	t.Helper()
	k, err := xlog.ParseKey(readFixture(t, "server_private_key.hex"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestFixtures reads files of real SDKs, and of the real Mars, byte for byte.
func TestFixtures(t *testing.T) {
	names, err := filepath.Glob(fixtures + "*.txt.gz")
	if err != nil || len(names) < 9 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		name = strings.TrimSuffix(filepath.Base(name), ".txt.gz")
		t.Run(name, func(t *testing.T) {
			data, want := readFixture(t, name), gunzip(t, name+".txt.gz")
			head := data[:min(len(data), 8<<10)]
			var text string
			var report xlog.Report
			clog := filepath.Ext(name) == ".clog"
			if clog {
				text, report = readClog(t, bytes.NewReader(data))
			} else {
				got := readBytes(data, realKey(t))
				text, report = got.Text, got.Report
			}
			same(t, want, text)
			if !report.Whole() || xlog.Is(head) == clog || xlog.IsClog(head) != clog {
				t.Errorf("%s, xlog %v, clog %v", report.Problem(), xlog.Is(head), xlog.IsClog(head))
			}
		})
	}
}

// TestDamagedFixtures holds what is read of damaged files against what the manifest says must be.
func TestDamagedFixtures(t *testing.T) {
	var manifest map[string]struct {
		Base   string
		Blocks []int `json:"block_lines"`
		Intact []int `json:"intact_blocks"`
		Expect struct {
			Base   string
			Ranges [][2]int
		} `json:"expect_ranges"`
	}
	if err := json.Unmarshal(readFixture(t, "manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	found := 0
	for name, m := range manifest {
		if !strings.HasPrefix(name, "damaged_") {
			continue
		}
		found++
		got := readBytes(readFixture(t, name))
		if got.Report.Whole() {
			t.Errorf("%s is whole", name)
		}
		var want []string
		if m.Expect.Base != "" {
			base := gunzip(t, m.Expect.Base)
			for _, r := range m.Expect.Ranges {
				want = append(want, base[r[0]:r[1]])
			}
		} else {
			lines := strings.SplitAfter(gunzip(t, m.Base+".txt.gz"), "\n")
			for i, n := range m.Blocks {
				if bytes.IndexByte([]byte{byte(m.Intact[0]), byte(m.Intact[1])}, byte(i)) >= 0 {
					want = append(want, strings.Join(lines[:n], ""))
				}
				lines = lines[n:]
			}
		}
		text, size := got.Text, 0
		for i, w := range want {
			size += len(w)
			// A block that was cut has half a line at its end, which is not saved.
			w = w[:strings.LastIndexByte(w, '\n')+1]
			at := strings.Index(text, w)
			if at < 0 {
				t.Errorf("%s: range %d of %d bytes is not there", name, i, len(w))
				continue
			}
			text = text[at+len(w):]
		}
		t.Logf("%s: %d bytes of text, %d wanted; %s", name, len(got.Text), size, got.Report.Problem())
	}
	if found < 3 {
		t.Errorf("%d damaged files", found)
	}
}

func TestHostileFixtures(t *testing.T) {
	random := readFixture(t, "not_xlog_random.xlog")
	if got := readBytes(random); got.Text != "" || len(got.Blocks) != 0 || xlog.Is(random) || xlog.IsClog(random) {
		t.Errorf("%+v", got)
	}
	if got := readBytes(readFixture(t, "bomb_60MB.xlog")); got.Report.Stopped != 1 || got.Text != "" {
		t.Errorf("%+v", got.Report)
	}
	locked := readBytes(readFixture(t, "crypt_zlib_async.xlog")).Report
	if locked.Locked.Blocks != 15 || locked.TextBytes != 0 {
		t.Errorf("%+v", locked)
	}
	// The mmap file and the xlog are of one set: the former was not flushed yet.
	o := xlog.Options{Seen: new(xlog.Seen)}
	for _, name := range []string{"real_imsdk8_C.xlog", "real_imsdk8_C.mmap2"} {
		got := read(bytes.NewReader(readFixture(t, name)), o)
		same(t, gunzip(t, name+".txt.gz"), got.Text)
	}
}

// BenchmarkFixtures is in bytes of text, of files of 40 times the fixture.
func BenchmarkFixtures(b *testing.B) {
	for _, name := range []string{"real_imsdk8_C.xlog", "imsdk_20260601.xlog", "zstd_async_nocrypt.xlog", "crypt_zlib_async.xlog", "legacy_0x03_sync.xlog"} {
		data := bytes.Repeat(readFixture(b, name), 40)
		text := int64(40 * len(gunzip(b, name+".txt.gz")))
		for _, jobs := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/jobs=%d", name, jobs), func(b *testing.B) {
				benchmark(b, data, text, xlog.Options{Jobs: jobs, Keys: []*xlog.Key{realKey(b)}})
			})
		}
	}
	b.Run("real_imsdk8_C.xlog/klauspost", func(b *testing.B) { benchmarkKlauspost(b, bytes.Repeat(readFixture(b, "real_imsdk8_C.xlog"), 40)) })
}

// benchmarkKlauspost is the other side: the same blocks, found for nothing, through one reader that is used again.
func benchmarkKlauspost(b *testing.B, data []byte) {
	b.Helper()
	var streams [][]byte
	for len(data) > 0 {
		n := 13 + int(uint32(data[5])|uint32(data[6])<<8|uint32(data[7])<<16)
		var joined []byte
		for p := data[13:n]; len(p) > 0; {
			k := 2 + int(p[0]) + int(p[1])<<8
			joined = append(joined, p[2:k]...)
			p = p[k:]
		}
		streams, data = append(streams, joined), data[n+1:]
	}
	z, out := klauspost.NewReader(nil), make([]byte, 1<<20)
	for b.Loop() {
		total := int64(0)
		for _, s := range streams {
			_ = z.(klauspost.Resetter).Reset(bytes.NewReader(s), nil)
			n, _ := io.ReadFull(z, out)
			total += int64(n)
		}
		b.SetBytes(total)
	}
}
