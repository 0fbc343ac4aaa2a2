package dash

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

var (
	shanghai = time.FixedZone("UTC+8", 8*60*60)
	noon     = time.Date(2026, 6, 1, 12, 0, 5, 0, shanghai)
)

// wave is a sparkline's counts that grow, with gaps.
func wave(peak int64) []int64 {
	out := make([]int64, live.SparkBuckets)
	for i := range out {
		if i%7 != 3 {
			out[i] = peak * int64(i) / int64(len(out)-1)
		}
	}
	return out
}

// busy is a snapshot in which everything occurs that a screen knows how to draw, hostile texts among it.
func busy(l catalog.Lang) live.Snapshot {
	in := func(en, zh string) string { return catalog.Text{EN: en, ZH: zh}.In(l) }
	s := live.Snapshot{
		Now: noon, Started: noon.Add(-(3*time.Hour + 4*time.Minute)), Lang: l,
		Lines: 1_204_331, Findings: 12031, OK: 88, Marks: 12, MoreCodes: 3,
		Classes: []live.ClassRate{
			{Class: catalog.Fatal, Total: 312, PerMinute: 4, Spark: wave(4)},
			{Class: catalog.Error, Total: 10_604, PerMinute: 122.5, Spark: wave(120)},
			{Class: catalog.Warning, Total: 1115, PerMinute: 0.5, Spark: wave(1)},
			{Class: catalog.Info, Spark: make([]int64, live.SparkBuckets)},
		},
		Verdicts: []live.VerdictRow{
			{
				Rule: "usersig-wrong-key", Class: catalog.Fatal, Open: true, State: in("open", "未恢复"), Group: "sdkappid=1400000001",
				Title: in("UserSig was signed with the key of another app", "UserSig 用了其他应用的密钥签发"),
				Since: noon.Add(-12 * time.Minute), Count: 312, Users: 208,
				Remedy: []live.RemedyRow{
					{Who: in("developer", "开发"), Do: in("Sign UserSig with the key of this SDKAppID: compare the console with the configuration of the signing service.", "用该 SDKAppID 的密钥签发 UserSig：核对控制台与签发服务的配置。")},
					{Who: in("operations", "运维"), Do: in("Roll the signing service back.", "回滚签发服务。")},
				},
				Evidence: []string{"2026-06-01 11:48:05 E login failed, code=70003, user=\x1b[31mu_1f0c\x1b[0m", strings.Repeat("很长的日志", 30)},
			},
			{
				Rule: "rate-limit", Class: catalog.Warning, State: in("over since", "已恢复于"), Title: in("REST API over its rate limit", "REST 接口超过频率限制"),
				Since: noon.Add(-time.Hour), Until: noon.Add(-30 * time.Minute), Count: 1001,
			},
		},
		Inputs: []live.InputRow{
			{Name: "/var/log/im/server.log", Size: 1 << 30, Offset: 1<<30 - 3277, Lag: 3277, Lines: 1_200_000, State: "reading", Rotations: 4},
			{Name: "/var/log/im/a-very-long-folder-name-for-a-log/imsdk_20260601.log", Size: 7000, Offset: 7000, Lines: 331, State: "idle"},
			{Name: "/var/log/im/日志/访问.log", State: "waiting", Problem: in("permission denied", "没有权限") + "\x1b]0;owned\a"},
		},
		Notes: []string{in("/var/log/im/访问.log: permission denied, tried again every 10 s", "/var/log/im/访问.log：没有权限，每 10 秒重试"), "a\u202eb"},
	}
	for i := range s.Classes {
		s.Classes[i].Name = s.Classes[i].Class.Title(l)
	}
	for i := range s.Verdicts {
		s.Verdicts[i].Name = s.Verdicts[i].Class.Title(l)
	}
	for i, c := range []struct {
		code   int
		family catalog.Family
		class  catalog.Class
		title  string
	}{
		{70003, catalog.Server, catalog.Fatal, in("UserSig check failed", "UserSig 校验失败")},
		{6014, catalog.SDK, catalog.Error, in("not logged in, call login first", "未登录，请先调用登录接口")},
		{-20009, catalog.Web, catalog.Warning, in("frequency limit of the interface", "接口调用超过频率限制")},
		{99123, catalog.App, catalog.Error, in("not in the catalog", "错误码库未收录")},
	} {
		s.Codes = append(s.Codes, live.CodeRow{
			Code: c.code, Family: c.family, Class: c.class, Known: c.code != 99123, Name: c.class.Title(l), Title: c.title,
			Count: int64(9000 / (i + 1)), Recent: 10, Users: 208 - i, Last: noon.Add(-time.Duration(i) * time.Second), Spark: wave(int64(40 - i)),
		})
	}
	for i := range 12 {
		c := s.Codes[i%len(s.Codes)]
		f := live.FindingRow{
			Seq: int64(100 - i), Time: noon.Add(-time.Duration(i) * time.Second), Source: "/var/log/im/server.log", Line: int64(9000 - i),
			Code: c.Code, Family: c.Family, Known: c.Known, Class: c.Class, Name: c.Name, Title: c.Title,
			Text: fmt.Sprintf("[E] 请求失败 login failed, code=%d, cost=%dms\x1b[2J\u202e", c.Code, 30+i),
		}
		if i == 3 {
			f.Time, f.Line = time.Time{}, 0
		}
		s.Newest = append(s.Newest, f)
	}
	return s
}

// explain stands for the catalog.
func explain(family catalog.Family, code int, l catalog.Lang, width int) string {
	return fmt.Sprintf("%s/%d (%s)\n  meaning  %s\n\n  what to do  %s\n", family, code, l,
		"The signature is not valid. \x1b[31mRed.", strings.Repeat("用该 SDKAppID 的密钥签发。", width/8))
}

// show makes a model of that size with a snapshot, and records what it asks for.
func show(t *testing.T, l catalog.Lang, width, height int, s live.Snapshot) (m *model, asked *[]request) {
	t.Helper()
	asked = new([]request)
	m = newModel(Options{Lang: l, Zone: shanghai, Explain: explain}, func(r request) { *asked = append(*asked, r) })
	m.Init()
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	early := s
	early.Now, early.Lines = s.Now.Add(-5*time.Second), s.Lines-6000
	m.Update(snapshotMsg(early))
	m.Update(snapshotMsg(s))
	return m, asked
}

// typeKeys presses keys one after the other: names as "enter", everything else letter by letter.
func typeKeys(t *testing.T, m *model, keys ...string) (quit bool) {
	t.Helper()
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace,
	}
	for _, k := range keys {
		var presses []tea.KeyPressMsg
		switch code, ok := named[k]; {
		case ok:
			presses = append(presses, tea.KeyPressMsg{Code: code})
		case k == "shift+tab":
			presses = append(presses, tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
		case k == "ctrl+c" || k == "ctrl+u":
			presses = append(presses, tea.KeyPressMsg{Code: rune(k[5]), Mod: tea.ModCtrl})
		default:
			for _, r := range k {
				presses = append(presses, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
		for _, p := range presses {
			if _, cmd := m.Update(p); cmd != nil {
				_, isQuit := cmd().(tea.QuitMsg)
				quit = quit || isQuit
			}
		}
	}
	return quit
}
