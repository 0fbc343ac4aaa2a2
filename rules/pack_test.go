package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestCompiledPackIsItsSource(t *testing.T) {
	names, err := filepath.Glob("pack/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	slices.Reverse(names) // the later one goes to the front
	var files []*rules.File
	total := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := rules.Parse(name, data, catalog.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		total += len(f.Rules)
	}
	source, err := new(rules.Set).Overlay(files...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(source.Rules(), rules.Builtin().Rules(), cmpopts.IgnoreFields(rules.Rule{}, "Tests")); diff != "" {
		t.Error("pack.json is not what pack/*.yaml says, run go generate ./rules:", diff)
	}
	for _, r := range rules.Builtin().Rules() {
		if r.Tests != nil {
			t.Errorf("%s: the compiled pack has tests", r.ID)
		}
	}
	if source.Digest() != rules.Builtin().Digest() {
		t.Error("equal rules, but the digests differ")
	}
	if total != len(source.Rules()) {
		t.Errorf("%d rules in files, %d in the set: an id stands twice", total, len(source.Rules()))
	}
}

// Timed rules are run by their tests, beside them in the source.
func TestPackFires(t *testing.T) {
	for _, r := range rules.Builtin().Rules() {
		if r.Timed() {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			first := firstOf(t, &r.When.Select)
			log := []record{first}
			for i := range r.When.Users {
				first.user = fmt.Sprintf("u_%d", i)
				log = append(log, first)
			}
			verdicts := rules.Builtin().Evaluate(summary(log...), nil)
			if r.Fallback { // its first entry may be a specific rule's: ask for one that it gets
				verdicts = rules.Builtin().Evaluate(wholeCatalog(), nil)
			}
			if !slices.Contains(fired(verdicts), r.ID) {
				if strings.HasPrefix(r.ID, "other-") {
					return // nets for what overlays bring; TestNets has them
				}
				t.Errorf("%+v: fired %q", log, fired(verdicts))
			}
		})
	}
	if got := rules.Builtin().Evaluate(summary(), nil); got != nil {
		t.Errorf("an empty summary gave %q", fired(got))
	}
}

// firstOf makes a record of the first code or event of a selection.
func firstOf(t *testing.T, s *rules.Selection) record {
	t.Helper()
	for _, e := range catalog.Builtin().Entries() {
		c := tally.Code{Code: e.Code, Family: e.Family, Entry: e, Category: e.Category(), Topic: e.Topic, Class: e.Class}
		if s.Matches(&c) {
			return record{code: e.Code, family: e.Family}
		}
	}
	if len(s.Events) > 0 {
		return record{event: s.Events[0]}
	}
	if s.Known == nil || *s.Known {
		t.Error("selects no entry of the catalog")
	}
	return record{code: 4242}
}

// A net catches codes that a user's catalog files under its own categories.
func TestNets(t *testing.T) {
	for _, topic := range catalog.Topics() {
		text := "family: app\nsection: shop\nentries:\n  - {code: 777777, topic: " + string(topic) + ", title: {en: Own}}\n"
		cat, err := catalog.Builtin().Overlay(catalog.File{Name: "own.yaml", Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		count := tally.New(tally.Options{Catalog: cat})
		count.Finding(&tally.Finding{Code: 777777, Family: catalog.App})
		got := fired(rules.Builtin().Evaluate(count.Summary(), nil))
		want := []string{"other-" + string(topic)}
		if topic == catalog.Neutral {
			want = []string{"no-trouble"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestEveryCodeHasAdvice(t *testing.T) {
	covered := make(map[string]bool)
	for _, e := range catalog.Builtin().Entries() {
		got := rules.Builtin().Evaluate(summary(record{code: e.Code, family: e.Family}), nil)
		if len(got) == 0 {
			t.Errorf("%s %d: no verdict", e.Category(), e.Code)
			continue
		}
		if len(got) > 1 {
			t.Errorf("%s %d: told twice, by %q", e.Category(), e.Code, fired(got))
		}
		covered[e.Category()] = true
	}
	for _, s := range catalog.Builtin().Sections() {
		if c := string(s.Family) + "/" + s.Name; !covered[c] {
			t.Errorf("category %s has no rule", c)
		}
	}
}

// A bare number in the pack must have one sense only: 60003 is a REST code and a call code.
func TestPackNamesNoAmbiguousCode(t *testing.T) {
	for _, r := range rules.Builtin().Rules() {
		for _, picked := range append(selections(&r), &r.Explains) {
			for _, s := range picked.Codes {
				if senses := catalog.Builtin().Find(s.First); s.Family == "" && s.First == s.Last && len(senses) > 1 {
					t.Errorf("%s: code %s has %d senses, name the family", r.ID, s, len(senses))
				}
			}
		}
	}
}

// selections lists all that a rule is about or held against.
func selections(r *rules.Rule) []*rules.Selection {
	list := []*rules.Selection{&r.When.Select, &r.Clear.Seen}
	for i := range r.When.Sequence {
		list = append(list, &r.When.Sequence[i].Select, &r.When.Sequence[i].Not)
	}
	for i := range r.When.Of {
		list = append(list, &r.When.Of[i].Select)
	}
	if r.When.Ratio != nil {
		list = append(list, &r.When.Ratio.Of)
	}
	if r.When.Without != nil {
		list = append(list, &r.When.Without.Select)
	}
	return list
}

// Every record that a timed rule selects is stored. The built-in ones select few codes and events,
// and ask for nothing that has to be looked up in the record first.
func TestTimedRulesOfThePackAreNarrow(t *testing.T) {
	timed := 0
	stored := make(map[tally.Key]bool)
	for _, r := range rules.Builtin().Rules() {
		if !r.Timed() {
			continue
		}
		timed++
		for _, s := range selections(&r) {
			if len(s.Topics)+len(s.Classes)+len(s.Categories)+len(s.Families)+len(s.Fields)+len(s.All)+len(s.Any) > 0 || s.Known != nil || s.Not != nil {
				t.Errorf("%s selects by more than codes and events: %+v", r.ID, s)
			}
			for _, e := range catalog.Builtin().Entries() {
				c := tally.Code{Code: e.Code, Family: e.Family, Entry: e}
				if s.Matches(&c) {
					stored[tally.Key{Family: e.Family, Code: e.Code}] = true
				}
			}
		}
	}
	if timed < 12 || timed > 22 {
		t.Errorf("%d timed rules", timed)
	}
	if len(stored) > 50 {
		t.Errorf("timed rules store the records of %d codes", len(stored))
	}
}

var badChinese = regexp.MustCompile(`账号|账户|\p{Han}[,;:?!()]|[,;:?!()]\p{Han}|\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`)

func TestPackTexts(t *testing.T) {
	for _, r := range rules.Builtin().Rules() {
		if r.Title.EN == "" || len(r.Remedy) == 0 {
			t.Errorf("%s says nothing", r.ID)
		}
		texts := []catalog.Text{r.Title}
		for _, s := range r.Remedy {
			texts = append(texts, s.Do)
			if s.Owner.Title(catalog.EN) == "" || s.Owner.Title(catalog.ZH) == "" {
				t.Errorf("%s: owner %q has no name", r.ID, s.Owner)
			}
		}
		for i, text := range texts {
			if text.EN == "" || text.ZH == "" || strings.ContainsFunc(text.EN, isHan) || !strings.ContainsFunc(text.ZH, isHan) {
				t.Errorf("%s: text %d is not in both languages: %q, %q", r.ID, i, text.EN, text.ZH)
			}
			if bad := badChinese.FindString(text.ZH); bad != "" {
				t.Errorf("%s: %q in %q", r.ID, bad, text.ZH)
			}
			if i > 0 && (!strings.HasSuffix(text.EN, ".") && !strings.HasSuffix(text.EN, "?") || !strings.HasSuffix(text.ZH, "。") && !strings.HasSuffix(text.ZH, "？")) {
				t.Errorf("%s: step %d is not a sentence", r.ID, i)
			}
		}
	}
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func TestPackOnKnownStories(t *testing.T) {
	tests := []struct {
		name string
		log  []record
		want []string
	}{
		{"wrong key", []record{{code: 70009}, {code: 6014}, {code: 70050}}, []string{"usersig-wrong-key"}},
		{"cut UserSig", []record{{code: 70003}}, []string{"usersig-damaged"}},
		{"UserSig of another user", []record{{code: 70013}}, []string{"usersig-other-user"}},
		{"expired", []record{{code: 6206}, {code: 70001}, {code: -10001}, {code: 6014}}, []string{"usersig-expired"}},
		{"expired, printed without a code", []record{{event: "usersig_expired"}, {code: 6014}}, []string{"usersig-expired"}},
		{"kicked", []record{{code: 6208}, {code: 6014}}, []string{"kicked-off"}},
		{"name resolution", []record{{code: 9516}, {code: 9519}, {code: 6012}}, []string{"dns-failed"}},
		{"refused sockets", []record{{code: 9508}, {code: 9519}, {code: 6012}}, []string{"device-offline"}},
		{"slow network", []record{{code: 9520}, {code: 6012}}, []string{"slow-network"}},
		{"arrears", []record{{code: -10108}, {code: 6014}}, []string{"arrears"}},
		{"app disabled", []record{{code: 60016}, {code: 6014}}, []string{"app-disabled"}},
		{"REST limit", []record{{code: 60007}, {event: "request_over_limit"}}, []string{"rest-rate-limited"}},
		{"client limit and not friends", []record{{code: -20009}, {code: 20009}}, []string{"client-rate-limited", "not-friends"}},
		{"webhook down", []record{{code: 80003}, {code: 90992}}, []string{"webhook-failed"}},
		{"webhook refuses", []record{{code: 20006}, {code: 10016}}, []string{"webhook-refused"}},
		{"moderation", []record{{code: 80001}, {code: 80004}}, []string{"content-blocked"}},
		{"group missing", []record{{code: 10010}, {code: 10015}}, []string{"group-not-found"}},
		{"not a member", []record{{code: 10007}}, []string{"group-role-or-membership"}},
		{"REST parameters", []record{{code: 90002}, {code: 60003}}, []string{"rest-bad-request", "rest-message-fields"}},
		{"admin rights", []record{{code: 60010}, {code: 90009}}, []string{"rest-admin-required"}},
		{"accounts not imported", []record{{code: 20003}, {code: 90012}}, []string{"account-not-imported"}},
		{"upload", []record{{code: 7006}, {code: 6008}}, []string{"file-not-ready", "file-transfer-failed"}},
		{"call signalling", []record{{code: 8010}, {code: 8011}}, []string{"call-signalling"}},
		{"codes of the app", []record{{code: 10150}, {code: 120500}}, []string{"app-defined-code"}},
		{"unknown code", []record{{code: 6630}}, []string{"unknown-code"}},
		{"trouble without a code", []record{{event: "connect_failed"}, {event: "tls_failed"}, {event: "gateway_error"}}, []string{"tls-failed", "connect-failed", "gateway-error"}},
		{"nothing wrong", []record{{event: "login_ok"}, {code: 30539}}, []string{"no-trouble"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, fired(rules.Builtin().Evaluate(summary(tc.log...), nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
