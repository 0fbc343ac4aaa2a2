package live

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/imtriage/imtriage/catalog/tally"
)

// buckets count what came over the last [SparkBuckets] steps.
type buckets struct {
	step time.Duration
	n    [SparkBuckets]int64
	last int64 // number of the newest bucket since 1970
}

// turn makes the bucket of now the newest one. A clock that goes back leaves it.
func (b *buckets) turn(now time.Time) {
	at := now.UnixNano() / int64(b.step)
	if at-b.last >= SparkBuckets {
		clear(b.n[:])
		b.last = at
	}
	for b.last < at {
		b.last++
		b.n[b.last%SparkBuckets] = 0
	}
}

func (b *buckets) add(now time.Time, n int64) {
	b.turn(now)
	b.n[b.last%SparkBuckets] += n
}

// values returns the counts up to now, the oldest first.
func (b *buckets) values(now time.Time) []int64 {
	b.turn(now)
	out := make([]int64, SparkBuckets)
	for i := range out {
		out[i] = b.n[(b.last+1+int64(i))%SparkBuckets]
	}
	return out
}

// sum returns how many came up to now.
func (b *buckets) sum(now time.Time) (n int64) {
	b.turn(now)
	for _, v := range b.n {
		n += v
	}
	return n
}

// maxOwnEvents bounds the events of users' extractors that are counted apart.
const maxOwnEvents = 64

// otherEvent counts what comes beyond.
const otherEvent = "x_other"

// marks are counts by event.
type marks map[string]int64

func (m marks) add(event string, n int64) {
	if _, seen := m[event]; !seen {
		if len(m) >= len(tally.Events())+maxOwnEvents {
			event = otherEvent
		}
		event = strings.Clone(event)
	}
	m[event] += n
}

func (m marks) sum() (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}

// cut shortens a text to about [MaxText] bytes, and says so.
func cut(text string) string {
	if len(text) <= MaxText {
		return text
	}
	end := MaxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
