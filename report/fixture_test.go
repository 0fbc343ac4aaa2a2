package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

var tool = report.Tool{Name: "imtriage", Version: "1.2.3"}

// start is the first moment of the fixture.
var start = time.Date(2026, 6, 1, 1, 12, 4, 0, time.UTC)

// hostile is what a stranger may write into a log.
const hostile = "2026-06-01 09:14:11 E [imsdk] \x1b[31mlogin\x1b[0m |a|b| code=70003 <script>alert(1)</script> ::error::x" +
	"\u202e\u200b\x00\x07\u009b31m 用户👩‍💻票据校验失败，请重试。`rm -rf` *_[x](http://evil)\n\t- next & line"

// texts is a small catalog whose words do not change with the real one.
func texts(t testing.TB) *catalog.Catalog {
	t.Helper()
	var files []catalog.File
	for _, name := range []string{"catalog.yaml", "sdk.yaml"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, catalog.File{Name: name, Data: data})
	}
	c, err := catalog.Parse(files...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func code(c *catalog.Catalog, family catalog.Family, number int, count int64, users int, from, to time.Duration) tally.Code {
	out := tally.Code{
		Code: number, Family: family, Category: string(family) + "/unknown", Class: catalog.Error,
		Count: count, First: start.Add(from), Last: start.Add(to), Users: users,
		Histogram: tally.Histogram{Step: 10 * time.Minute},
	}
	if e := c.Lookup(family, number); e != nil {
		out.Entry, out.Category, out.Topic, out.Class = e, e.Category(), e.Topic, e.Class
	}
	steps := int64((to - from) / (10 * time.Minute))
	for i := range steps + 1 {
		at := out.First.Add(time.Duration(i) * 10 * time.Minute).Truncate(10 * time.Minute)
		out.Histogram.Buckets = append(out.Histogram.Buckets, tally.Bucket{T: at, N: 1 + count*(i+1)*2/((steps+1)*(steps+2))})
	}
	return out
}

func sample(source string, line int64, text string) tally.Sample {
	return tally.Sample{
		Source: source, Line: line, Column: 41, Offset: line * 120, Time: start.Add(time.Duration(line) * time.Second),
		Level: "E", Text: text, Extractor: "imsdk",
		Fields: tally.Fields{{Key: tally.KeyAPI, Value: "Login"}, {Key: tally.KeyUser, Value: "user-1a2b3c4d"}},
	}
}

// sessions are a start that says nothing but its version, and one that says all.
func sessions() []tally.Session {
	return []tally.Session{
		{Version: "8.0.5903", Offset: 77},
		{
			PID: 19568, AppID: "1400000123", Version: "8.1.6116", Platform: "Android", Device: "device-5e6f7a8b", User: "user-1a2b3c4d",
			Offset: 4_000_210, Started: start.Add(-time.Minute), Last: start.Add(8 * time.Hour), TimeGuessed: true,
		},
	}
}

// summary is a typical bad morning: a wrong signature, its symptoms, some noise, damage.
func summary(t testing.TB) *tally.Summary {
	t.Helper()
	c := texts(t)
	hour := time.Hour
	bad := code(c, catalog.Server, 70003, 12031, 4120, 0, 8*hour)
	bad.UsersApprox = true
	bad.Hosts = []tally.NameCount{{Name: "im-gw-1", Count: 8000}, {Name: "im-gw-2", Count: 4000}, {Name: "im-gw-3\x1b[2J", Count: 31}}
	bad.APIs = []tally.NameCount{{Name: "Login", Count: 12031}}
	bad.Versions = []tally.NameCount{{Name: "8.1.6116", Count: 12000}}
	bad.Alternatives = []catalog.Family{catalog.Web}
	bad.Samples = []tally.Sample{
		sample("var/log/app/app.log", 1203, "2026-06-01 09:12:04.118 E [imsdk] login failed, code=70003, desc=UserSig check failed, user=user-1a2b3c4d"),
		sample("var/log/app/app.log", 1288, hostile),
		sample("archive/2026-06/a-very-long-directory-name/and-another-one/客户端日志/app.log.2.gz", 0,
			strings.Repeat("长行padding ", 180)+"code=70003 the end of it, "+strings.Repeat("x", 300)),
	}
	symptom := code(c, catalog.SDK, 6014, 3310, 2101, 0, 8*hour)
	symptom.APIs = []tally.NameCount{{Name: "SendMessage", Count: 2000}, {Name: "GetConversationList", Count: 1310}}
	friends := code(c, catalog.Server, 20009, 87, 31, 2*hour, 7*hour)
	limit := code(c, catalog.Server, -20009, 412, 9, 3*hour, 4*hour)
	slow := code(c, catalog.SDK, 9520, 1204, 388, hour, 8*hour)
	slow.Hosts = []tally.NameCount{{Name: "mobile", Count: 1204}}
	odd := code(c, catalog.Server, 99001, 14, 3, 5*hour, 6*hour)
	odd.Samples = []tally.Sample{sample("var/log/app/app.log", 88112, "2026-06-01 14:20:00 E im_open_login_svc rsp ErrorCode=99001 ActionStatus=FAIL")}
	return &tally.Summary{
		Inputs: []tally.Input{
			{
				Name: "archive/2026-06/a-very-long-directory-name/and-another-one/客户端日志/app.log.2.gz", Kind: "gzip",
				Bytes: 118_200_431, Lines: 801_220, Findings: 9000,
				Problem: "gzip: unexpected end of file at byte 18200431; what follows it is missing",
			},
			{Name: "var/log/app/app.log", Kind: "text", Bytes: 92_118_004, Lines: 402_111, Findings: 8058, Complete: true, Sessions: sessions()},
			{Name: "var/log/app/gw.log", Kind: "text", Bytes: 812, Lines: 9, Complete: true, Notes: []string{"12 bytes of invalid UTF-8"}},
		},
		Totals: tally.Totals{
			Inputs: 3, Bytes: 210_319_247, Lines: 1_203_340, Findings: 17058, OK: 90112, Marks: 1252,
			Codes: 6, Unknown: 14, Users: 4301, UsersApprox: true,
		},
		Classes: []tally.ClassCount{
			{Class: catalog.Fatal, Findings: 12031, Codes: 1},
			{Class: catalog.Error, Findings: 3411, Codes: 3},
			{Class: catalog.Warning, Findings: 1616, Codes: 2},
			{Class: catalog.Info},
		},
		Categories: []tally.CategoryCount{
			{Category: "server/account", Findings: 12530, Codes: 3},
			{Category: "sdk/common", Findings: 4514, Codes: 2},
			{Category: "server/unknown", Findings: 14, Codes: 1},
		},
		Topics: []tally.TopicCount{
			{Topic: catalog.Auth, Findings: 12031, Codes: 1},
			{Topic: catalog.Rate, Findings: 412, Codes: 1},
			{Topic: catalog.Network, Findings: 1204, Codes: 1},
			{Topic: catalog.Permission, Findings: 87, Codes: 1},
			{Topic: catalog.State, Findings: 3310, Codes: 1},
		},
		Codes:   []tally.Code{bad, symptom, friends, slow, limit},
		Unknown: []tally.Code{odd},
		Marks: []tally.MarkCount{
			{Event: tally.MarkDNS, Count: 12, First: start, Last: start.Add(hour)},
			{Event: tally.MarkLogin, Count: 1200, First: start, Last: start.Add(8 * hour)},
			{Event: "x_custom\u202e", Count: 40},
		},
	}
}

// verdicts are what rules may say of the summary.
func verdicts(sum *tally.Summary) []rules.Verdict {
	hour := time.Hour
	return []rules.Verdict{
		{
			Rule: "usersig-wrong-key", Class: catalog.Fatal, State: rules.Active,
			Title: catalog.Text{EN: "UserSig is not signed with the key of this SDKAppID", ZH: "UserSig 不是用本 SDKAppID 的密钥签发的"},
			First: start, Last: start.Add(8 * hour), Count: 12031, Users: 4120, UsersApprox: true, Share: 0.7053,
			Explained: 15031, ExplainedShare: 0.8812,
			Codes: []tally.Key{{Family: catalog.Server, Code: 70003}}, Counts: []int64{12031},
			Explains: []rules.Symptom{
				{Key: tally.Key{Family: catalog.SDK, Code: 6014}, Count: 3310, Explained: 3000, Via: tally.Key{Family: catalog.Server, Code: 70003}},
				{Event: tally.MarkLogout, Count: 3, Explained: 3},
			},
			Impact: rules.Impact{
				Hosts: rules.Spread{Names: sum.Codes[0].Hosts}, APIs: rules.Spread{Names: sum.Codes[0].APIs},
				Versions:  rules.Spread{Names: sum.Codes[0].Versions},
				Platforms: rules.Spread{Names: []tally.NameCount{{Name: "Android", Count: 3}, {Name: "iOS", Count: 2}}, Sampled: true},
			},
			Groups: []rules.Group{{Key: tally.Fields{{Key: tally.KeyAppID, Value: "1400000001"}}, Count: 12031}},
			Remedy: []rules.Step{
				{Owner: rules.AppDeveloper, Do: catalog.Text{
					EN: "Compare SDKAppID and secret key on the signing server with those in the console; both must belong to the same app.",
					ZH: "核对签发服务器上的 SDKAppID 与密钥，必须和控制台上的同一个应用一致。",
				}},
				{Owner: rules.Operations, Do: catalog.Text{EN: "Restart the signing service, then log in once with a fresh UserSig.", ZH: "重启签发服务，再用新的 UserSig 登录验证。"}},
			},
			Links:    []string{"https://cloud.tencent.com/document/product/269/32688"},
			Evidence: sum.Codes[0].Samples,
		},
		{
			Rule: "message-rate", Class: catalog.Warning, State: rules.Active, AskVendor: true,
			Title: catalog.Text{EN: "A few users send faster than allowed", ZH: "少数用户发送过快，触发频率限制"},
			First: start.Add(3 * hour), Last: start.Add(4 * hour), Count: 412, Users: 9, Share: 0.0241,
			Explained: 412, ExplainedShare: 0.0241, Raised: 2, Elsewhere: []rules.CodeCount{{Key: tally.Key{Family: catalog.Server, Code: -20009}, Count: 7}},
			Episodes: []rules.Episode{
				{Group: tally.Fields{{Key: tally.KeyUser, Value: "user-1a2b3c4d"}}, Raised: start.Add(3 * hour), Cleared: start.Add(4 * hour), First: start.Add(3 * hour), Last: start.Add(4 * hour), Count: 400},
				{Group: tally.Fields{{Key: tally.KeyUser, Value: "user-9f8e7d6c"}}, Raised: start.Add(4 * hour), First: start.Add(4 * hour), Last: start.Add(4 * hour), Count: 12},
			},
			Codes: []tally.Key{{Family: catalog.Server, Code: -20009}}, Counts: []int64{412},
			Impact: rules.Impact{TopUser: 400, TopShare: 0.9708, Concentration: rules.OneUser},
			Loop:   &rules.Loop{Key: tally.Key{Family: catalog.Server, Code: -20009}, Times: 400, Within: hour, Retry: catalog.RetryBackoff},
			Peak: &rules.Peak{
				Key: tally.Key{Family: catalog.Server, Code: -20009}, API: "SendMsg\x1b[2J", Findings: 206, Within: 10 * time.Minute,
				Limit: &catalog.Limit{Of: catalog.Text{EN: "messages in one group", ZH: "单个群的消息"}, Max: 40, Unit: "per_second"},
			},
			Remedy: []rules.Step{{Owner: rules.AppDeveloper, Do: catalog.Text{EN: "Back off.", ZH: "退避重试。"}}},
		},
	}
}

// sickInputs were read whole and less than whole, with something to say of each.
func sickInputs() []tally.Input {
	return []tally.Input{
		{
			Name: "device/imsdk_C_20260601.xlog", Kind: "xlog", Bytes: 4_100_000, Lines: 31_002, Findings: 812,
			Problem: "14 blocks are encrypted; 12.4 KB at byte 81204 are damaged",
			Health: tally.Health{
				Skipped: 12_698, Salvaged: 3_174, Encrypted: 151_200, EncryptedBlocks: 14, Keys: []string{"3f2a91bc77aa01de", "50\x1b[2J0000000"},
				CutLines: 1, Gaps: 3,
			},
		},
		{
			Name: "device/mail.zip", Kind: "zip", Bytes: 900, Problem: "a password is needed for 2 members",
			Health: tally.Health{Members: 1204, Passed: 1, Refused: 2, Encrypted: 900},
		},
		{
			Name: "var/log/app/旧日志.log", Kind: "text", Bytes: 48_000, Lines: 402, Findings: 12, Complete: true,
			Health: tally.Health{Encoding: "gb18030", EncodingGuessed: true, TimesGuessed: 12, Reversed: true},
		},
		{
			Name: "var/log/pods/im-0.log", Kind: "text", Bytes: 812, Lines: 9, Complete: true, Notes: []string{"12 bytes of invalid UTF-8"},
			Health: tally.Health{Envelope: "docker json-file", EncryptedBlocks: 1, Keys: []string{"a", "b", "c"}, TimesGuessed: 1, CutLines: 2},
		},
	}
}

// reports are the cases that every format has to show.
func reports(t testing.TB, l catalog.Lang) map[string]*report.Report {
	t.Helper()
	o := report.Options{Lang: l, Tool: tool}
	full := summary(t)
	whole := tally.Input{Name: "app.log", Kind: "text", Bytes: 48_000, Lines: 402, Complete: true}
	clean := tally.Totals{Inputs: 1, Bytes: 48_000, Lines: 402}
	marked := clean
	marked.Marks, marked.OK = 15, 20
	damaged := whole
	damaged.Complete, damaged.Problem = false, "zip: checksum error in app/app.log \x1b[2J at byte 12000"
	sick := summary(t)
	sick.Inputs = sickInputs()
	codes := summary(t)
	codes.Inputs = codes.Inputs[1:2]
	return map[string]*report.Report{
		"full":     report.New(full, verdicts(full), o),
		"sick":     report.New(sick, nil, o),
		"rowsonly": report.New(codes, nil, o),
		"empty":    report.New(&tally.Summary{}, nil, o),
		"clean":    report.New(&tally.Summary{Inputs: []tally.Input{whole}, Totals: clean}, nil, o),
		"damaged":  report.New(&tally.Summary{Inputs: []tally.Input{damaged}, Totals: clean}, nil, o),
		"marks": report.New(&tally.Summary{
			Inputs: []tally.Input{whole}, Totals: marked,
			Marks: []tally.MarkCount{
				{Event: tally.MarkConnect, Count: 3, First: start, Last: start.Add(time.Minute)},
				{Event: tally.MarkConnected, Count: 12, First: start, Last: start},
			},
		}, nil, o),
	}
}
