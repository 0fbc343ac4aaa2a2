package dash

import (
	"fmt"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// A counted is a thing with a number, in the singular, the plural and Chinese.
type counted struct{ one, many, zh string }

func (c counted) of(n int64, l catalog.Lang) string {
	form := c.many
	switch {
	case l == catalog.ZH:
		form = c.zh
	case n == 1:
		form = c.one
	}
	return fmt.Sprintf(form, number(n))
}

var (
	wordFindings = counted{"%s finding", "%s findings", "命中 %s 次"}
	wordUsers    = counted{"%s user", "%s users", "%s 个用户"}
	wordTroubles = counted{"%s bad input", "%s bad inputs", "%s 个输入异常"}
)

// The words of the panes.
var (
	wordCodes     = catalog.Text{EN: "Codes", ZH: "错误码"}
	wordVerdicts  = catalog.Text{EN: "Verdicts", ZH: "诊断结论"}
	wordNewest    = catalog.Text{EN: "Newest", ZH: "最新命中"}
	wordInputs    = catalog.Text{EN: "Inputs", ZH: "输入"}
	wordRates     = catalog.Text{EN: "Rates", ZH: "速率"}
	wordCode      = catalog.Text{EN: "code", ZH: "错误码"}
	wordFamily    = catalog.Text{EN: "family", ZH: "产品"}
	wordCount     = catalog.Text{EN: "count", ZH: "命中"}
	wordPeople    = catalog.Text{EN: "users", ZH: "用户"}
	wordHour      = catalog.Text{EN: "last hour", ZH: "近 1 小时"}
	wordMeaning   = catalog.Text{EN: "meaning", ZH: "含义"}
	wordTotal     = catalog.Text{EN: "total", ZH: "累计"}
	wordPerMinute = catalog.Text{EN: "a minute", ZH: "每分钟"}
	wordSince     = catalog.Text{EN: "since", ZH: "始于"}
	wordSource    = catalog.Text{EN: "source", ZH: "来源"}
	wordRecord    = catalog.Text{EN: "record", ZH: "日志"}
	wordLag       = catalog.Text{EN: "lag", ZH: "积压"}
	wordLines     = catalog.Text{EN: "lines", ZH: "行数"}
	wordState     = catalog.Text{EN: "state", ZH: "状态"}
	wordSize      = catalog.Text{EN: "size", ZH: "大小"}
	wordOffset    = catalog.Text{EN: "read up to", ZH: "已读到"}
	wordRotations = catalog.Text{EN: "rotations", ZH: "轮转次数"}
	wordVerdict   = catalog.Text{EN: "verdict", ZH: "诊断结论"}
	wordInput     = catalog.Text{EN: "input", ZH: "输入"}
	wordNotes     = catalog.Text{EN: "notes", ZH: "提醒"}
	wordHelp      = catalog.Text{EN: "help", ZH: "帮助"}
	wordRemedy    = catalog.Text{EN: "What to do", ZH: "处理办法"}
	wordEvidence  = catalog.Text{EN: "Evidence", ZH: "证据"}
	wordLast      = catalog.Text{EN: "last at", ZH: "最近"}
	wordColon     = catalog.Text{EN: ": ", ZH: "："}
	wordUnknown   = catalog.Text{EN: "The catalog does not know this code: imtriage catalog stub makes a template to describe it.", ZH: "错误码库未收录该错误码：可用 imtriage catalog stub 生成模板补充说明。"}
)

// The words of the first and the last line, and of panes without rows.
var (
	wordPerSecond = catalog.Text{EN: "%s lines/s", ZH: "%s 行/秒"}
	wordBehind    = catalog.Text{EN: "lag %s", ZH: "积压 %s"}
	wordRunning   = catalog.Text{EN: "up %s", ZH: "已运行 %s"}
	wordPaused    = catalog.Text{EN: "PAUSED", ZH: "已暂停"}
	wordStarting  = catalog.Text{EN: "starting …", ZH: "启动中…"}
	wordOpen      = catalog.Text{EN: "%s open", ZH: "%s 项未恢复"}
	wordFilter    = catalog.Text{EN: "filter: ", ZH: "筛选："}
	wordUnfilter  = catalog.Text{EN: "esc clears", ZH: "esc 清除"}
	wordTyping    = catalog.Text{EN: "enter keeps · esc clears", ZH: "enter 确定 · esc 清除"}
	wordReading   = catalog.Text{EN: "esc back · ↑↓ scroll · l %s", ZH: "esc 返回 · ↑↓ 滚动 · l %s"}
	wordOther     = catalog.Text{EN: "中文", ZH: "English"}
	wordNoNotes   = catalog.Text{EN: "nothing to tell", ZH: "暂无提醒"}
	wordNoMatch   = catalog.Text{EN: "nothing passes the filter", ZH: "没有符合筛选条件的内容"}
	wordNothing   = [panes]catalog.Text{
		paneCodes:    {EN: "no code so far", ZH: "尚无错误码"},
		paneVerdicts: {EN: "no verdict so far", ZH: "尚无诊断结论"},
		paneNewest:   {EN: "no finding so far", ZH: "尚无命中"},
		paneInputs:   {EN: "no input so far", ZH: "尚无输入"},
		paneRates:    {EN: "no finding so far", ZH: "尚无命中"},
	}
	paneTitles = [panes]catalog.Text{
		paneCodes: wordCodes, paneVerdicts: wordVerdicts, paneNewest: wordNewest, paneInputs: wordInputs, paneRates: wordRates,
	}
)

// stateWords are the words of followers that readers see in their language.
var stateWords = map[string]catalog.Text{
	"reading": {EN: "reading", ZH: "读取中"},
	"idle":    {EN: "idle", ZH: "已读完"},
	"waiting": {EN: "waiting", ZH: "等待文件"},
	"gone":    {EN: "gone", ZH: "文件已消失"},
}

// stateWord says how an input stands.
func (m *model) stateWord(r *live.InputRow) string {
	if t, ok := stateWords[r.State]; ok {
		return t.In(m.lang)
	}
	return r.State
}
