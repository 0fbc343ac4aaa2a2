package redact_test

import "testing"

func TestContent(t *testing.T) {
	checkRewrites(t, []rewrite{
		{"send", "sendC2CTextMessage content: my secret message zebra, to: alice_wonder", "sendC2CTextMessage content: [body 23 chars], to: <wonder>"},
		{"equals", "content=my secret zebra, code=7", "content=[body 15 chars], code=7"},
		{"equals after a send", "sendMessage content=hello you|to=alice|code:6017", "sendMessage content=[body 9 chars]|to=<alice>|code:6017"},
		{"quoted", `sendMessage content: "hello", to: "alice"`, `sendMessage content: "[body 5 chars]", to: "<alice>"`},
		{"quoted equals", "recv content='it is me' code=3", "recv content='[body 8 chars]' code=3"},
		{"chinese", "发送消息 content：今晚见", "发送消息 content：[body 3 chars]"},
		{"from", "onRecv TextMessage from: bob, content: hi", "onRecv TextMessage from: <bob>, content: [body 2 chars]"},
		{"receive", "onRecvC2C content: hello zebra", "onRecvC2C content: [body 11 chars]"},
		{"number", "sendMessage content: 123456, to: alice", "sendMessage content: [body 6 chars], to: <alice>"},
		{"to a group", "sendMessage to: @TGS#demo code: 10010", ""},
		{"to an address", "sendMessage to: 203.0.113.4:80", "sendMessage to: [ip]:80"},

		{"header", "Content-Type: text/html; charset=utf-8, content-length: 512", ""},
		{"media type", "content: application/json", ""},
		{"media type of a send", "POST /v4/openim/sendmsg content: application/json", ""},
		{"media type equals", `content=text/plain <meta content="text/html; charset=utf-8">`, ""},
		{"prose", "bad content: see the manual", ""},
		{"null", "content=null code=7", ""},
		{"number equals", "content=512", ""},
		{"object", `sendMessage content: {"ErrorCode":70001}`, ""},
		{"to in prose", "sent to: whom it may concern", ""},
		{"to before the send", "to: alice, then sendMessage", ""},
		{"to a server", "sendMessage failed to: server code:9508, from: login.im.qcloud.com", ""},
		{"mark", "sendMessage content: [body 5 chars], to: user-1a2b3c4d", ""},
	})
}

func TestNicks(t *testing.T) {
	checkRewrites(t, []rewrite{
		{"nick", "nick=AliceWonder", "nick=[body 11 chars]"},
		{"query", "nick=AliceWonder&code=7", "nick=[body 11 chars]&code=7"},
		{"words before a comma", "nick=Alice Wonder, code=7", "nick=[body 12 chars], code=7"},
		{"words before a key", "nick=Alice Wonder role=admin", "nick=[body 12 chars] role=admin"},
		{"one word of prose", "nick=AliceWonder not allowed", "nick=[body 11 chars] not allowed"},
		{"chinese", "nickname:爱丽丝|code:7", "nickname:[body 3 chars]|code:7"},
		{"go", "{Nick:Alice Wonder Code:7}", "{Nick:[body 12 chars] Code:7}"},
		{"quoted", `nickname: "AliceWonder"`, `nickname: "[body 11 chars]"`},
		{"card", "nameCard=Alice;x", "nameCard=[body 5 chars];x"},

		{"empty", "nick= code=7", ""},
		{"null", `nick=null "nick": null`, ""},
		{"prose", "nick: too long, nickname invalid", ""},
		{"void", "nick=invalid code=40005", ""},
		{"mark", "nick=[body 11 chars] not allowed", ""},
	})
}
