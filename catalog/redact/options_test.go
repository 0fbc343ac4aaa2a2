package redact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
)

func TestNewUnknownKinds(t *testing.T) {
	_, err := redact.New(redact.Options{Reveal: []redact.Kind{"phon", "user"}, Redact: []redact.Kind{"zzz", "user"}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`unknown redaction kind "phon", did you mean "phone"? (kinds: usersig, key, `,
		`unknown redaction kind "zzz" (kinds: `,
		"redaction kind user is both revealed and redacted",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q:\n%v", want, err)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, k := range redact.Kinds() {
		t.Run(string(k.Kind), func(t *testing.T) {
			if k.Title.In(catalog.EN) == "" || k.Title.In(catalog.ZH) == "" {
				t.Errorf("title %+v", k.Title)
			}
			on := mustNew(t, redact.Options{Redact: []redact.Kind{k.Kind}})
			spans := on.Find(k.Example)
			if len(spans) != 1 || spans[0].Kind != k.Kind {
				t.Errorf("found %v in the example %q", spans, k.Example)
			}
			off := mustNew(t, redact.Options{Reveal: []redact.Kind{k.Kind}})
			if got := off.Text(k.Example); got != k.Example {
				t.Errorf("revealed, but got %q", got)
			}
			if plain := mustNew(t, redact.Options{}); k.Default != (plain.Text(k.Example) != k.Example) {
				t.Errorf("default is said to be %t", k.Default)
			}
		})
	}
}

func TestReveal(t *testing.T) {
	const line = "userid:13800138000 phone 13912345678 203.0.113.4"
	r := mustNew(t, redact.Options{Reveal: []redact.Kind{redact.User, redact.IP}})
	if diff := cmp.Diff("userid:13800138000 phone [phone] 203.0.113.4", r.Text(line, "13800138000")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGroupAndHost(t *testing.T) {
	r := mustNew(t, redact.Options{Redact: []redact.Kind{redact.Group, redact.Host}})
	group, host := r.Field("group_id", "@TGS#demo"), r.Field("host", "chat-01")
	got := r.Text("groupID:@TGS#demo in @TGS#demo on https://chat-01:80/x host=chat-01 https://console.tim.qq.com/v4 host:windows")
	want := "groupID:" + group + " in " + group + " on https://" + host + ":80/x host=" + host + " https://console.tim.qq.com/v4 host:windows"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestField(t *testing.T) {
	r := mustNew(t, redact.Options{})
	tests := []struct{ key, in, want string }{
		{"user", "alice", "<alice>"},
		{"user", "[]", r.User("[]")},
		{"user", "<alice>", "<alice>"},
		{"message", "peer 203.0.113.4 gone", "peer [ip] gone"},
		{"x_remark", "call 13800138000", "call [phone]"},
		{"host", "203.0.113.4:8080", "[ip]:8080"},
		{"host", "[2001:db8::1]:443", "[ip]:443"},
		{"host", "2001:db8::1", "[ip]"},
		{"host", "127.0.0.1:80", "127.0.0.1:80"},
		{"host", "chat-01.example.com:80", "chat-01.example.com:80"},
		{"host", ":80", ":80"},
		{"group_id", "@TGS#demo", "@TGS#demo"},
		{"version", "1.2.3.4", "1.2.3.4"},
		{"sdkappid", "1400000123", "1400000123"},
		{"random", "13800138000", "13800138000"},
		{"msg_key", "13800138000_1_2", "13800138000_1_2"},
		{"request_id", "13800138000", "13800138000"},
		{"trace_id", ticket, "[usersig]"},
		{"platform", "Linux (builder@build-host)", "Linux (builder@build-host)"},
		{"api", "v4/openim/sendmsg", "v4/openim/sendmsg"},
		{"message", "", ""},
	}
	for _, tc := range tests {
		t.Run(tc.key+" "+tc.in, func(t *testing.T) {
			got := r.Field(tc.key, pseudonyms(r, tc.in))
			if want := pseudonyms(r, tc.want); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if again := r.Field(tc.key, got); again != got {
				t.Errorf("again: %q", again)
			}
		})
	}
	if got := r.Field("device", "B7D28FF9"); !strings.HasPrefix(got, "device-") || got != strings.TrimPrefix(r.Text("device_id:B7D28FF9"), "device_id:") {
		t.Errorf("device: %q", got)
	}
}

func TestOff(t *testing.T) {
	const line = "userid:alice 203.0.113.4"
	on := mustNew(t, redact.Options{})
	var none *redact.Redactor
	for name, r := range map[string]*redact.Redactor{"nil": none, "off": mustNew(t, redact.Options{Off: true})} {
		t.Run(name, func(t *testing.T) {
			if r.Text(line, "alice") != line || r.Field("user", "alice") != "alice" || r.User("alice") != "alice" || r.Find(line) != nil {
				t.Error("something was redacted")
			}
			if r.UserKey("alice") != on.UserKey("alice") {
				t.Error("users are counted by another key")
			}
			if r.Digest() == on.Digest() || r.Digest() != none.Digest() {
				t.Errorf("digest %q", r.Digest())
			}
		})
	}
}

func TestKeysAndDigests(t *testing.T) {
	key := []byte("correct horse")
	a, b := mustNew(t, redact.Options{Key: key}), mustNew(t, redact.Options{Key: key})
	other := mustNew(t, redact.Options{})
	if a.User("alice") != b.User("alice") || a.Digest() != b.Digest() {
		t.Error("one key gives two pseudonyms or digests")
	}
	if a.User("alice") == other.User("alice") || a.Digest() == other.Digest() || a.UserKey("alice") == other.UserKey("alice") {
		t.Error("two keys give one pseudonym or digest")
	}
	if a.User("alice") == a.User("bob") {
		t.Error("two users share a pseudonym")
	}
	if strings.Contains(a.Digest(), "correct") || strings.ContainsAny(a.Digest(), " \n") {
		t.Errorf("digest %q", a.Digest())
	}
	if shown := mustNew(t, redact.Options{Key: key, Reveal: []redact.Kind{redact.IP}}); shown.Digest() == a.Digest() {
		t.Error("other kinds, same digest")
	}
	// Pseudonyms stand in reports that people compare: they must not move between releases.
	if diff := cmp.Diff("user-2e334e24", other.User("u_alpha")); diff != "" {
		t.Error(diff)
	}
}
