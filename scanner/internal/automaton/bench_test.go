package automaton_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// BenchmarkCandidate takes the texts behind literals through a machine and through package regexp in turn, so that
// a slow phase of the computer hits both. Half of them match.
func BenchmarkCandidate(b *testing.B) {
	for name, bench := range map[string]struct {
		pattern string
		texts   []string
	}{
		"code": {patterns[0], []string{
			`code: 70001, message: request timeout.`, `code\": \"6206\",\"desc\":\"expired\"`, `code：6010,msg:download failed`,
			`code review of the login page`, `codec h264 1280x720 is not supported`, `code": null, "message": ""`,
		}},
		"error code": {patterns[1], []string{
			`error_code:6206|error_message:expired|userid:u_9`, `errorCode = 6014|desc: not login`, `ErrorCode":70009,"ErrorInfo":"sig"}`,
			`error codes are listed in the documentation`, `err_code of the request is unknown to us`, `errcodes[]`,
		}},
		"han": {patterns[2], []string{
			`错误码：6012 ；错误信息：请求超时`, `错误码 70001`, `错误码:-10113，请求过于频繁`,
			`错误码未知，请联系管理员`, `错误码见文档第 7 章`, `错误码 ： 无`,
		}},
		"several captures": {`(?:failed (?:[\w:., -]{0,160} )?)?error: ?\{.{0,600}?"code":(?P<code>-?\d+)\}`, []string{
			`error: {"message":"the request packets timed out","code":2801}`, `failed for admin error: {"message":"no code: 7","data":{"code":"x"},"code":70001}`,
			`failed: error: {"code":6012}`, `error: none`, `failed error: {"message":"code is not given"}`, `failed to load the page`,
		}},
	} {
		b.Run(name, func(b *testing.B) {
			p, err := automaton.Compile(bench.pattern, keepAll)
			if err != nil {
				b.Fatal(err)
			}
			re := regexp.MustCompile(`^(?:` + bench.pattern + `)`)
			m := p.NewMachine()
			var texts [][]byte
			for _, text := range bench.texts {
				if _, got := m.Match([]byte(text)); got == automaton.Unsure {
					b.Fatalf("%q is left to package regexp", text)
				}
				texts = append(texts, []byte(text))
			}
			var ours, theirs time.Duration
			for b.Loop() {
				start := time.Now()
				for range 100 {
					for _, text := range texts {
						m.Match(text)
					}
				}
				turn := time.Now()
				for range 100 {
					for _, text := range texts {
						re.FindSubmatchIndex(text)
					}
				}
				ours += turn.Sub(start)
				theirs += time.Since(turn)
			}
			candidates := float64(b.N * 100 * len(texts))
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(ours.Nanoseconds())/candidates, "ns/candidate")
			b.ReportMetric(float64(theirs.Nanoseconds())/candidates, "regexp-ns/candidate")
			b.ReportMetric(theirs.Seconds()/ours.Seconds(), "regexp/automaton")
		})
	}
}
