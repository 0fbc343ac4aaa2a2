package tally

import (
	"math"
	"time"
)

// Times are kept as nanoseconds since the Unix epoch, which int64 holds from 1970 to 2261.
// 0 stands for no time, so the epoch itself, and whatever lies before it, is kept as firstStamp.
const firstStamp = int64(1)

const (
	endSecond = 9_214_646_400 // 2262-01-01T00:00:00Z
	lastStamp = endSecond*int64(time.Second) - 1
)

// stamp clamps a time to the years 1970 to 2261.
func stamp(t time.Time) int64 {
	if s := t.Unix(); 0 <= s && s < endSecond {
		return max(s*int64(time.Second)+int64(t.Nanosecond()), firstStamp)
	}
	return clamped(t)
}

// clamped is the stamp of a time that is none or outside of those years.
func clamped(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case t.Unix() < 0:
		return firstStamp
	}
	return lastStamp
}

func fromStamp(ns int64) time.Time {
	switch ns {
	case 0:
		return time.Time{}
	case firstStamp:
		return time.Unix(0, 0).UTC()
	}
	return time.Unix(0, ns).UTC()
}

// A span is the first and the last stamp of a set, both 0 if there is none.
type span struct{ first, last int64 }

func (s *span) add(ns int64) {
	if ns == 0 {
		return
	}
	if s.first == 0 || ns < s.first {
		s.first = ns
	}
	s.last = max(s.last, ns)
}

func (s *span) merge(o span) {
	s.add(o.first)
	s.add(o.last)
}

// valid reports whether the span can be one of n stamps.
func (s span) valid(n int64) bool {
	if n == 0 || s.first == 0 || s.last == 0 {
		return s == span{} && n == 0
	}
	return firstStamp <= s.first && s.first <= s.last && s.last <= lastStamp && (n > 1 || s.first == s.last)
}

// maxCount bounds the counts of a decoded partial, so that the sum of 65,536 cannot overflow.
const maxCount = math.MaxInt64 >> 16
