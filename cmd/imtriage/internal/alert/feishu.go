package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// Feishu takes bodies of at most 20 KB (a card alone could have 30), 100 a minute and five a second. A bot with a secret wants the time and a signature over it in the body.
// https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
const feishuLimit = 20_000

var feishu = dress{body: feishuBody, seal: feishuSeal, judge: feishuJudge}

var feishuFates = map[int]fate{
	11232: slow, 11233: slow, 11247: slow, 99991400: slow, // too many
	19001: later, 19002: later, 19021: later, 19022: later, 19024: later, // token; signature or clock; address; keyword
	9499: fault, 11246: fault, 230099: fault, // no such message, no such card
}

type feishuMessage struct {
	Timestamp string     `json:"timestamp,omitempty"`
	Sign      string     `json:"sign,omitempty"`
	MsgType   string     `json:"msg_type"`
	Card      feishuCard `json:"card"`
}

type feishuCard struct {
	Config   feishuConfig    `json:"config"`
	Header   feishuHeader    `json:"header"`
	Elements []feishuElement `json:"elements"`
}

type feishuConfig struct {
	WideScreen bool `json:"wide_screen_mode"`
}

type feishuHeader struct {
	Template string     `json:"template"`
	Title    feishuText `json:"title"`
}

// A feishuText is plain_text, of which nothing acts, or lark_md.
type feishuText struct {
	Tag     string `json:"tag"`
	Content string `json:"content"`
}

type feishuElement struct {
	Tag  string      `json:"tag"`
	Text *feishuText `json:"text,omitempty"`
}

func feishuBody(m *message) any {
	l := m.letter().fit(func(l letter) int { return encoded(feishuDress(&l)) + feishuSealed - feishuLimit })
	return feishuDress(&l)
}

// feishuSealed is how long what feishuSeal adds can be.
const feishuSealed = 128

func feishuDress(l *letter) *feishuMessage {
	out := &feishuMessage{MsgType: "interactive", Card: feishuCard{
		Config: feishuConfig{WideScreen: true},
		Header: feishuHeader{l.color("green", "red", "orange", "blue"), feishuText{"plain_text", l.title}},
	}}
	add := func(tag string, lines []string) {
		if len(lines) > 0 {
			out.Card.Elements = append(out.Card.Elements, feishuElement{Tag: "div", Text: &feishuText{tag, strings.Join(lines, "\n")}})
		}
	}
	var lines []string
	next := func(s string) { lines = append(lines, s) }
	for _, f := range l.facts {
		next("**" + f.label + "**" + wordColon.In(l.lang) + line(f.text))
	}
	l.items(next, line)
	add("lark_md", lines)
	if l.evidence != "" {
		add("plain_text", []string{labelled(wordEvidence, l.lang, cut(l.place, 200)), l.evidence})
	}
	lines = nil
	if len(l.steps) > 0 {
		next("**" + wordRemedy.In(l.lang) + "**")
	}
	for i, s := range l.steps {
		next(strconv.Itoa(i+1) + ". " + line(s))
	}
	for i, link := range l.links {
		next("[" + wordLinks.In(l.lang) + " " + strconv.Itoa(i+1) + "](" + chatLink(link) + ")")
	}
	add("lark_md", lines)
	add("plain_text", l.notes)
	return out
}

func labelled(label catalog.Text, l catalog.Lang, what string) string {
	if what == "" {
		return label.In(l)
	}
	return label.In(l) + wordColon.In(l) + what
}

// feishuSeal signs nothing with the time in seconds and the secret as the key.
func feishuSeal(o *outgoing, secret string, at time.Time) error {
	m, ok := o.body.(*feishuMessage)
	if !ok {
		return fmt.Errorf("sign %T: it is no message of Feishu", o.body)
	}
	m.Timestamp = strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(m.Timestamp+"\n"+secret))
	m.Sign = base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return nil
}

// feishuJudge reads code and msg, or StatusCode and StatusMessage of older bots; some answer both.
func feishuJudge(answer []byte) error {
	var a struct {
		Code      *int   `json:"code"`
		Msg       string `json:"msg"`
		OldCode   *int   `json:"StatusCode"`
		OldStatus string `json:"StatusMessage"`
	}
	switch err := json.Unmarshal(answer, &a); {
	case err != nil, a.Code == nil && a.OldCode == nil:
		return notOurs(answer)
	case a.Code != nil && *a.Code != 0:
		return judgeCode("code", *a.Code, a.Msg, feishuFates)
	case a.OldCode != nil:
		return judgeCode("StatusCode", *a.OldCode, a.OldStatus, feishuFates)
	}
	return nil
}
