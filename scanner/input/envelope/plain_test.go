package envelope_test

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// A wrapping carries messages as a carrier does.
type wrapping struct {
	name   string
	format envelope.Format
	// exported logs may be newest first; others are appended to.
	exported bool
	wrap     func(messages []string, at func(int) time.Time) string
}

// inJSON writes a value as most carriers do.
func inJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(len(fmt.Sprint(v))%2 == 0)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

// object is JSON with its keys in order.
func object(keysAndValues ...any) string {
	parts := make([]string, 0, len(keysAndValues)/2)
	for i := 0; i < len(keysAndValues); i += 2 {
		v, raw := keysAndValues[i+1].(json.RawMessage)
		text := string(v)
		if !raw {
			text = inJSON(keysAndValues[i+1])
		}
		parts = append(parts, inJSON(keysAndValues[i])+":"+text)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// each joins what f makes of each message.
func each(messages []string, sep string, f func(i int, m string) string) string {
	parts := make([]string, len(messages))
	for i, m := range messages {
		parts[i] = f(i, m)
	}
	return strings.Join(parts, sep)
}

var wrappings = []wrapping{
	{"docker", envelope.Docker, false, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			var parts []string
			for line := range strings.Lines(m + "\n") {
				for size := 40; len(line) > size; size = 10_000 { // the driver cuts at 16 KiB, between characters
					cut := len(strings.ToValidUTF8(line[:size], ""))
					parts, line = append(parts, line[:cut]), line[cut:]
				}
				parts = append(parts, line)
			}
			return each(parts, "\n", func(_ int, p string) string {
				return object("log", p, "stream", []string{"stdout", "stderr"}[i%2], "time", at(i).Format(time.RFC3339Nano))
			})
		}) + "\n"
	}},
	{"CRI", envelope.CRI, false, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return each(strings.Split(m, "\n"), "\n", func(_ int, line string) string {
				head := at(i).Format(time.RFC3339Nano) + " " + []string{"stdout", "stderr"}[i%2]
				parts := ""
				for size := 15; len(line) > size; size = 10_000 {
					parts, line = parts+head+" P "+line[:size]+"\n", line[size:]
				}
				return parts + head + " F " + line
			})
		}) + "\n"
	}},
	{"journald JSON", envelope.JournalJSON, true, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return object("__CURSOR", "s", "__REALTIME_TIMESTAMP", fmt.Sprint(at(i).UnixMicro()), "MESSAGE", m, "_HOSTNAME", "h")
		}) + "\n"
	}},
	{"journald export", envelope.JournalExport, true, func(messages []string, at func(int) time.Time) string {
		return each(messages, "", func(i int, m string) string {
			message := "MESSAGE=" + m
			if i%2 == 0 || strings.ContainsAny(m, "\n\r") {
				message = "MESSAGE\n" + string(binary.LittleEndian.AppendUint64(nil, uint64(len(m)))) + m
			}
			return fmt.Sprintf("__CURSOR=s\n__REALTIME_TIMESTAMP=%d\n%s\n_HOSTNAME=h\n\n", at(i).UnixMicro(), message)
		})
	}},
	{"RFC 5424", envelope.RFC5424, false, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return each(strings.Split(m, "\n"), "\n", func(_ int, line string) string {
				return "<13>1 " + at(i).Format(time.RFC3339Nano) + " h app 1 - - " + line
			})
		}) + "\n"
	}},
	{"short-iso", envelope.ISO, false, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return each(strings.Split(m, "\n"), "\n", func(_ int, line string) string {
				return at(i).Format("2006-01-02T15:04:05-0700") + " h app[1]: " + line
			})
		}) + "\n"
	}},
	{"Elasticsearch answer", envelope.Elastic, true, func(messages []string, at func(int) time.Time) string {
		return `{"took":1,"hits":{"total":1,"hits":[` + each(messages, ",", func(i int, m string) string {
			return object("_index", "i", "_source", json.RawMessage(object("message", m, "@timestamp", at(i))))
		}) + `]}}`
	}},
	{"elasticdump", envelope.Elastic, true, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return object("_index", "i", "_source", json.RawMessage(object("@timestamp", at(i), "message", m, "host", "h")))
		}) + "\n"
	}},
	{"array", envelope.Array, true, func(messages []string, at func(int) time.Time) string {
		return "[" + each(messages, "\n,", func(i int, m string) string { return "\n  " + object("time", at(i), "message", m) }) + "\n]\n"
	}},
	{"Loki", envelope.Loki, true, func(messages []string, at func(int) time.Time) string {
		return `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"host":"h"},"values":[` + each(messages, ",", func(i int, m string) string {
			return "[" + inJSON(fmt.Sprint(at(i).UnixNano())) + "," + inJSON(m) + "]"
		}) + `]}]}}`
	}},
	{"CLS", envelope.CLS, true, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return object("__TIMESTAMP__", fmt.Sprint(at(i).UnixMilli()), "__SOURCE__", "10.0.0.1", "__FILENAME__", "f", "__CONTENT__", m)
		}) + "\n"
	}},
	{"CLS answer", envelope.CLS, true, func(messages []string, at func(int) time.Time) string {
		return `{"Response":{"Results":[` + each(messages, ",", func(i int, m string) string {
			return object("Time", at(i).UnixMilli(), "TopicId", "t", "LogJson", object("__CONTENT__", m))
		}) + `]}}`
	}},
	{"Filebeat", envelope.Beats, true, func(messages []string, at func(int) time.Time) string {
		return each(messages, "\n", func(i int, m string) string {
			return object("@timestamp", at(i), "message", m, "agent", map[string]string{"type": "filebeat"})
		}) + "\n"
	}},
	{"CSV", envelope.CSV, true, func(messages []string, at func(int) time.Time) string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		rows := [][]string{{"@timestamp", "host", "message"}}
		for i, m := range messages {
			rows = append(rows, []string{at(i).Format(time.RFC3339Nano), "h", m})
		}
		if err := w.WriteAll(rows); err != nil {
			panic(err)
		}
		return b.String()
	}},
}

// TestWrappedIsPlain holds that a log comes out of every carrier as it went in, oldest first.
func TestWrappedIsPlain(t *testing.T) {
	line := rapid.OneOf(
		rapid.SampledFrom([]string{`answer {"ActionStatus":"FAIL","ErrorCode":70001}`, "登录失败，错误码：6208 😀", `\\"\u0041\`, "a, \"b\", c", "\tat a.B(C.java:7)", "", " x", "<13>1 2026", "{\"ts\":1}"}),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab ,\"\\\t{}[]:=é票\u2028😀\x01")), 0, 60, -1),
	)
	message := rapid.Map(rapid.SliceOfN(line, 1, 3), func(lines []string) string { return strings.Join(lines, "\n") })
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				messages := rapid.SliceOfN(message, 2, 20).Draw(t, "messages")
				begin := time.Date(2026, 6, 1, 2, 3, 4, 123e6, time.UTC)
				plain := ""
				for _, m := range messages {
					plain += m
					if !strings.HasSuffix(m, "\n") || w.format == envelope.Docker || w.format == envelope.CRI || w.format == envelope.ISO || w.format == envelope.RFC5424 {
						plain += "\n"
					}
				}
				down := rapid.Bool().Draw(t, "newest first") && w.exported
				sent := messages
				if down {
					messages = append(messages, "the third or more")
					plain += "the third or more\n"
					sent = nil
					for _, m := range messages {
						sent = append([]string{m}, sent...)
					}
				}
				wrapped := w.wrap(sent, func(i int) time.Time {
					if down {
						i = len(sent) - i
					}
					return begin.Add(time.Duration(i) * time.Second)
				})
				got, carriers, report := read(t, w.format, strings.NewReader(wrapped))
				if got != plain || report.Reversed != down {
					t.Errorf("turned round %v, of\n%s\n%s", report.Reversed, wrapped, cmp.Diff(plain, got))
				}
				for i := range carriers {
					if i > 0 && carriers[i].Time.Before(carriers[i-1].Time) {
						t.Errorf("times go back: %v", carriers)
					}
				}
			})
		})
	}
}

// TestDetectsWrapped holds that every carrier is recognised by ordinary logs.
func TestDetectsWrapped(t *testing.T) {
	messages := []string{"2026-06-01 10:03:04,123 ERROR code=70001", "java.lang.E: x\n\tat a.B(C:1)", `{"ErrorCode":70001}`}
	for _, w := range wrappings {
		wrapped := w.wrap(messages, func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
		if f := envelope.Detect([]byte(wrapped), true); f != w.format {
			t.Errorf("%s is %q", w.name, f)
		}
		long := w.wrap(append(messages, strings.Repeat("x", 100<<10)), func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
		if f := envelope.Detect([]byte(long)[:64<<10], false); f != w.format {
			t.Errorf("%s with a long line is %q", w.name, f)
		}
	}
}
