package literal_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// keys are what log lines have before or for a code.
var keys = strings.Fields("error code fail failed err ret result errcode error_code retcode 错误码 返回 失败 timeout exception( " +
	"handshake platformexception( kicked_offline connection_reset usersig onerror onfail imsdk v2tim refused expired logout " +
	"network unknown host socket ssl_ tls: getaddrinfo resolve certificate connect limit invalid denied rejected throws reason " +
	"desc returned oops! .cpp: eai_ _not_ _no_ |fail x509 502 503 504 报错 异常 提示 遇到 deadline temporary forbidden 'tim [im " +
	"tim_ im_ conversation group_ member friend signaling callback sdkappid identifier account_ openim sendmsg message")

// words are n literals as specs have them, several with the same beginning.
func words(n int) (texts []string) {
	for i := 0; len(texts) < n; i++ {
		for _, end := range []string{"", ":", "="} {
			texts = append(texts, []string{"", "on", "sdk", "rsp_"}[i/len(keys)%4]+keys[i%len(keys)]+end)
		}
	}
	return texts[:n]
}

// logs are lines of which hits in a hundred have literals.
func logs(hits, size int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	plain := []string{
		"10.0.3.%d - - [01/Jun/2026:10:00:00 +0800] \"GET /api/v2/feed HTTP/1.1\" 200 %d okhttp/4.9.3\n",
		"2026-06-01 10:00:00.%d INFO  [http-nio-8080-exec-%d] c.e.im.ImClient - session opened\n",
		"{\"level\":\"info\",\"ts\":\"2026-06-01T10:00:00.%dZ\",\"caller\":\"feed/rank.go:%d\",\"msg\":\"ranked\"}\n",
	}
	hit := []string{
		"TIM: 2026-06-01 10:00:00.%d E 2801|-login.cpp:313  OnResponse  |error_code:%d|error_message:expired\n",
		"2026-06-01T10:00:00.%dZ flutter: V2TIM login PlatformException(%d, kicked offline, null, null)\n",
		"用户 u_%d 发送消息失败，错误码：%d\n",
	}
	var b []byte
	for len(b) < size {
		shapes := plain
		if r.IntN(100) < hits {
			shapes = hit
		}
		b = fmt.Appendf(b, shapes[r.IntN(3)], r.IntN(1000), r.IntN(100_000))
	}
	return b
}

// BenchmarkAppend runs over a block.
func BenchmarkAppend(b *testing.B) {
	set, err := literal.New(words(220))
	if err != nil {
		b.Fatal(err)
	}
	for _, of := range []struct {
		name string
		hits int
	}{{"plain", 0}, {"sparse", 1}, {"dense", 100}} {
		text := logs(of.hits, 1<<19)
		for i := range literal.Kernels() + 1 {
			b.Run(fmt.Sprintf("%s/kernel=%d", of.name, i), func(b *testing.B) {
				set, hits := set.With(i), []literal.Hit(nil)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					hits = set.Append(hits[:0], text, 0, len(text))
				}
				if len(hits) > 0 {
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(hits)), "ns/hit")
				}
			})
		}
	}
}

// BenchmarkLine runs over lines, one at a time, and over lines that nothing stands behind.
func BenchmarkLine(b *testing.B) {
	set, err := literal.New(words(750))
	if err != nil {
		b.Fatal(err)
	}
	text := logs(100, 1<<16)
	for i := range literal.Kernels() + 1 {
		for _, cut := range []bool{false, true} {
			b.Run(fmt.Sprintf("cut=%t/kernel=%d", cut, i), func(b *testing.B) {
				set, hits, lo := set.With(i), []literal.Hit(nil), 0
				for b.Loop() {
					hi := lo + 150
					if cut {
						hits = set.Append(hits[:0], text[lo:hi], 0, 150)
					} else {
						hits = set.AppendBy(hits[:0], text, lo, hi, hi)
					}
					lo = hi % (1<<16 - 300)
				}
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, n := range []int{30, 75, 220, 750} {
		texts := words(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := literal.New(texts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
