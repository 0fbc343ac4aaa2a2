package dash

import "github.com/imtriage/imtriage/catalog"

// What keys do, in a word for the last line.
var (
	wordKeyQuit    = catalog.Text{EN: "quit", ZH: "退出"}
	wordKeyPane    = catalog.Text{EN: "pane", ZH: "切换"}
	wordKeyExplain = catalog.Text{EN: "explain", ZH: "详解"}
	wordKeyClass   = catalog.Text{EN: "class", ZH: "级别"}
	wordKeyText    = catalog.Text{EN: "find", ZH: "筛选"}
	wordKeyPause   = catalog.Text{EN: "pause", ZH: "暂停"}
	wordKeyLang    = wordOther
	wordKeyHelp    = catalog.Text{EN: "help", ZH: "帮助"}
)

// What keys do, in a sentence for the help.
var (
	wordQuit       = catalog.Text{EN: "leave: following ends with its report; closes this page if one is open", ZH: "退出并打印最终报告；若打开了详情页，则关闭详情页"}
	wordNextPane   = catalog.Text{EN: "go to the next pane", ZH: "切换到下一个窗格"}
	wordLastPane   = catalog.Text{EN: "go to the pane before", ZH: "切换到上一个窗格"}
	wordUp         = catalog.Text{EN: "select the row above, or scroll up", ZH: "选择上一行，或向上滚动"}
	wordDown       = catalog.Text{EN: "select the row below, or scroll down", ZH: "选择下一行，或向下滚动"}
	wordPageUp     = catalog.Text{EN: "go up by a page", ZH: "向上翻页"}
	wordPageDown   = catalog.Text{EN: "go down by a page", ZH: "向下翻页"}
	wordHome       = catalog.Text{EN: "go to the top", ZH: "回到顶部"}
	wordEnd        = catalog.Text{EN: "go to the end", ZH: "跳到末尾"}
	wordEnter      = catalog.Text{EN: "explain the selected code, show the verdict or the input in full; on a class, filter by it", ZH: "查看所选错误码的详解，或诊断结论、输入的详情；选中级别时按该级别筛选"}
	wordVerdictKey = catalog.Text{EN: "show the selected verdict in full, from any pane", ZH: "在任意窗格查看所选诊断结论的详情"}
	wordClassKey   = catalog.Text{EN: "filter by class: all, fatal, error, warning, info", ZH: "按级别筛选：全部、致命、错误、可预期、提示"}
	wordTextKey    = catalog.Text{EN: "filter by a text: a code, family/code, words of the meaning or of the record, a source", ZH: "按文本筛选：错误码、产品/错误码、含义、日志内容或来源"}
	wordPauseKey   = catalog.Text{EN: "pause the picture, or let it go on; following never stops", ZH: "暂停或恢复画面；日志跟踪不会停"}
	wordNotesKey   = catalog.Text{EN: "read all notes", ZH: "查看全部提醒"}
	wordLangKey    = catalog.Text{EN: "change to Chinese", ZH: "切换到英文"}
	wordHelpKey    = catalog.Text{EN: "this page", ZH: "本页"}
	wordEscKey     = catalog.Text{EN: "close what is open, or clear the filter", ZH: "关闭详情页，或清除筛选"}
	wordSuspend    = catalog.Text{EN: "suspend the whole program; fg brings it back", ZH: "挂起整个程序，用 fg 恢复"}
)

// What the picture shows, for the help.
var (
	wordAboutRates = catalog.Text{
		EN: "Rates and trends count findings as they arrive here; times of records and verdicts are those of the logs.",
		ZH: "速率和趋势按命中到达本机的时间统计；日志与诊断结论的时间取自日志本身。",
	}
	wordAboutTrend = catalog.Text{
		EN: "A trend spans the last hour, the newest minute on the right, and is scaled to its own peak; a dot stands for none.",
		ZH: "趋势为最近一小时，最右为当前分钟，按自身峰值缩放；圆点表示没有命中。",
	}
	wordAboutLag = catalog.Text{
		EN: "Lag is what stands in the files and was not read yet.",
		ZH: "积压是文件中尚未读取的字节数。",
	}
)
