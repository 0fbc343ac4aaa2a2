package alert

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Slack takes at most 3000 characters a section and 150 a header, about a message a second, and
// answers "ok" or a status with a word. Its address is the secret.
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
const (
	slackSection = 3000
	slackHeader  = 150
)

var slackHook = dress{body: slackBody, judge: func(answer []byte) error {
	if strings.TrimSpace(string(answer)) == "ok" {
		return nil
	}
	return notOurs(answer)
}}

type slackMessage struct {
	Text   string       `json:"text"` // of notifications
	Blocks []slackBlock `json:"blocks"`
}

type slackBlock struct {
	Type     string      `json:"type"`
	Text     *slackText  `json:"text,omitempty"`
	Elements []slackText `json:"elements,omitempty"`
}

// A slackText is plain_text, or mrkdwn that is taken word for word: names and addresses in it are
// not made mentions and links.
type slackText struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`
	Verbatim *bool  `json:"verbatim,omitempty"`
}

func slackBody(m *message) any {
	l := m.letter()
	evidence, place := l.evidence, l.place
	l.evidence = "" // it has a section of its own
	l = l.fit(func(l letter) int {
		return max(utf8.RuneCountInString(slackFacts(&l)), utf8.RuneCountInString(slackSteps(&l))) - slackSection
	})
	out := slackMessage{Text: slackCut(l.title, slackSection)}
	out.Blocks = append(out.Blocks, slackBlock{Type: "header", Text: &slackText{Type: "plain_text", Text: runes(l.title, slackHeader), Emoji: new(bool)}})
	section := func(text string) {
		if text != "" {
			yes := true
			out.Blocks = append(out.Blocks, slackBlock{Type: "section", Text: &slackText{Type: "mrkdwn", Text: text, Verbatim: &yes}})
		}
	}
	section(slackFacts(&l))
	if evidence != "" {
		head := labelled(wordEvidence, m.lang, slackCut(place, 200))
		section("*" + head + "*\n```" + slackCut(evidence, slackSection-300) + "```")
	}
	section(slackSteps(&l))
	if len(l.notes) > 0 {
		yes := true
		text := slackCut(strings.Join(l.notes, " · "), slackSection)
		out.Blocks = append(out.Blocks, slackBlock{Type: "context", Elements: []slackText{{Type: "mrkdwn", Text: text, Verbatim: &yes}}})
	}
	return out
}

// runes shortens a text to so many characters.
func runes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

func slackFacts(l *letter) string {
	var lines []string
	for _, f := range l.facts {
		lines = append(lines, "*"+f.label+"*"+wordColon.In(l.lang)+slack.Replace(f.text))
	}
	for _, s := range l.list {
		lines = append(lines, "• "+slack.Replace(s))
	}
	if l.more > 0 {
		lines = append(lines, fmt.Sprintf(wordMore.In(l.lang), l.more))
	}
	return strings.Join(lines, "\n")
}

func slackSteps(l *letter) string {
	var lines []string
	if len(l.steps) > 0 {
		lines = append(lines, "*"+wordRemedy.In(l.lang)+"*")
	}
	for i, s := range l.steps {
		lines = append(lines, strconv.Itoa(i+1)+". "+slack.Replace(s))
	}
	for _, link := range l.links {
		lines = append(lines, slackLink(link))
	}
	return strings.Join(lines, "\n")
}
