package envelope_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// A spot is a run of unwrapped text and what its carrier says.
type spot struct{ text, time, host string }

// A tester is a test, also one of rapid.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// read unwraps a text.
func read(t tester, f envelope.Format, r io.Reader) (string, []envelope.Carrier, envelope.Report) {
	t.Helper()
	e := envelope.NewReader(f, r)
	var text bytes.Buffer
	var carriers []envelope.Carrier
	p := make([]byte, 1000)
	for {
		n, err := e.Read(p)
		text.Write(p[:n])
		before := len(carriers)
		carriers = e.Carriers(carriers)
		for i, c := range carriers[before:] {
			if c.Off < 0 || c.Off >= int64(text.Len()) || before+i > 0 && c.Off <= carriers[before+i-1].Off {
				t.Fatalf("carrier %d at %d, of %d bytes, after %v", before+i, c.Off, text.Len(), carriers[:before+i])
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return text.String(), carriers, e.Report()
}

// spots puts text and carriers together.
func spots(text string, carriers []envelope.Carrier) (all []spot) {
	for i, c := range carriers {
		end := int64(len(text))
		if i+1 < len(carriers) {
			end = carriers[i+1].Off
		}
		s := spot{text: text[c.Off:end], time: c.Stamp, host: c.Host}
		if !c.Time.IsZero() {
			s.time = c.Time.Format(time.RFC3339Nano)
		}
		all = append(all, s)
	}
	return all
}

// unwrap detects the format of a text and unwraps it.
func unwrap(t testing.TB, in string) (envelope.Format, []spot, envelope.Report) {
	t.Helper()
	f := envelope.Detect([]byte(in)[:min(len(in), 64<<10)], len(in) <= 64<<10)
	text, carriers, report := read(t, f, strings.NewReader(in))
	again, carriersAgain, reportAgain := read(t, f, iotest.OneByteReader(strings.NewReader(in)))
	if text != again || !cmp.Equal(carriers, carriersAgain) || !cmp.Equal(report, reportAgain) {
		t.Errorf("byte by byte it is something else: %s", cmp.Diff(text, again)+cmp.Diff(report, reportAgain)+cmp.Diff(carriers, carriersAgain))
	}
	return f, spots(text, carriers), report
}
