package envelope_test

import (
	"bytes"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// seed adds logs in the formats, whole and torn.
func seed(f *testing.F, formats ...envelope.Format) {
	f.Helper()
	for _, w := range wrappings {
		for _, format := range formats {
			if w.format != format {
				continue
			}
			text := w.wrap([]string{"code=70001", "a\nb", `{"ErrorCode":6208}`}, func(i int) time.Time { return time.Unix(1780279384-int64(i), 0).UTC() })
			f.Add([]byte(text))
			f.Add([]byte(text[:2*len(text)/3]))
			f.Add([]byte(text[len(text)/3:]))
		}
	}
}

// fuzz holds that a text is read in any of the formats without harm: the same byte by byte, not much longer than it
// was, with carriers that name places in it (which read checks), and as it is if it is no envelope.
func fuzz(f *testing.F, formats ...envelope.Format) {
	f.Helper()
	f.Fuzz(func(t *testing.T, b []byte) {
		detected := envelope.Detect(b, true)
		envelope.Detect(b, false)
		for _, format := range append([]envelope.Format{detected}, formats...) {
			got, carriers, report := read(t, format, bytes.NewReader(b))
			again, carriersAgain, reportAgain := read(t, format, iotest.OneByteReader(bytes.NewReader(b)))
			if got != again || !cmp.Equal(carriers, carriersAgain) || !cmp.Equal(report, reportAgain) {
				t.Errorf("%s: byte by byte it is something else: %s", format, cmp.Diff(got, again))
			}
			if len(got) > 200*len(b)+200 {
				t.Errorf("%s: %d bytes become %d", format, len(b), len(got))
			}
			if format == envelope.None && got != string(b) {
				t.Errorf("what is no envelope is changed")
			}
		}
	})
}

func FuzzJSON(f *testing.F) {
	seed(f, envelope.Array, envelope.Elastic, envelope.Loki, envelope.CLS, envelope.Beats, envelope.JournalJSON)
	f.Add([]byte(`{"event_id":"a","platform":"x","exception":{"values":[{"type":"E","value":"code 70001","stacktrace":{"frames":[{"function":"f","vars":{"code":1}}]}}]}}`))
	f.Add([]byte("{\n\"__REALTIME_TIMESTAMP\":\"1780279384123456\",\n\"MESSAGE\":[1,2,\"a\",[3]]}\n{\"x\"=1}\n"))
	f.Add([]byte(`{"Response":{"Results":[{"Time":1,"LogJson":"{\"content\":\"a\",\"code\":70001}"}]}}`))
	fuzz(f, envelope.Array, envelope.CLS)
}

func FuzzLines(f *testing.F) {
	seed(f, envelope.Docker, envelope.CRI, envelope.ISO, envelope.RFC5424, envelope.JournalExport)
	f.Add([]byte("<13>Jun  1 02:03:04 h app[1]: a\n<13>Jun  1 02:03:04 h app[1]: #011at b\n      c\n"))
	fuzz(f, envelope.Docker, envelope.CRI, envelope.ISO, envelope.RFC3164, envelope.RFC5424, envelope.JournalExport)
}

func FuzzTable(f *testing.F) {
	seed(f, envelope.CSV)
	f.Add([]byte("time\tmessage\n1780279384\ta\n\"1780279385\tb\n"))
	f.Add([]byte("时间,user,错误码\r\n2026-06-01 02:03:04,u1,70001\r\n2026-06-01 02:03:05,u2,\"60,1\"\r\n"))
	fuzz(f, envelope.CSV, envelope.TSV)
}
