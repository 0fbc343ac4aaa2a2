package scanner

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

// codes is a sink that notes which codes there are, in order.
type codes []int

func (c *codes) Finding(f *tally.Finding) error { *c = append(*c, f.Code); return nil }
func (c *codes) Mark(*tally.Mark) error         { return nil }
func (c *codes) Piece(tally.Piece) error        { return nil }

func codesIn(t *testing.T, r io.Reader) (c codes) {
	t.Helper()
	if err := (&Scanner{Extractor: testExtractor()}).Scan(t.Context(), []Source{blockSource{r, 0}}, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// FuzzCuts holds the whole against pieces: blocks of any size, any number of workers, half reads.
func FuzzCuts(f *testing.F) {
	f.Add([]byte(strings.Join(logLines, "\n")), uint16(300), uint8(2))
	f.Add([]byte(strings.Join(logLines, " ")), uint16(7000), uint8(3))
	f.Fuzz(func(t *testing.T, b []byte, size uint16, jobs uint8) {
		want := scanBlocks(t, bytes.NewReader(b), 1<<20, 1)
		if d := cmp.Diff(want, scanBlocks(t, bytes.NewReader(b), max(int(size), 64), 1+int(jobs%4))); d != "" {
			t.Errorf("blocks (-whole +blocks):\n%s", d)
		}
		if d := cmp.Diff(want, scanBlocks(t, iotest.HalfReader(bytes.NewReader(b)), 0, 1)); d != "" {
			t.Errorf("half reads (-whole +pipe):\n%s", d)
		}
	})
}

// FuzzLineEnds holds line ends of one kind against those of the other.
func FuzzLineEnds(f *testing.F) {
	f.Add([]byte(strings.Join(logLines, "\n")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.IndexByte(b, '\r') >= 0 || len(b) > 2000 {
			return // one byte more may push something out of the look-around
		}
		want := codesIn(t, bytes.NewReader(b))
		got := codesIn(t, bytes.NewReader(bytes.ReplaceAll(b, newline, []byte("\r\n"))))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("-LF +CRLF:\n%s", d)
		}
	})
}

// TestAllocations guards the hot path: lines without a code cost no memory, and a finding costs none once its
// shape is known.
func TestAllocations(t *testing.T) {
	noise := strings.Repeat("2026-06-01 10:00:00,123 INFO  [worker-3] order 60017 paid by u_17 in 93 ms, error budget left\n"+
		"10.0.3.7 - - [01/Jun/2026:10:00:00 +0800] \"GET /api/v2/users/70001/feed HTTP/1.1\" 200 512 okhttp/4.9.3\n", 500)
	tests := []struct {
		name, text string
		found      int
		max        float64 // of a block of 1,000 lines and more; a pool drops what it has now and then
	}{
		{"no code", noise, 0, 50},
		{"code 0", noise + strings.Repeat(`2026-06-01 10:00:00,123 INFO im answer {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`+"\n", 500), 500, 50},
		{"codes", noise + strings.Repeat("TIM: 2026-06-01 10:00:00.519 E 1-2|-login.cpp:313  F  |error_code:6206|error_message:expired|userid:u_9\n", 500), 500, 40},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorker(testExtractor())
			in := &Input{Name: "t", Zone: time.UTC, Reference: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC)}
			b := &Block{Buf: []byte(tt.text), To: len(tt.text)}
			results := []*result{w.scan(b, in)}
			if got := len(results[0].events); got != tt.found {
				t.Fatalf("%d events, want %d", got, tt.found)
			}
			got := testing.AllocsPerRun(20, func() {
				w.results.Put(results[0])
				results[0] = w.scan(b, in)
			})
			if got > tt.max {
				t.Errorf("%v allocations a block, want %v at most", got, tt.max)
			}
		})
	}
}

// The ends of a text are where engines slip.
func TestEdges(t *testing.T) {
	const line = "sendMessage failed code=20009 msg=not friend"
	tests := []struct {
		name, text string
		want       []int
	}{
		{"no line break at the end", line, []int{20009}},
		{"the code is the end", "IM SDK login error_code:6206", []int{6206}},
		{"a literal is the end", line + "\nIM SDK error_code", []int{20009}},
		{"a literal and a sign are the end", line + "\nIM SDK error_code:-", []int{20009}},
		{"NUL bytes", "\x00\x00" + line + "\x00\n\x00" + line, []int{20009, 20009}},
		{"invalid UTF-8", "\xff\xfe\xe9" + line + "\xe4\xbd\n" + line, []int{20009, 20009}},
		{"nothing", "", nil},
		{"one byte", "c", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, []int(codesIn(t, strings.NewReader(tt.text)))); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// A line of many mebibytes is worked in a time that grows with its length, and all of its codes are found.
func TestHugeLine(t *testing.T) {
	const one = `{"ActionStatus":"FAIL","ErrorInfo":"expired","ErrorCode":70001,"From_Account":"u_1"},`
	n := (6 << 20) / len(one)
	got := codesIn(t, strings.NewReader("["+strings.Repeat(one, n)+"{}]"))
	if len(got) != n || slices.ContainsFunc(got, func(c int) bool { return c != 70001 }) {
		t.Errorf("%d codes, want %d of 70001", len(got), n)
	}
}

// A message that the log leaves empty is not looked for elsewhere.
func TestEmptyMessage(t *testing.T) {
	findings, _ := testExtractor().find(" TIM  17:38:38.986 Oops! code:2024 message: | getConversationList | ")
	if len(findings) != 1 || findings[0].Code != 2024 {
		t.Fatalf("found %v", findings)
	}
	if got := findings[0].Fields.Get(tally.KeyMessage); got != "" {
		t.Errorf("the message is %q", got)
	}
}

// Many fields beside the first code of a block do not hide what comes after it.
func TestManyFieldsFirst(t *testing.T) {
	const text = "onUserSigExpired user=u_1 userid: u_1 host=h3 api=login uid=7 user: b sdk_version:1.2\nIMSDK kicked offline\nIMSDK kicked offline\n"
	for _, remembers := range []bool{false, true} {
		w := newWorker(testExtractor())
		if !remembers {
			w.memo = nil
		}
		var got []string
		for _, e := range w.scan(&Block{Buf: []byte(text), To: len(text)}, &Input{Name: "t", Zone: time.UTC}).events {
			got = append(got, e.kind.c.event)
		}
		if d := cmp.Diff([]string{"usersig_expired", "kicked", "kicked"}, got); d != "" {
			t.Errorf("memory %v (-want +got):\n%s", remembers, d)
		}
	}
}
