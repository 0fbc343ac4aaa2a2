package scanner

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// BenchmarkScan is the pipeline without report on one worker. The lines of a log differ in their numbers, users and
// ids, as those of a real one do: what the engine remembers of a line must not make the benchmark.
func BenchmarkScan(b *testing.B) {
	for _, bench := range []struct {
		name  string
		every int // how many lines have one with a code among them; 0 is none
	}{{"noise", 0}, {"sparse", 100}, {"dense", 1}} {
		b.Run(bench.name, func(b *testing.B) {
			text := benchLog(20_000, bench.every)
			b.SetBytes(int64(len(text)))
			var found codes
			for b.Loop() {
				found = found[:0]
				if err := (&Scanner{Extractor: testExtractor(), Jobs: 1}).Scan(b.Context(), []Source{blockSource{strings.NewReader(text), 0}}, &found); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*20_000), "ns/line")
			b.ReportMetric(float64(len(found))*float64(b.N)/b.Elapsed().Seconds(), "findings/s")
		})
	}
}

// benchLog writes lines, of which every so many-th presents a code.
func benchLog(lines, every int) string {
	rng := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	var b strings.Builder
	for i := range lines {
		now = now.Add(time.Duration(rng.IntN(50)) * time.Millisecond)
		at, id, user := now.Format("2006-01-02 15:04:05.000"), rng.Uint64(), rng.IntN(50_000)
		shape := rng.IntN(4)
		if every == 0 || i%every > 0 {
			shape += 4
		}
		code := []int{6206, 6014, 9508, 70001, 70009, 10007, 20009, -20009}[rng.IntN(8)]
		switch shape {
		case 0:
			fmt.Fprintf(&b, "TIM: %s E 28587-%d|-login.cpp:313  HandleA2D2OnlineResponse  |error_code:%d|error_message:expired|userid:u_%d\n", at, id%9999, code, user)
		case 1:
			fmt.Fprintf(&b, "%s ERROR [im-%d] ImClient - send user=u_%d trace=%016x answer {\"ActionStatus\":\"FAIL\",\"ErrorInfo\":\"expired\",\"ErrorCode\":%d}\n", at, id%64, user, id, code)
		case 2:
			fmt.Fprintf(&b, "%s im.go:142: imsdk send to u_%d failed: code=%d, msg=not friends request_id=%016x\n", at, user, code, id)
		case 3:
			fmt.Fprintf(&b, "%s [ERROR] 即时通信 IM 用户 u_%d 发送消息失败，错误码：%d，描述：请求超时\n", at, user, code)
		case 4:
			fmt.Fprintf(&b, "%s INFO [worker-%d] order %d paid by u_%d in %d ms, error budget left\n", at, id%16, 60_000+id%40_000, user, id%2000)
		case 5:
			fmt.Fprintf(&b, "10.0.3.%d - - [%s] \"GET /api/v2/users/%d/feed HTTP/1.1\" 200 %d okhttp/4.9.3\n", id%255, now.Format("02/Jan/2006:15:04:05 -0700"), user, id%90_000)
		case 6:
			fmt.Fprintf(&b, "{\"level\":\"info\",\"ts\":%q,\"caller\":\"feed/rank.go:%d\",\"msg\":\"ranked\",\"items\":%d,\"span\":\"%016x\"}\n", at, id%900, id%500, id)
		case 7:
			fmt.Fprintf(&b, "TIM: %s D 28587-%d|-conversation.cpp:%d  OnRecvMessage  |seq:%d|size:%d\n", at, id%9999, id%900, id%90_000, id%12_000)
		}
	}
	return b.String()
}
