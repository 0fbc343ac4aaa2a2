package redact

import "strings"

// contexts say what a text shows that makes ordinary words message keys.
type contexts uint8

const (
	ctxMessage contexts = 1 << iota // a REST or SDK message: MsgBody, TIM…Elem
	ctxWeb                          // a Web SDK message object
)

// sends are words that tell of a message on its way out or in: behind them content and to are those of
// the message. Elsewhere content is often a media type, and to stands in any prose.
var sends = []string{
	"sendC2C", "sendGroup", "sendMessage", "sendMsg", "sendmsg", "send_msg", "send msg", "send message", "SendMessage", "SendMsg", "SendC2C",
	"sendText", "sendCustom", "TextMessage", "CustomMessage", "onRecv", "RecvMsg", "recvMsg", "recv msg", "ReceiveMessage", "receiveMessage", "发送消息", "收到消息",
}

// look reads the whole record for its signs once, when the first key asks for them.
func (x *scan) look() {
	if x.contextOK {
		return
	}
	x.contextOK = true
	for _, sign := range []string{"MsgContent", "MsgBody", "TIMCustomElem", "TIMFileElem", "CustomElem", "OfflinePush"} {
		if strings.Contains(x.s, sign) {
			x.context |= ctxMessage
		}
	}
	for _, sign := range []string{"conversationID", "conversationType", "_elements", "payload", "TIMCustomElem", "TIMTextElem"} {
		if strings.Contains(x.s, sign) {
			x.context |= ctxWeb
		}
	}
	x.sendAt = len(x.s)
	for _, sign := range sends {
		if i := strings.Index(x.s[:x.sendAt], sign); i >= 0 {
			x.sendAt = i
		}
	}
}

// inMessage reports whether the record shows the message that the rule for the key needs.
func (x *scan) inMessage(r rule, k *keyName) bool {
	x.look()
	big := x.s[k.start]-'A' < 26
	switch {
	case r.flags&capital != 0:
		return big && x.context&ctxMessage != 0
	case r.flags&(content|sent) != 0 && x.sendAt < k.start:
		return true
	case r.flags&(small|content) != 0 || r.kind == User:
		return !big && x.context&ctxWeb != 0
	case big:
		return x.context&ctxMessage != 0
	}
	return x.context&ctxWeb != 0
}

// contentAt reports whether the value at start, of the key content, is the body of a message:
// behind a send, as content=… in any record, and quoted in a Web SDK object.
func (x *scan) contentAt(r rule, k *keyName, sep byte, start int) bool {
	quote, _, open := quoteAt(x.s, start)
	if mediaType(x.s, open) {
		return false
	}
	x.look()
	switch {
	case x.sendAt < k.start:
		return true
	case sep == '=' && !k.quote:
		return !isVoid(x.s[open:bareEnd(x.s, open, 0, Body)], true) && !isCode(x.s[open:x.bodyEnd(open)])
	}
	return quote != 0 && x.inMessage(r, k)
}

// mediaType reports whether a media type stands at i, as the content of HTTP does.
func mediaType(s string, i int) bool {
	for _, t := range []string{"application/", "text/", "image/", "audio/", "video/", "multipart/", "font/", "message/"} {
		if len(s)-i > len(t) && strings.EqualFold(s[i:i+len(t)], t) && isLetter(s[i+len(t)]) {
			return true
		}
	}
	return false
}

// sentTo reports whether the bare value at start is who a message is sent to or comes from: not
// an address, a host of the vendor or the kind of the receiver.
func (x *scan) sentTo(k *keyName, start int) bool {
	x.look()
	s := x.s
	if x.sendAt >= k.start || ipv4End(s, start) > 0 || hasAt(s, start, "[") {
		return false
	}
	raw := s[start:bareEnd(s, start, 0, User)]
	switch strings.ToLower(raw) {
	case "group", "server", "peer", "user", "users", "all", "client", "conversation":
		return false
	}
	return !vendorHost(raw) && !strings.Contains(raw, "://")
}

// labelEnd returns the end of the unquoted short text at i. Before punctuation or a key it may
// have several words; with neither on the line the rest is as likely prose, so it has one.
func (x *scan) labelEnd(i int) int {
	s, eol := x.s, x.endOfLine(i)
	word := eol
	for j := i; j < eol; j++ {
		switch c := s[j]; {
		case strings.IndexByte(",;|&\"'`<>)}\\", c) >= 0:
			return trimSpaces(s, i, j)
		case c == ' ' || c == '\t':
			if keyAhead(s, j+1) {
				return trimSpaces(s, i, j)
			}
			word = min(word, j)
		}
	}
	return trimTail(s, i, word)
}
