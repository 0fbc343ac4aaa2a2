package envelope_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// BenchmarkReader unwraps logs of a server in every carrier. Speeds are of wrapped bytes.
func BenchmarkReader(b *testing.B) {
	var messages []string
	for i := range 20_000 {
		messages = append(messages,
			fmt.Sprintf("2026-06-01 10:%02d:%02d,%03d ERROR [http-nio-8080-exec-%d] c.e.im.ImClient - POST /v4/openim/sendmsg answer {\"ActionStatus\":\"FAIL\",\"ErrorCode\":%d} (%dms)", i/60%60, i%60, i%1000, i%16, 70001+i%9, i%700),
			fmt.Sprintf("2026-06-01 10:%02d:%02d,%03d INFO  [worker-%d] c.e.order.OrderService - order %d paid by u_%d in %d ms", i/60%60, i%60, i%1000, i%8, i*7, i*13, i%90))
	}
	for _, w := range wrappings {
		wrapped := w.wrap(messages, func(i int) time.Time { return time.Unix(1780279384, int64(i)*1e6).UTC() })
		b.Run(w.name, func(b *testing.B) {
			b.SetBytes(int64(len(wrapped)))
			p := make([]byte, 64<<10)
			var carriers []envelope.Carrier
			for b.Loop() {
				r := envelope.NewReader(w.format, strings.NewReader(wrapped))
				for {
					_, err := r.Read(p)
					carriers = r.Carriers(carriers[:0])
					if errors.Is(err, io.EOF) {
						break
					}
				}
			}
		})
	}
}
