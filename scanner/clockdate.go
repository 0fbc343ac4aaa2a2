package scanner

import (
	"cmp"
	"time"
)

// resolve turns a dated stamp into an instant.
func (c *clock) resolve(s stamp) time.Time {
	k := c.dayOf(s)
	if k.date == s.date && k.zone == s.zone && s.sec < secondsADay {
		return k.at(s)
	}
	return c.byCalendar(s, k)
}

// dayOf returns the last day of stamps that leave out what s does.
func (c *clock) dayOf(s stamp) *knownDay {
	i := 0
	if s.date.year() != 0 {
		i = 1
	}
	if s.zone != 0 {
		i += 2
	}
	return &c.days[i&3]
}

// byCalendar is resolve for a stamp on another day than k, or on one that is not plain. It makes a plain one the day k.
func (c *clock) byCalendar(s stamp, k *knownDay) time.Time {
	if s.date == unixDate {
		return time.Unix(int64(s.sec), int64(s.nsec)).UTC()
	}
	loc := c.location(s.zone)
	year, month, day := s.date.year(), s.date.month(), s.date.day()
	if year == 0 {
		if begin, plain := latestDay(month, day, loc, c.ref.Add(24*time.Hour)); plain {
			*k = knownDay{s.date, s.zone, begin.Unix()}
		}
		return c.latestYear(s, loc)
	}
	if begin, plain := plainDay(year, month, day, loc); plain {
		*k = knownDay{s.date, s.zone, begin.Unix()}
	}
	return s.on(year, month, day, loc)
}

// location returns a zone, that of the input for 0.
func (c *clock) location(z zone) *time.Location {
	if z == 0 {
		return c.zone
	}
	return z.location()
}

// on returns the time of day of a stamp on a date.
func (s stamp) on(year, month, day int, loc *time.Location) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, int(s.sec), int(s.nsec), loc).UTC()
}

// latestYear returns the instant of a stamp without a year: in the latest one that is not after the reference and a
// day.
func (c *clock) latestYear(s stamp, loc *time.Location) time.Time {
	limit := c.ref.Add(24 * time.Hour)
	year, month, day := limit.In(loc).Year(), s.date.month(), s.date.day()
	for {
		t := s.on(year, month, day, loc)
		// A leap day exists only every fourth year.
		if !t.After(limit) && t.In(loc).Day() == day || year < limit.Year()-8 {
			return t
		}
		year--
	}
}

// onDate puts a time of day on the date that day has in the zone: that of the stamp, or else that of the day.
func (c *clock) onDate(s stamp, day time.Time, dayZone zone) time.Time {
	z := cmp.Or(s.zone, dayZone)
	k := &c.dateless
	if k.zone == z && k.holds(day) {
		return k.at(s)
	}
	loc := c.location(z)
	year, m, d := day.In(loc).Date()
	if begin, plain := plainDay(year, int(m), d, loc); plain {
		*k = knownDay{dateOf(year, int(m), d), z, begin.Unix()}
	}
	return s.on(year, int(m), d, loc)
}
