package alert_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"unicode"
	"unicode/utf8"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// hostile are texts of strangers that a chat might act upon.
var hostile = []string{
	"<!channel> <!here> <@U0123> <#C0123> <http://evil.example|log in>",
	"@all @所有人 <@all> <@zhangsan> @13800000000",
	`<at id=all></at> <at user_id="all">x</at> <font color="red">x</font>`,
	"[log in](http://evil.example) ![x](http://evil.example/x.png)",
	"``` `code` *bold* ~~gone~~ # head | a | b | > quote",
	"\x1b[31mred\x1b[0m \x07 \x00 \u202egnp.exe \u200b",
	"line\n# two\r\n@all", "\xff\xfe bad", "http://evil.example www.evil.example",
}

// texts returns every text in a body, by where it stands.
func texts(t testing.TB, body string) map[string]string {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	out := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			tag := fmt.Sprint(v["tag"], v["type"])
			for k, e := range v {
				walk(path+"/"+k+"("+tag+")", e)
			}
		case []any:
			for i, e := range v {
				walk(fmt.Sprintf("%s/%d", path, i), e)
			}
		case string:
			out[path] = v
		}
	}
	walk("", doc)
	return out
}

// deliver returns the body of the one message that alerts come to.
func deliver(t *testing.T, kind string, alerts ...alert.Alert) (body string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := serve(kind)
		d := load(t, hook(kind, ", group-wait: 1s"), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		for _, a := range alerts {
			d.Send(a)
		}
		later(2e9)
		if n := len(s.got()); n != 1 {
			t.Fatalf("%d messages, want one", n)
		}
		body = s.got()[0].body
	})
	return body
}

// poison puts a text wherever a stranger's text can stand.
func poison(text string) alert.Alert {
	a := sample(rules.Raised, text)
	a.Evidence, a.Source = text, text
	a.Title = catalog.Text{EN: text, ZH: text}
	return a
}

func TestHostile(t *testing.T) {
	for _, kind := range []string{"wecom", "dingtalk", "feishu", "slack", "generic"} {
		for _, text := range hostile {
			t.Run(kind+"/"+text, func(t *testing.T) {
				other := poison(text)
				other.Rule = "another"
				for _, body := range []string{deliver(t, kind, poison(text)), deliver(t, kind, poison(text), other)} {
					for path, got := range texts(t, body) {
						harmless(t, kind, path, got)
					}
				}
			})
		}
	}
}

// harmless checks one text of a message.
func harmless(t *testing.T, kind, path, got string) {
	t.Helper()
	if strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) || !utf8.ValidString(got) {
		t.Errorf("%s: a control in %q", path, got)
	}
	bad := []string{"<at", "<font color=\"red", "](http:", "![", "@", "`", "~~", "://evil", "www.evil"}
	switch {
	case kind == "generic":
		bad = []string{"\n"} // a program may print it
	case strings.Contains(path, "plain_text"):
		bad = nil // nothing acts on it
	case kind == "slack":
		bad = []string{"<!", "<@", "<#", "<http:", "<at", "*bold", " ``` ", "`code`"}
		got = strings.NewReplacer("*Group*", "", "*Evidence", "").Replace(got)
	}
	for _, b := range bad {
		if strings.Contains(got, b) {
			t.Errorf("%s: %q in %q", path, b, got)
		}
	}
}

// overlong is an alert that no receiver can take as it is.
func overlong(unit string) alert.Alert {
	a := poison(strings.Repeat(unit, 20_000))
	for range 30 {
		a.Remedy = append(a.Remedy, rules.Step{Owner: rules.Operations, Do: catalog.Text{EN: strings.Repeat(unit, 1000), ZH: strings.Repeat(unit, 1000)}})
	}
	a.Group = append(a.Group, tally.Field{Key: "x_more", Value: strings.Repeat(unit, 5000)})
	for i := range 20 {
		a.Links = append(a.Links, fmt.Sprintf("https://docs.example.com/%d/%s", i, strings.Repeat("x", 200)))
	}
	return a
}

// within checks that a message of a kind is not longer than the service takes.
func within(t testing.TB, kind, body string) {
	t.Helper()
	switch kind {
	case "wecom":
		var m struct{ Markdown struct{ Content string } }
		if err := json.Unmarshal([]byte(body), &m); err != nil {
			t.Fatal(err)
		}
		if n := len(m.Markdown.Content); n > 4096 {
			t.Errorf("%d bytes of Markdown, WeCom takes 4096", n)
		}
	case "dingtalk", "feishu":
		if len(body) > 20_000 {
			t.Errorf("%d bytes, %s takes 20,000", len(body), kind)
		}
	case "slack":
		for path, text := range texts(t, body) {
			limit := 3000
			if strings.Contains(path, "plain_text") {
				limit = 150
			}
			if n := utf8.RuneCountInString(text); n > limit {
				t.Errorf("%s: %d characters, Slack takes %d", path, n, limit)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	for _, kind := range []string{"wecom", "dingtalk", "feishu", "slack"} {
		for _, unit := range []string{"x", "错", "&", `"`, `\`, "<", "😀 ", "://"} {
			t.Run(kind+"/"+unit, func(t *testing.T) {
				long := overlong(unit)
				body := deliver(t, kind, long)
				within(t, kind, body)
				if !strings.Contains(body, "Fetch a new UserSig and log in again.") {
					t.Error("the first step is lost")
				}
				if !strings.Contains(body, long.Links[0]) {
					t.Error("the first link is lost")
				}
				var many []alert.Alert
				for i := range 100 {
					a := overlong(unit)
					a.Rule = fmt.Sprintf("rule-%d", i)
					many = append(many, a)
				}
				body = deliver(t, kind, many...)
				within(t, kind, body)
				rest := 0
				if _, after, ok := strings.Cut(body, "and "); ok {
					if _, err := fmt.Sscanf(after, "%d more", &rest); err != nil {
						t.Error(err)
					}
				}
				if listed := strings.Count(body, "error］") + strings.Count(body, "error]"); listed+rest != 100 || listed < 4 {
					t.Errorf("the digest lists %d alerts and names %d more, want 100", listed, rest)
				}
			})
		}
	}
}

// TestRoomForEvidence holds that a message is not cut shorter than it must be.
func TestRoomForEvidence(t *testing.T) {
	a := sample(rules.Raised, "")
	a.Evidence = strings.Repeat("0123456789", 1000)
	for kind, least := range map[string]int{"wecom": 3000, "dingtalk": 4080, "feishu": 4080, "slack": 2500} {
		if n := strings.Count(deliver(t, kind, a), "0123456789") * 10; n < least-10 {
			t.Errorf("%s keeps %d bytes of the evidence, want %d", kind, n, least)
		}
	}
}

// FuzzMessage holds that no text breaks a message or makes it too long.
func FuzzMessage(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, uint16(0))
		f.Add(text, uint16(3))
	}
	kinds := []string{"wecom", "dingtalk", "feishu", "slack"}
	services, dispatchers := map[string]*service{}, map[string]*alert.Dispatcher{}
	for _, kind := range kinds {
		services[kind] = serve(kind)
		dispatchers[kind] = load(f, hook(kind, ""), alert.Options{Env: hookEnv, HTTP: services[kind]})
	}
	f.Fuzz(func(t *testing.T, text string, times uint16) {
		a := poison(strings.Repeat(text, int(times%2000)+1))
		for _, kind := range kinds {
			s := services[kind]
			s.requests = nil
			if err := dispatchers[kind].Deliver(t.Context(), a); err != nil {
				t.Fatal(err)
			}
			body := s.got()[0].body
			within(t, kind, body)
			for path, got := range texts(t, body) {
				harmless(t, kind, path, strings.ReplaceAll(got, "](https:", ""))
			}
		}
	})
}
