package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A noun is a thing that reports count.
type noun struct{ one, many, zh string }

var (
	nounFinding = noun{"%s finding", "%s findings", "命中 %s 次"}
	nounUser    = noun{"%s user", "%s users", "%s 个用户"}
	nounCode    = noun{"%s code", "%s codes", "%s 个错误码"}
	nounInput   = noun{"%s input", "%s inputs", "%s 个输入"}
	nounLine    = noun{"%s line", "%s lines", "%s 行"}
	nounLocked  = noun{"%s encrypted block", "%s encrypted blocks", "%s 个加密块"}
	nounGap     = noun{"%s block missing", "%s blocks missing", "缺失 %s 个块"}
	nounMember  = noun{"%s member read", "%s members read", "读取 %s 个成员"}
	nounPassed  = noun{"%s member passed over", "%s members passed over", "略过 %s 个非日志成员"}
	nounRefused = noun{"%s member refused", "%s members refused", "%s 个成员未能读取"}
	nounLong    = noun{"%s line longer than 1 MiB", "%s lines longer than 1 MiB", "%s 行超过 1 MiB"}
	nounGuessed = noun{"%s date guessed", "%s dates guessed", "%s 处日期为推测"}
	nounDate    = noun{
		"The date of %s record was guessed: see --date", "The date of %s records was guessed: see --date",
		"%s 条记录的日期是推测的，可用 --date 指定",
	}
	nounEncoding = noun{
		"The encoding of %s input was guessed (%%s): see --encoding", "The encoding of %s inputs was guessed (%%s): see --encoding",
		"%s 个输入的编码是推测的（%%s），可用 --encoding 指定",
	}
	nounStep = noun{"… and %s more step, see -f markdown", "… and %s more steps, see -f markdown", "… 另有 %s 步，见 -f markdown"}
	nounMore = noun{"… and %s more, see -f json", "… and %s more, see -f json", "… 另有 %s 条，见 -f json"}
)

// count says how many there are of something.
func (n noun) count(of int64, l catalog.Lang) string {
	form := n.many
	switch {
	case l == catalog.ZH:
		form = n.zh
	case of == 1:
		form = n.one
	}
	return fmt.Sprintf(form, number(of))
}

// users says how many users there are, and whether that is an estimate.
func users(n int, approx bool, l catalog.Lang) string {
	s := nounUser.count(int64(n), l)
	switch {
	case !approx:
		return s
	case l == catalog.ZH:
		return "约 " + s
	}
	return "about " + s
}

// number writes 12031 as 12,031.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// byteSize writes a size with the binary unit that leaves three figures.
func byteSize(n int64) string {
	const units = "KMGTPE"
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	v, u := float64(n)/1024, 0
	for v >= 999.5 && u < len(units)-1 {
		v /= 1024
		u++
	}
	format := "%.0f %ciB"
	if v < 9.95 {
		format = "%.1f %ciB"
	}
	return fmt.Sprintf(format, v, units[u])
}

// duration writes a length of time in its two largest units, as 3d 4h or 12m 5s.
func duration(d time.Duration, l catalog.Lang) string {
	units := []struct {
		d      time.Duration
		en, zh string
	}{{24 * time.Hour, "d", " 天"}, {time.Hour, "h", " 小时"}, {time.Minute, "m", " 分"}, {time.Second, "s", " 秒"}}
	var parts []string
	for i, u := range units {
		n := int64(d / u.d)
		if n == 0 && len(parts) == 0 && i < len(units)-1 {
			continue
		}
		name := u.en
		if l == catalog.ZH {
			name = u.zh
		}
		if n > 0 || len(parts) == 0 {
			parts = append(parts, strconv.FormatInt(n, 10)+name)
		}
		d -= time.Duration(n) * u.d
		if n == 0 || len(parts) == 2 {
			break
		}
	}
	return strings.Join(parts, " ")
}
