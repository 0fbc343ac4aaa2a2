package envelope_test

import (
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// TestNoEnvelope holds that logs of programs are left as they are, however much they look like a carrier's.
func TestNoEnvelope(t *testing.T) {
	for _, tc := range []struct{ name, in string }{
		{"empty", ""},
		{"text", "2026-06-01 02:03:04 ERROR code=70001\n"},
		{"zap", `{"level":"error","ts":1780279384.123,"caller":"im/a.go:7","msg":"send failed","ErrorCode":70001}`},
		{"logrus", `{"level":"error","time":"2026-06-01T02:03:04Z","msg":"send failed","code":70001}`},
		{"pino", `{"level":50,"time":1780279384123,"pid":7,"hostname":"h","msg":"failed","code":70001}`},
		{"logback for Logstash", `{"@timestamp":"2026-06-01T02:03:04Z","@version":"1","message":"failed","logger_name":"a.B","thread_name":"main","level":"ERROR","level_value":40000,"host":"h"}`},
		{"ECS logging", `{"@timestamp":"2026-06-01T02:03:04Z","log.level":"ERROR","message":"failed","ecs.version":"1.2.0","service.name":"im","error.code":"70001"}`},
		{"answers", `{"ActionStatus":"FAIL","ErrorCode":70001,"ErrorInfo":"x"}`},
		{"pretty answer", "{\n  \"ActionStatus\": \"FAIL\",\n  \"ErrorCode\": 70001\n}"},
		{"ISO stamps and a level", "2026-06-01T02:03:04Z INFO main: started\n2026-06-01T02:03:05Z ERROR http[7]: failed"},
		{"ISO stamps and a module", "2026-06-01T02:03:04Z server main: started\n2026-06-01T02:03:05Z server http: failed"},
		{"Spring Boot", "2026-06-01T02:03:04.123+08:00  INFO 7 --- [main] c.e.Im : started"},
		{"commas", "2026-06-01 02:03:04,123 ERROR a, b\n2026-06-01 02:03:05,123 ERROR c, d"},
		{"commas and a word", "time, code and message\nfoo, bar and baz\nfoo, bar and baz"},
		{"header without rows", "time,message"},
		{"rows of other widths", "time,message\n1,a\n1,a,b\n"},
		{"brackets", "[{\"a\":1}] is what came\n[{\"a\":2}] too"},
		{"bracketed stamps", "[2026-06-01 02:03:04] a\n[2026-06-01 02:03:05] b"},
		{"numbers", "[1,2,3]"},
		{"logcat", "06-01 02:03:04.123 1 2 E imsdk: code=70001"},
		{"one envelope among others", "a\nb\nc\n" + `{"log":"x\n","stream":"stdout","time":"2026-06-01T02:03:04Z"}`},
	} {
		for _, end := range []string{"", "\n"} {
			in := strings.Repeat(tc.in+"\n", 2) + tc.in + end
			if tc.in == "" || strings.Contains(tc.in, "header") || strings.HasPrefix(tc.in, "time") || strings.HasPrefix(tc.in, "[1") {
				in = tc.in + end
			}
			if f := envelope.Detect([]byte(in), true); f != envelope.None {
				t.Errorf("%s is taken for %q", tc.name, f)
			}
			if got, _, _ := read(t, envelope.None, strings.NewReader(in)); got != in {
				t.Errorf("%s is changed", tc.name)
			}
		}
	}
}

// TestDetectsTorn holds that a log of lines is recognised though its first line is torn and a warning stands before it.
func TestDetectsTorn(t *testing.T) {
	messages := []string{"code=70001", "a", `{"ErrorCode":70001}`, "b"}
	for _, w := range wrappings {
		switch w.name {
		case "array", "CSV", "journald export", "Loki", "Elasticsearch answer", "CLS answer":
			continue // no lines
		}
		wrapped := w.wrap(messages, func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
		for name, in := range map[string]string{"torn": wrapped[9:], "warned": "Defaulted container \"im\" out of: im, proxy\n" + wrapped} {
			if f := envelope.Detect([]byte(in), true); f != w.format {
				t.Errorf("%s, %s, is %q", w.name, name, f)
			}
		}
	}
}
