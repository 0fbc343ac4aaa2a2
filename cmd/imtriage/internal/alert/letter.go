package alert

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// A message is what goes to a receiver at once: one alert, or several to be summed up.
type message struct {
	alerts  []Alert
	dropped int64 // alerts that were lost before these
	lang    catalog.Lang
	zone    *time.Location
	keyword string
}

// A letter is a message in words: plain texts of one line each, nothing of them escaped yet.
type letter struct {
	lang     catalog.Lang
	class    catalog.Class // the worst of those that are not cleared
	cleared  bool          // all are
	title    string
	facts    []fact
	list     []string // of a digest, the worst alerts first
	more     int      // alerts that the list has no room for
	evidence string
	place    string
	steps    []string
	links    []string
	notes    []string
}

// A fact is one line with a label.
type fact struct{ label, text string }

// letter puts a message into words.
func (m *message) letter() letter {
	l := letter{lang: m.lang}
	if len(m.alerts) == 1 {
		m.single(&l)
	} else {
		m.digest(&l)
	}
	if m.dropped > 0 {
		l.notes = append(l.notes, fmt.Sprintf(wordDropped.In(m.lang), m.dropped))
	}
	sender := wordVia.In(m.lang)
	if m.keyword != "" && m.keyword != sender {
		sender += " · " + clean(m.keyword)
	}
	l.notes = append(l.notes, sender)
	return l
}

// clean makes a text of any origin one line of bounded length.
func clean(s string) string { return report.Sanitize(cut(s, mostText)) }

func (m *message) single(l *letter) {
	a := &m.alerts[0]
	l.class, l.cleared = a.Class, a.Turn == rules.Ended
	l.title = m.headline(a)
	l.facts = append(l.facts, fact{wordRule.In(m.lang), clean(a.Rule)})
	if g := group(a); g != "" {
		l.facts = append(l.facts, fact{wordGroup.In(m.lang), g})
	}
	l.facts = append(l.facts, fact{wordSeen.In(m.lang), m.extent(a)})
	if t := m.span(a); t != "" {
		l.facts = append(l.facts, fact{wordTime.In(m.lang), t})
	}
	if a.Turn == rules.Ended {
		return // there is nothing left to do
	}
	l.evidence = strings.TrimSpace(report.Sanitize(cut(a.Evidence, mostEvidence)))
	if l.evidence != "" && a.Source != "" {
		l.place = clean(a.Source)
		if a.Line > 0 {
			l.place += ":" + strconv.FormatInt(a.Line, 10)
		}
	}
	for i := range a.Remedy[:min(len(a.Remedy), mostSteps)] {
		l.steps = append(l.steps, m.step(&a.Remedy[i]))
	}
	if a.AskVendor {
		l.steps = append(l.steps, wordVendor.In(m.lang))
	}
	for _, link := range a.Links[:min(len(a.Links), mostLinks)] {
		l.links = append(l.links, clean(link))
	}
}

// headline is what a phone shows of a message.
func (m *message) headline(a *Alert) string {
	return fmt.Sprintf("[%s] %s%s%s", a.Class.Title(m.lang), turnWords[a.Turn].In(m.lang), wordColon.In(m.lang), clean(a.Title.In(m.lang)))
}

// step says who does what.
func (m *message) step(s *rules.Step) string {
	do := clean(s.Do.In(m.lang))
	if who := s.Owner.Title(m.lang); who != "" {
		return who + wordColon.In(m.lang) + do
	}
	return do
}

func group(a *Alert) string {
	parts := make([]string, len(a.Group))
	for i, f := range a.Group {
		parts[i] = clean(f.Key) + "=" + clean(f.Value)
	}
	return strings.Join(parts, " ")
}

// extent says how much there was.
func (m *message) extent(a *Alert) string {
	text := counted(a.Count, wordRecord, wordRecords, m.lang)
	if a.Users > 0 {
		text += wordComma.In(m.lang)
		if a.UsersApprox {
			text += wordApprox.In(m.lang)
		}
		text += counted(int64(a.Users), wordUser, wordUsers, m.lang)
	}
	return text
}

func counted(n int64, one, many catalog.Text, l catalog.Lang) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf(many.In(l), n)
}

const stamp = "2006-01-02 15:04:05"

// span says when: from the first record to the turn, with the zone.
func (m *message) span(a *Alert) string {
	if a.At.IsZero() {
		return ""
	}
	at := a.At.In(m.zone)
	text := at.Format(stamp + " MST")
	if !a.First.IsZero() && a.First.Before(a.At) {
		text = a.First.In(m.zone).Format(stamp) + " – " + text
	}
	return text
}
