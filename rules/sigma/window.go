package sigma

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

var timespanText = regexp.MustCompile(`^([0-9]{1,9})([smhdwMy])$`)

// The units of a timespan. A month and a year are the mean ones of the Gregorian calendar.
var units = map[string]time.Duration{
	"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
	"M": 2629746 * time.Second, "y": 31556952 * time.Second,
}

// maxTimespan is as far as any window of ours reaches.
const maxTimespan = 366 * 24 * time.Hour

func (r *reader) timespan(section *yamlpos.Node) rules.Duration {
	n := section.Get("timespan")
	if n.Kind == 0 {
		r.fail(section, "no timespan given, such as 5m")
		return 0
	}
	m := timespanText.FindStringSubmatch(r.text(&n))
	if m == nil {
		if n.Kind == yamlpos.Scalar {
			r.fail(&n, "%.32q is no timespan, want a number and one of s, m, h, d, w, M, y, such as 5m", n.Text)
		}
		return 0
	}
	number, _ := strconv.Atoi(m[1]) // cannot fail on nine digits
	if unit := units[m[2]]; number < 1 || time.Duration(number) > maxTimespan/unit {
		r.fail(&n, "%.32q: want a timespan above 0 and up to 366d", n.Text)
		return 0
	}
	return rules.Duration(time.Duration(number) * units[m[2]])
}

func (r *reader) groupBy(c *correlation) []string {
	n := c.root.Get("group-by")
	var by []string
	for _, v := range r.list(&n) {
		name := r.fieldOf(c, &v)
		switch {
		case name == "":
		case name == tally.DerivedText:
			r.fail(&v, "the text of a record makes no groups, each is another one")
		case slices.Contains(by, name):
			r.fail(&v, "%s is given twice", name)
		default:
			by = append(by, name)
		}
	}
	return by
}
