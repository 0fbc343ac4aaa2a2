package main

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// The words of explain.
var (
	wordMayRetry   = catalog.Text{EN: "May I retry %s?", ZH: "%s 能否重试？"}
	wordDepends    = catalog.Text{EN: "That depends on the product that printed it:", ZH: "取决于打印它的产品："}
	wordInAll      = catalog.Text{EN: "Several products use this number:", ZH: "多个产品都用这个数字："}
	wordMayHave    = catalog.Text{EN: "The call may have taken effect although it failed: resend a message only with the same MsgRandom.", ZH: "调用虽然报错，但可能已经生效：重发消息必须用同一个 MsgRandom，以免重复送达。"}
	wordAndMore    = catalog.Text{EN: "and %d more", ZH: "另有 %d 个"}
	wordChange     = catalog.Text{EN: "%s: %s → %s", ZH: "%s：%s → %s"}
	wordTwin       = catalog.Text{EN: "Mind the sign: %d is another code (%s).", ZH: "注意正负号：%d 是另一个错误码（%s）。"}
	wordUnsigned   = catalog.Text{EN: "%s is %d, printed as an unsigned number.", ZH: "%s 即 %d，按无符号数打印了。"}
	wordHeals      = catalog.Text{EN: "The SDK recovers from this by itself.", ZH: "SDK 会自行恢复，应用无需处理。"}
	wordVendor     = catalog.Text{EN: "Only Tencent Cloud can look into this: open a ticket with SDKAppID, UserID, time and request id.", ZH: "需要腾讯云排查：提交工单，附上 SDKAppID、UserID、时间和请求 ID。"}
	wordAlsoIn     = catalog.Text{EN: "also in", ZH: "同样用于"}
	wordFound      = catalog.Text{EN: "%d times, first in line %d:", ZH: "%d 次，首次在第 %d 行："}
	wordFoundOnce  = catalog.Text{EN: "once, in line %d:", ZH: "1 次，在第 %d 行："}
	wordOtherSense = catalog.Text{EN: "In %s the number means something else: imtriage explain %d", ZH: "该数字在 %s 中另有含义：imtriage explain %d"}
	wordOthers     = catalog.Text{EN: "Other matches for %q:", ZH: "与“%s”匹配的其他错误码："}
	wordHits       = catalog.Text{EN: "Matches for %q:", ZH: "与“%s”匹配："}
	wordMore       = catalog.Text{EN: "%d more: imtriage catalog search %s", ZH: "另有 %d 条：imtriage catalog search %s"}
)

// The labels of the rows of an answer.
var (
	labelSymbols  = catalog.Text{EN: "symbols", ZH: "常量名"}
	labelMeaning  = catalog.Text{EN: "meaning", ZH: "含义"}
	labelCause    = catalog.Text{EN: "cause", ZH: "原因"}
	labelFix      = catalog.Text{EN: "what to do", ZH: "处理办法"}
	labelLimits   = catalog.Text{EN: "limits", ZH: "限制"}
	labelCauses   = catalog.Text{EN: "comes from", ZH: "可能根因"}
	labelSymptoms = catalog.Text{EN: "leads to", ZH: "连带错误"}
	labelHistory  = catalog.Text{EN: "changes", ZH: "变更"}
	labelNote     = catalog.Text{EN: "note", ZH: "注意"}
	labelLinks    = catalog.Text{EN: "links", ZH: "链接"}
	labelSources  = catalog.Text{EN: "sources", ZH: "来源"}
	labelFound    = catalog.Text{EN: "in the log", ZH: "日志"}
)

// printedBy says how to recognize what printed a code of a family.
var printedBy = map[catalog.Family]catalog.Text{
	catalog.Server: {EN: "the IM servers: ErrorCode of a REST answer, or handed on by an SDK", ZH: "IM 服务端：REST 应答的 ErrorCode，或由 SDK 透传"},
	catalog.SDK:    {EN: "the native SDK itself: iOS, Android, Windows, Flutter, Unity", ZH: "原生 SDK 自身：iOS、Android、Windows、Flutter、Unity"},
	catalog.Web:    {EN: "the JavaScript SDK: browser, mini program, uni-app", ZH: "JavaScript SDK：浏览器、小程序、uni-app"},
	catalog.V3:     {EN: "an SDK of generation 3 or older (imsdk, QAL)", ZH: "3.x 及更早的 SDK（imsdk、QAL）"},
	catalog.Push:   {EN: "the push plug-in TIMPush", ZH: "推送插件 TIMPush"},
	catalog.Call:   {EN: "TUICallKit or its engine", ZH: "TUICallKit 或其引擎"},
	catalog.Room:   {EN: "the room engine of TUIRoomKit or a live room", ZH: "TUIRoomKit 或直播间的房间引擎"},
	catalog.TRTC:   {EN: "the audio and video engine TRTC (TXLiteAV)", ZH: "音视频引擎 TRTC（TXLiteAV）"},
	catalog.App:    {EN: "your own app, see your overlay", ZH: "自己的应用，见自定义错误码"},
}

var units = map[string]catalog.Text{
	"bytes": {EN: " bytes", ZH: " 字节"}, "B": {EN: " bytes", ZH: " 字节"}, "count": {}, "per_second": {EN: " a second", ZH: " 次/秒"},
	"/s": {EN: " a second", ZH: " 次/秒"},
	"s":  {EN: " s", ZH: " 秒"}, "min": {EN: " min", ZH: " 分钟"}, "h": {EN: " h", ZH: " 小时"}, "d": {EN: " d", ZH: " 天"},
	"month": {EN: " months", ZH: " 个月"},
}

// limitText says a bound in words.
func limitText(m catalog.Limit, l catalog.Lang) string {
	unit, ok := units[m.Unit]
	if !ok && strings.HasPrefix(m.Unit, "/") { // such as "/5 s"
		unit = catalog.Text{EN: m.Unit}
	} else if !ok {
		unit = catalog.Text{EN: " " + m.Unit}
	}
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) + unit.In(l) }
	least := catalog.Text{EN: ": at least ", ZH: "：不少于 "}
	most := catalog.Text{EN: ": at most ", ZH: "：不超过 "}
	exact := catalog.Text{EN: ": ", ZH: "："}
	of := m.Of.In(l)
	switch {
	case m.Min == m.Max:
		return of + exact.In(l) + number(m.Max)
	case m.Min == 0:
		return of + most.In(l) + number(m.Max)
	case m.Max == 0:
		return of + least.In(l) + number(m.Min)
	}
	return of + exact.In(l) + strconv.FormatFloat(m.Min, 'f', -1, 64) + "–" + number(m.Max)
}

// sentence makes a title a sentence of its own.
func sentence(s string, l catalog.Lang) string {
	if l == catalog.ZH {
		return s + "。"
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// inParens puts something behind a word.
func inParens(s string, l catalog.Lang) string {
	if l == catalog.ZH {
		return "（" + s + "）"
	}
	return " (" + s + ")"
}

// separator stands between the items of a list.
func separator(l catalog.Lang) string {
	if l == catalog.ZH {
		return "；"
	}
	return "; "
}

// numbers writes the code or the block of an entry.
func numbers(e *catalog.Entry) string {
	switch {
	case !e.IsRange():
		return strconv.Itoa(e.Code)
	case e.Code < 0:
		return strconv.Itoa(e.Code) + ".." + strconv.Itoa(e.Last)
	}
	return strconv.Itoa(e.Code) + "-" + strconv.Itoa(e.Last)
}
