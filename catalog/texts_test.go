package catalog_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog"
)

// texts lists what an entry says, by field.
func texts(e *catalog.Entry) map[string]catalog.Text {
	t := map[string]catalog.Text{"title": e.Title(), "meaning": e.Meaning(), "cause": e.Cause(), "fix": e.Fix()}
	for i, l := range e.Limits {
		t[fmt.Sprintf("limits[%d]", i)] = l.Of
	}
	for i, h := range e.History {
		t[fmt.Sprintf("history[%d].was", i)], t[fmt.Sprintf("history[%d].now", i)] = h.Was, h.Now
	}
	return t
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?;]\s+|[。！？；]`)
	quoted      = regexp.MustCompile(`"[^"]*"|“[^”]*”|「[^」]*」`)
)

// A sentence that many entries share was written for none of them.
func TestNoSentenceServesManyCodes(t *testing.T) {
	const longEnough, most = 24, 2
	seen := make(map[string][]string)
	for _, e := range catalog.Builtin().Entries() {
		for _, text := range []catalog.Text{e.Meaning(), e.Cause(), e.Fix()} {
			for _, s := range slices.Concat(sentenceEnd.Split(text.EN, -1), sentenceEnd.Split(text.ZH, -1)) {
				if s = strings.Trim(s, " ."); len([]rune(s)) >= longEnough {
					seen[s] = append(seen[s], fmt.Sprintf("%s %d", e.Family, e.Code))
				}
			}
		}
	}
	for s, where := range seen {
		if len(where) > most {
			t.Errorf("%q stands in %s", s, strings.Join(where, ", "))
		}
	}
}

// What typographers of either language would mark.
func TestTypography(t *testing.T) {
	rules := []struct {
		lang catalog.Lang
		bad  *regexp.Regexp
		why  string
	}{
		{catalog.EN, regexp.MustCompile(`\p{Han}|[，。；：！？（）]`), "Chinese in the English text"},
		{catalog.EN, regexp.MustCompile(`: (?:Ask|Call|Check|Collect|Log|Open|Send|Use) `), "a capital after a colon"},
		{catalog.EN, regexp.MustCompile(`(?i)\bplease\b|!`), "filler"},
		{catalog.EN, regexp.MustCompile(`  |\s[,.;](?:\s|$)`), "a blank too many"},
		{catalog.ZH, regexp.MustCompile(`\p{Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Han}`), "no blank between Chinese and Latin"},
		{catalog.ZH, regexp.MustCompile(`\p{Han}[,;:!?]|\p{Han}\.(?:\s|$)`), "half-width punctuation"},
		{catalog.ZH, regexp.MustCompile(`账号|账户|登陆|！`), "the other spelling"},
	}
	for _, e := range catalog.Builtin().Entries() {
		for field, text := range texts(e) {
			for _, r := range rules {
				s := text.ZH
				if r.lang == catalog.EN {
					s = quoted.ReplaceAllString(text.EN, "Q")
				}
				if bad := r.bad.FindString(s); bad != "" {
					t.Errorf("%s %d %s.%s: %s: %q in %q", e.Family, e.Code, field, r.lang, r.why, bad, s)
				}
			}
			if field != "meaning" && field != "cause" && field != "fix" {
				continue
			}
			if !strings.ContainsAny(text.EN[max(len(text.EN)-1, 0):], ".?)") {
				t.Errorf("%s %d %s.en does not end: %q", e.Family, e.Code, field, text.EN)
			}
			if !strings.HasSuffix(text.ZH, "。") && !strings.HasSuffix(text.ZH, "）") && !strings.HasSuffix(text.ZH, "？") {
				t.Errorf("%s %d %s.zh does not end: %q", e.Family, e.Code, field, text.ZH)
			}
		}
	}
}

// The chains that people follow at night are known.
func TestChains(t *testing.T) {
	chained := []catalog.Topic{catalog.Auth, catalog.Network, catalog.Timeout, catalog.Billing, catalog.Rate}
	c := catalog.Builtin()
	for _, e := range c.Entries() {
		if slices.Contains(chained, e.Topic) && len(e.Related()) == 0 {
			t.Errorf("%s %d (%s) has neither causes nor symptoms", e.Family, e.Code, e.Topic)
		}
	}
	for _, chain := range [][2]int{{6206, 6014}, {6208, 6014}, {70001, 6014}, {9508, 9519}, {9516, 9519}} {
		cause, symptom := c.Find(chain[0])[0], c.Find(chain[1])[0]
		if !slices.Contains(cause.Symptoms, symptom.Code) || !slices.Contains(symptom.Causes, cause.Code) {
			t.Errorf("%d does not lead to %d", cause.Code, symptom.Code)
		}
	}
}

func TestFactsAreData(t *testing.T) {
	units := []string{"bytes", "KB", "MB", "characters", "count", "ms", "s", "min", "h", "d", "per_second", "per_minute", "per_day"}
	for _, e := range catalog.Builtin().Entries() {
		for _, l := range e.Limits {
			if !slices.Contains(units, l.Unit) {
				t.Errorf("%s %d: unit %q is none of %q", e.Family, e.Code, l.Unit, units)
			}
		}
		if e.InBase != slices.Contains(e.Sources, "table") {
			t.Errorf("%s %d: in the source table %v, sources %q", e.Family, e.Code, e.InBase, e.Sources)
		}
		if e.InBase != (e.Row.ZH != "") {
			t.Errorf("%s %d: in the source table %v, digest of its row %q", e.Family, e.Code, e.InBase, e.Row.ZH)
		}
		if len(e.Sources) == 0 {
			t.Errorf("%s %d has no source", e.Family, e.Code)
		}
	}
}
