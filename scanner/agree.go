package scanner

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/imtriage/imtriage/catalog"
)

// agreement tells whether a message says what the catalog says of a code. That is the best
// evidence there is: other systems share our numbers, but not their senses.
type agreement struct {
	mu    sync.Mutex
	vocab map[*catalog.Entry]map[string]bool
}

// points says how far the text says what the entry's title and symbols say: one word of IM's own is worth
// agreeWorth, one word that every system uses hintWorth. Two of the latter are worth agreeWorth in a message
// that a key announces, but not in whatever happens to stand around a number.
func (a *agreement) points(e *catalog.Entry, text string, paired bool) int {
	vocab := a.words(e)
	shared := map[string]bool{}
	points := 0
	eachWord(text, func(w string) bool {
		if !vocab[w] {
			return true
		}
		shared[w] = true
		points = hintWorth
		if (paired && len(shared) > 1) || !everyday[w] {
			points = agreeWorth
		}
		return points < agreeWorth
	})
	return points
}

func (a *agreement) words(e *catalog.Entry) map[string]bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if v, ok := a.vocab[e]; ok {
		return v
	}
	v := map[string]bool{}
	add := func(w string) bool {
		// Latin words agree by their beginning: init and initialized, friend and friendship.
		for n := min(4, len(w)); n < len(w); n++ {
			v[w[:n]] = w[0] < utf8.RuneSelf
		}
		v[w] = true
		return true
	}
	eachWord(e.Title().EN, add)
	eachWord(e.Title().ZH, add)
	for _, s := range e.Symbols {
		eachWord(strings.ReplaceAll(s, "_", " "), add)
	}
	if a.vocab == nil {
		a.vocab = map[*catalog.Entry]map[string]bool{}
	}
	a.vocab[e] = v
	return v
}

// wordLen is how much of a Latin word counts, in bytes.
const wordLen = 6

// eachWord yields the telling words of a text, stemmed, and of Chinese every pair of
// characters, until yield says no.
func eachWord(text string, yield func(string) bool) {
	text = phrases.Replace(strings.ToLower(text))
	var han rune
	start := -1
	for i, r := range text + " " {
		latin := r < utf8.RuneSelf && isLetter(byte(r))
		if latin && start < 0 {
			start = i
		}
		if !latin && start >= 0 {
			if w := stem(text[start:i]); w != "" && !yield(w[:min(len(w), wordLen)]) {
				return
			}
			start = -1
		}
		if !unicode.Is(unicode.Han, r) {
			han = 0
			continue
		}
		if han != 0 {
			if pair := string([]rune{han, r}); !common[pair] && !yield(pair) {
				return
			}
		}
		han = r
	}
}

// phrases joins what is one word in some texts and two in others.
var phrases = strings.NewReplacer(
	"_", " ", "not logged in", "notlogin", "not login", "notlogin", "not_login", "notlogin", "not_logged_in", "notlogin", "not log in", "notlogin", "time out", "timeout", "timed out", "timeout", "time-out", "timeout", "timeut", "timeout",
	"log in", "login", "logged in", "login", "sign in", "login", "black list", "blacklist", "block list", "blocklist",
	"not exist", "absent", "not found", "absent", "no such", "absent", "does not exist", "absent", "doesn't exist", "absent", "allready", "already",
	"over limit", "limit", "too many", "limit", "sdk appid", "sdkappid", "user sig", "usersig",
)

// stem brings a word to a common form; "" for words that tell nothing.
func stem(w string) string {
	switch w {
	case "sig":
		return "usersig"
	case "db":
		return "database"
	case "logged", "logon":
		return "login"
	case "freq":
		return "frequency"
	case "frequently", "frequent":
		return "frequency"
	case "expiration", "expires", "expire":
		return "expired"
	case "dismissed":
		return "dissolved"
	}
	for _, suffix := range []string{"ing", "ed", "es", "s"} {
		if len(w) > len(suffix)+3 && strings.HasSuffix(w, suffix) {
			w = w[:len(w)-len(suffix)]
			break
		}
	}
	if w == "parameter" || w == "param" {
		return "param"
	}
	if len(w) < 4 || common[w[:min(len(w), wordLen)]] {
		return ""
	}
	return w
}

// everyday words mean the same in other systems, so that one of them proves little.
var everyday = wordSet(`
	http absent expired timeout network param limit exist already token denied permission forbidden file image login
	block list receive query connect connection database disk memory overload expir upload download reject refused account busy length size
	发送 发消 登录 网络 超时 权限 数据 文件 过期 帐号 账号 连接 频率 限制 存在 已经 长度 格式 上传 下载 拒绝`)

// common words stand in the messages of every system.
var common = wordSet(`
	error code fail failed failur success request response invalid illegal internal server servic client system unknown
	call data value type null with from this that have your please check again later retry message info desc user only
	number list name some been does must cannot could will when want result return interface operation wrong send time
	错误 误码 回码 代码 报错 失败 请求 无效 非法 服务 内部 系统 参数 信息 用户 数据 不能 没有 操作 调用 返回 请稍 稍后 后重 重试 不存 接口 消息 务端`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
		if w[0] < utf8.RuneSelf {
			m[w[:min(len(w), wordLen)]] = true
		}
	}
	return m
}
