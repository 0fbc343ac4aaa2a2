package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// judgement says in a few words why a rule did what it did.
func (w *whyTrace) judgement(j *rules.Judgement) string {
	l := w.plan.lang
	switch j.Fate {
	case rules.FateTold:
		v := &w.verdicts[j.Verdict-1]
		text := fmt.Sprintf(wordInVerdict.In(l), j.Verdict, wordRecords(v.Count, l))
		if !v.First.IsZero() {
			text += fmt.Sprintf(wordSinceTime.In(l), w.time(v.First))
		}
		return w.joined(text, w.episode(j.Look))
	case rules.FateExplains:
		if j.Via != (tally.Key{}) {
			return fmt.Sprintf(wordCatalogSays.In(l), j.Verdict, codeName(j.Via.Family, j.Via.Code))
		}
		return fmt.Sprintf(wordRuleSays.In(l), j.Verdict)
	case rules.FateFolded:
		if j.Via != (tally.Key{}) {
			return fmt.Sprintf(wordUnderVia.In(l), j.By, codeName(j.Via.Family, j.Via.Code))
		}
		return fmt.Sprintf(wordUnder.In(l), j.By)
	case rules.FateSuperseded:
		return fmt.Sprintf(wordSuperseded.In(l), j.By)
	case rules.FateTaken:
		return fmt.Sprintf(wordTaken.In(l), j.By)
	case rules.FateShort, rules.FateAgainst:
		return w.measured(j)
	case rules.FateLacks:
		return fmt.Sprintf(wordLacks.In(l), j.Field)
	case rules.FateUntimed:
		return wordUntimed.In(l)
	case rules.FateApart:
		return wordApart.In(l)
	case rules.FateAbsent:
		if j.By != "" {
			return fmt.Sprintf(wordAbsentBy.In(l), j.By)
		}
		return wordAbsent.In(l)
	case rules.FateOff:
		return j.Rule.Reason
	}
	return w.missed(j.Misses)
}

// wordRecords counts findings and marks.
func wordRecords(n int64, l catalog.Lang) string {
	switch {
	case l == catalog.ZH:
		return fmt.Sprintf("%d 条记录", n)
	case n == 1:
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}

// joined puts the parts that say something together.
func (w *whyTrace) joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator(w.plan.lang))
}

// episode tells of the span of time of a timed rule to which a record belongs.
func (w *whyTrace) episode(look *rules.Look) string {
	if look == nil || look.Episode == nil {
		return ""
	}
	return w.joined(fmt.Sprintf(wordRaisedAt.In(w.plan.lang), w.time(look.Episode.Raised)), w.group(look.Episode.Group))
}

func (w *whyTrace) group(by tally.Fields) string {
	if len(by) == 0 {
		return ""
	}
	return fmt.Sprintf(wordFor.In(w.plan.lang), fieldList(by))
}

// fieldList writes fields as key=value.
func fieldList(fields tally.Fields) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Key + "=" + f.Value
	}
	return strings.Join(parts, " ")
}

// measured says how far the condition of a rule was reached.
func (w *whyTrace) measured(j *rules.Judgement) string {
	l := w.plan.lang
	var parts []string
	if !slices.Contains(j.Selected, "when.select") {
		parts = append(parts, fmt.Sprintf(wordSelectedBy.In(l), strings.Join(j.Selected, " ")))
	}
	if j.Look == nil {
		parts = append(parts, w.readings(&j.Whole))
		if j.By != "" {
			parts = append(parts, fmt.Sprintf(wordRest.In(l), j.By))
		}
		return w.joined(parts...)
	}
	look := j.Look
	state := w.readings(&look.At)
	if within := j.Rule.When.Within; within > 0 && state != "" {
		state += comma(l) + fmt.Sprintf(wordWithin.In(l), spanWords(within, l))
	}
	parts = append(parts, state, w.group(look.Group))
	ready := wordJudgedFrom
	if j.Rule.When.Without != nil {
		ready = wordDue
	}
	if !look.At.Ready.IsZero() {
		parts = append(parts, fmt.Sprintf(ready.In(l), w.time(look.At.Ready)))
	}
	if !look.Answered.IsZero() {
		parts = append(parts, fmt.Sprintf(wordAnswered.In(l), w.time(look.Answered)))
	}
	if best := w.readings(&look.Best); best != w.readings(&look.At) && j.Rule.When.Without == nil {
		parts = append(parts, fmt.Sprintf(wordBest.In(l), best, w.time(look.Best.At)))
	}
	if j.Verdict > 0 {
		parts = append(parts, fmt.Sprintf(wordOther.In(l), j.Verdict))
	}
	return w.joined(parts...)
}

// readings writes what a condition measured: count 2 of 3, or count 7, wants < 5.
func (w *whyTrace) readings(state *rules.Window) string {
	l := w.plan.lang
	var parts []string
	for _, r := range state.Readings {
		name := quantityTitles[r.What].In(l)
		if r.Field != "" {
			name = fmt.Sprintf(name, r.Field)
		}
		have := strconv.FormatFloat(r.Have, 'f', -1, 64)
		if r.Have != float64(int64(r.Have)) {
			have = strconv.FormatFloat(r.Have, 'f', 2, 64)
		}
		if r.Want.Percent {
			have += "%"
		}
		switch least := len(r.Want.Limits) == 1 && r.Want.Limits[0].Op == rules.AtLeast; {
		case r.Want.IsZero():
			parts = append(parts, name+" "+have)
		case least && !r.Want.Percent:
			parts = append(parts, fmt.Sprintf(wordReadingOf.In(l), name, have, r.Want.String()))
		default:
			parts = append(parts, fmt.Sprintf(wordReadingWants.In(l), name, have, r.Want.String()))
		}
	}
	return strings.Join(parts, comma(l))
}

// comma stands between the parts of one statement.
func comma(l catalog.Lang) string {
	if l == catalog.ZH {
		return "，"
	}
	return ", "
}

func (w *whyTrace) time(t time.Time) string { return t.In(w.plan.zone).Format("2006-01-02 15:04:05") }

// missed says which tests a record failed.
func (w *whyTrace) missed(misses []rules.Miss) string {
	l := w.plan.lang
	var parts []string
	for i := range misses {
		m := &misses[i]
		words := strings.Join(m.Want, wordOrWord.In(l))
		if m.Op != "" && m.Op != "is" && m.Op != "number" {
			words = m.Op + " " + words
		}
		key := m.Key
		if m.Field != "" {
			key = m.Field
		}
		switch have := w.shown(m.Field, m.Have); {
		case strings.HasSuffix(m.Key, ".not"):
			parts = append(parts, fmt.Sprintf(wordExcluded.In(l), m.Key))
		case len(m.Want) == 0:
			parts = append(parts, m.Key+": "+wordWantsCode.In(l))
		case m.Have == "" && m.Field == "":
			parts = append(parts, m.Key+": "+fmt.Sprintf(wordWantsEvent.In(l), words))
		case m.Have == "":
			parts = append(parts, fmt.Sprintf(wordNoValue.In(l), key, words))
		default:
			parts = append(parts, fmt.Sprintf(wordWants.In(l), key, strconv.Quote(have), words))
		}
	}
	return strings.Join(parts, separator(l))
}

// shownValue is how many characters of a value are shown.
const shownValue = 80

// shown returns a raw value of a field as it may be shown.
func (w *whyTrace) shown(field, value string) string {
	if field == tally.DerivedText {
		value = w.plan.redactor.Text(value)
	} else {
		_, fields := tally.Redact(w.plan.redactor, "", tally.Fields{{Key: field, Value: value}})
		value = fields[0].Value
	}
	if r := []rune(value); len(r) > shownValue {
		return string(r[:shownValue]) + "…"
	}
	return value
}
