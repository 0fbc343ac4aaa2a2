package redact_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/redact"
)

// A plant is a place in a real log form where a secret of a kind stands; § is the secret.
type plant struct {
	kind  redact.Kind
	forms []string
}

// secrets draws secrets that look like the real ones.
var secrets = map[redact.Kind]string{
	redact.UserSig: `eJ[w-z][A-Za-z0-9*_-]{80,200}`,
	redact.Key:     `[0-9a-f]{32,64}`,
	redact.Token:   `[A-Z][A-Za-z0-9]{12,40}[0-9]`,
	redact.Phone:   `1[3-9][0-9]{9}`,
	redact.Email:   `[a-z]{3,8}\.[a-z]{2,6}[0-9]@[a-z]{3,8}\.(com|cn|example\.org)`,
	redact.IP:      `(203|198|10|172)\.[1-9][0-9]\.[1-9][0-9]?\.[1-9][0-9]`,
	redact.Body:    `[A-Z][a-z]{3,9} [a-z]{4,9}[一-龥]{1,5} [0-9]{3}`,
	redact.User:    `[A-Za-z][A-Za-z0-9_.@#-]{2,20}[0-9]`,
	redact.Device:  `[0-9A-F]{10}-[0-9A-F]{4}-[0-9A-F]{12}`,
}

var plants = []plant{
	{redact.UserSig, []string{
		"§", "usersig=§&random=1", `{"UserSig":"§"}`, `{\"userSig\":\"§\",\"x\":1}`, "|Login|user_sig:§|", "login userSig = §, code = 6206", "[UserSig] => §", "UserSig='§'", `""UserSig"":""§"",""x"":1`, "usersig%3D§%26x", "签名§。",
	}},
	{redact.Key, []string{
		"SECRETKEY = '§'", `"SecretKey":"§"`, "secret_key:§|x", "appkey=§&x=1", "AKID§", "-----BEGIN PRIVATE KEY-----\n§\n-----END PRIVATE KEY-----", "密钥：§", "secret § is wrong", `\"secretKey\":\"§\"`, "Signature=§",
	}},
	{redact.Token, []string{
		"Bearer §", "Authorization: Bearer §", `"Authorization":["Bearer §"]`, `"access_token":"§"`, "refresh_token=§&x=1", "Cookie: sid=§; a=b", "Set-Cookie: sid=§; Path=/", "password=§&x", "identifier=a1&password=§", "密码：§", "http://root:§@db.corp/x", "x-auth-token: §", "pushToken:§|", "eyJhbGciOiJIUzI1NiJ9.§.§", "device token = §, ok",
	}},
	{redact.Phone, []string{"§", "手机§已绑定", "phone:§", `"mobile":"§"`, "+86§", "+86 §", "0086-§", "nick §, code:70001", "(§)", "tel=§&x=1"}},
	{redact.Email, []string{"§", "to <§>", `"email":"§"`, "mailto:§?x", "账户§。", "email=§&x=1"}},
	{redact.IP, []string{"§", "server address:§:8080(tcp)", "<tcp:§:80,§:443>", "http://§/d?id=1", "client: §, server", "/§:80", "[§]", `"ClientIP":"§"`, "ClientIP=§&x=1", "from §.", "::ffff:§", "§ - - [01/Jun/2026:02:03:04 +0800]"}},
	{redact.Body, []string{
		`"MsgContent":{"Text":"§"}`, `{\"MsgContent\":{\"Text\":\"§\"}}`, `"content":{"text":"§"}`, `TIMCustomElem","MsgContent":{"Data":"§","Desc":"§","Ext":"§"}`, "text=§", "text=§|code:7", "text=§, code=7", "payload: { text: '§' }", "MsgContent{Text='§'}", "sendC2CTextMessage content: §, to: a1", "content=§", `""Text"":""§"",`, `"CloudCustomData":"§"`, `"Text":"§`, "{MsgContent:{Text:§}}",
	}},
	{redact.User, []string{
		"|userid:§ tinyid: 0|", "userID:§", "userId = §, x", `"UserID":"§"`, `\"From_Account\":\"§\"`, `"To_Account":["§","§"]`, "identifier=§&usersig=abcdef", "From_Account:§}", "[UserID] => §", "UserID='§'", "userIDList:[§, §]", "conversationID:C2C§", "conversationID:c2c_§ code:6017", `""UserID"":""§""`, "sendMessage to: §", "%22UserID%22%3A%22§%22", "identifier%3D§%26x", "用户ID：§",
	}},
	{redact.Device, []string{"|device_id:§|", `"deviceId":"§"`, "Device ID:   §", "imei=§"}},
}

// surroundings are what stands around a form.
var surroundings = []string{
	"¶", "TIM: 2026-11-22 17:36:33.519 I 28587--1056966976|-login.cpp:716  LogRequestEnd  |¶|error_code:9523",
	" TIM  17:45:38.587 Module.call failed. ¶ ", "03-18 10:23:31.261  8123  8123 E Tag: ¶", `{"log":"¶","stream":"stdout"}`,
	"2026-06-01 02:03:04,123 ERROR [main] ¶\n\tat a.B.c(D.java:12)", "登录失败 ¶", "¶\n¶",
}

func TestSecretsDoNotSurvive(t *testing.T) {
	r := mustNew(t, redact.Options{})
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(plants).Draw(t, "plant")
		secret := rapid.StringMatching(secrets[p.kind]).Draw(t, "secret")
		form := strings.ReplaceAll(rapid.SampledFrom(p.forms).Draw(t, "form"), "§", secret)
		line := strings.ReplaceAll(rapid.SampledFrom(surroundings).Draw(t, "around"), "¶", form)
		got := r.Text(line)
		if strings.Contains(got, secret) {
			t.Fatalf("%s survives:\n%s\n%s", p.kind, line, got)
		}
		if again := r.Text(got); again != got {
			t.Fatalf("not stable:\n%s\n%s\n%s", line, got, again)
		}
		if left := r.Find(got); len(left) > 0 {
			t.Fatalf("found %v again in\n%s", left, got)
		}
	})
}

func TestKnownIDsDoNotSurvive(t *testing.T) {
	r := mustNew(t, redact.Options{})
	words := rapid.SampledFrom([]string{"user", "登录", "failed", "code:70001", "(", ")", "\n", ",", "C2C", "\"", "203.0.113.4", "text=", "to:", "[", "]"})
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[a-z]{3,6}_[0-9]{2,4}|[一-龥]{2,4}|[0-9]{8,12}`).Draw(t, "id")
		var b strings.Builder
		for range rapid.IntRange(1, 8).Draw(t, "words") {
			b.WriteString(words.Draw(t, "word") + " " + id + " ")
		}
		got := r.Text(b.String(), id)
		if strings.Contains(got, id) {
			t.Fatalf("%q survives:\n%s\n%s", id, b.String(), got)
		}
		if again := r.Text(got, id); again != got {
			t.Fatalf("not stable:\n%s\n%s", got, again)
		}
	})
}

// TestSoup holds the laws of redaction on texts made of the pieces that rules react to.
func TestSoup(t *testing.T) {
	r := mustNew(t, redact.Options{})
	all := mustNew(t, redact.Options{Redact: []redact.Kind{redact.Group, redact.Host}, Reveal: []redact.Kind{redact.User, redact.Body}})
	pieces := rapid.SampledFrom([]string{
		"userid", "text", "Text", "token", "Cookie", "password", "=", ":", " ", "\"", "\\\"", "\"\"", "'", "[", "]", "{", "}", ",", ";", "|", "&", "\n", "=>", "：",
		"alice", "user-1a2b3c4d", "[ip]", "[body 3 chars]", "13800138000", "203.0.113.4", "a@b.example", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.x", "@TGS#a", "C2C", "conversationID", "MsgContent", "Bearer ", "AKIDz8krbsJ5yKBZQpn74",
		"+86", "-", ".", "%40", "://", "2001:db8::1", "密码", "code", "7", "\xff", "中",
		"%22", "%3A", "%5C", "%2C", "c2c_", "content", "to", "sendMessage", "nick", "key ", hex64, " is ",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(pieces, 1, 24).Draw(t, "pieces"), "")
		for _, red := range []*redact.Redactor{r, all} {
			checkLaws(t, red, s, "alice", "13800138000")
		}
	})
}

// checkLaws fails t unless redaction of s is stable, bounded and keeps UTF-8 valid.
func checkLaws(t interface{ Fatalf(string, ...any) }, r *redact.Redactor, s string, ids ...string) {
	end := 0
	for _, sp := range r.Find(s) {
		if sp.Start < end || sp.End <= sp.Start || sp.End > len(s) {
			t.Fatalf("bad span %v in %q", sp, s)
		}
		end = sp.End
	}
	got := r.Text(s, ids...)
	if again := r.Text(got, ids...); again != got {
		t.Fatalf("not stable:\n%q\n%q\n%q", s, got, again)
	}
	if left := r.Find(got); len(left) > 0 {
		t.Fatalf("found %v again in %q", left, got)
	}
	if utf8.ValidString(s) && !utf8.ValidString(got) {
		t.Fatalf("invalid UTF-8: %q from %q", got, s)
	}
	if len(got) > 32+20*len(s) {
		t.Fatalf("%d bytes from %d", len(got), len(s))
	}
}

func FuzzText(f *testing.F) {
	for _, tc := range codeLines {
		f.Add(tc.line, "u_alpha")
	}
	for _, line := range lookAlikes {
		f.Add(line, "demo")
	}
	for _, p := range plants {
		for _, form := range p.forms {
			f.Add(form, "§")
		}
	}
	r := mustNew(f, redact.Options{})
	f.Fuzz(func(t *testing.T, s, id string) { checkLaws(t, r, s, id) })
}
