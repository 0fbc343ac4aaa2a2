package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// TestNewResolves checks that a report speaks one language and knows what the catalog says.
func TestNewResolves(t *testing.T) {
	r := reports(t, catalog.ZH)["full"]
	type text struct{ Symbol, Title, Fix, Verdict, Who, Do, Mark string }
	want := text{
		"ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED", "UserSig 非法或被截断", "改用官方库生成，存储字段不要限长。",
		"UserSig 不是用本 SDKAppID 的密钥签发的", "开发", "核对签发服务器上的 SDKAppID 与密钥，必须和控制台上的同一个应用一致。",
		"IM 域名解析失败",
	}
	c, v := r.Codes[0], r.Verdicts[0]
	got := text{c.Symbol, c.Title, c.Fix, v.Title, v.Remedy[0].Who, v.Remedy[0].Do, r.Marks[0].Title}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if u := r.Unknown[0]; u.Known || u.Title != "错误码库未收录" || u.Retry != catalog.RetryUnknown {
		t.Errorf("unknown code: known %v, title %q, retry %q", u.Known, u.Title, u.Retry)
	}
	if r.Incomplete != 1 || !r.First.Equal(start) || r.Last.Sub(r.First).Hours() != 8 {
		t.Errorf("incomplete %d, from %v to %v", r.Incomplete, r.First, r.Last)
	}
	if diff := cmp.Diff([]string{"im-gw-1", "im-gw-2", "im-gw-3\x1b[2J"}, v.Hosts); diff != "" {
		t.Errorf("hosts of the verdict (-want +got):\n%s", diff)
	}
}

// TestNewLinks checks to which verdict each code points.
func TestNewLinks(t *testing.T) {
	sum := summary(t)
	said := verdicts(sum)
	// The second verdict is about as much of a code as the first explains: then it is no symptom.
	said[1].Codes, said[1].Counts = append(said[1].Codes, tally.Key{Family: catalog.SDK, Code: 9520}), append(said[1].Counts, 1)
	said[0].Explains = append(said[0].Explains, rules.Symptom{Key: tally.Key{Family: catalog.SDK, Code: 9520}, Count: 2, Explained: 1})
	// Of what it explains in part the other one names less.
	said[1].Codes, said[1].Counts = append(said[1].Codes, tally.Key{Family: catalog.SDK, Code: 6014}), append(said[1].Counts, 310)
	type link struct {
		Verdict int
		Symptom bool
	}
	got := map[int]link{}
	for _, c := range report.New(sum, said, report.Options{}).Codes {
		got[c.Code.Code] = link{c.Verdict, c.Symptom}
	}
	want := map[int]link{70003: {1, false}, 6014: {1, true}, 20009: {}, 9520: {2, false}, -20009: {2, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNewLeavesItsInputAlone builds twice from one summary in two languages.
func TestNewLeavesItsInputAlone(t *testing.T) {
	sum := summary(t)
	said := verdicts(sum)
	first := write(t, "json", report.New(sum, said, report.Options{Tool: tool}), report.Style{})
	report.New(sum, said, report.Options{Lang: catalog.ZH})
	again := write(t, "json", report.New(sum, said, report.Options{Lang: catalog.EN, Tool: tool}), report.Style{})
	if diff := cmp.Diff(string(first), string(again)); diff != "" {
		t.Errorf("(-first +again):\n%s", diff)
	}
}
