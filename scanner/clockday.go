package scanner

import "time"

// A knownDay is a day of a zone of which every time of day is so long after its beginning, leap seconds too.
type knownDay struct {
	date  date  // as it is written; 0: no day is known
	zone  zone  // 0: that of the input
	begin int64 // a Unix time
}

// secondsADay is how many seconds a day has of which a zone does not change its offset.
const secondsADay = 24 * 60 * 60

// at returns the time of day of a stamp.
func (k *knownDay) at(s stamp) time.Time {
	return time.Unix(k.begin+int64(s.sec), int64(s.nsec)).UTC()
}

// holds reports whether an instant lies in the day.
func (k *knownDay) holds(t time.Time) bool {
	d := t.Unix() - k.begin
	return k.date != 0 && 0 <= d && d < secondsADay
}

// plainDay returns the beginning of a day, in its zone, if that has one offset from the day before to the day after:
// the calendar looks for the offset of a time around it.
func plainDay(year, month, day int, loc *time.Location) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, loc)
	from, to := t.ZoneBounds()
	return t, (from.IsZero() || t.Sub(from) >= 24*time.Hour) && (to.IsZero() || to.Sub(t) >= 48*time.Hour)
}

// latestDay returns the beginning of the last day with a month and a day that is not after the limit, if all its times
// are in the same year, see [clock.latestYear].
func latestDay(month, day int, loc *time.Location, limit time.Time) (time.Time, bool) {
	for year := limit.In(loc).Year(); year >= limit.Year()-8; year-- {
		t, plain := plainDay(year, month, day, loc)
		if !plain {
			break
		}
		if t.Day() == day && !t.After(limit) {
			return t, !t.Add(24 * time.Hour).After(limit)
		}
	}
	return time.Time{}, false
}
