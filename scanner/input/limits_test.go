package input_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input"
)

// zeros packs that many bytes of nothing.
func zeros(n int) string { return gz(strings.Repeat("\x00", n)) }

// sizes returns a line for each text: its name, how long it was, its problem.
func sizes(t testing.TB, open how, o input.Options, data string) (texts []string, end string) {
	t.Helper()
	parts := []input.Part{{Name: "in", Open: func() (io.ReadCloser, error) { return open(data) }}}
	h, err := input.Walk(t.Context(), parts, o, func(x *input.Text) error {
		n, err := io.Copy(io.Discard, x)
		texts = append(texts, strings.TrimSpace(fmt.Sprintf("%s %d %s", x.Name, n, x.Health().Problem)))
		return err
	})
	if end = describe(h); err != nil {
		end = err.Error()
	}
	return texts, end
}

func TestLimits(t *testing.T) {
	bomb := zeros(32 << 20)
	const stopped = "more than 1000 times its compressed size, as a bomb is: stopped after 16809984 decoded bytes, raise --max-ratio to read on"
	deep := "a\n"
	for range 10 {
		deep = zipOf(file{"z", deep})
	}
	for _, tc := range []struct {
		name, data string
		limits     input.Limits
		texts      []string
		end        string
	}{
		{"bomb", bomb, input.Limits{}, []string{"16809984 " + stopped}, ""},
		{"allowed", bomb, input.Limits{Ratio: 2000}, []string{"33554432"}, ""},
		{"bomb and a log", zipOf(file{"b.gz", bomb}, file{"a.log", "a\n"}), input.Limits{}, []string{"b.gz 16809984 " + stopped, "a.log 2"}, "zip 2"},
		{"bomb of deflate and a log", zipOf(file{"b", strings.Repeat("\x00", 20<<20)}, file{"a.log", "a\n"}), input.Limits{}, []string{"b 16809984 " + stopped, "a.log 2"}, "zip 2"},
		{"bomb in tar", tarOf(file{"b.gz", bomb}, file{"a.log", "a\n"}), input.Limits{}, []string{"b.gz 16809984 " + stopped, "a.log 2"}, "tar 2"},
		{"nested bomb", gz(bomb), input.Limits{}, []string{"16809984 " + stopped}, ""},
		{"bytes", gz(strings.Repeat("a line\n", 100)), input.Limits{Bytes: 500}, []string{"500 stopped after 500 decoded bytes, raise --max-bytes to read on"}, ""},
		{"as many bytes as allowed", gz(strings.Repeat("a line\n", 100)), input.Limits{Bytes: 700}, []string{"700"}, ""},
		{
			"bytes of members", zipOf(file{"a", strings.Repeat("a", 300)}, file{"b", strings.Repeat("b", 300)}, file{"c", "c"}),
			input.Limits{Bytes: 500},
			[]string{"a 300", "b 200 stopped after 500 decoded bytes, raise --max-bytes to read on"},
			"zip 2! stopped after 500 decoded bytes, raise --max-bytes to read on",
		},
		{"members", zipOf(file{"a", "a"}, file{"b", "b"}, file{"c", "c"}), input.Limits{Members: 2}, []string{"a 1", "b 1"}, "zip 2! it has more than 2 members, the others were not read, raise --max-members to read on"},
		{
			"depth", deep,
			input.Limits{},
			nil,
			"zip 0 passed 0 refused 1! z!z!z!z!z!z!z!z: zip in 8 other containers, not a text log: raise --max-depth to read it",
		},
		{"less depth", gz(gz(gz("a\n"))), input.Limits{Depth: 2}, nil, "gzip in 2 other containers, not a text log: raise --max-depth to read it"},
		{"enough depth", gz(gz(gz("a\n"))), input.Limits{Depth: 3}, []string{"2"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, jobs := range []int{1, 4} {
				texts, end := sizes(t, inPlace, input.Options{Limits: tc.limits, Jobs: jobs}, tc.data)
				if d := cmp.Diff(tc.texts, texts); d != "" || end != tc.end {
					t.Errorf("jobs %d: end %q, want %q (-want +got):\n%s", jobs, end, tc.end, d)
				}
			}
		})
	}
}

// TestSpool has an archive that fits no memory come through a pipe, and one that is larger than allowed.
func TestSpool(t *testing.T) {
	data := rawZip([]zip.FileHeader{sized("a", large), sized("b", "b\n")}, large, "b\n")
	texts, end := sizes(t, piped, input.Options{}, data)
	if d := cmp.Diff([]string{fmt.Sprint("a ", len(large)), "b 2"}, texts); d != "" || end != "zip 2" {
		t.Errorf("end %q (-want +got):\n%s", end, d)
	}
	_, end = sizes(t, piped, input.Options{Limits: input.Limits{Bytes: 17 << 20}}, data)
	if !strings.Contains(end, "stopped after 17825792 bytes were spooled, raise --max-bytes to read on") {
		t.Errorf("end %q", end)
	}
}

var large = strings.Repeat("0123456789abcdef0123456789abcde\n", 18<<15)

// TestStop ends walks from outside, of which no goroutine may be left: TestMain looks.
func TestStop(t *testing.T) {
	data := zipOf(file{"a", large}, file{"b", large}, file{"c", large})
	parts := []input.Part{{Open: func() (io.ReadCloser, error) { return inPlace(data) }}}
	errVisit := errors.New("enough")
	t.Run("visit", func(t *testing.T) {
		_, err := input.Walk(t.Context(), parts, input.Options{Jobs: 3}, func(*input.Text) error { return errVisit })
		if !errors.Is(err, errVisit) {
			t.Errorf("error %v, want that of visit", err)
		}
	})
	t.Run("unread", func(t *testing.T) {
		var names []string
		h, err := input.Walk(t.Context(), parts, input.Options{Jobs: 3}, func(x *input.Text) error {
			names = append(names, x.Name)
			if _, err := x.Read(make([]byte, 10)); err != nil {
				return err
			}
			if h := x.Health(); h.Complete || h.Problem != "" {
				t.Errorf("half a text is %+v", h)
			}
			return nil
		})
		if d := cmp.Diff([]string{"a", "b", "c"}, names); err != nil || !h.Complete || d != "" {
			t.Errorf("health %+v, error %v, names (-want +got):\n%s", h, err, d)
		}
	})
	t.Run("context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := input.Walk(ctx, parts, input.Options{Jobs: 3}, func(x *input.Text) error {
			cancel()
			_, err := io.Copy(io.Discard, x)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want context.Canceled", err)
		}
	})
}

// TestManyMembers holds memory to a bound that does not depend on how many members there are.
func TestManyMembers(t *testing.T) {
	const n = 100_000
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, flate.BestCompression)
	check(err)
	must(io.WriteString(w, line))
	check(w.Close())
	headers, contents := make([]zip.FileHeader, n), make([]string, n)
	for i := range headers {
		headers[i], contents[i] = sized(fmt.Sprintf("logs/%06d.log", i), line), deflated.String()
		headers[i].Method = zip.Deflate
	}
	data := rawZip(headers, contents...)
	parts := []input.Part{{Open: func() (io.ReadCloser, error) { return inPlace(data) }}}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	got, most := 0, uint64(0)
	buf := make([]byte, 64<<10)
	_, err = input.Walk(t.Context(), parts, input.Options{}, func(x *input.Text) error {
		if got++; got%10_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
		_, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, x, buf)
		return err
	})
	runtime.ReadMemStats(&now)
	each := (now.TotalAlloc - before.TotalAlloc) / n
	t.Logf("%d MiB at most, %d bytes allocated for each of %d members", most>>20, each, got)
	if err != nil || got != n || most > 16<<20 || each > 8<<10 {
		t.Errorf("%d members, error %v, %d bytes at most, %d allocated for each", got, err, most, each)
	}
}
