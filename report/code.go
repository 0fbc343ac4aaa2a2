package report

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Code is what was found of one code, with the catalog's words for it.
type Code struct {
	tally.Code
	Known   bool
	Symbol  string // preferred constant name, or ""
	Title   string
	Meaning string
	Cause   string // "" where nobody knows
	Fix     string // "" where the catalog has no advice for this very code
	Retry   catalog.Retry
	Links   []string

	Verdict int  // 1-based number of the verdict that names or explains it, 0 for none
	Symptom bool // the verdict explains it: it goes away with the cause
}

// Key returns family and number.
func (c *Code) Key() tally.Key { return tally.Key{Family: c.Family, Code: c.Code.Code} }

func newCodes(list []tally.Code, l catalog.Lang) []Code {
	var out []Code
	for _, c := range list {
		code := Code{Code: c, Retry: catalog.RetryUnknown, Title: wordUnknown.In(l)}
		if e := c.Entry; e != nil {
			code.Known = true
			code.Symbol = e.Symbol()
			code.Title, code.Meaning = e.Title().In(l), e.Meaning().In(l)
			code.Cause, code.Fix = e.Cause().In(l), e.Fix().In(l)
			code.Retry, code.Links = e.Retry, e.Links
		}
		out = append(out, code)
	}
	return out
}

// A Mark counts one event without a code.
type Mark struct {
	tally.MarkCount
	Title string
	// Trouble is set where the event is a failure; unset for logins, connections and for events
	// that a user's extractor names.
	Trouble bool
}

func newMark(m tally.MarkCount, l catalog.Lang) Mark {
	out := Mark{MarkCount: m, Title: m.Event}
	if e, ok := events[m.Event]; ok {
		out.Title, out.Trouble = e.title.In(l), e.trouble
	}
	return out
}

// An event is what readers are told about a mark.
type event struct {
	title   catalog.Text
	trouble bool
}

var events = map[string]event{
	tally.MarkLogin:       {catalog.Text{EN: "login succeeded", ZH: "登录成功"}, false},
	tally.MarkConnected:   {catalog.Text{EN: "connected", ZH: "长连接已建立"}, false},
	tally.MarkNetwork:     {catalog.Text{EN: "network changed", ZH: "网络切换"}, false},
	tally.MarkLogout:      {catalog.Text{EN: "logout", ZH: "登出"}, false},
	tally.MarkDisconnect:  {catalog.Text{EN: "long connection broke", ZH: "长连接断开"}, true},
	tally.MarkKicked:      {catalog.Text{EN: "displaced by another device", ZH: "被其他设备踢下线"}, true},
	tally.MarkSigExpired:  {catalog.Text{EN: "UserSig expired (printed without code)", ZH: "UserSig 过期（日志未打印错误码）"}, true},
	tally.MarkDNS:         {catalog.Text{EN: "an IM host did not resolve", ZH: "IM 域名解析失败"}, true},
	tally.MarkConnect:     {catalog.Text{EN: "no connection to an IM host", ZH: "连不上 IM 服务器"}, true},
	tally.MarkTLS:         {catalog.Text{EN: "TLS failed towards an IM host", ZH: "与 IM 服务器 TLS 握手失败"}, true},
	tally.MarkGateway:     {catalog.Text{EN: "HTTP 502, 503 or 504 from an IM host", ZH: "IM 服务器返回 HTTP 502/503/504"}, true},
	tally.MarkWebhookRate: {catalog.Text{EN: "webhook Alert.RequestOverLimit", ZH: "Webhook 告警 RequestOverLimit"}, true},
	tally.MarkFail:        {catalog.Text{EN: "call failed, printed without code", ZH: "调用失败（日志未打印错误码）"}, true},
}
