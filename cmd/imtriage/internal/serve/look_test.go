//go:build outside

package serve_test

import (
	"bytes"
	"fmt"
	"image/png"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
	"github.com/imtriage/imtriage/rules"
)

// busy is a server with an hour of trouble behind it, up to now.
func busy(t *testing.T) serve.Options {
	t.Helper()
	start := time.Now().Add(-time.Hour)
	at := start
	s := newState(t, func() time.Time { return at })
	for minute := range 60 {
		for second := range 6 {
			at = start.Add(time.Duration(minute)*time.Minute + time.Duration(second)*10*time.Second)
			add := func(n, code int, text string) {
				for i := range n {
					f := finding(code, text)
					f.Time, f.Line = at, int64(minute*100+i)
					f.Fields = tally.Fields{{Key: tally.KeyUser, Value: fmt.Sprint("u", i*7+minute)}}
					s.Finding(f)
				}
			}
			add(1+minute%4, 70001, `[E] 12:00:01.123 login failed, ErrorCode: 70001, ErrorInfo: "UserSig expired"`)
			add(minute%3, 10007, `{"ActionStatus":"FAIL","ErrorCode":10007,"ErrorInfo":"only group member can send message"}`)
			add(minute%7/3, 20009, "send c2c message fail, code: 20009")
			if minute > 45 {
				add(2, 60012, `POST /v4/im_open_login_svc/account_import → ErrorCode 60012`)
			}
		}
		s.Lines(18_000)
	}
	at = time.Now()
	s.Finding(finding(70001, hostile))
	s.Inputs([]live.InputRow{
		{Name: "/var/log/im/app.log", Size: 48 << 20, Offset: 48 << 20, Lines: 900_000, Rotations: 3, State: "reading"},
		{Name: "/var/log/pods/im-gateway-7c9f_0/gateway/0.log", Size: 3 << 20, Offset: 2 << 20, Lag: 1 << 20, Lines: 180_000, State: "reading"},
		{Name: "/var/log/im/audit.log", State: "waiting", Problem: "open /var/log/im/audit.log: permission denied"},
	})
	for i, id := range []string{"usersig-expired", "unknown-code"} {
		if rule := rules.Builtin().Rule(id); rule != nil {
			s.Transition(rules.Transition{
				Rule: rule, Turn: rules.Raised, At: start.Add(40 * time.Minute), Count: int64(40 + i), Group: tally.Fields{{Key: "host", Value: "im-gateway-7c9f"}},
				Record: &tally.Record{Key: tally.Key{Family: catalog.Server, Code: 70001}, Text: `[E] login failed, ErrorCode: 70001`},
			})
		}
	}
	fatal := &rules.Rule{
		ID: "app-disabled", Class: catalog.Fatal, Title: catalog.Text{EN: "The app is disabled", ZH: "应用已停用"},
		Remedy: []rules.Step{{Owner: rules.Operations, Do: catalog.Text{EN: "Look at the bill in the console and settle it; the app works again within minutes.", ZH: "在控制台查看账单并补缴，几分钟后应用恢复。"}}},
	}
	s.Transition(rules.Transition{Rule: fatal, Turn: rules.Raised, At: start.Add(46 * time.Minute), Count: 168})
	s.Transition(rules.Transition{Rule: &rules.Rule{ID: "old", Title: catalog.Text{EN: "Group messages too fast", ZH: "群消息发送过快"}}, Turn: rules.Ended, At: start.Add(10 * time.Minute), Count: 12})
	s.Note("audit.log cannot be read; it is tried again every 30 s")
	o := options(t)
	o.State, o.Now, o.Interval = s, time.Now, 50*time.Millisecond
	o.Health = func() serve.Health {
		return serve.Health{LastPoll: time.Now(), PollEvery: time.Second, Receivers: []serve.Receiver{{Name: "ops", Problem: "status 500", Waiting: 2}}}
	}
	return o
}

// TestLook opens the page light, dark and on a phone, in both languages.
func TestLook(t *testing.T) {
	srv := run(t, busy(t))
	b := newBrowser(t)
	for _, tc := range []struct {
		name, query, scheme, back string
		width                     int
	}{
		{"light", "/?lang=en", "light", "rgb(244, 246, 248)", 1280},
		{"dark", "/?lang=zh", "dark", "rgb(16, 22, 27)", 1280},
		{"phone", "/?lang=zh", "light", "rgb(244, 246, 248)", 390},
		{"phone-dark", "/?lang=en", "dark", "rgb(16, 22, 27)", 360},
	} {
		b.open(srv.url+tc.query, tc.scheme, tc.width, 900)
		b.until(`document.querySelector('.chart canvas') && document.querySelectorAll('#codes tbody tr').length >= 4`)
		if got := b.eval(`getComputedStyle(document.body).backgroundColor`); got != tc.back {
			t.Errorf("%s: background %v, want %s", tc.name, got, tc.back)
		}
		if wide := b.eval(`document.documentElement.scrollWidth - innerWidth`); wide != 0.0 {
			t.Errorf("%s: %v pixels too wide", tc.name, wide)
		}
		if wide := b.eval(`Math.max(...[...document.querySelectorAll('.scroll, .list')].map((e) => e.scrollWidth - e.clientWidth))`); wide != 0.0 {
			t.Errorf("%s: a table or list is %v pixels too wide", tc.name, wide)
		}
		if n := b.eval(`document.querySelectorAll('script').length`); n != 3.0 {
			t.Errorf("%s: %v scripts, want those of the page", tc.name, n)
		}
		// Of the chart something is drawn, in the colour of its class.
		if n := b.eval(`(() => { const c = document.querySelector('.chart canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
			let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 200) n++; return n })()`); n.(float64) < 500 {
			t.Errorf("%s: %v pixels of the chart are drawn", tc.name, n)
		}
		picture, err := png.Decode(bytes.NewReader(b.shoot(tc.name)))
		if err != nil || picture.Bounds().Dx() != tc.width {
			t.Errorf("%s: a picture of %v, %v", tc.name, picture.Bounds(), err)
		}
	}
	b.quiet()
}

// TestDrive uses the page as a reader would.
func TestDrive(t *testing.T) {
	o := busy(t)
	srv := run(t, o)
	b := newBrowser(t)
	b.open(srv.url+"/?lang=en", "light", 1280, 900)
	b.until(`document.getElementById('status').innerText === 'live'`)

	// Text of a stranger is text.
	b.until(`document.querySelector('#newest li code').innerText.includes('<img src=x')`)
	if n := b.eval(`document.querySelectorAll('main img, main script').length`); n != 0.0 {
		t.Errorf("%v elements came out of a log", n)
	}

	// What happens shows.
	o.State.Finding(finding(60012, "a brand new one"))
	b.until(`document.querySelector('#newest li').innerText.includes('a brand new one')`)

	// A click on a code explains it and filters by it.
	b.eval(`document.querySelector('#codes tr[data-code="server/10007"] button').click()`)
	b.until(`document.querySelector('#codes tr[data-code="server/10007"] .fix').innerText.length > 10`)
	b.until(`document.getElementById('filter').value === '10007'`)
	b.until(`[...document.querySelectorAll('#newest li')].every((li) => li.innerText.includes('10007'))`)
	b.eval(`document.getElementById('clear').click()`)
	b.until(`document.querySelector('#newest li').innerText.includes('a brand new one')`)

	// A filter that nothing fits says so.
	b.eval(`document.getElementById('filter').value = 'no such thing'; document.getElementById('filter').dispatchEvent(new Event('input'))`)
	b.until(`document.querySelector('#newest .empty').innerText === 'Nothing fits the filter.'`)
	b.eval(`document.getElementById('clear').click()`)

	// Paused, it stands still; resumed, it shows what has come.
	b.eval(`document.getElementById('pause').click()`)
	b.until(`document.getElementById('status').innerText === 'paused'`)
	o.State.Finding(finding(60012, "came in the pause"))
	if got := b.eval(`new Promise((done) => {
		const s = new EventSource('/events'); let n = 0;
		s.addEventListener('head', () => { if (++n === 5) { s.close(); done(document.body.innerText.includes('came in the pause')); } });
	})`); got != false {
		t.Error("a paused page goes on")
	}
	b.eval(`document.getElementById('filter').value = '60012'; document.getElementById('filter').dispatchEvent(new Event('input'))`)
	b.until(`[...document.querySelectorAll('#newest li')].every((li) => li.innerText.includes('60012'))`)
	if b.eval(`document.body.innerText.includes('came in the pause')`) != false {
		t.Error("a filter shows what came in the pause")
	}
	b.eval(`document.getElementById('clear').click()`)
	b.eval(`document.getElementById('pause').click()`)
	b.until(`document.querySelector('#newest li').innerText.includes('came in the pause')`)

	// A verdict that ends moves to those that are over.
	b.until(`document.querySelector('#verdicts > .list').innerText.includes('The app is disabled')`)
	o.State.Transition(rules.Transition{Rule: &rules.Rule{ID: "app-disabled", Class: catalog.Fatal, Title: catalog.Text{EN: "The app is disabled", ZH: "应用已停用"}}, Turn: rules.Ended, At: time.Now()})
	b.until(`!document.querySelector('#verdicts > .list').innerText.includes('The app is disabled')`)
	b.until(`document.querySelector('#verdicts .cleared').textContent.includes('The app is disabled')`)

	// The other span, the other language.
	b.eval(`document.querySelector('[data-span=pulse]').click()`)
	b.until(`document.querySelector('[data-span=pulse]').getAttribute('aria-pressed') === 'true' && document.querySelectorAll('.chart canvas').length === 1`)
	b.eval(`document.getElementById('language').click()`)
	b.until(`document.querySelector('#h-newest').innerText === '最新命中' && document.body.dataset.drawn`)
	b.quiet()

	// The server goes, and the page says so.
	srv.stop()
	b.until(`document.getElementById('status').innerText === '连接中断，正在重连'`)
}

// TestTokenInBrowser opens the page by a link with the token, which then leaves the address.
func TestTokenInBrowser(t *testing.T) {
	o := busy(t)
	o.Token = token
	srv := run(t, o)
	b := newBrowser(t)
	b.open(srv.url+"/?lang=en&token="+token, "light", 1280, 900)
	b.until(`document.getElementById('status').innerText === 'live'`)
	if got := b.eval(`location.search`); got != "?lang=en" {
		t.Errorf("the address has %v", got)
	}
	b.quiet()
}
