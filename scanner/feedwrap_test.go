package scanner

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// A wrapping carries a text, and knows what is whole at which line of it.
type wrapping struct {
	name string
	// line wraps a line, its break included.
	line func(t *rapid.T, i int, line string) string
}

func stamped(i int) string {
	return time.Date(2026, 6, 1, 2, 3, 4, i*1000, time.UTC).Format(time.RFC3339Nano)
}

var wrappings = []wrapping{
	{"plain", func(_ *rapid.T, _ int, line string) string { return line }},
	{"docker", func(t *rapid.T, i int, line string) string {
		var b strings.Builder
		stream := rapid.SampledFrom([]string{"stdout", "stderr"}).Draw(t, "stream")
		for len(line) > 0 {
			n := len(line)
			if rapid.IntRange(0, 5).Draw(t, "parts") == 0 {
				n = rapid.IntRange(1, n).Draw(t, "part")
			}
			msg, err := json.Marshal(strings.ToValidUTF8(line[:n], "?"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, `{"log":%s,"stream":%q,"time":%q}`+"\n", msg, stream, stamped(i))
			line = line[n:]
		}
		return b.String()
	}},
	{"CRI", func(t *rapid.T, i int, line string) string {
		var b strings.Builder
		for n := len(line) - 1; n > 1 && rapid.IntRange(0, 5).Draw(t, "parts") == 0; n = len(line) - 1 {
			n = rapid.IntRange(1, n).Draw(t, "part")
			fmt.Fprintf(&b, "%s stdout P %s\n", stamped(i), line[:n])
			line = line[n:]
		}
		fmt.Fprintf(&b, "%s stdout F %s", stamped(i), line)
		return b.String()
	}},
	{"syslog", func(_ *rapid.T, i int, line string) string {
		return time.Date(2026, 6, 1, 2, 3, 4+i/7, 0, time.UTC).Format(time.Stamp) + " im-1 app[7]: " + line
	}},
	{"journald", func(t *rapid.T, i int, line string) string {
		msg, err := json.Marshal(strings.ToValidUTF8(strings.TrimSuffix(line, "\n"), "?"))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`{"__CURSOR":"s=%d","__REALTIME_TIMESTAMP":"%d","_HOSTNAME":"im-%d","MESSAGE":%s}`+"\n", i, 1780279384000000+i, i%3, msg)
	}},
	{"GB18030", func(t *rapid.T, _ int, line string) string {
		s, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ToValidUTF8(line, "?"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}},
	{"UTF-16", func(t *rapid.T, i int, line string) string {
		mark := unicode.IgnoreBOM
		if i == 0 {
			mark = unicode.UseBOM
		}
		s, err := unicode.UTF16(unicode.LittleEndian, mark).NewEncoder().String(strings.ToValidUTF8(line, "?"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}},
}

// genGrowing draws a log, whole lines of it wrapped, and where in the wrapped one everything is closed.
func genGrowing(t *rapid.T, w wrapping) (raw []byte, quiet []int) {
	text := genLog(t)
	if w.name == "GB18030" {
		text = strings.Repeat("即时通信 用户发送消息失败，错误码：6012 ；错误信息：请求超时\n", 5) + text
	}
	if w.name != "plain" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	g := newGrower(t, nil)
	at := 0
	for i, line := range strings.SplitAfter(text, "\n") {
		if line == "" {
			continue
		}
		raw = append(raw, w.line(t, i, line)...)
		if at += len(line); g.quietAt([]byte(text), at) {
			quiet = append(quiet, len(raw))
		}
	}
	return raw, quiet
}
