package scanner

import (
	"strings"
	"testing"
)

// FuzzFeed holds an input that comes in pieces against the whole, with pauses and crashes between the pieces.
func FuzzFeed(f *testing.F) {
	f.Add([]byte(strings.Join(logLines, "\n")), uint16(90), uint16(0x1234))
	f.Add([]byte(strings.Join(logLines, " ")), uint16(7000), uint16(7))
	f.Add([]byte("2026-06-01T02:03:04Z stdout P im Error\n2026-06-01T02:03:05Z stdout F Code=70001\nstray\n"), uint16(3), uint16(0xFFFF))
	f.Add([]byte(`{"log":"im ErrorCode=70001 ","stream":"stderr","time":"2026-06-01T02:03:04Z"}`+"\n"+`{"log":"expired\n","stream":"stderr","time":"2026-06-01T02:03:05Z"}`+"\n"), uint16(50), uint16(0x5555))
	f.Add([]byte("\xff\xfei\x00m\x00 \x00E\x00r\x00r\x00o\x00r\x00C\x00o\x00d\x00e\x00=\x007\x000\x000\x000\x001\x00\n\x00"), uint16(1), uint16(2))
	f.Fuzz(func(t *testing.T, raw []byte, size, how uint16) {
		// What is decided by all of an input cannot be told before it is there: these are read as they come.
		want := batch(t, raw).sum.Summary().Inputs[0]
		live := want.Complete && want.Kind == "text" && !want.Health.Reversed
		switch want.Health.Envelope {
		case "", "docker json-file", "CRI log":
		default:
			live = false
		}
		g := newGrower(t, raw)
		for i := 0; g.at < len(raw); i++ {
			g.write(max(1, int(size)))
			switch {
			case how>>(i%16)&1 == 0:
			case i%2 == 0:
				g.crash()
			default:
				if g.quietAt(raw, g.at) && (want.Health.Envelope == "" && want.Health.Encoding == "") {
					g.idle()
				}
			}
		}
		if !live {
			g.must(g.feed.Close())
			return
		}
		g.check(true)
	})
}
