package tally

import (
	"slices"

	"github.com/imtriage/imtriage/catalog"
)

// The events of marks.
const (
	MarkOK          = "ok"           // code 0: counted in totals.ok, never listed
	MarkLogin       = "login_ok"     // a login succeeded
	MarkConnected   = "connected"    // the long connection stands
	MarkDisconnect  = "disconnected" // the long connection broke
	MarkNetwork     = "network_changed"
	MarkKicked      = "kicked" // displaced by another device, printed without its code
	MarkLogout      = "logout"
	MarkSigExpired  = "usersig_expired" // printed without its code
	MarkDNS         = "dns_failed"      // an IM host did not resolve
	MarkConnect     = "connect_failed"  // no connection to an IM host
	MarkTLS         = "tls_failed"
	MarkGateway     = "gateway_error"      // 502, 503, 504 from an IM host
	MarkWebhookRate = "request_over_limit" // webhook Alert.RequestOverLimit
	MarkFail        = "failed"             // Fail|msg=… without a code
	MarkSession     = "session"            // the native SDK was started: kept with its input, never counted or listed
)

// An Event describes what a mark tells of.
type Event struct {
	Name  string
	Title catalog.Text
	// Trouble is set where the event is a failure, unset for logins, connections and the like.
	Trouble bool
}

var events = []Event{
	{MarkLogin, catalog.Text{EN: "login succeeded", ZH: "登录成功"}, false},
	{MarkConnected, catalog.Text{EN: "connected", ZH: "长连接已建立"}, false},
	{MarkDisconnect, catalog.Text{EN: "long connection broke", ZH: "长连接断开"}, true},
	{MarkNetwork, catalog.Text{EN: "network changed", ZH: "网络切换"}, false},
	{MarkKicked, catalog.Text{EN: "displaced by another device", ZH: "被其他设备踢下线"}, true},
	{MarkLogout, catalog.Text{EN: "logout", ZH: "登出"}, false},
	{MarkSigExpired, catalog.Text{EN: "UserSig expired (printed without code)", ZH: "UserSig 过期（日志未打印错误码）"}, true},
	{MarkDNS, catalog.Text{EN: "an IM host did not resolve", ZH: "IM 域名解析失败"}, true},
	{MarkConnect, catalog.Text{EN: "no connection to an IM host", ZH: "连不上 IM 服务器"}, true},
	{MarkTLS, catalog.Text{EN: "TLS failed towards an IM host", ZH: "与 IM 服务器 TLS 握手失败"}, true},
	{MarkGateway, catalog.Text{EN: "HTTP 502, 503 or 504 from an IM host", ZH: "IM 服务器返回 HTTP 502/503/504"}, true},
	{MarkWebhookRate, catalog.Text{EN: "webhook Alert.RequestOverLimit", ZH: "Webhook 告警 RequestOverLimit"}, true},
	{MarkFail, catalog.Text{EN: "call failed, printed without code", ZH: "调用失败（日志未打印错误码）"}, true},
}

// Events lists the events that the built-in extractors give and rules may name: without [MarkOK], which
// is counted as a total only, and [MarkSession], which opens a [Session]. A user's extractor may name
// others, beginning with "x_".
func Events() []Event { return slices.Clone(events) }

// EventNamed returns the event of that name, a [MarkSession] too; false for a user's own.
func EventNamed(name string) (Event, bool) {
	if name == MarkSession {
		return Event{MarkSession, catalog.Text{EN: "the SDK was started", ZH: "SDK 启动"}, false}, true
	}
	i := slices.IndexFunc(events, func(e Event) bool { return e.Name == name })
	if i < 0 {
		return Event{}, false
	}
	return events[i], true
}
