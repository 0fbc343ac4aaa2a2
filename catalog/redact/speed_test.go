package redact_test

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog/redact"
)

// hostile are pieces whose repetition makes a careless search start over at each of them.
var hostile = []string{
	"a", "1", "1.", ":", "=", "a:", "1:", "@", "a@a.", "%40", "[", "\\", "\"", "'", "-", "e", " ", "\n", "：", "中",
	"userid:", "userid=", "userid:'x", "userid:\"x", "userid:[", "userid:['x", "userid: ", "\"userid\":\"", "'userid':'x", "\\\"userid\\\":\\\"x",
	"text=", "text= ", "text:'{Msg", "text:\"{Msg\n", "\"text\":\"{Msg\\\"", "\"To_Account\":\",'x\"", "convid:'x", "\"\"a2\"\":\"\"x",
	"token=", "token:", "password=a,", "password=,;", "Cookie: a=b; ", "cookie=", "tel:", "imei:", "密码：", "host:", "from:'", "conversationID\"from\":\"x",
	"eJw", "eJweNo", "eyJ", "eyJeyJ", "eyJa.", "AKID", "Bearer ", "Bearer .", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "-----END ",
	"1.1.1.", "1.1.1.1", "v1.1.1.1", "::", "a::", "f:f:", "+1 ", "+1 1", "+86 ", "138 ", "138-0013-", "13800138000-",
	"://", "://a:", "a%40b", "[body ", "[body 1", "[ip", "[ip]", "user-", "user-1a2b3c4d", "C2C", "@TGS#", "alice", "alic", "aliceal",
	"%", "%22", "%5C", "%5C%22", "%22userid%22%3A%22", "%22userid%22%3A%22%5C", "userid%5C%22:%5C%5C%22", "userid%3D", "%22userid%22:[%22", "%22To_Account%22%3A%5B", "%22a2%22:%22x",
	"C2Ca", "c2c_", "C2Calice ", "content:", "content=", "content: a ", "sendMessage to: ", "sendMessage content='x", "nick=", "nick=a ", "nick=a b", "f0", "key ", "密钥", hex64 + " ", "key " + hex64 + " is ",
}

func TestHostileTextTakesLinearTime(t *testing.T) {
	all := []redact.Kind{redact.Group, redact.Host}
	var shown []redact.Kind
	for _, k := range redact.Kinds() {
		if k.Default {
			shown = append(shown, k.Kind)
		}
	}
	redactors := map[string]*redact.Redactor{
		"default": mustNew(t, redact.Options{}),
		"all":     mustNew(t, redact.Options{Redact: all}),
		"ids":     mustNew(t, redact.Options{Reveal: []redact.Kind{redact.User, redact.Device, redact.UserSig, redact.Token, redact.Body}}),
		"shown":   mustNew(t, redact.Options{Reveal: shown, Redact: all}),
	}
	const size = 1 << 17
	for _, piece := range hostile {
		text := strings.Repeat(piece, size/len(piece))
		for _, tail := range []string{"", "',", "\"}\n"} {
			for name, r := range redactors {
				// Quadratic, each of these takes minutes, and together more than a test may take; linear, milliseconds.
				if got := r.Text(text+tail, "alice", "aliceal", "13800138"); len(got) > 64*len(text) {
					t.Errorf("%q with tail %q, %s: %d bytes of %d", piece, tail, name, len(got), len(text))
				}
			}
		}
	}
}

const cleanLine = "TIM: 2026-11-22 17:36:33.519 E 28587--1056966976|-login.cpp:313                          HandleA2D2OnlineResponse                |task_id:2|error_code:9523|error_message:The request packets timed out while waiting to be sent."

func BenchmarkTextClean(b *testing.B) {
	r := mustNew(b, redact.Options{})
	b.SetBytes(int64(len(cleanLine)))
	b.ReportAllocs()
	for b.Loop() {
		r.Text(cleanLine)
	}
}

func BenchmarkTextCleanWithID(b *testing.B) {
	r := mustNew(b, redact.Options{})
	b.ReportAllocs()
	for b.Loop() {
		r.Text(cleanLine, "u_alpha")
	}
}

func BenchmarkTextLogin(b *testing.B) {
	r := mustNew(b, redact.Options{})
	line := codeLines[0].line
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		r.Text(line, "u_alpha")
	}
}

func BenchmarkUserKey(b *testing.B) {
	r := mustNew(b, redact.Options{})
	b.ReportAllocs()
	for b.Loop() {
		r.UserKey("u_alpha_20003")
	}
}

func TestCleanLineAllocatesNothing(t *testing.T) {
	r := mustNew(t, redact.Options{})
	if n := testing.AllocsPerRun(100, func() { r.Text(cleanLine); r.UserKey("u_alpha_20003") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
