package outline_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/imtriage/imtriage/scanner/internal/outline"
)

// shapes are lines of apps and servers that use the SDK, with numbers of any length.
var shapes = []string{
	"TIM: 2026-06-01 10:%02d:%02d.%03d E 28001--1056966%d|-login.cpp:313  HandleA2D2OnlineResponse  |task_id:%d|error_code:%d|error_message:user sig expired|userid:u_%d",
	"2026-06-01 10:%02d:%02d,%03d ERROR [http-nio-8080-exec-%d] c.e.im.ImClient - POST /v4/openim/sendmsg user=u_%d answer {\"ErrorCode\":%d} (%dms)",
	"2026/06/01 10:%02d:%02d.%06d im.go:142: imsdk send to u_%d failed: code=%d, msg=not logged in request_id=%08x%x",
	"10.0.%d.%d - - [01/Jun/2026:10:00:%02d +0800] \"GET /api/v2/users/%d/feed HTTP/1.1\" 200 %d \"-\" \"okhttp/4.9.3\" rt=0.0%d port=%d",
	"2026-06-01 10:%02d:%02d,%03d INFO  [worker-%d] c.e.order.OrderService - order %d paid by u_%d in %d ms",
	"2026-06-01 10:%02d:%02d.%03d [ERROR] 即时通信 IM 用户 u_%d 发送消息失败，错误码：%d，任务 %d，耗时 %d",
	"{\"level\":\"info\",\"ts\":\"2026-06-01T10:%02d:%02d.%03dZ\",\"caller\":\"feed/rank.go:%d\",\"msg\":\"ranked\",\"items\":%d,\"user\":\"u_%d\",\"span\":\"%08x\"}",
	"06-01 10:%02d:%02d.%03d 24117 24160 E TUIKit-ChatPresenter: sendMessage error, code = %d, desc = request timeout, seq %d, %d of %d",
}

// lines are as many as a table of shapes sees before it has seen one of them again.
func lines(n int) (lines [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		lines = append(lines, fmt.Appendf(nil, shapes[r.IntN(len(shapes))],
			r.IntN(60), r.IntN(60), r.IntN(1000), r.IntN(1<<r.IntN(20)), r.IntN(1<<r.IntN(20)), r.IntN(1<<r.IntN(20)), r.IntN(1<<r.IntN(20))))
	}
	return lines
}

// BenchmarkAppend takes lines through the kernels in turn, so that a slow phase of the computer hits all.
func BenchmarkAppend(b *testing.B) {
	lines := lines(2000)
	text, edges := make([]byte, 0, 1000), make([]int32, 0, 400)
	spent := make([]time.Duration, outline.Kernels()+1)
	var bytes, runs int
	for _, line := range lines {
		_, edges, _ := outline.Append(text, edges, line)
		bytes, runs = bytes+len(line), runs+len(edges)/2
	}
	for b.Loop() {
		for i := range spent {
			start := time.Now()
			for _, line := range lines {
				outline.AppendWith(i, text, edges, line)
			}
			spent[i] += time.Since(start)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(bytes)/float64(len(lines)), "B/line")
	b.ReportMetric(float64(runs)/float64(len(lines)), "runs/line")
	for i, d := range spent {
		b.ReportMetric(float64(d.Nanoseconds())/float64(b.N*len(lines)), fmt.Sprintf("kernel%d-ns/line", i))
		if i > 0 {
			b.ReportMetric(spent[0].Seconds()/d.Seconds(), fmt.Sprintf("kernel0/kernel%d", i))
		}
	}
}

// BenchmarkHash hashes outlines, those of before and those that were made just now.
func BenchmarkHash(b *testing.B) {
	lines := lines(2000)
	var texts [][]byte
	bytes := 0
	for _, line := range lines {
		text, _, _ := outline.Append(nil, nil, line)
		texts, bytes = append(texts, text), bytes+len(text)
	}
	text, edges := make([]byte, 0, 1000), make([]int32, 0, 400)
	var alone, without, with time.Duration
	var sum uint64
	for b.Loop() {
		start := time.Now()
		for _, text := range texts {
			sum += outline.Hash(text)
		}
		alone += time.Since(start)
		start = time.Now()
		for _, line := range lines {
			outline.Append(text, edges, line)
		}
		without += time.Since(start)
		start = time.Now()
		for _, line := range lines {
			text, _, _ := outline.Append(text, edges, line)
			sum += outline.Hash(text)
		}
		with += time.Since(start)
	}
	if sum == 0 {
		b.Error("no hash")
	}
	of := float64(b.N * len(lines))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(bytes)/float64(len(lines)), "B/text")
	b.ReportMetric(float64(alone.Nanoseconds())/of, "ns/text")
	b.ReportMetric(float64((with-without).Nanoseconds())/of, "behind-Append-ns/text")
}
