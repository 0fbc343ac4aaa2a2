package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"time"
)

// DingTalk takes bodies of at most 20,000 bytes and 20 messages a minute, beyond which it locks the
// robot out for ten. A robot with a secret wants the time and a signature over it in the address.
// https://open.dingtalk.com/document/robots/custom-robot-access
const dingtalkLimit = 20_000

var dingtalk = dress{body: dingtalkBody, seal: dingtalkSeal, judge: judgeErrcode(map[int]fate{
	-1: slow, 130101: slow, 130103: slow, 410100: slow, // busy, too many
	300001: later, 310000: later, 400013: later, 400101: later, // token; keyword, signature or address; the group or the robot is gone
	40035: fault, 43004: fault, 400105: fault, 460101: fault, // parameter, form, kind, too long
	430101: fault, 430102: fault, 430103: fault, 430104: fault, // its content was found improper
})}

type dingtalkMessage struct {
	MsgType  string           `json:"msgtype"`
	Markdown dingtalkMarkdown `json:"markdown"`
	At       dingtalkAt       `json:"at"`
}

type dingtalkMarkdown struct {
	Title string `json:"title"` // in the list of chats
	Text  string `json:"text"`
}

// A dingtalkAt says who is called; nobody is.
type dingtalkAt struct {
	IsAtAll bool `json:"isAtAll"`
}

func dingtalkBody(m *message) any {
	body := func(l letter) dingtalkMessage {
		text := l.markdown(func(s string) string { return "### " + s }, "\n\n")
		return dingtalkMessage{MsgType: "markdown", Markdown: dingtalkMarkdown{line(cut(l.title, leastTitle)), text}}
	}
	return body(m.letter().fit(func(l letter) int { return encoded(body(l)) - dingtalkLimit }))
}

// encoded returns how long a body is as JSON.
func encoded(v any) int {
	data, err := encode(v)
	if err != nil {
		return 0 // sending it will say so
	}
	return len(data)
}

// dingtalkSeal signs the time in milliseconds and the secret with the secret.
func dingtalkSeal(o *outgoing, secret string, at time.Time) error {
	stamp := strconv.FormatInt(at.UnixMilli(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "\n" + secret))
	q := url.Values{"timestamp": {stamp}, "sign": {base64.StdEncoding.EncodeToString(mac.Sum(nil))}}.Encode()
	if o.url.RawQuery != "" {
		q = o.url.RawQuery + "&" + q
	}
	o.url.RawQuery = q
	return nil
}
