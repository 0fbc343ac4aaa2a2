package main

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// fateTitles say in a word or two what became of a rule.
var fateTitles = map[rules.Fate]catalog.Text{
	rules.FateTold:       {EN: "told", ZH: "已报告"},
	rules.FateExplains:   {EN: "explains it", ZH: "作为根因"},
	rules.FateFolded:     {EN: "folded", ZH: "已归并"},
	rules.FateSuperseded: {EN: "superseded", ZH: "已被取代"},
	rules.FateTaken:      {EN: "left to others", ZH: "让给其他规则"},
	rules.FateShort:      {EN: "not reached", ZH: "未达门槛"},
	rules.FateLacks:      {EN: "field missing", ZH: "缺少字段"},
	rules.FateUntimed:    {EN: "no time", ZH: "缺少时间"},
	rules.FateAgainst:    {EN: "counts against", ZH: "反向条件"},
	rules.FateApart:      {EN: "not its symptom", ZH: "非其连带错误"},
	rules.FateAbsent:     {EN: "would explain it", ZH: "可解释但未成立"},
	rules.FateOff:        {EN: "switched off", ZH: "已停用"},
	rules.FateUnselected: {EN: "not selected", ZH: "未匹配"},
}

// The labels of a trace.
var (
	labelFoundBy   = catalog.Text{EN: "found by", ZH: "提取规则"}
	labelProduct   = catalog.Text{EN: "family", ZH: "产品"}
	labelSense     = catalog.Text{EN: "meaning", ZH: "含义"}
	labelTestable  = catalog.Text{EN: "fields", ZH: "可测字段"}
	labelInTheEnd  = catalog.Text{EN: "in the end", ZH: "最终结果"}
	wordRulesHead  = catalog.Text{EN: "Rules", ZH: "规则"}
	wordNoRuleSees = catalog.Text{EN: "No rule looks at it; -v shows those that come near.", ZH: "没有规则匹配这条记录；加 -v 查看相近的规则。"}
)

// The words of a trace.
var (
	wordPoints     = catalog.Text{EN: "%d points, %d needed", ZH: "%d 分，需 %d 分"}
	wordOnlySense  = catalog.Text{EN: "the only one with this number", ZH: "只有它使用该数字"}
	wordOfHint     = catalog.Text{EN: "what the extractor reads", ZH: "由提取规则指定"}
	wordOfEvidence = catalog.Text{EN: "by the words of the record", ZH: "由记录中的字样判定"}
	wordOrAlso     = catalog.Text{EN: "possible too: %s", ZH: "也可能是 %s"}
	wordNoEntry    = catalog.Text{EN: "not in the catalog", ZH: "错误码库未收录"}
	wordEventTitle = catalog.Text{EN: "event %s", ZH: "事件 %s"}
	wordGuessed    = catalog.Text{EN: "date guessed", ZH: "日期为推测"}

	wordInVerdict    = catalog.Text{EN: "verdict %d: %s", ZH: "诊断结论 %d：%s"}
	wordSinceTime    = catalog.Text{EN: " since %s", ZH: "，始于 %s"}
	wordRaisedAt     = catalog.Text{EN: "raised at %s", ZH: "%s 触发"}
	wordFor          = catalog.Text{EN: "for %s", ZH: "分组 %s"}
	wordRuleSays     = catalog.Text{EN: "verdict %d has it as a symptom: so says the rule", ZH: "由本规则的 explains 归入诊断结论 %d"}
	wordCatalogSays  = catalog.Text{EN: "verdict %d has it as a symptom: the catalog names %s as its cause", ZH: "错误码库记载根因为 %[2]s，归入诊断结论 %[1]d"}
	wordUnder        = catalog.Text{EN: "a symptom under %s", ZH: "已作为连带错误归入 %s"}
	wordUnderVia     = catalog.Text{EN: "a symptom under %s: the catalog names %s as its cause", ZH: "错误码库记载根因为 %[2]s，已作为连带错误归入 %[1]s"}
	wordSuperseded   = catalog.Text{EN: "%s says more about the same", ZH: "%s 说得更具体"}
	wordTaken        = catalog.Text{EN: "a generic rule, and %s is told for the same", ZH: "兜底规则，同类记录已由 %s 报告"}
	wordBest         = catalog.Text{EN: "at best %s at %s", ZH: "最接近时 %s（%s）"}
	wordRest         = catalog.Text{EN: "the rest went to %s", ZH: "其余已归入 %s"}
	wordJudgedFrom   = catalog.Text{EN: "judged from %s on", ZH: "%s 起才开始判断"}
	wordDue          = catalog.Text{EN: "due at %s", ZH: "期限 %s"}
	wordAnswered     = catalog.Text{EN: "the answer came at %s", ZH: "%s 已等到后续事件"}
	wordLacks        = catalog.Text{EN: "the record has no %s", ZH: "记录没有 %s"}
	wordUntimed      = catalog.Text{EN: "the record has no time of its own: rules with a window pass it", ZH: "记录没有自带时间，带窗口的规则跳过它"}
	wordSelectedBy   = catalog.Text{EN: "selected by %s", ZH: "匹配 %s"}
	wordApart        = catalog.Text{EN: "its cause hit other users, or began after this was over", ZH: "根因涉及的是其他用户，或者在它结束之后才出现"}
	wordAbsent       = catalog.Text{EN: "with it as a symptom, but not told", ZH: "将其列为连带错误，但规则未成立"}
	wordAbsentBy     = catalog.Text{EN: "with it as a symptom, but %s says more about the same", ZH: "将其列为连带错误，但已被 %s 取代"}
	wordOther        = catalog.Text{EN: "its verdict %d is about others", ZH: "其诊断结论 %d 说的是其他记录"}
	wordEndTold      = catalog.Text{EN: "told in verdict %d, %s", ZH: "见诊断结论 %d（%s）"}
	wordEndSymptom   = catalog.Text{EN: "a symptom of verdict %d, %s", ZH: "诊断结论 %d（%s）的连带错误"}
	wordEndPartly    = catalog.Text{EN: "as far as its users met that cause", ZH: "仅限遇到该根因的用户"}
	wordUnexplained  = catalog.Text{EN: "unexplained: no verdict tells it", ZH: "未得到解释：没有诊断结论涉及它"}
	wordNoTrouble    = catalog.Text{EN: "no verdict tells it: by itself it is no trouble", ZH: "没有诊断结论涉及它：它本身并非异常"}
	wordWants        = catalog.Text{EN: "%s %s, wants %s", ZH: "%s 为 %s，要求 %s"}
	wordNoValue      = catalog.Text{EN: "%s is missing, wants %s", ZH: "缺少 %s，要求 %s"}
	wordExcluded     = catalog.Text{EN: "excluded by %s", ZH: "被 %s 排除"}
	wordWantsCode    = catalog.Text{EN: "an event, wants a code", ZH: "是事件，要求错误码"}
	wordWantsEvent   = catalog.Text{EN: "a code, wants the event %s", ZH: "是错误码，要求事件 %s"}
	wordOrWord       = catalog.Text{EN: " or ", ZH: " 或 "}
	wordReadingOf    = catalog.Text{EN: "%s %s of %s", ZH: "%s %s/%s"}
	wordReadingWants = catalog.Text{EN: "%s %s, wants %s", ZH: "%s %s，要求 %s"}
)

// quantityTitles name what conditions measure; %s is the field.
var quantityTitles = map[rules.Quantity]catalog.Text{
	rules.QuantityCount:      {EN: "count", ZH: "次数"},
	rules.QuantityShare:      {EN: "share of all findings", ZH: "占全部命中"},
	rules.QuantityUsers:      {EN: "users", ZH: "用户数"},
	rules.QuantityDistinct:   {EN: "values of %s", ZH: "%s 的不同取值"},
	rules.QuantitySum:        {EN: "sum of %s", ZH: "%s 之和"},
	rules.QuantityAverage:    {EN: "average of %s", ZH: "%s 平均值"},
	rules.QuantityPercentile: {EN: "percentile of %s", ZH: "%s 分位数"},
	rules.QuantityRatio:      {EN: "ratio", ZH: "比例"},
	rules.QuantityOf:         {EN: "compared with", ZH: "分母"},
	rules.QuantityStages:     {EN: "stage", ZH: "阶段"},
	rules.QuantityParts:      {EN: "parts", ZH: "条件项"},
	rules.QuantityWaiting:    {EN: "waiting", ZH: "等待中"},
	rules.QuantityFirst:      {EN: "new values of %s", ZH: "%s 的新值"},
	rules.QuantityFactor:     {EN: "factor", ZH: "倍数"},
	rules.QuantityCurrent:    {EN: "in this window", ZH: "本窗口"},
	rules.QuantityReference:  {EN: "in the window before", ZH: "上一窗口"},
}
