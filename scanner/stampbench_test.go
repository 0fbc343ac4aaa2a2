package scanner

import (
	"testing"
	"time"
)

// stampLines are the layouts of stamps that logs have, on lines as long as theirs.
var stampLines = []struct{ name, line string }{
	{"ISO", `2026-06-01 00:00:00,230 ERROR [im-62] c.e.im.ImClient - send uid=52496e1e3fc24ec0952989c1 trace=d5b8c255-1f4d-4cc5-091b-5ffbff651b90 answer {"ActionStatus":"FAIL","ErrorInfo":"group not exist","ErrorCode":10010}`},
	{"ISO zone", `2026-06-01T00:00:00.113456+08:00 GET /cb?x=%7B%22errorCode%22%3A70398%7D&sdkappid=1400045065`},
	{"ISO nano", `2026-06-01T00:00:00.113456789Z stderr F imsdk send to admin failed: code=-5, msg=the request packets timed out`},
	{"ISO 30th", `2026-06-30 00:00:00,230 ERROR [im-62] c.e.im.ImClient - send uid=52496e1e3fc24ec0952989c1 failed`},
	{"native", `TIM: 2026-06-01 00:00:00.162 I 20819-129|-core.cpp:88  LogRequestEnd  |Login failed|task_id:181|error_code:6017`},
	{"logcat", `06-01 00:00:00.160  6272 29297 E TUIKit-ChatPresenter: sendMessage error, code = 6206, desc = not login`},
	{"access", `10.23.21.92 - frank [01/Jun/2026:00:00:00 +0800] "GET /v4/orders/4683?id=182603011416532597 HTTP/1.1" 502 83685 "-" "okhttp/4.6" rt=0.822`},
	{"Go slash", `2026/06/01 00:00:00.039123 {"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"u_guest-82","SendMsgResult":90018,"ErrorInfo":"x"}`},
	{"time only", ` TIM  00:00:00.057 GroupModule.applyJoinGroup failed. error: {"message":"738d243a-6e58-d5ca-49c7-b59b995253fd","code":2024} `},
	{"time first", `00:00:00.239 INFO  [worker-25] c.e.order.OrderService - order 91910 closed by SlgYEHXFf8 in 2796 ms, trace 821d4606-3b4d-bf2c-a294-523d74115c86`},
	{"klog", `E0601 02:03:04.123456   90001 syncer.go:20] tencentim: ErrorCode(60004): x`},
	{"RFC 3164", `Jun  1 02:03:04 host app[7]: imsdk send to admin failed: code=-5, msg=the request packets timed out`},
	{"syslog <>", `<11>Jun 11 02:03:04 host app[7]: imsdk send to admin failed: code=-5, msg=the request packets timed out`},
	{"RFC 5424", `<11>1 2026-06-01T02:03:04.123Z host app 7 - - imsdk send to admin failed`},
	{"ctime", `Mon Jun  1 02:03:04 2026 imsdk send to admin failed`},
	{"JS Date", `Mon Jun 01 2026 02:03:04 GMT+0800 (CST) imsdk send to admin failed`},
	{"English", `June 1, 2026 at 02:03:04 imsdk send to admin failed`},
	{"day first", `[01 Jun 2026 02:03:04] imsdk send to admin failed`},
	{"US", `06/01/2026 02:03:04 imsdk send to admin failed`},
	{"Chinese", `2026年6月1日 02:03:04 imsdk send to admin failed`},
	{"compact", `20260601 02:03:04.5 imsdk send to admin failed`},
	{"mars", `[2026-06-01 +0800 11:20:21] imsdk send to admin failed`},
	{"JSON ISO", `{"ts":"2026-06-01T00:00:00.066Z","level":"error","msg":"im send","userID":"a2909cb6-33e2-38b4-e9dd-38b869ace913","ErrorCode":10021,"ActionStatus":"FAIL","traceId":"6f98bca35b17b9662f0733c846bbe9e8"}`},
	{"JSON float", `{"level":"error","ts":1780279384.123,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`},
	{"JSON sci", `{"level":"error","ts":1.780279384123e+09,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`},
	{"JSON ms", `{"level":"info","ts":1780272000170,"caller":"feed/rank.go:60","msg":"user online right 0x7f 404 error queue v4 errcode order 3.14 70001","code":0,"user":"aF5X1J1fO9bGn","span":"cb4deeec0b0c995e"}`},
	{"JSON last", `{"level":"info","caller":"feed/rank.go:60","msg":"user online right 0x7f 404 error queue v4 errcode order 3.14 70001","code":0,"user":"aF5X1J1fO9bGn","span":"cb4deeec0b0c995e","time":"2026-06-01T00:00:00.066+08:00"}`},
	{"JSON none", `{"level":"info","caller":"feed/rank.go:60","msg":"user online right 0x7f 404 error queue v4 errcode order 3.14 70001","code":0,"user":"aF5X1J1fO9bGn","span":"cb4deeec0b0c995e"}`},
	{"epoch", `1780279384.123 imsdk send to admin failed: code=-5, msg=the request packets timed out`},
	{"none", `im.go:680: imsdk send to lina.guest@qq.com failed: code=70003, msg=line break request_id=897483229993460245`},
}

func BenchmarkFindStamp(b *testing.B) {
	for _, l := range stampLines {
		line := []byte(l.line)
		b.Run(l.name, func(b *testing.B) {
			for b.Loop() {
				findStamp(line)
			}
		})
		b.Run(l.name+"/patterns", func(b *testing.B) {
			for b.Loop() {
				oldFindStamp(line)
			}
		})
	}
}

// BenchmarkStampAt reads stamps of lines of which the shape is known.
func BenchmarkStampAt(b *testing.B) {
	for _, l := range stampLines {
		line := []byte(l.line)
		var s shape
		s.cut(line, &testExtractor().idWords)
		p := s.stampSpots(line)
		if !p.known {
			continue
		}
		b.Run(l.name, func(b *testing.B) {
			for b.Loop() {
				s.stampAt(&p, line)
			}
		})
	}
}

// BenchmarkResolve gives stamps that lack something their instants.
func BenchmarkResolve(b *testing.B) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		b.Fatal(err)
	}
	c := newClock(&Input{Zone: shanghai, Reference: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, nil, carried{})
	s := stamp{date: dateOf(0, 6, 1), sec: secondsOf(2, 0, 0)}
	dated := stamp{date: dateOf(2026, 6, 1), sec: secondsOf(2, 0, 0)}
	b.Run("dated", func(b *testing.B) {
		for b.Loop() {
			c.resolve(dated)
		}
	})
	b.Run("dated/calendar", func(b *testing.B) {
		for b.Loop() {
			dated.on(2026, 6, 1, shanghai)
		}
	})
	b.Run("no year", func(b *testing.B) {
		for b.Loop() {
			c.resolve(s)
		}
	})
	b.Run("no year/calendar", func(b *testing.B) {
		for b.Loop() {
			c.latestYear(s, shanghai)
		}
	})
	b.Run("no date", func(b *testing.B) {
		for b.Loop() {
			c.onDate(s, c.ref, 0)
		}
	})
	b.Run("no date/calendar", func(b *testing.B) {
		for b.Loop() {
			c.dateless = knownDay{}
			c.onDate(s, c.ref, 0)
		}
	})
}
