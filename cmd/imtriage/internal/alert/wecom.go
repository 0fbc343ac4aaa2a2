package alert

// WeCom takes Markdown of at most 4096 bytes in UTF-8, 20 messages a minute, and says errors as
// errcode behind HTTP 200. A robot has no signature: its address is the secret.
// https://developer.work.weixin.qq.com/document/path/91770
const wecomLimit = 4096

var wecom = dress{body: wecomBody, judge: judgeErrcode(map[int]fate{
	-1: slow, 45009: slow, 45033: slow, // busy, too many a minute, too many at once
	93000: later, 93004: later, 93008: later, // no such robot, it was removed, it is not in the group
	40008: fault, 40058: fault, 44004: fault, 45002: fault, // kind, parameter, empty, too long
})}

type wecomMessage struct {
	MsgType  string `json:"msgtype"`
	Markdown struct {
		Content string `json:"content"`
	} `json:"markdown"`
}

func wecomBody(m *message) any {
	text := func(l letter) string {
		color := l.color("info", "warning", "warning", "comment") // it has these three
		return l.markdown(func(s string) string { return `### <font color="` + color + `">` + s + `</font>` }, "\n")
	}
	out := wecomMessage{MsgType: "markdown"}
	out.Markdown.Content = text(m.letter().fit(func(l letter) int { return len(text(l)) - wecomLimit }))
	return out
}
