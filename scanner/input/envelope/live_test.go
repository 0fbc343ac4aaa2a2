package envelope

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readLive unwraps a text that comes in pieces; from a mark on if it is asked to begin anew behind so many bytes of it.
func readLive(f Format, text []byte, size, anew int) (out []byte, carriers []Carrier) {
	l := NewLive(f, Mark{})
	for at := 0; at < len(text); {
		n := min(size, len(text)-at)
		out = l.Append(out, text[at:at+n])
		carriers = l.Carriers(carriers)
		if at%3 == 0 {
			l.Trim()
		}
		if at += n; anew > 0 && at >= anew {
			anew = 0
			m := l.Mark(int64(len(out)))
			l, at, out = NewLive(f, m), int(m.Wrapped), out[:m.Text]
		}
	}
	out = l.End(out)
	return out, l.Carriers(carriers)
}

var liveTexts = []string{
	`{"log":"one ","stream":"stdout","time":"2026-06-01T02:03:04Z"}` + "\n" + `{"log":"two\n","stream":"stderr","time":"2026-06-01T02:03:05Z"}` + "\n" +
		`{"log":"and three\n","stream":"stdout","time":"2026-06-01T02:03:06Z"}` + "\nstray\n" + `{"log":"left over","stream":"stdout","time":"2026-06-01T02:03:07Z"}` + "\n",
	"2026-06-01T02:03:04Z stdout P one \n2026-06-01T02:03:05Z stderr F two\n2026-06-01T02:03:06Z stdout F and three\nstray",
	"Jun  1 02:03:04 im-1 app[7]: one\n                      two\nJun  1 02:03:04 im-1 app[7]: three\n",
	`{"__CURSOR":"s","__REALTIME_TIMESTAMP":"1780279384000000","_HOSTNAME":"im-1","MESSAGE":"one\ntwo"}` + "\nno JSON\n" +
		`{"__CURSOR":"s","__REALTIME_TIMESTAMP":"1780279384000001","_HOSTNAME":"im-1","MESSAGE":"three"}` + "\n",
}

// TestLiveIsAReader holds a text in pieces, begun anew somewhere, against the whole.
func TestLiveIsAReader(t *testing.T) {
	for _, text := range liveTexts {
		f := DetectLive([]byte(text), true)
		if f == None {
			t.Fatalf("nothing is known of %q", text)
		}
		r := NewReader(f, strings.NewReader(text))
		want, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		told := r.Carriers(nil)
		for _, size := range []int{1, 7, 50, 1 << 10} {
			got, carriers := readLive(f, []byte(text), size, 0)
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("%s in pieces of %d bytes: (-whole +pieces):\n%s", f, size, d)
			}
			if d := cmp.Diff(told, carriers); d != "" {
				t.Errorf("%s in pieces of %d bytes: (-whole +pieces):\n%s", f, size, d)
			}
			for anew := range len(text) {
				if got, _ := readLive(f, []byte(text), size, anew); string(got) != string(want) {
					t.Fatalf("%s in pieces of %d bytes, anew at %d: (-whole +pieces):\n%s", f, size, anew, cmp.Diff(string(want), string(got)))
				}
			}
		}
	}
}

// Exports are written once: a program that follows one would wait for its end.
func TestExportsAreNotLive(t *testing.T) {
	for _, text := range []string{`[{"message":"a"},{"message":"b"}]`, "time,message\n2026-06-01T02:03:04Z,a\n2026-06-01T02:03:05Z,b\n", "plain\n"} {
		if f := DetectLive([]byte(text), true); f != None {
			t.Errorf("%q is taken for %s", text, f)
		}
	}
}

func FuzzLive(f *testing.F) {
	for _, text := range liveTexts {
		f.Add([]byte(text), uint16(5), uint16(60))
	}
	f.Fuzz(func(t *testing.T, text []byte, size, anew uint16) {
		for _, format := range []Format{Docker, CRI, RFC3164, RFC5424} {
			want, err := io.ReadAll(NewReader(format, bytes.NewReader(text)))
			if err != nil {
				t.Fatal(err)
			}
			got, _ := readLive(format, text, max(1, int(size)), int(anew))
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Fatalf("%s: (-whole +pieces):\n%s", format, d)
			}
		}
	})
}
