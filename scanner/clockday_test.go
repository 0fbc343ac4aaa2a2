package scanner

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestDays holds that days which are known give what the calendar does, also where a zone changes its offset.
func TestDays(t *testing.T) {
	var zones []*time.Location
	for _, name := range []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York", "Asia/Tehran"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	zones = append(zones, time.FixedZone("", 14*3600), time.FixedZone("", -14*3600))
	rapid.Check(t, func(t *rapid.T) {
		num := func(lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, "n") }
		ref := time.Date(num(2008, 2040), time.Month(num(1, 12)), num(1, 31), num(0, 23), num(0, 59), num(0, 59), 0, rapid.SampledFrom(zones).Draw(t, "zone"))
		c := newClock(&Input{Reference: ref, Zone: rapid.SampledFrom(zones).Draw(t, "zone")}, nil, carried{})
		days := []date{}
		for range 3 {
			near := ref.AddDate(0, 0, num(-2, 3))
			days = append(days, date{num(2000, 2039), num(1, 12), num(1, 28)}, date{0, 2, 29}, date{0, int(near.Month()), near.Day()}, date{0, num(1, 12), num(1, 28)})
		}
		for range 30 {
			d := rapid.SampledFrom(days).Draw(t, "day")
			s := stamp{year: d.year, month: d.month, day: d.day, hour: num(0, 23), min: num(0, 59), sec: num(0, 60), nsec: num(0, 999_999_999)}
			if num(0, 5) == 0 {
				s.hour, s.min = rapid.SampledFrom([]int{0, 23}).Draw(t, "hour"), rapid.SampledFrom([]int{0, 59}).Draw(t, "minute")
			}
			if num(0, 3) == 0 {
				s.zone = rapid.SampledFrom(zones).Draw(t, "zone")
			}
			zone := c.zone
			if s.zone != nil {
				zone = s.zone
			}
			want := time.Date(s.year, time.Month(s.month), s.day, s.hour, s.min, s.sec, s.nsec, zone).UTC()
			if s.year == 0 {
				want = c.latestYear(&s, zone)
			}
			if got := c.resolve(s); got != want {
				t.Fatalf("%+v in %v before %v is %v, want %v", s, zone, ref, got, want)
			}
			day := ref.Add(time.Duration(num(-72, 72)) * time.Hour)
			y, m, dd := day.In(zone).Date()
			if got, want := c.onDate(s, day, nil), time.Date(y, m, dd, s.hour, s.min, s.sec, s.nsec, zone).UTC(); got != want {
				t.Fatalf("%+v in %v on %v is %v, want %v", s, zone, day, got, want)
			}
		}
	})
}
