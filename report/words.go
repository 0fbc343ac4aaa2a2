package report

import "github.com/imtriage/imtriage/catalog"

// The words of reports for readers; counted things are in number.go.
var (
	wordVerdicts   = catalog.Text{EN: "Verdicts", ZH: "诊断结论"}
	wordCodes      = catalog.Text{EN: "Codes", ZH: "错误码"}
	wordUnknowns   = catalog.Text{EN: "Unknown codes", ZH: "未收录的错误码"}
	wordUnknown    = catalog.Text{EN: "not in the catalog", ZH: "错误码库未收录"}
	wordTrouble    = catalog.Text{EN: "Trouble without a code", ZH: "未带错误码的异常"}
	wordEvents     = catalog.Text{EN: "Events without a code", ZH: "未带错误码的事件"}
	wordInputs     = catalog.Text{EN: "Inputs", ZH: "输入"}
	wordClass      = catalog.Text{EN: "class", ZH: "级别"}
	wordCode       = catalog.Text{EN: "code", ZH: "错误码"}
	wordMeaning    = catalog.Text{EN: "meaning", ZH: "含义"}
	wordCount      = catalog.Text{EN: "count", ZH: "命中"}
	wordUsers      = catalog.Text{EN: "users", ZH: "用户"}
	wordUser       = catalog.Text{EN: "user", ZH: "用户"}
	wordSince      = catalog.Text{EN: "since", ZH: "启动于"}
	wordFirst      = catalog.Text{EN: "first", ZH: "首次"}
	wordLast       = catalog.Text{EN: "last", ZH: "最近"}
	wordTrend      = catalog.Text{EN: "trend", ZH: "趋势"}
	wordWhere      = catalog.Text{EN: "host, API", ZH: "主机、接口"}
	wordVerdict    = catalog.Text{EN: "verdict", ZH: "结论"}
	wordEvent      = catalog.Text{EN: "event", ZH: "事件"}
	wordInput      = catalog.Text{EN: "input", ZH: "输入"}
	wordKind       = catalog.Text{EN: "kind", ZH: "类型"}
	wordLines      = catalog.Text{EN: "lines", ZH: "行数"}
	wordSize       = catalog.Text{EN: "size", ZH: "大小"}
	wordFindings   = catalog.Text{EN: "findings", ZH: "命中"}
	wordState      = catalog.Text{EN: "state", ZH: "状态"}
	wordComplete   = catalog.Text{EN: "complete", ZH: "完整"}
	wordIncomplete = catalog.Text{EN: "INCOMPLETE", ZH: "日志不完整"}
	wordNoReason   = catalog.Text{EN: "reason not known", ZH: "原因未知"}
	wordExplains   = catalog.Text{EN: "explains", ZH: "连带错误"}
	wordHosts      = catalog.Text{EN: "hosts", ZH: "主机"}
	wordAPIs       = catalog.Text{EN: "APIs", ZH: "接口"}
	wordVersions   = catalog.Text{EN: "SDK versions", ZH: "SDK 版本"}
	wordPlatforms  = catalog.Text{EN: "platforms", ZH: "平台"}
	wordDevices    = catalog.Text{EN: "devices", ZH: "设备"}
	wordOtherCodes = catalog.Text{EN: "other codes", ZH: "其他数字"}
	wordGroups     = catalog.Text{EN: "where", ZH: "范围"}
	wordRule       = catalog.Text{EN: "rule", ZH: "规则"}
	wordFix        = catalog.Text{EN: "What to do", ZH: "处理办法"}
	wordCause      = catalog.Text{EN: "Cause", ZH: "原因"}
	wordEvidence   = catalog.Text{EN: "Evidence", ZH: "证据"}
	wordRetry      = catalog.Text{EN: "Retry", ZH: "能否重试"}
	wordAskVendor  = catalog.Text{
		EN: "Tencent Cloud has to look at this: open a ticket with the output of imtriage bundle.",
		ZH: "需要腾讯云协助：用 imtriage bundle 生成工单包后提交工单。",
	}
	wordStub = catalog.Text{
		EN: "The catalog does not know these. To describe them once and for all, start from a stub:",
		ZH: "错误码库没有收录以上数字。生成自定义错误码模板，补充一次即可：",
	}
	wordExplainHint = catalog.Text{EN: "More on a code: imtriage explain", ZH: "查看错误码详情：imtriage explain"}
	wordSymptomNote = catalog.Text{
		EN: "#N belongs to verdict N; ↳N is its symptom and goes away with the cause.",
		ZH: "#N：属于诊断结论 N；↳N：N 的连带错误，根因消除后随之消失。",
	}
	wordTimesIn   = catalog.Text{EN: "Times in", ZH: "时间所用时区："}
	wordSkipped   = catalog.Text{EN: "%s skipped", ZH: "跳过 %s"}
	wordSalvaged  = catalog.Text{EN: "%s salvaged", ZH: "抢救 %s"}
	wordLocked    = catalog.Text{EN: "%s encrypted", ZH: "加密内容 %s"}
	wordKey       = catalog.Text{EN: "key", ZH: "密钥"}
	wordDecoded   = catalog.Text{EN: "decoded from %s", ZH: "由 %s 解码"}
	wordDecodedSo = catalog.Text{EN: "decoded from %s (guessed)", ZH: "由 %s 解码（推测）"}
	wordUnwrapped = catalog.Text{EN: "unwrapped from %s", ZH: "外层格式 %s"}
	wordReversed  = catalog.Text{EN: "newest first, turned round", ZH: "原为倒序，已转为正序"}
	wordRead      = catalog.Text{EN: "read", ZH: "已读"}
	wordAlso      = catalog.Text{EN: "also seen", ZH: "另有"}
)
