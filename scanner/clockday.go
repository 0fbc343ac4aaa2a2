package scanner

import "time"

// A knownDay is a day of a zone of which every time of day is so long after its beginning, leap seconds too.
type knownDay struct {
	month, day int
	zone       *time.Location // nil: no day is known
	begin      time.Time      // UTC
}

// at returns the time of day of a stamp.
func (k *knownDay) at(s *stamp) time.Time {
	return k.begin.Add(time.Duration((s.hour*60+s.min)*60+s.sec)*time.Second + time.Duration(s.nsec))
}

// holds reports whether an instant lies in the day.
func (k *knownDay) holds(t time.Time) bool {
	d := t.Sub(k.begin)
	return 0 <= d && d < 24*time.Hour
}

// plainDay returns the beginning of a day, in its zone, if that has one offset from the day before to the day after:
// the calendar looks for the offset of a time around it.
func plainDay(year, month, day int, zone *time.Location) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
	from, to := t.ZoneBounds()
	return t, (from.IsZero() || t.Sub(from) >= 24*time.Hour) && (to.IsZero() || to.Sub(t) >= 48*time.Hour)
}

// latestDay returns the beginning of the last day with a month and a day that is not after the limit, if all its times
// are in the same year, see [clock.latestYear].
func latestDay(month, day int, zone *time.Location, limit time.Time) (time.Time, bool) {
	for year := limit.In(zone).Year(); year >= limit.Year()-8; year-- {
		t, plain := plainDay(year, month, day, zone)
		if !plain {
			break
		}
		if t.Day() == day && !t.After(limit) {
			return t, !t.Add(24 * time.Hour).After(limit)
		}
	}
	return time.Time{}, false
}
