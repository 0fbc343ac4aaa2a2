package live_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/rules"
)

func transition(rule *rules.Rule, turn rules.Turn, host string, at time.Time, n int64) rules.Transition {
	return rules.Transition{
		Rule: rule, Turn: turn, Group: tally.Fields{{Key: "host", Value: host}}, At: at, Count: n,
		Record: &tally.Record{Key: tally.Key{Family: catalog.Server, Code: 70001}, Text: fmt.Sprintf("evidence %d", n)},
	}
}

// rows writes verdicts short.
func rows(s *live.State) []string {
	var out []string
	for _, v := range s.Snapshot(noon, catalog.EN).Verdicts {
		until := ""
		if !v.Until.IsZero() {
			until = "–" + v.Until.Format("15:04")
		}
		out = append(out, fmt.Sprintf("%s %s %s [%s] %s%s n=%d users=%d %s",
			v.State, v.Class, v.Rule, v.Group, v.Since.Format("15:04"), until, v.Count, v.Users, strings.Join(v.Evidence, "+")))
	}
	return out
}

func TestTransitions(t *testing.T) {
	s, _ := newState(t)
	storm := &rules.Rule{ID: "storm", Title: catalog.Text{EN: "Storm", ZH: "风暴"}, Remedy: []rules.Step{{Owner: rules.Operations, Do: catalog.Text{EN: "Wait.", ZH: "等。"}}}}
	dead := &rules.Rule{ID: "dead", Class: catalog.Fatal}
	s.Transition(transition(storm, rules.Raised, "a", noon, 5))
	s.Transition(transition(storm, rules.Raised, "b", noon.Add(time.Minute), 6))
	s.Transition(transition(dead, rules.Raised, "c", noon, 1))
	for n := int64(7); n < 11; n++ {
		s.Transition(transition(storm, rules.Repeated, "b", noon.Add(2*time.Minute), n))
	}
	s.Transition(transition(storm, rules.Ended, "a", noon.Add(3*time.Minute), 9))
	want := []string{
		"active fatal dead [host=c] 12:00 n=1 users=0 evidence 1",
		"active error storm [host=b] 12:01 n=10 users=0 evidence 6+evidence 7+evidence 10",
		"cleared error storm [host=a] 12:00–12:03 n=9 users=0 evidence 5",
	}
	if diff := cmp.Diff(want, rows(s)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	v := s.Snapshot(noon, catalog.ZH).Verdicts[1]
	if diff := cmp.Diff([]live.RemedyRow{{Who: "运维", Do: "等。"}}, v.Remedy); diff != "" || v.Title != "风暴" || v.State != "持续中" {
		t.Errorf("in Chinese: %+v", v)
	}
	s.Transition(transition(dead, rules.Ended, "c", noon, 1))
	got := s.Totals().Verdicts
	if diff := cmp.Diff(map[live.VerdictLabel]bool{{Rule: "dead", Class: "fatal"}: false, {Rule: "storm", Class: "error"}: true}, got); diff != "" {
		t.Errorf("active (-want +got):\n%s", diff)
	}
}

func TestJudge(t *testing.T) {
	s, _ := newState(t)
	plain := rules.Verdict{Rule: "plain", Class: catalog.Error, State: rules.Active, First: noon, Last: noon, Count: 3, Users: 2, Evidence: []tally.Sample{{Text: "sample"}}}
	timed := rules.Verdict{
		Rule: "timed", Class: catalog.Warning, State: rules.Active, Raised: 2, Users: 4, Count: 9,
		Episodes: []rules.Episode{
			{Raised: noon, Cleared: noon.Add(time.Minute), Count: 4},
			{Raised: noon.Add(time.Hour), Count: 5},
		},
	}
	s.Judge([]rules.Verdict{plain, timed})
	want := []string{
		"active error plain [] 12:00 n=3 users=2 sample",
		"active warning timed [] 13:00 n=5 users=4 ",
	}
	if diff := cmp.Diff(want, rows(s)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	// What transitions tell, evaluations do not change; what does not hold any more goes.
	timed.Episodes = nil
	s.Transition(rules.Transition{Rule: &rules.Rule{ID: "timed"}, Turn: rules.Ended, At: noon.Add(2 * time.Hour), Count: 6})
	s.Judge([]rules.Verdict{timed})
	want = []string{"cleared warning timed [] 13:00–14:00 n=6 users=4 "}
	if diff := cmp.Diff(want, rows(s)); diff != "" {
		t.Errorf("later (-want +got):\n%s", diff)
	}
}

func TestManyVerdicts(t *testing.T) {
	s, _ := newState(t)
	storm := &rules.Rule{ID: "storm", Class: catalog.Error}
	s.Transition(transition(storm, rules.Raised, "stays", noon, 1))
	for i := range 5000 {
		host := fmt.Sprint("h", i)
		s.Transition(transition(storm, rules.Raised, host, noon.Add(time.Duration(i)*time.Second), 1))
		s.Transition(transition(storm, rules.Ended, host, noon.Add(time.Duration(i)*time.Second), 1))
	}
	got := s.Snapshot(noon, catalog.EN).Verdicts
	if len(got) != live.MaxVerdicts || got[0].Group != "host=stays" || got[1].Group != "host=h4999" {
		t.Errorf("%d rows, first %s, %s", len(got), got[0].Group, got[1].Group)
	}
}
