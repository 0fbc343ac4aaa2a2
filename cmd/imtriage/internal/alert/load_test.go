package alert_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

func TestLoadFaults(t *testing.T) {
	const text = `alerts:
  lang: fr
  allow-hosts: ["*.example.com", "https://user:pw@example.com"]
  receivers:
    - {kind: stdout, format: xml}
    - {name: Two Words, kind: stdout}
    - {name: a, kind: pager}
    - {name: a, kind: slack}
    - {name: plain, kind: slack, url: "https://hooks.slack.com/services/T/B/hidden-token"}
    - {name: host, kind: slack, url: env:ELSEWHERE}
    - {name: http, kind: generic, url: "http://10.0.0.5/x"}
    - {name: query, kind: generic, url: "https://example.com/?hidden-token"}
    - {name: other, kind: generic, url: env:ELSEWHERE}
    - {name: port, kind: wecom, url: env:PORT}
    - {name: junk, kind: generic, url: env:JUNK}
    - {name: empty, kind: feishu, url: env:EMPTY, secret: "env:1 X"}
    - {name: lines, kind: dingtalk, url: env:OK, secret: file:lines}
    - {name: big, kind: dingtalk, url: env:OK, secret: file:big, headers: {X-A: env:OK}}
    - {name: gone, kind: dingtalk, url: env:OK, secret: file:gone, rate: 30, queue: -1, timeout: 1h}
    - {name: head, kind: generic, url: "https://example.com/in", headers: {Host: env:OK, X-Token: hidden-token}}
    - {name: prog, kind: command, command: [no-such-program-at-all], env: [NOT_THERE], keyword: x}
  routes:
    - {class: dreadful, topic: [autth], turn: [gone], rule: ["[", usersig-expird, no-such-*]}
    - {to: [b]}
`
	_, err := tryLoad(text, alert.Options{
		Rules: rules.Builtin(),
		Env: environment(map[string]string{
			"ELSEWHERE": "https://evil.example/hidden-token", "PORT": "https://qyapi.weixin.qq.com:8443/hidden-token",
			"JUNK": "hidden-token", "EMPTY": "", "OK": "https://oapi.dingtalk.com/robot/send?access_token=hidden-token",
		}),
		ReadFile: func(name string) ([]byte, error) {
			switch name {
			case "lines":
				return []byte("hidden-token\nhidden-token\n"), nil
			case "big":
				return make([]byte, 10<<10), nil
			}
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		},
	})
	want := strings.TrimPrefix(faults, "\n")
	if diff := cmp.Diff(want, err.Error()+"\n"); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if strings.Contains(err.Error(), "hidden-token") || strings.Contains(err.Error(), "pw@") {
		t.Error("a fault shows a secret")
	}
}

func TestLoadNothing(t *testing.T) {
	_, err := tryLoad("alerts: {lang: zh}\n", alert.Options{})
	if want := "config.yaml:1:9: alerts: no receivers: name at least one, such as {name: log, kind: stdout}"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestAllowed holds what may be sent to.
func TestAllowed(t *testing.T) {
	for _, tc := range []struct {
		kind, allow, url string
		ok               bool
	}{
		{"wecom", "", "https://qyapi.weixin.qq.com/x", true},
		{"wecom", "", "http://qyapi.weixin.qq.com/x", false},
		{"wecom", "", "https://qyapi.weixin.qq.com.evil.example/x", false},
		{"wecom", "", "https://qyapi.weixin.qq.com@evil.example/x", false},
		{"feishu", "", "https://open.larksuite.com/x", true},
		{"slack", "", "https://HOOKS.slack.com/x", true},
		{"slack", "chat.example.com", "https://chat.example.com/x", true},
		{"slack", "chat.example.com", "https://chat.example.com:8443/x", true},
		{"slack", "chat.example.com", "http://chat.example.com/x", false},
		{"slack", "chat.example.com:8443", "https://chat.example.com/x", false},
		{"generic", "http://10.0.0.5:8080", "http://10.0.0.5:8080/x", true},
		{"generic", "http://10.0.0.5:8080", "http://10.0.0.5/x", false},
		{"generic", "", "https://hooks.example.com/x", false},
		{"generic", "", "file:///etc/passwd", false},
		{"generic", "'http://[::1]:80'", "http://[::1]:80/x", true},
	} {
		text := "alerts:\n  allow-hosts: [" + tc.allow + "]\n  receivers: [{name: a, kind: " + tc.kind + ", url: env:HOOK}]\n"
		_, err := tryLoad(text, alert.Options{Env: environment(map[string]string{"HOOK": tc.url})})
		if (err == nil) != tc.ok {
			t.Errorf("%s, allowed %q, to %s: got %v", tc.kind, tc.allow, tc.url, err)
		}
	}
}

func TestSecretInFile(t *testing.T) {
	text := "alerts:\n  receivers: [{name: a, kind: slack, url: 'file:/run/hook'}]\n"
	read := func(name string) ([]byte, error) {
		if name != "/run/hook" {
			return nil, errors.New("not that one")
		}
		return []byte("https://hooks.slack.com/services/x\n"), nil
	}
	if _, err := tryLoad(text, alert.Options{ReadFile: read}); err != nil {
		t.Error(err)
	}
}

const faults = `
config.yaml:2:9: alerts.lang: unknown language "fr", want en or zh
config.yaml:3:17: alerts.allow-hosts[0]: want a host such as hooks.example.com, example.com:8443 or, without TLS, http://10.0.0.5:8080, got "*.example.com"
config.yaml:3:34: alerts.allow-hosts[1]: want a host such as hooks.example.com, example.com:8443 or, without TLS, http://10.0.0.5:8080
config.yaml:5:7: alerts.receivers[0]: no name: give it one, such as name: on-call
config.yaml:5:30: alerts.receivers[0].format: unknown format "xml", want one of text, json
config.yaml:6:14: alerts.receivers[1].name: want at most 64 lower-case letters and digits, words joined by hyphens, got "Two Words"
config.yaml:7:23: alerts.receivers[2].kind: unknown kind "pager", want one of stdout, command, wecom, dingtalk, feishu, slack, generic
config.yaml:8:7: alerts.receivers[3]: slack needs url
config.yaml:8:14: alerts.receivers[3].name: there are two receivers "a"
config.yaml:9:39: alerts.receivers[4].url: a secret must not stand in this file: want env:NAME or file:PATH, and if it was shared, replace it at its origin
config.yaml:10:38: alerts.receivers[5].url: evil.example is not where webhooks of slack live (hooks.slack.com, hooks.slack-gov.com); if that is meant, list it in allow-hosts
config.yaml:11:40: alerts.receivers[6].url: without TLS anybody on the way can read along; if that is meant, list http://10.0.0.5 in allow-hosts
config.yaml:12:41: alerts.receivers[7].url: a user, a password or a query may be a secret, which must not stand in this file: want env:NAME or file:PATH
config.yaml:13:41: alerts.receivers[8].url: evil.example is not listed in allow-hosts
config.yaml:14:38: alerts.receivers[9].url: qyapi.weixin.qq.com:8443 is not where webhooks of wecom live (qyapi.weixin.qq.com); if that is meant, list it in allow-hosts
config.yaml:15:40: alerts.receivers[10].url: it is no address such as https://hooks.example.com/…
config.yaml:16:40: alerts.receivers[11].url: the variable EMPTY is not set
config.yaml:16:59: alerts.receivers[11].secret: want env: and the name of a variable, such as env:WEBHOOK_URL
config.yaml:17:58: alerts.receivers[12].secret: the secret has control characters or more than one line
config.yaml:18:56: alerts.receivers[13].secret: read big: larger than 8192 bytes, that is no secret
config.yaml:18:66: alerts.receivers[13].headers: dingtalk has no headers
config.yaml:19:57: alerts.receivers[14].secret: read gone: file does not exist
config.yaml:19:74: alerts.receivers[14].rate: dingtalk takes at most 20 messages a minute, got 30
config.yaml:19:85: alerts.receivers[14].queue: want 1 to 10000, got -1
config.yaml:19:98: alerts.receivers[14].timeout: want 1s to 5m0s, got 1h0m0s
config.yaml:20:75: alerts.receivers[15].headers: "Host" is no name of a header that can be set here
config.yaml:20:99: alerts.receivers[15].headers.X-Token: a secret must not stand in this file: want env:NAME or file:PATH, and if it was shared, replace it at its origin
config.yaml:21:45: alerts.receivers[16].command[0]: no-such-program-at-all: no such program; there is no shell, the program and each argument stand in a list
config.yaml:21:76: alerts.receivers[16].env[0]: the variable NOT_THERE is not set
config.yaml:21:88: alerts.receivers[16].keyword: command has no keyword
config.yaml:23:7: alerts.routes[0]: no receiver: say to: [NAME]
config.yaml:23:15: alerts.routes[0].class: unknown class "dreadful", want one of fatal, error, warning, info
config.yaml:23:33: alerts.routes[0].topic[0]: unknown topic "autth", did you mean "auth"?
config.yaml:23:48: alerts.routes[0].turn[0]: unknown turn "gone", want one of raised, repeated, cleared
config.yaml:23:62: alerts.routes[0].rule[0]: want the id of a rule, or a pattern such as usersig-*, got "["
config.yaml:23:67: alerts.routes[0].rule[1]: no rule "usersig-expird", did you mean "usersig-expired"?
config.yaml:23:83: alerts.routes[0].rule[2]: no rule "no-such-*": imtriage rules list shows them
config.yaml:24:13: alerts.routes[1].to[0]: unknown receiver "b", want one of Two Words, a, a, plain, host, http, query, other, port, junk, empty, lines, big, gone, head, prog
`
