package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are the absolute times that flags accept.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102", "2006/01/02",
}

// parseTime reads an absolute time in the zone, or a span before now such as 90m, 2h or 3d.
func parseTime(s string, now time.Time, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, ok := absoluteTime(s, zone); ok {
		return t, nil
	}
	if !span.MatchString(s) {
		return time.Time{}, fmt.Errorf("%q is neither a time (2026-06-01T10:00) nor a span (2h)", s)
	}
	d, err := parseSpan(s)
	return now.Add(-d), err
}

func absoluteTime(s string, zone *time.Location) (t time.Time, ok bool) {
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, zone); err == nil {
			return t.UTC(), true
		}
	}
	return t, false
}

// canonicalTime returns a time as two runs with the same flags spell it: an absolute one in UTC, a
// span as it was typed.
func canonicalTime(s string, zone *time.Location) string {
	if t, ok := absoluteTime(s, zone); ok {
		return t.Format(time.RFC3339Nano)
	}
	return s
}

var span = regexp.MustCompile(`^-?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$|^-?(\d+(\.\d*)?|\.\d+)d$`)

// maxDays is the longest span, some hundred years.
const maxDays = 36500

// parseSpan reads what span matches.
func parseSpan(s string) (time.Duration, error) {
	if strings.HasPrefix(s, "-") {
		return 0, fmt.Errorf("%q is negative, 2h already means 2h ago", s)
	}
	const longest = maxDays * 24 * time.Hour
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.ParseFloat(days, 64); err == nil && n <= maxDays {
			return time.Duration(n * 24 * float64(time.Hour)), nil
		}
	} else if d, err := time.ParseDuration(s); err == nil && d <= longest {
		return d, nil
	}
	return 0, fmt.Errorf("the span %q is too long, at most %dd", s, maxDays)
}

// parseZone reads an IANA name, Local, UTC, or an offset such as +08:00.
func parseZone(s string, local *time.Location) (*time.Location, error) {
	switch s {
	case "", "Local", "local":
		return local, nil
	}
	for _, l := range []string{"-07:00", "-0700", "-07"} {
		if t, err := time.Parse(l, s); err == nil {
			return t.Location(), nil
		}
	}
	z, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %q, want a name such as Asia/Shanghai or an offset such as +08:00", s)
	}
	return z, nil
}

// parseDate reads the reference date of --date.
func parseDate(s string, now time.Time, zone *time.Location) (time.Time, error) {
	t, err := parseTime(s, now, zone)
	if err != nil {
		return t, usage("", "--date: %v", err)
	}
	if _, absolute := absoluteTime(s, zone); absolute && len(s) <= len("2006-01-02") {
		// Noon, so that no zone moves it to another day.
		t = t.Add(12 * time.Hour)
	}
	return t, nil
}
