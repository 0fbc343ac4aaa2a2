package rules_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/rules"
)

// A modelRecord is a record of the model: of one of two codes, with a user and a number.
type modelRecord struct {
	minute int
	code   int
	user   string
	cost   int
}

// A model judges a condition the slow way: it keeps all records and looks at the whole window at
// every minute and after every record that matters.
type model struct {
	within int
	all    bool // other records matter too
	falls  bool // a further record may end it, and not keep it: it is raised when the minute is over, others are ended then
	holds  func(m *model, at int) bool
	log    []modelRecord
	start  int
	active bool
	held   bool
	out    []string
	raised int
}

// window returns the records of a span that ends at a minute.
func (m *model) window(at, within int, code int) (out []modelRecord) {
	for _, r := range m.log {
		if r.minute > at-within && r.minute <= at && (code == 0 || r.code == code) {
			out = append(out, r)
		}
	}
	return out
}

func (m *model) look(at int, during, arrived bool) {
	h := m.holds(m, at)
	switch {
	case h && !m.active && m.falls && during:
		h = false
	case h && !m.active && (arrived || !m.held):
		m.active, m.raised = true, at
	case !h && m.active && during && !m.falls: // another record of the minute may come
	case !h && m.active:
		m.active = false
		m.out = append(m.out, fmt.Sprintf("%d-%d", m.raised, at))
	}
	m.held = h
}

func (m *model) run(log []modelRecord, end int) []string {
	m.start = -1
	now := 0
	for _, r := range log {
		for ; now < r.minute; now++ {
			m.look(now, false, false)
		}
		if m.start < 0 && r.code == 6206 {
			m.start = r.minute
		}
		m.log = append(m.log, r)
		if about := r.code == 6206; about || m.all {
			m.look(r.minute, true, about)
		}
	}
	for ; now <= end; now++ {
		m.look(now, false, false)
	}
	if m.active {
		m.out = append(m.out, fmt.Sprintf("%d-", m.raised))
	}
	return m.out
}

func distinctUsers(list []modelRecord) int {
	users := make(map[string]bool)
	for _, r := range list {
		users[r.user] = true
	}
	return len(users)
}

func costs(list []modelRecord) (sorted []int, sum int) {
	for _, r := range list {
		sorted = append(sorted, r.cost)
		sum += r.cost
	}
	slices.Sort(sorted)
	return sorted, sum
}

var modelled = []struct {
	when  string
	falls bool
	holds func(m *model, at int) bool
}{
	{"count: 3", false, func(m *model, at int) bool { return len(m.window(at, m.within, 6206)) >= 3 }},
	{"count: '> 3'", false, func(m *model, at int) bool { return len(m.window(at, m.within, 6206)) > 3 }},
	{"count: '< 2'", true, func(m *model, at int) bool {
		return m.start >= 0 && at >= m.start+m.within && len(m.window(at, m.within, 6206)) < 2
	}},
	{"count: '= 2'", true, func(m *model, at int) bool {
		return m.start >= 0 && at >= m.start+m.within && len(m.window(at, m.within, 6206)) == 2
	}},
	{"distinct: {field: user, bound: 3}", false, func(m *model, at int) bool { return distinctUsers(m.window(at, m.within, 6206)) >= 3 }},
	{"distinct: {field: user, bound: '< 2'}", true, func(m *model, at int) bool {
		return m.start >= 0 && at >= m.start+m.within && distinctUsers(m.window(at, m.within, 6206)) < 2
	}},
	{"sum: {field: cost_ms, bound: '> 9'}", false, func(m *model, at int) bool {
		list, sum := costs(m.window(at, m.within, 6206))
		return len(list) > 0 && sum > 9
	}},
	{"average: {field: cost_ms, bound: '>= 4, < 6'}", true, func(m *model, at int) bool {
		list, sum := costs(m.window(at, m.within, 6206))
		mean := float64(sum) / float64(len(list))
		return len(list) > 0 && mean >= 4 && mean < 6
	}},
	{"count: 2, percentile: {field: cost_ms, p: 75, bound: 6}", false, func(m *model, at int) bool {
		list, _ := costs(m.window(at, m.within, 6206))
		return len(list) >= 2 && list[int(math.Ceil(0.75*float64(len(list))))-1] >= 6
	}},
	{"ratio: {of: {codes: [6206, 6014]}, bound: 60%, min: 3}", false, func(m *model, at int) bool {
		part, of := len(m.window(at, m.within, 6206)), len(m.window(at, m.within, 0))
		return part >= 1 && of >= 3 && 100*float64(part)/float64(of) >= 60
	}},
	{"spike: {factor: 2, reference_min: 1}", false, func(m *model, at int) bool {
		cur, ref := len(m.window(at, m.within, 6206)), len(m.window(at-m.within, m.within, 6206))
		return m.start >= 0 && at >= m.start+2*m.within && ref >= 1 && cur > 0 && cur >= 2*ref
	}},
	{"spike: {factor: 2, direction: down}", true, func(m *model, at int) bool {
		cur, ref := len(m.window(at, m.within, 6206)), len(m.window(at-m.within, m.within, 6206))
		return m.start >= 0 && at >= m.start+2*m.within && ref > 0 && 2*cur <= ref
	}},
	{"ratio: {of: {codes: [6206, 6014]}, bound: < 60%, min: 3}", true, func(m *model, at int) bool {
		part, of := len(m.window(at, m.within, 6206)), len(m.window(at, m.within, 0))
		return part >= 1 && of >= 3 && 100*float64(part)/float64(of) < 60
	}},
	{"sum: {field: cost_ms, bound: < 9}", true, func(m *model, at int) bool {
		list, sum := costs(m.window(at, m.within, 6206))
		return len(list) > 0 && sum < 9
	}},
}

// The engine says of every condition that holds over time what a look at all records says.
func TestEngineIsItsModel(t *testing.T) {
	for _, c := range modelled {
		t.Run(c.when, func(t *testing.T) {
			sets := make(map[int]*rules.Set)
			for within := 1; within <= 6; within++ {
				sets[within] = parse(t, "rules:\n"+rule("x", fmt.Sprintf("    when: {select: {codes: [6206]}, within: %dm, %s}\n", within, c.when)))
			}
			rapid.Check(t, func(t *rapid.T) {
				within := rapid.IntRange(1, 6).Draw(t, "within")
				var log []modelRecord
				var lines []string
				minute := 0
				for range rapid.IntRange(1, 25).Draw(t, "records") {
					minute += rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3, 8}).Draw(t, "minutes")
					r := modelRecord{
						minute: minute, code: rapid.SampledFrom([]int{6206, 6206, 6014}).Draw(t, "code"),
						user: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "user"), cost: rapid.IntRange(0, 9).Draw(t, "cost"),
					}
					log = append(log, r)
					lines = append(lines, fmt.Sprintf("%s %d user=%s cost_ms=%d", offset(r.minute), r.code, r.user, r.cost))
				}
				end := minute + rapid.IntRange(0, 15).Draw(t, "end")
				m := &model{within: within, holds: c.holds, all: strings.HasPrefix(c.when, "ratio"), falls: c.falls}
				want := m.run(log, end)
				var got []string
				for _, e := range episodesOf(sets[within], lines, time.Duration(end)*time.Minute) {
					cleared := ""
					if !e.Cleared.IsZero() {
						cleared = fmt.Sprint(e.Cleared.Sub(noon).Minutes())
					}
					got = append(got, fmt.Sprintf("%v-%s", e.Raised.Sub(noon).Minutes(), cleared))
				}
				if diff := cmp.Diff(want[:min(len(want), 20)], got); diff != "" {
					t.Fatal(strings.Join(lines, "\n"), "\nend ", end, " within ", within, "\n", diff)
				}
			})
		})
	}
}

func offset(n int) string {
	if n == 0 {
		return "0s"
	}
	return fmt.Sprintf("%dm", n)
}
