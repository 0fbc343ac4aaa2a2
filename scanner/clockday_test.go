package scanner

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// calendarZones are zones that inputs have, most of which change their offset: at midnight too, by half an hour, and by
// a day.
var calendarZones = func() (all []*time.Location) {
	for _, name := range []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York", "Asia/Tehran"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		all = append(all, loc)
	}
	return append(all, time.FixedZone("", 14*3600), time.FixedZone("", -14*3600))
}()

// checkDays holds that one clock gives stamps the instants that the calendar gives each of them, whatever came before.
func checkDays(t *rapid.T) {
	num := func(lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, "n") }
	loc := rapid.SampledFrom(calendarZones).Draw(t, "zone of the input")
	ref := time.Date(num(2008, 2040), time.Month(num(1, 12)), num(1, 31), num(0, 23), num(0, 59), num(0, 59), 0, rapid.SampledFrom(calendarZones).Draw(t, "zone"))
	c := newClock(&Input{Reference: ref, Zone: loc}, nil, carried{})
	days := []date{dateOf(0, 2, 29), dateOf(num(2000, 2099), 2, 29), dateOf(2000+4*num(0, 24), 2, 29)}
	around := func(at time.Time) { // the day before and the day behind, with their years and without
		for i := -2; i <= 2; i++ {
			d := at.In(loc).AddDate(0, 0, i)
			days = append(days, dateOf(d.Year(), int(d.Month()), d.Day()), dateOf(0, int(d.Month()), d.Day()))
		}
	}
	around(ref)
	for range 3 {
		days = append(days, dateOf(num(2000, 2099), num(1, 12), num(1, 28)), dateOf(0, num(1, 12), num(1, 28)))
		// Where the clocks of the input are changed.
		if _, end := time.Date(num(2000, 2098), time.Month(num(1, 12)), 1, 0, 0, 0, 0, loc).ZoneBounds(); !end.IsZero() && end.Year() < 2099 {
			around(end)
		}
	}
	zones := []zone{0, 0, 0, utc, zoneOf('+', 8, 0), zoneOf('-', 3, 30), zoneOf('+', num(0, 13), num(0, 59)), zoneOf('-', num(0, 13), num(0, 59))}
	for range 40 {
		s := stamp{date: rapid.SampledFrom(days).Draw(t, "day"), sec: secondsOf(num(0, 23), num(0, 59), num(0, 60)), nsec: uint32(num(0, 999_999_999)), zone: rapid.SampledFrom(zones).Draw(t, "zone")}
		switch num(0, 7) {
		case 0:
			s.sec = secondsOf(rapid.SampledFrom([]int{0, 23}).Draw(t, "hour"), rapid.SampledFrom([]int{0, 59}).Draw(t, "minute"), num(58, 60))
		case 1:
			s = stamp{date: unixDate, sec: uint32(num(int(firstSecond), int(endSecond)-1)), nsec: s.nsec}
		}
		if got, want := c.resolve(s), instantOf(s, &c); got != want {
			t.Fatalf("%v in %v before %v is %v, want %v", s, loc, ref, got, want)
		}
		if s.date == unixDate {
			continue // it is dated
		}
		day := ref.Add(time.Duration(num(-72, 72)) * time.Hour)
		dayZone := rapid.SampledFrom(zones).Draw(t, "zone of the day")
		in := c.location(dayZone)
		if s.zone != 0 {
			in = c.location(s.zone)
		}
		y, m, d := day.In(in).Date()
		if got, want := c.onDate(s, day, dayZone), time.Date(y, m, d, 0, 0, int(s.sec), int(s.nsec), in).UTC(); got != want {
			t.Fatalf("%v in %v on %v is %v, want %v", s, in, day, got, want)
		}
	}
}

// instantOf says what [clock.resolve] does, without what a clock remembers.
func instantOf(s stamp, c *clock) time.Time {
	loc := c.zone
	if s.zone != 0 {
		loc = time.FixedZone("", int(s.zone-utc)*60)
	}
	switch year, month, day := s.date.year(), time.Month(s.date.month()), s.date.day(); {
	case s.date == unixDate:
		return time.Unix(int64(s.sec), int64(s.nsec)).UTC()
	case year == 0:
		return c.latestYear(s, loc)
	default:
		h, m, sec := int(s.sec/3600), int(s.sec/60%60), int(s.sec%60)
		if s.sec == secondsADay {
			h, m, sec = 23, 59, 60
		}
		return time.Date(year, month, day, h, m, sec, int(s.nsec), loc).UTC()
	}
}

// TestDays holds that days which are known give what the calendar does, also where a zone changes its offset.
func TestDays(t *testing.T) { rapid.Check(t, checkDays) }

// FuzzDays lets the fuzzer choose the days.
func FuzzDays(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkDays)) }
