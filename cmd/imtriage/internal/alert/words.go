package alert

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

var turnWords = map[rules.Turn]catalog.Text{
	rules.Raised:   {EN: "raised", ZH: "触发"},
	rules.Repeated: {EN: "still on", ZH: "仍在持续"},
	rules.Ended:    {EN: "cleared", ZH: "已恢复"},
}

// The words of a message.
var (
	wordRule     = catalog.Text{EN: "Rule", ZH: "规则"}
	wordGroup    = catalog.Text{EN: "Group", ZH: "分组"}
	wordSeen     = catalog.Text{EN: "Seen", ZH: "规模"}
	wordTime     = catalog.Text{EN: "Time", ZH: "时间"}
	wordEvidence = catalog.Text{EN: "Evidence", ZH: "证据"}
	wordRemedy   = catalog.Text{EN: "What to do", ZH: "处理办法"}
	wordLinks    = catalog.Text{EN: "Links", ZH: "链接"}
	wordColon    = catalog.Text{EN: ": ", ZH: "："}
	wordComma    = catalog.Text{EN: ", ", ZH: "，"}

	wordRecord  = catalog.Text{EN: "%d record", ZH: "%d 条记录"}
	wordRecords = catalog.Text{EN: "%d records", ZH: "%d 条记录"}
	wordUser    = catalog.Text{EN: "%d user", ZH: "%d 个用户"}
	wordUsers   = catalog.Text{EN: "%d users", ZH: "%d 个用户"}
	wordApprox  = catalog.Text{EN: "about ", ZH: "约 "}

	wordAlerts  = catalog.Text{EN: "%d alerts", ZH: "%d 条告警"}
	wordMore    = catalog.Text{EN: "and %d more", ZH: "另有 %d 条"}
	wordDropped = catalog.Text{
		EN: "%d alerts before this one were lost: the receiver did not keep up. The report has them.",
		ZH: "此前有 %d 条告警因发送不及而丢弃，详情见报告。",
	}
	wordVendor = catalog.Text{
		EN: "Only Tencent Cloud can settle this: open a ticket with SDKAppID, UserID, time and request id.",
		ZH: "需要腾讯云排查：提交工单，附上 SDKAppID、UserID、时间和请求 ID。",
	}
	wordVia = catalog.Text{EN: "imtriage", ZH: "imtriage"} // names the sender, and serves robots that want a keyword

	// What a sample alert says, so that nobody takes it for real.
	wordSample = catalog.Text{EN: "Test of the receiver: nothing is wrong", ZH: "接收端测试，并无异常"}
	wordNoStep = catalog.Text{EN: "Nothing to do: this is what an alert looks like here.", ZH: "无需处理：告警在这里就是这个样子。"}
)
