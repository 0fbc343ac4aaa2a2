package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// BenchmarkFollow is the whole way of a live run, from a file that has grown to the report of now: follower, feed,
// tally, rules, live state and, once a second of the log, what is shown. A tick follows each round as in a run.
func BenchmarkFollow(b *testing.B) {
	const lines = 200_000
	for _, bench := range []struct {
		name   string
		every  int // one line in so many has a code; 0: none
		stream bool
	}{{"nothing found", 0, false}, {"one line in 100", 100, false}, {"every line", 1, false}, {"every line as ndjson", 1, true}} {
		b.Run(bench.name, func(b *testing.B) {
			r := newRig(b)
			text := benchLines(lines, bench.every)
			if err := os.WriteFile(filepath.Join(r.dir, "app.log"), []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			want := int64(0)
			if bench.every > 0 {
				want = lines / int64(bench.every)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r.start()
				if bench.stream {
					r.watch.stream = report.NewNDJSON(io.Discard, r.plan.redactor)
				}
				for more := true; more; {
					more = r.watch.follower.Poll(b.Context(), r.watch.piece)
					r.now = r.now.Add(time.Second)
					r.watch.tick()
				}
				for range 2 { // what waits for the end of its record
					r.look(time.Second)
				}
				now, err := r.watch.report(b.Context(), catalog.EN)
				if err != nil {
					b.Fatal(err)
				}
				if now.Totals.Findings != want || now.Totals.Lines < lines-1 {
					b.Fatalf("%d findings, want %d, in %d lines", now.Totals.Findings, want, now.Totals.Lines)
				}
				r.watch.follower.Finish(r.watch.piece)
			}
			b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}

// benchLines are lines of several writers; one of so many has a code, in one of three shapes.
func benchLines(n, every int) string {
	dice := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	codes := []int{6206, 6014, 9508, 70001, 70009, 10007, 20009, -20009}
	var b strings.Builder
	for i := range n {
		now = now.Add(time.Duration(dice.IntN(20)) * time.Millisecond)
		at, id, user, code := now.Format("2006-01-02 15:04:05.000"), dice.Uint64(), dice.IntN(50_000), pick(dice, codes)
		shape := dice.IntN(3)
		if every == 0 || i%every != every-1 {
			shape += 3
		}
		switch shape {
		case 0:
			fmt.Fprintf(&b, "TIM: %s E 28587-%d|-login.cpp:313  HandleA2D2OnlineResponse  |error_code:%d|error_message:refused|userid:u_%d\n", at, id%9999, code, user)
		case 1:
			fmt.Fprintf(&b, "%s ERROR [im-%d] ImClient - send user=u_%d trace=%016x answer {\"ActionStatus\":\"FAIL\",\"ErrorInfo\":\"refused\",\"ErrorCode\":%d}\n", at, id%64, user, id, code)
		case 2:
			fmt.Fprintf(&b, "%s im.go:142: imsdk send to u_%d failed: code=%d, msg=not friends request_id=%016x\n", at, user, code, id)
		case 3:
			fmt.Fprintf(&b, "%s INFO [worker-%d] order %d paid by u_%d in %d ms, error budget left\n", at, id%16, 60_000+id%40_000, user, id%2000)
		case 4:
			fmt.Fprintf(&b, "10.0.3.%d - - [%s] \"GET /api/v2/users/%d/feed HTTP/1.1\" 200 %d okhttp/4.9.3\n", id%255, now.Format("02/Jan/2006:15:04:05 -0700"), user, id%90_000)
		default:
			fmt.Fprintf(&b, "TIM: %s D 28587-%d|-conversation.cpp:%d  OnRecvMessage  |seq:%d|size:%d\n", at, id%9999, id%900, id%90_000, id%12_000)
		}
	}
	return b.String()
}
