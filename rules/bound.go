package rules

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Op compares a measured number with a wanted one.
type Op string

// The comparisons.
const (
	AtLeast Op = ">="
	Above   Op = ">"
	AtMost  Op = "<="
	Below   Op = "<"
	Equal   Op = "="
	Not     Op = "!="
)

// A Limit is one comparison.
type Limit struct {
	Op    Op
	Value float64
}

// holds reports whether a number passes.
func (l Limit) holds(n float64) bool {
	switch l.Op {
	case Above:
		return n > l.Value
	case AtMost:
		return n <= l.Value
	case Below:
		return n < l.Value
	case Equal:
		return n == l.Value
	case Not:
		return n != l.Value
	}
	return n >= l.Value
}

// A Bound says which numbers a condition wants: those that pass all its limits. Its text form is
// 10 (at least that many), > 10, < 5, = 0, != 3, or several as in ">= 10, < 50"; the numbers of
// shares are percentages and carry the sign: ">= 5%". The zero Bound is not given.
type Bound struct {
	Limits  []Limit
	Percent bool // the numbers are in percent
}

var limitText = regexp.MustCompile(`^(>=|<=|!=|==|=|>|<)?\s*(-?[0-9]{1,15}(?:\.[0-9]{1,6})?)(%?)$`)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *Bound) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), ",")
	*b = Bound{}
	for i, part := range parts {
		m := limitText.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return fmt.Errorf("%.32q is no bound, want one such as 10, > 10, < 5 or %q", text, ">= 10, < 50")
		}
		l := Limit{Op(m[1]), 0}
		switch l.Op {
		case "":
			l.Op = AtLeast
		case "==":
			l.Op = Equal
		}
		l.Value, _ = strconv.ParseFloat(m[2], 64) // cannot fail
		if i > 0 && b.Percent != (m[3] != "") {
			return fmt.Errorf("%.32q mixes percentages and numbers", text)
		}
		b.Percent = m[3] != ""
		b.Limits = append(b.Limits, l)
	}
	return nil
}

// IsZero reports whether no bound is given.
func (b Bound) IsZero() bool { return len(b.Limits) == 0 }

// String returns the text form.
func (b Bound) String() string {
	var parts []string
	for _, l := range b.Limits {
		text := string(l.Op) + " "
		if l.Op == AtLeast && len(b.Limits) == 1 {
			text = ""
		}
		text += strconv.FormatFloat(l.Value, 'f', -1, 64)
		if b.Percent {
			text += "%"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// MarshalText implements [encoding.TextMarshaler].
func (b Bound) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// Holds reports whether a number passes all limits.
func (b Bound) Holds(n float64) bool {
	for _, l := range b.Limits {
		if !l.holds(n) {
			return false
		}
	}
	return true
}

// rising reports whether more can only help: a bound that is not may also come to hold because
// records leave the window.
func (b Bound) rising() bool {
	return !slices.ContainsFunc(b.Limits, func(l Limit) bool { return l.Op != AtLeast && l.Op != Above })
}

// least returns the smallest whole number from 1 on that passes a rising bound.
func (b Bound) least() int {
	n := 1.0
	for _, l := range b.Limits {
		switch least := math.Ceil(l.Value); {
		case l.Op == Above && least == l.Value:
			n = max(n, least+1)
		default:
			n = max(n, least)
		}
	}
	return int(n)
}

// ceiling returns the number beyond which all whole numbers are alike for the bound.
func (b Bound) ceiling() int {
	n := 0.0
	for _, l := range b.Limits {
		n = max(n, math.Floor(l.Value)+1)
	}
	return int(n)
}

// A Duration is a span of time. Its text form is a number and a unit, or several: 30s, 5m, 1h30m,
// 7d.
type Duration time.Duration

var durationText = regexp.MustCompile(`^(?:([0-9]{1,5})d)?((?:[0-9]{1,9}(?:\.[0-9]{1,9})?(?:ms|h|m|s))*)$`)

// maxDuration is as far as any window reaches.
const maxDuration = Duration(366 * 24 * time.Hour)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duration) UnmarshalText(text []byte) error {
	m := durationText.FindStringSubmatch(string(text))
	if m == nil || len(text) == 0 {
		return fmt.Errorf("%.32q is no duration, want one such as 30s, 5m, 1h30m or 7d", text)
	}
	var total time.Duration
	if m[1] != "" {
		days, _ := strconv.Atoi(m[1]) // cannot fail on five digits
		total = time.Duration(days) * 24 * time.Hour
	}
	if m[2] != "" {
		rest, err := time.ParseDuration(m[2])
		if err != nil {
			return fmt.Errorf("%.32q is longer than any log", text)
		}
		total += rest
	}
	if total <= 0 || total > time.Duration(maxDuration) {
		return fmt.Errorf("%.32q: want a duration above 0 and up to 366d", text)
	}
	*d = Duration(total)
	return nil
}

// String returns the text form.
func (d Duration) String() string {
	t := time.Duration(d)
	var b strings.Builder
	if days := t / (24 * time.Hour); days > 0 {
		fmt.Fprintf(&b, "%dd", days)
		t -= days * 24 * time.Hour
	}
	if hours := t / time.Hour; hours > 0 {
		fmt.Fprintf(&b, "%dh", hours)
		t -= hours * time.Hour
	}
	if minutes := t / time.Minute; minutes > 0 {
		fmt.Fprintf(&b, "%dm", minutes)
		t -= minutes * time.Minute
	}
	switch {
	case t > 0 && t < time.Millisecond: // units below are not read
		b.WriteString(strconv.FormatFloat(t.Seconds(), 'f', -1, 64) + "s")
	case t > 0 || b.Len() == 0:
		b.WriteString(t.String())
	}
	return b.String()
}

// MarshalText implements [encoding.TextMarshaler].
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
