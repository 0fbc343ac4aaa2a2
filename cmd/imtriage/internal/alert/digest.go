package alert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/rules"
)

// digestLinks is how many links a digest has: of its worst rules the first one each.
const digestLinks = 3

// turnOrder is how the turns are counted up and, of one class, listed.
var turnOrder = []rules.Turn{rules.Raised, rules.Repeated, rules.Ended}

// digest sums alerts up: of each rule and group the last turn, the worst first, each with the first
// thing to do.
func (m *message) digest(l *letter) {
	last := latest(m.alerts)
	counts := map[rules.Turn]int{}
	l.cleared = true
	for i := range last {
		counts[last[i].Turn]++
		if last[i].Turn != rules.Ended {
			l.cleared = false
		}
	}
	for i := range last {
		if l.cleared || last[i].Turn != rules.Ended {
			l.class = max(l.class, last[i].Class)
		}
	}
	var parts []string
	for _, t := range turnOrder {
		if n := counts[t]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", turnWords[t].In(m.lang), n))
		}
	}
	l.title = fmt.Sprintf(wordAlerts.In(m.lang), len(last)) + wordColon.In(m.lang) + strings.Join(parts, wordComma.In(m.lang))
	told := map[string]bool{} // rules whose first step is in the list
	for i := range last {
		a := &last[i]
		line := m.headline(a)
		if g := group(a); g != "" {
			line += " · " + cut(g, 200)
		}
		line += " · " + m.extent(a)
		if a.Turn != rules.Ended && !told[a.Rule] {
			told[a.Rule] = true
			if len(a.Remedy) > 0 {
				line += " → " + m.step(&a.Remedy[0])
			}
			if len(a.Links) > 0 && len(l.links) < digestLinks && !slices.Contains(l.links, clean(a.Links[0])) {
				l.links = append(l.links, clean(a.Links[0]))
			}
		}
		l.list = append(l.list, line)
	}
}

// latest keeps the last alert of each key, ordered by what matters most to a reader.
func latest(alerts []Alert) []Alert {
	at := map[string]int{}
	var out []Alert
	for i := range alerts {
		key := alerts[i].Key()
		if j, ok := at[key]; ok {
			out[j] = alerts[i]
			continue
		}
		at[key] = len(out)
		out = append(out, alerts[i])
	}
	slices.SortStableFunc(out, func(a, b Alert) int {
		return cmp.Or(
			cmp.Compare(slices.Index(turnOrder, a.Turn)/2, slices.Index(turnOrder, b.Turn)/2), // cleared ones last
			cmp.Compare(b.Class, a.Class),
			cmp.Compare(slices.Index(turnOrder, a.Turn), slices.Index(turnOrder, b.Turn)),
			a.At.Compare(b.At),
		)
	})
	return out
}
