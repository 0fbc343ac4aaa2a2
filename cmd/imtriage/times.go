package main

import (
	"fmt"
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
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, zone); err == nil {
			return t.UTC(), nil
		}
	}
	span, err := parseSpan(s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a time (2026-06-01T10:00) nor a span (2h)", s)
	}
	return now.Add(-span), nil
}

// parseSpan reads a duration, with d for days.
func parseSpan(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseFloat(days, 64)
		if err != nil || n < 0 || n > 36500 {
			return 0, fmt.Errorf("%q is not a number of days", s)
		}
		return time.Duration(n * 24 * float64(time.Hour)), nil
	}
	d, err := time.ParseDuration(s)
	if err == nil && d < 0 {
		err = fmt.Errorf("%q is negative", s)
	}
	return d, err
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
