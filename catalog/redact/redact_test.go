package redact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/redact"
)

// u stands for the pseudonym of alice, v for that of bob, in the tables.
func pseudonyms(r *redact.Redactor, s string) string {
	return strings.NewReplacer("<alice>", r.User("alice"), "<bob>", r.User("bob")).Replace(s)
}

func TestText(t *testing.T) {
	r := mustNew(t, redact.Options{})
	tests := []struct{ name, in, want string }{
		{"ticket bare", "sig " + ticket + " end", "sig [usersig] end"},
		{"ticket key", "userSig=" + ticket, "userSig=[usersig]"},
		{"ticket json", `{"UserSig":"` + ticket + `"}`, `{"UserSig":"[usersig]"}`},
		{"ticket short", "usersig=abc123&random=1", "usersig=[usersig]&random=1"},
		{"ticket url escaped", "usersig%3D" + ticket + "%26random%3D12345", "usersig%3D[usersig]%26random%3D12345"},
		{"ticket cut", "login with eJwtzMsKgkAYBeB3-dcl4zR", "login with [usersig]"},
		{"ticket csv", `"x","{""UserSig"":""` + ticket + `""}"`, `"x","{""UserSig"":""[usersig]""}"`},
		{"ticket php", "[UserSig] => " + ticket, "[UserSig] => [usersig]"},
		{"a2 key", `"a2key":"0123456789abcdef0123"`, `"a2key":"[usersig]"`},
		{"secret key", "SECRETKEY = '5bd2850fff3ecb11d7c805251c51ee46'", "SECRETKEY = '[key]'"},
		{"secret key words", "secret key: 5bd2850fff3ecb11d7c805251c51ee46", "secret key: [key]"},
		{"secret id", "id AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA ok", "id [key] ok"},
		{"pem", "k -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- z", "k [key] z"},
		{"pem cut", "-----BEGIN PRIVATE KEY-----\\nMIIE", "[key]"},
		{"certificate", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"},
		{"bearer", "Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA", "Authorization: Bearer [token]"},
		{"bearer prose", "sent bearer 2YotnFZFEjr1zCsicMWpAA.", "sent bearer [token]."},
		{"basic", "Authorization: Basic YWxhZGRpbjpvcGVu", "Authorization: Basic [token]"},
		{"jwt", "t eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_def.", "t [token]."},
		{"access token", `"access_token":"abcdef1234","x":1`, `"access_token":"[token]","x":1`},
		{"header", "X-Auth-Token: abcdef1234", "X-Auth-Token: [token]"},
		{"cookie", "Cookie: sid=abc; theme=dark code:70001", "Cookie: [token] code:70001"},
		{"device token", "deviceToken: <740f4707 bebcf74f 9b7c25d4>", "deviceToken: <[token]>"},
		{"password", "identifier=alice&password=hunter2&code=1", "identifier=<alice>&password=[token]&code=1"},
		{"password punctuation", "password=a,b;c) code=3", "password=[token]) code=3"},
		{"password number", `{"password":123456}`, `{"password":[token]}`},
		{"password chinese", "密码：hunter2，用户ID：alice", "密码：[token]，用户ID：<alice>"},
		{"url credentials", "http://admin:s3cret@db.example.com/x", "http://[token]@db.example.com/x"},
		{"phone", "手机13800138000已绑定", "手机[phone]已绑定"},
		{"phone forms", "0086-13800138000 +8613800138000 138-0013-8000", "[phone] [phone] [phone]"},
		{"phone abroad", "+1 415-555-2671 70001, +65 9123 4567 6012", "[phone] 70001, [phone] 6012"},
		{"phone key", "tel:010-12345678 ok", "tel:[phone] ok"},
		{"phone escaped", "p=%2B8613800138000&x", "p=%2B[phone]&x"},
		{"email", "to bob.smith@mail.example.com.", "to [email]."},
		{"email escaped", "q=bob%40example.com&x=1", "q=[email]&x=1"},
		{"ip", "tcp:203.0.113.41:8080", "tcp:[ip]:8080"},
		{"ip java", "login.im.qcloud.com/203.0.113.41 x/203.0.113.41:80", "login.im.qcloud.com/[ip] x/[ip]:80"},
		{"ip6", "2001:db8::1: refused [2001:db8:0:0:1:2:3:4]:443 fe80::1%eth0", "[ip]: refused [[ip]]:443 [ip]"},
		{"ip6 mapped", "client ::ffff:203.0.113.9 gone", "client [ip] gone"},
		{"body", `"MsgContent":{"Text":"see you at 8"}`, `"MsgContent":{"Text":"[body 12 chars]"}`},
		{"body chinese", `"Text":"今晚见"`, `"Text":"[body 3 chars]"`},
		{"body escaped", `{\"Text\":\"say \\\"hi\\\" now\",\"x\":1}`, `{\"Text\":\"[body 18 chars]\",\"x\":1}`},
		{"body twice escaped", `\\\"Text\\\":\\\"hi\\\",\\\"x\\\":1`, `\\\"Text\\\":\\\"[body 2 chars]\\\",\\\"x\\\":1`},
		{"body custom", `TIMCustomElem {"Data":"a","Desc":"b","Ext":"c"}`, `TIMCustomElem {"Data":"[body 1 chars]","Desc":"[body 1 chars]","Ext":"[body 1 chars]"}`},
		{"body web", `payload: { data: 'mine', description: 'de' }`, `payload: { data: '[body 4 chars]', description: '[body 2 chars]' }`},
		{"body nested", `"MsgBody":"[{\"MsgType\":\"T\",\"MsgContent\":{\"Text\":\"yo\"}}]"`, `"MsgBody":"[{\"MsgType\":\"T\",\"MsgContent\":{\"Text\":\"[body 2 chars]\"}}]"`},
		{"body bare", "text=a b, c code=7 to=x", "text=[body 6 chars] code=7 to=x"},
		{"body pipe", "text=hello|error_code:7", "text=[body 5 chars]|error_code:7"},
		{"body go", "{MsgContent:{Text:hello you Desc: Ext:}} ErrorCode:7", "{MsgContent:{Text:[body 9 chars] Desc: Ext:}} ErrorCode:7"},
		{"body apostrophe", "MsgContent{Text='it's me', Code=1}", "MsgContent{Text='[body 7 chars]', Code=1}"},
		{"body lines", "MsgContent{Text='one\ntwo', Code=1}", "MsgContent{Text='[body 7 chars]', Code=1}"},
		{"body cut", `{"Text":"cut o`, `{"Text":"[body 5 chars]`},
		{"body cut line", "{\"Text\":\"cut o\n{\"ErrorCode\":70001}", "{\"Text\":\"[body 5 chars]\n{\"ErrorCode\":70001}"},
		{"user", "userid:alice tinyid: 0", "userid:<alice> tinyid: 0"},
		{"user short", "userid=a,code=3", "userid=" + r.User("a") + ",code=3"},
		{"user forms", `fromUserID=alice|"To_Account": "bob"|user id: alice`, `fromUserID=<alice>|"To_Account": "<bob>"|user id: <alice>`},
		{"user list", `"To_Account":["alice","bob"], userIDList:[alice bob] users=(alice, bob)`, `"To_Account":["<alice>","<bob>"], userIDList:[<alice> <bob>] users=(<alice>, <bob>)`},
		{"user list text", `"To_Account":"alice;bob"`, `"To_Account":"<alice>;<bob>"`},
		{"user list lines", "To_Account: (\n    alice,\n    bob\n)", "To_Account: (\n    <alice>,\n    <bob>\n)"},
		{"user php", `["UserID"]=> string(5) "alice"`, `["UserID"]=> string(5) "<alice>"`},
		{"user conversation", `conversationID: "C2Calice", conv_id:c2c_bob`, `conversationID: "C2C<alice>", conv_id:c2c_<bob>`},
		{"user web", `{"conversationType":"C2C","from":"alice","to":"bob"}`, `{"conversationType":"C2C","from":"<alice>","to":"<bob>"}`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(pseudonyms(r, tc.want), r.Text(tc.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextKnownIDs(t *testing.T) {
	r := mustNew(t, redact.Options{})
	tests := []struct {
		name, in, want string
		ids            []string
	}{
		{"word", "alice is not alice2 or malice, but (alice).", "<alice> is not alice2 or malice, but (<alice>).", []string{"alice"}},
		{"chinese around", "用户alice登录失败", "用户<alice>登录失败", []string{"alice"}},
		{"conversation", "getMessageList C2Calice failed", "getMessageList C2C<alice> failed", []string{"alice"}},
		{"several", "alice and bob", "<alice> and <bob>", []string{"bob", "alice", "alice"}},
		{"code", "code:70001 failed 70001 line:70001", "code:70001 failed 70001 line:70001", []string{"70001"}},
		{"key name", `code:70001 desc: bad "code":1`, `code:70001 desc: bad "code":1`, []string{"code", "desc"}},
		{"stamp", "2024-05-08 15:05:11 8.0.5903", "2024-05-08 15:05:11 8.0.5903", []string{"2024", "8", "15"}},
		{"in a body", `"Text":"hi alice" alice`, `"Text":"[body 8 chars]" <alice>`, []string{"alice"}},
		{"of a mark", "[body 3 chars] user [ip]", "[body 3 chars] user [ip]", []string{"chars", "body", "ip", "[ip]"}},
		{"empty", "alice", "alice", []string{"", "a"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(pseudonyms(r, tc.want), r.Text(tc.in, tc.ids...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}

	t.Run("phone as id", func(t *testing.T) {
		got := r.Text("login 13800138000 mail x@y.example.com", "13800138000", "x@y.example.com")
		want := "login " + r.User("13800138000") + " mail " + r.User("x@y.example.com")
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestFind(t *testing.T) {
	r := mustNew(t, redact.Options{})
	const line = `userid:alice at 203.0.113.4:80 "Text":"hello"`
	want := []redact.Span{{Start: 7, End: 12, Kind: redact.User}, {Start: 16, End: 27, Kind: redact.IP}, {Start: 39, End: 44, Kind: redact.Body}}
	if diff := cmp.Diff(want, r.Find(line)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := r.Find(r.Text(line)); len(got) > 0 {
		t.Errorf("found %v in redacted text", got)
	}
}
