package live

import (
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

var (
	stateOpen    = catalog.Text{EN: "active", ZH: "持续中"}
	stateCleared = catalog.Text{EN: "cleared", ZH: "已恢复"}
)

// Snapshot returns what goes on now, in a language; "" means English.
func (s *State) Snapshot(now time.Time, lang catalog.Lang) Snapshot {
	if lang == "" {
		lang = catalog.EN
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Snapshot{
		Now: now, Started: s.started, Lang: lang,
		Lines: s.lines, Findings: s.findings, OK: s.ok, Marks: s.marks.sum(),
		Newest: s.newest.rows(s.redactor, lang),
		Inputs: append([]InputRow{}, s.inputs...),
		Notes:  append([]string{}, s.notes...),
		Codes:  []CodeRow{}, Verdicts: []VerdictRow{},
	}
	slices.Reverse(out.Notes)
	for _, c := range catalog.Classes() {
		r := s.classes[c]
		out.Classes = append(out.Classes, ClassRate{
			Class: c, Name: c.Title(lang), Total: r.total, PerMinute: float64(r.pulse.sum(now)),
			Spark: r.spark.values(now), Pulse: r.pulse.values(now),
		})
	}
	list := s.codes.recent(now)
	out.MoreCodes = max(len(list)-MaxCodes, 0)
	for _, c := range list[:min(len(list), MaxCodes)] {
		out.Codes = append(out.Codes, c.draw(now, lang))
	}
	shown := s.verdicts.sorted()
	for _, v := range shown[:min(len(shown), MaxVerdicts)] {
		out.Verdicts = append(out.Verdicts, v.draw(lang))
	}
	return out
}

func (c *code) draw(now time.Time, lang catalog.Lang) CodeRow {
	class := classOf(c.entry)
	row := CodeRow{
		Code: c.key.Code, Family: c.key.Family, Known: c.entry != nil, Class: class, Name: class.Title(lang),
		Title: titleOf(c.entry, lang), Count: c.count, Users: c.users, Recent: c.spark.sum(now), Last: c.last, Spark: c.spark.values(now),
	}
	if c.entry != nil {
		row.Fix = report.Sanitize(c.entry.Fix().In(lang))
	}
	return row
}

func (v *verdict) draw(lang catalog.Lang) VerdictRow {
	class := max(v.class, catalog.Info)
	row := VerdictRow{
		Rule: v.rule, Class: class, Name: class.Title(lang), Title: report.Sanitize(v.title.In(lang)),
		Open: v.open, State: stateCleared.In(lang), Group: v.group, Since: v.since, Until: v.until,
		Count: v.count, Users: v.users, Remedy: []RemedyRow{}, Evidence: append([]string{}, v.evidence...),
	}
	if v.open {
		row.State = stateOpen.In(lang)
	}
	for _, s := range v.remedy {
		row.Remedy = append(row.Remedy, RemedyRow{s.Owner.Title(lang), report.Sanitize(s.Do.In(lang))})
	}
	return row
}

// Totals are the counts since they began, for metrics. They never fall.
type Totals struct {
	Lines, OK int64
	Rotations int64                 // of all inputs since this process began
	Findings  map[Label]int64       // every fatal code is there from the beginning
	Marks     map[string]int64      // by event; those of the catalog of events are there from the beginning
	Verdicts  map[VerdictLabel]bool // whether it is open for any group
	Inputs    []InputRow
}

// Totals returns the counts of now.
func (s *State) Totals() Totals {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := Totals{
		Lines: s.lines, OK: s.ok, Rotations: s.turns, Findings: make(map[Label]int64, len(s.codes.totals)), Marks: make(map[string]int64, len(s.marks)),
		Verdicts: make(map[VerdictLabel]bool, len(s.verdicts.seen)), Inputs: slices.Clone(s.inputs),
	}
	for l, n := range s.codes.totals {
		t.Findings[l] = *n
	}
	maps.Copy(t.Marks, s.marks)
	for l := range s.verdicts.seen {
		t.Verdicts[l] = false
	}
	for _, v := range s.verdicts.rows {
		if v.open {
			t.Verdicts[VerdictLabel{v.rule, v.class.String()}] = true
		}
	}
	return t
}
