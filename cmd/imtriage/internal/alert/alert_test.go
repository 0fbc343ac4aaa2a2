package alert_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

func TestMaker(t *testing.T) {
	cat := catalog.Builtin()
	rule := &rules.Rule{
		ID: "login-loop", Title: catalog.Text{EN: "Login in a loop", ZH: "循环登录"},
		When: rules.Condition{
			Select: rules.Selection{Any: []rules.Selection{{Codes: []rules.Span{{First: 6206, Last: 6206}}}, {Codes: []rules.Span{{First: 70001, Last: 70001}}}}},
			By:     []string{"user"},
		},
		Remedy: []rules.Step{{Owner: rules.AppDeveloper, Do: catalog.Text{EN: "Pause longer.", ZH: "延长间隔。"}}},
	}
	at := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	record := &tally.Record{Place: tally.Place{Time: at, Source: "app.log", Line: 7}, Text: "code=6206"}
	raised := rules.Transition{Rule: rule, Turn: rules.Raised, Group: tally.Fields{{Key: "user", Value: "user-1"}}, At: at, Count: 5, Record: record}
	m := alert.NewMaker(cat)
	a, ok := m.Alert(&raised)
	if !ok {
		t.Fatal("a transition that is told makes no alert")
	}
	record.Text = "overwritten"
	want := alert.Alert{
		Turn: rules.Raised, Rule: "login-loop", Class: cat.Lookup(catalog.Server, 70001).Class, Topics: []catalog.Topic{catalog.Auth}, Title: rule.Title,
		Group: tally.Fields{{Key: "user", Value: "user-1"}}, At: at, Count: 5, Last: at,
		Evidence: "code=6206", Source: "app.log", Line: 7, Remedy: rule.Remedy,
	}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("raised (-want +got):\n%s", diff)
	}
	cleared := raised
	cleared.Turn, cleared.Record = rules.Ended, nil
	b, _ := m.Alert(&cleared)
	if b.Class != a.Class || !cmp.Equal(b.Topics, a.Topics) || b.Key() != a.Key() {
		t.Errorf("cleared is %v about %v with key %s, raised was %v about %v with key %s: they would not go the same way", b.Class, b.Topics, b.Key(), a.Class, a.Topics, a.Key())
	}
	raised.Silent = true
	if _, ok := m.Alert(&raised); ok {
		t.Error("an alert of a transition that the cooldown keeps from being told")
	}
	other := cleared
	other.Group = tally.Fields{{Key: "user", Value: "user-2"}}
	if c, _ := m.Alert(&other); c.Key() == a.Key() {
		t.Error("two groups have one key")
	}
	v := rules.Verdict{Users: 3, UsersApprox: true, First: at.Add(-time.Hour), Last: at.Add(time.Hour)}
	if c := a.With(&v); c.Users != 3 || !c.UsersApprox || !c.First.Equal(v.First) || !c.Last.Equal(at) {
		t.Errorf("with the numbers of the verdict it is %+v", c)
	}
}

// TestEveryRule holds that each rule of the pack makes an alert with a class and something to do.
func TestEveryRule(t *testing.T) {
	set, m := rules.Builtin().Rules(), alert.NewMaker(catalog.Builtin())
	for i := range set {
		a, ok := m.Alert(&rules.Transition{Rule: &set[i], Turn: rules.Raised})
		if !ok || a.Class == 0 || len(a.Remedy) == 0 || a.Title.IsZero() {
			t.Errorf("%s: %+v", set[i].ID, a)
		}
	}
}

func TestRoutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("generic")
		d := load(t, `alerts:
  receivers:
    - {name: pager, kind: generic, url: "https://hooks.example.com/pager"}
    - {name: team, kind: generic, url: "https://hooks.example.com/team"}
    - {name: none, kind: generic, url: "https://hooks.example.com/none"}
  routes:
    - {to: [pager], class: fatal, turn: [raised]}
    - {to: [team], topic: [auth, billing]}
    - {to: [team, pager], rule: ["app-*"], class: error}
`, alert.Options{HTTP: s, Rules: rules.Builtin(), Env: hookEnv})
		work(t, d)
		for _, tc := range []struct {
			name   string
			change func(*alert.Alert)
			want   string
		}{
			{"by topic", func(*alert.Alert) {}, "team"},
			{"no route", func(a *alert.Alert) { a.Topics = nil }, ""},
			{"fatal", func(a *alert.Alert) { a.Class = catalog.Fatal }, "pager team"},
			{"fatal and over", func(a *alert.Alert) { a.Class, a.Turn, a.Topics = catalog.Fatal, rules.Ended, nil }, ""},
			{"by rule, once for two routes", func(a *alert.Alert) { a.Rule = "app-disabled" }, "pager team"},
			{"by rule, not bad enough", func(a *alert.Alert) { a.Rule, a.Class, a.Topics = "app-disabled", catalog.Warning, nil }, ""},
		} {
			before := len(s.got())
			a := sample(rules.Raised, "")
			tc.change(&a)
			d.Send(a)
			synctest.Wait()
			var to []string
			for _, name := range []string{"pager", "team", "none"} {
				for _, r := range s.got()[before:] {
					if strings.HasSuffix(r.url, name) {
						to = append(to, name)
					}
				}
			}
			if got := strings.Join(to, " "); got != tc.want {
				t.Errorf("%s: went to %q, want %q", tc.name, got, tc.want)
			}
		}
	})
}

func TestStanding(t *testing.T) {
	const id = "usersig-expired"
	set, m := rules.Builtin(), alert.NewMaker(catalog.Builtin())
	if set.Rule(id).Timed() {
		t.Fatalf("%s is timed: take another rule", id)
	}
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	var s alert.Standing
	verdict := func(count int64) []rules.Verdict {
		return []rules.Verdict{{
			Rule: id, Class: catalog.Error, Count: count, Users: 2,
			Evidence: []tally.Sample{{Text: "code=6206"}}, Title: set.Rule(id).Title,
		}}
	}
	for _, step := range []struct {
		name  string
		after time.Duration
		count int64 // 0: no verdict
		want  rules.Turn
	}{
		{"begins", 0, 3, rules.Raised},
		{"grows", time.Minute, 4, ""},
		{"stands still", 59 * time.Minute, 4, ""},
		{"is over", time.Minute, 4, rules.Ended},
		{"stays over", 5 * time.Hour, 4, ""},
		{"comes back", time.Hour, 5, rules.Raised},
		{"grows for a day", 24 * time.Hour, 6, rules.Repeated},
		{"grows after that", time.Minute, 7, ""},
		{"is explained by another", time.Minute, 0, rules.Ended},
		{"is not known any more", time.Minute, 0, ""},
		{"begins anew", time.Minute, 1, rules.Raised},
	} {
		now = now.Add(step.after)
		var list []rules.Verdict
		if step.count > 0 {
			list = verdict(step.count)
		}
		got := s.See(now, list, set, m)
		var turn rules.Turn
		if len(got) > 0 {
			turn = got[0].Turn
			if got[0].Rule != id || !got[0].At.Equal(now) || len(got[0].Remedy) == 0 {
				t.Errorf("%s: got %+v", step.name, got[0])
			}
		}
		if turn != step.want || len(got) > 1 {
			t.Errorf("%s: got %q, want %q", step.name, turn, step.want)
		}
		// What it knows survives a checkpoint.
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		s = nil
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
	}
}
