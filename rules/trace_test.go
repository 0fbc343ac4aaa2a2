package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// A tracedLog is a log of lines as those of [event], and what was made of it.
type tracedLog struct {
	findings []*tally.Finding // by line; nil for a mark
	marks    []*tally.Mark
	looks    [][]rules.Look
	trace    *rules.Trace
	coverage *rules.Coverage
}

// traceLog lets a set judge a log. A line that begins with - has no time, one with ~ a guessed one.
func traceLog(t *testing.T, s *rules.Set, lines ...string) *tracedLog {
	t.Helper()
	log := &tracedLog{coverage: s.NewCoverage()}
	counted := tally.New(tally.Options{})
	x := s.NewRecorder()
	var records, watched []*tally.Record
	var at []int // of watched, by line
	for i, line := range lines {
		words := strings.Fields(line)
		p := tally.Place{Source: "app.log", Offset: int64(i), Line: int64(i) + 1}
		if words[0] != "-" {
			d, err := time.ParseDuration(strings.TrimPrefix(words[0], "~"))
			if err != nil {
				t.Fatal(err)
			}
			p.Time, p.TimeGuessed = noon.Add(d), words[0][0] == '~'
		}
		var fields tally.Fields
		for _, w := range words[2:] {
			k, v, _ := strings.Cut(w, "=")
			fields = append(fields, tally.Field{Key: k, Value: v})
		}
		var f *tally.Finding
		var m *tally.Mark
		var r *tally.Record
		number := 0
		if _, err := fmt.Sscan(words[1], &number); err == nil {
			f = &tally.Finding{Place: p, Code: number, Family: catalog.App, Fields: fields}
			if e, _ := catalog.Builtin().Resolve(number); e != nil {
				f.Entry, f.Family = e, e.Family
			}
			counted.Finding(f)
			if x != nil {
				if picked := x.Finding(f); picked != nil {
					r = tally.NewRecord(f, picked, x.Keys(picked), nil)
				}
			}
		} else {
			m = &tally.Mark{Place: p, Event: words[1], Fields: fields}
			counted.Mark(m)
			if x != nil {
				if picked := x.Mark(m); picked != nil {
					r = tally.NewMarkRecord(m, picked, x.Keys(picked), nil)
				}
			}
		}
		log.findings, log.marks = append(log.findings, f), append(log.marks, m)
		at = append(at, -1)
		if r != nil {
			at[i] = len(watched)
			watched = append(watched, r)
			records = append(records, r.Clone())
			log.coverage.Record(r)
		}
	}
	e := rules.NewEngine(s, rules.EngineOptions{Watch: watched})
	for _, r := range records {
		e.Add(r)
	}
	e.Close(noon.Add(time.Hour))
	outcomes := e.Outcomes()
	unwatched := rules.NewEngine(s, rules.EngineOptions{})
	for _, r := range records {
		unwatched.Add(r)
	}
	unwatched.Close(noon.Add(time.Hour))
	sum := counted.Summary()
	if diff := cmp.Diff(unwatched.Outcomes(), outcomes); diff != "" {
		t.Error("watching changes outcomes:", diff)
	}
	for i := range lines {
		var looks []rules.Look
		if at[i] >= 0 {
			looks = e.Looks(at[i])
		}
		log.looks = append(log.looks, looks)
	}
	log.trace = s.Trace(sum, outcomes)
	if diff := cmp.Diff(s.Evaluate(sum, outcomes), log.trace.Verdicts()); diff != "" {
		t.Error("a trace has other verdicts:", diff)
	}
	return log
}

// why returns the decision on a line, counted from 1.
func (l *tracedLog) why(line int) rules.Decision {
	if f := l.findings[line-1]; f != nil {
		return l.trace.Finding(f, l.looks[line-1])
	}
	return l.trace.Mark(l.marks[line-1], l.looks[line-1])
}

// judgement writes a judgement in short: "expired folded by=network via=sdk/9508 count=2/3".
func judgement(j *rules.Judgement) string {
	out := []string{j.Rule.ID, string(j.Fate)}
	add := func(key, value string) { out = append(out, key+"="+value) }
	if j.Verdict > 0 {
		add("verdict", fmt.Sprint(j.Verdict))
	}
	if j.By != "" {
		add("by", j.By)
	}
	if j.Via != (tally.Key{}) {
		add("via", fmt.Sprintf("%s/%d", j.Via.Family, j.Via.Code))
	}
	if j.Field != "" {
		add("field", j.Field)
	}
	w := j.Whole
	if j.Look != nil {
		for _, f := range j.Look.Group {
			add(f.Key, f.Value)
		}
		w = j.Look.At
		if j.Look.Episode != nil {
			add("episode", j.Look.Episode.Raised.Format("15:04:05"))
		}
		if !j.Look.Answered.IsZero() {
			add("answered", j.Look.Answered.Format("15:04:05"))
		}
	}
	out = append(out, readings(&w)...)
	if l := j.Look; l != nil && !l.Best.At.Equal(l.At.At) {
		out = append(out, "best", l.Best.At.Format("15:04:05"))
		out = append(out, readings(&l.Best)...)
	}
	return strings.Join(out, " ")
}

func readings(w *rules.Window) (out []string) {
	for _, r := range w.Readings {
		out = append(out, fmt.Sprintf("%s=%g/%s", r.What, r.Have, strings.ReplaceAll(r.Want.String(), " ", "")))
	}
	if !w.Ready.IsZero() {
		out = append(out, "ready="+w.Ready.Format("15:04:05"))
	}
	return out
}

func fates(d *rules.Decision) (out []string) {
	for i := range d.Judgements {
		if d.Judgements[i].Fate != rules.FateUnselected {
			out = append(out, judgement(&d.Judgements[i]))
		}
	}
	return out
}

func TestTraceOverWholeLog(t *testing.T) {
	set := parse(t, chainRules+
		rule("many", "    when: {select: {codes: [6014, 6206]}, count: 9, share: 95%, users: 4}")+
		rule("off", "    when: {select: {codes: [6206]}}\n    disabled: true\n    reason: noisy")+
		rule("all-auth", "    when: {select: {codes: [6206]}}\n    supersedes: [expired-too]")+
		rule("expired-too", "    when: {select: {codes: [6206]}}\n    explains: {codes: [6012]}"))
	log := traceLog(t, set, "0s 6206 user=a", "1s 6014 user=a", "2s 9508", "3s 9519", "4s kicked", "5s 6206 user=b", "6s 70107")
	tests := []struct {
		line int
		want []string
		told []int
		sym  int
	}{
		{1, []string{
			"expired told verdict=1 count=2/1", "any taken verdict=3 by=expired count=6/1",
			"many short count=3/9 share=50/95% users=2/4", "off off", "all-auth told verdict=2 count=2/1",
			"expired-too superseded by=all-auth count=2/1",
		}, []int{1, 2}, 0},
		{2, []string{
			"no-login folded by=expired count=1/1", "expired explains verdict=1", "any folded verdict=3 by=expired count=6/1",
			"many short count=3/9 share=50/95% users=2/4",
		}, nil, 1},
		{3, []string{"offline short count=1/2", "any-network told verdict=5 count=2/1", "any taken verdict=3 by=any-network count=6/1"}, []int{5}, 0},
		{4, []string{"offline absent", "slow told verdict=4 count=1/1", "any-network taken verdict=5 by=slow count=2/1", "any taken verdict=3 by=slow count=6/1"}, []int{4}, 0},
		{5, nil, nil, 0},
	}
	for _, tc := range tests {
		d := log.why(tc.line)
		if diff := cmp.Diff(tc.want, fates(&d)); diff != "" {
			t.Errorf("line %d: %s", tc.line, diff)
		}
		if diff := cmp.Diff(tc.told, d.Told); diff != "" || d.Symptom != tc.sym || d.Partly {
			t.Errorf("line %d: told in %v, symptom of %d, partly %t", tc.line, d.Told, d.Symptom, d.Partly)
		}
	}
}

func TestTraceOfSymptoms(t *testing.T) {
	set := parse(t, chainRules)
	tests := []struct {
		name string
		log  []string
		line int
		want []string
		part bool
	}{
		{
			"other users",
			[]string{"0s 6206 user=a", "1s 6014 user=b"},
			2,
			[]string{"no-login told verdict=2 count=1/1", "expired apart verdict=1", "any taken by=no-login count=2/1"},
			false,
		},
		{
			"a part",
			[]string{"0s 6206 user=a", "1s 6014 user=a", "1s 6014 user=a", "2s 6014 user=b"},
			2,
			[]string{"no-login told verdict=2 count=3/1", "expired explains verdict=1", "any taken by=no-login count=4/1"},
			true,
		},
		{
			"nothing",
			[]string{"0s 6014 user=b"},
			1,
			[]string{"no-login told verdict=1 count=1/1", "expired absent", "any taken by=no-login count=1/1"},
			false,
		},
	}
	for _, tc := range tests {
		d := traceLog(t, set, tc.log...).why(tc.line)
		if diff := cmp.Diff(tc.want, fates(&d)); diff != "" || d.Partly != tc.part {
			t.Errorf("%s: partly %t, %s", tc.name, d.Partly, diff)
		}
	}
}

// What the catalog says of a code folds it under a rule that knows nothing of it.
func TestTraceOfCatalog(t *testing.T) {
	var cause, symptom int
	for _, e := range catalog.Builtin().Entries() {
		for _, n := range e.Causes {
			c, _ := catalog.Builtin().Resolve(n)
			own, _ := catalog.Builtin().Resolve(e.Code)
			if cause == 0 && own == e && c != nil && c.Class >= e.Class {
				for _, s := range c.Symptoms {
					if s == e.Code {
						cause, symptom = n, s
					}
				}
			}
		}
	}
	set := parse(t, "rules:\n"+rule("cause", fmt.Sprintf("    when: {select: {codes: [%d]}}", cause))+
		rule("symptom", fmt.Sprintf("    when: {select: {codes: [%d]}}", symptom)))
	log := traceLog(t, set, fmt.Sprintf("0s %d user=a", cause), fmt.Sprintf("1s %d user=a", symptom))
	d := log.why(2)
	via := fmt.Sprintf("via=%s/%d", log.findings[0].Family, cause)
	want := []string{"cause explains verdict=1 " + via, "symptom folded by=cause " + via + " count=1/1"}
	if diff := cmp.Diff(want, fates(&d)); diff != "" || d.Symptom != 1 || d.Told != nil {
		t.Errorf("%d of %d: %s", symptom, cause, diff)
	}
	if why := d.Judgements[0].Misses; why != nil {
		t.Errorf("a rule that has the record missed it: %+v", why)
	}
}
