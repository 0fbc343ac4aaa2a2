package serve

import "github.com/imtriage/imtriage/catalog"

// words are those of the page; its script finds them by these keys.
var words = map[string]catalog.Text{
	"title":       {EN: "imtriage live", ZH: "imtriage 实时看板"},
	"connecting":  {EN: "connecting…", ZH: "连接中…"},
	"live":        {EN: "live", ZH: "实时"},
	"cut_off":     {EN: "no connection, trying again", ZH: "连接中断，正在重连"},
	"paused":      {EN: "paused", ZH: "已暂停"},
	"pause":       {EN: "Pause", ZH: "暂停"},
	"resume":      {EN: "Resume", ZH: "继续"},
	"other_lang":  {EN: "中文", ZH: "English"},
	"lines":       {EN: "lines", ZH: "日志行"},
	"findings":    {EN: "findings", ZH: "命中"},
	"ok":          {EN: "results ok", ZH: "成功结果"},
	"lag":         {EN: "not read yet", ZH: "待读取"},
	"verdicts":    {EN: "Verdicts", ZH: "诊断结论"},
	"no_verdicts": {EN: "No verdict stands.", ZH: "当前没有诊断结论。"},
	"cleared":     {EN: "Cleared", ZH: "已恢复"},
	"since":       {EN: "since", ZH: "始于"},
	"until":       {EN: "until", ZH: "止于"},
	"users":       {EN: "users", ZH: "用户"},
	"findings_1":  {EN: "1 finding", ZH: "命中 1 次"},
	"findings_n":  {EN: "# findings", ZH: "命中 # 次"},
	"users_1":     {EN: "1 user", ZH: "1 个用户"},
	"users_n":     {EN: "# users", ZH: "# 个用户"},
	"evidence":    {EN: "Evidence", ZH: "证据"},
	"rates":       {EN: "Findings by class", ZH: "各级别命中"},
	"hour":        {EN: "last hour, per minute", ZH: "近一小时，按分钟"},
	"minute":      {EN: "last minute, per second", ZH: "近一分钟，按秒"},
	"per_minute":  {EN: "/min", ZH: "次/分"},
	"codes":       {EN: "Codes", ZH: "错误码"},
	"no_codes":    {EN: "No code yet.", ZH: "暂无错误码。"},
	"more_codes":  {EN: "more codes, in the report", ZH: "个错误码未列出，见完整报告"},
	"code":        {EN: "code", ZH: "错误码"},
	"class":       {EN: "class", ZH: "级别"},
	"meaning":     {EN: "meaning", ZH: "含义"},
	"count":       {EN: "count", ZH: "命中"},
	"trend":       {EN: "last hour", ZH: "近一小时"},
	"last":        {EN: "last", ZH: "最近"},
	"newest":      {EN: "Newest findings", ZH: "最新命中"},
	"no_newest":   {EN: "No finding yet.", ZH: "暂无命中。"},
	"no_match":    {EN: "Nothing fits the filter.", ZH: "没有符合筛选条件的内容。"},
	"filter":      {EN: "Filter: code, text, file …", ZH: "筛选：错误码、文本、文件…"},
	"clear":       {EN: "Clear filter", ZH: "清除筛选"},
	"inputs":      {EN: "Inputs", ZH: "输入"},
	"no_inputs":   {EN: "No input yet.", ZH: "暂无输入。"},
	"input":       {EN: "input", ZH: "输入"},
	"size":        {EN: "size", ZH: "大小"},
	"rotations":   {EN: "rotations", ZH: "轮转"},
	"state":       {EN: "state", ZH: "状态"},
	"notes":       {EN: "Notes", ZH: "提示"},
	"report":      {EN: "report (JSON)", ZH: "完整报告（JSON）"},
	"metrics":     {EN: "metrics", ZH: "监控指标"},
	"health":      {EN: "health", ZH: "健康状态"},
	"degraded":    {EN: "Alerts do not all arrive", ZH: "部分告警未能送达"},
	"failing":     {EN: "Following is in trouble", ZH: "日志跟踪出现异常"},
	"started":     {EN: "running since", ZH: "启动于"},
	"no_script":   {EN: "This page needs JavaScript. The same is at /report.json and /metrics.", ZH: "此页面需要启用 JavaScript。相同内容见 /report.json 与 /metrics。"},

	"state_reading": {EN: "reading", ZH: "读取中"},
	"state_idle":    {EN: "idle", ZH: "空闲"},
	"state_waiting": {EN: "waiting", ZH: "等待文件"},
	"state_gone":    {EN: "gone", ZH: "已消失"},
}

// wordsIn returns the words in a language.
func wordsIn(l catalog.Lang) map[string]string {
	out := make(map[string]string, len(words))
	for k, t := range words {
		out[k] = t.In(l)
	}
	return out
}
