package report

import (
	"fmt"
	"math"
	"strconv"

	"github.com/imtriage/imtriage/catalog"
)

// explained says how much of what was found has a cause; "" where no cause was found.
func (r *Report) explained() string {
	x, l := &r.Explained, r.Lang
	if x.Causes == 0 || r.Totals.Findings == 0 {
		return ""
	}
	part, all := percent(x.Share, l), nounFinding.count(r.Totals.Findings, l)
	who := ""
	if x.Users > 0 {
		who = users(x.Users, x.UsersApprox, l)
	}
	if l == catalog.ZH {
		s := fmt.Sprintf("%s 个根因解释了 %s 次命中的 %s", number(int64(x.Causes)), number(r.Totals.Findings), part)
		if who != "" {
			s += "，影响" + spaced(who)
		}
		return s
	}
	form := "%s cause explains %s of %s"
	if x.Causes > 1 {
		form = "%s causes explain %s of %s"
	}
	s := fmt.Sprintf(form, number(int64(x.Causes)), part, all)
	if who != "" {
		s += ", " + who
	}
	return s
}

// spaced puts a space before a figure that follows Chinese.
func spaced(s string) string {
	if s != "" && '0' <= s[0] && s[0] <= '9' {
		return " " + s
	}
	return s
}

// unexplained names the codes that no cause explains; "" where there are none, or no cause at all.
func (r *Report) unexplained() string {
	x, l := &r.Explained, r.Lang
	var words []string
	for _, c := range x.Rest {
		words = append(words, strconv.Itoa(c.Code)+" "+times(c.Count))
	}
	if x.RestOther > 0 {
		words = append(words, wordOtherCodes.In(l)+" "+times(x.RestOther))
	}
	if len(words) == 0 || x.Causes == 0 {
		return ""
	}
	rest := r.Totals.Findings - x.Findings
	part := percent(float64(rest)/float64(r.Totals.Findings), l)
	if l == catalog.ZH {
		return fmt.Sprintf("其余 %s 尚无根因：%s", part, capped(words, 5))
	}
	return fmt.Sprintf("The other %s have no cause yet: %s", part, capped(words, 5))
}

// percent writes a part of a whole. Only all of it is 100 %, and nothing of it 0 %.
func percent(share float64, l catalog.Lang) string {
	p := share * 100
	text := strconv.FormatFloat(math.Round(p), 'f', -1, 64)
	switch {
	case p > 99 && p < 100:
		text = strconv.FormatFloat(math.Floor(p*10)/10, 'f', -1, 64)
	case p > 0 && p < 1:
		text = strconv.FormatFloat(math.Ceil(p*10)/10, 'f', -1, 64)
	}
	if l == catalog.ZH {
		return text + "%"
	}
	return text + " %"
}
