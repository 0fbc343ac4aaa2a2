package redact_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/redact"
)

// lookAlikes are ordinary log texts of which nothing may be lost.
var lookAlikes = []string{
	"TIM: ======  SDK Version: 8.0.5903",
	"TIM: ======  SDK APP ID:  1400000123",
	"TIM: ======  System Ver:  5.15.0",
	"TIM: ======  Device Type: Linux version 5.15.0-demo (gcc 11.4.0) #1 SMP",
	"version 1.2.3.4 of the agent",
	`{"version":"1.2.3.4","sdk_version":"8.0.59.3"}`,
	"sdkVersion=7.9.12.1 loaded",
	"upgrade to v1.2.3.4-beta",
	"版本号：1.2.3.4",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0.0.0 Safari/537.36",
	"bind 127.0.0.1:8080 and 0.0.0.0:80 and ::1",
	"OID 1.3.6.1.4.1.311",
	"libim-1.2.3.4.so loaded",
	"im_engine_impl.cpp:2739",
	"tls.cpp.216  Unpack0xa0b",
	"at e.value (/app/node_modules/tim-js-sdk-2.27.6/package/tim-js.js:1:449589)",
	"at /app/node_modules/tim-js-sdk-2.27.6/package/tim-js.js:1:447477",
	"TIM: 2026-11-22 17:36:33.519 I 28587--1056966976|-login.cpp:716",
	"2024-05-08 15:05:11.104795+0800 TUIKitDemo[8835:123385] getFriendList",
	"2026-06-01T02:03:04.123456789Z stdout F ready",
	"1717171717.123456 zap epoch, 1717171717123 ms, 1717171717123456789 ns",
	"[01/Jun/2026:02:03:04 +0800] \"GET /v4/openim HTTP/1.1\" 200 512",
	"timeStamp:1795369536 helloInterval:120 instanceID:1",
	"time cost:30016ms(queue time cost:0ms)",
	"cost 40 ms, offset:-646",
	"SDKAppID:1400000123 host:windows oversea:false",
	"SDK instanceID:fa0760e1e3b74047bc67363d108902cb inBrowser:true",
	"sourceSocketID:71282208 currentSocketID:71282208 code:1006 reason: onlineTime:0",
	"MsgKey 1_2_3", `"MsgKey":"89541_1717171717_4127412345"`,
	`"MsgSeq":13800138000,"MsgRandom":13912345678`,
	"requestID:13800138000", "request_id=18612345678 done",
	"seq 1_13800138000_3",
	"delete requestID:group_open_http_noauth_svc.apply_join_group1014651",
	"trace 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
	"commit 9c1185a5c5e9fc54612808977ee8f548b2258d31",
	"getaddrinfo 1400000123l4c.my-imcloud.com failed:-3, Temporary failure in name resolution",
	"domain list:<tcp:1400000123l4c.my-imcloud.com:0,login.im.qcloud.com:0>",
	"wss://1400000123w4c.my-imcloud.com/binfo?sdkappid=1400000123&random=0.4201207874349493&platform=7",
	"https://cloud.tencent.com/document/product/269/32483",
	"std::string TIM::Manager::Login() a::b::c dead::beef",
	"mac 00:1a:2b:3c:4d:5e up",
	"error code:6014|error message:not login",
	"task_id:2|error_code:7009|error_message:send packet interupt because of uninit",
	"code: 70001 desc: usersig expired", "sig identifier not match",
	"UserSig expired, code:70001", "userSig: expired (70001)", "a2key expired",
	`{"message":"a2key expired","code":20002}`,
	"PlatformException(20003, To_Account not exist, To_Account not exist, null)",
	"SyntaxError: Unexpected token: < in JSON at position 0",
	"token:70001", "token: null", "userid: tinyid: 0", `"UserID":""`, "password: incorrect",
	"bearer authentication required", "Bearer token missing",
	"getSmsVerificationCodeWithSucceedBlock failed, error: 1001, errorMsg: phone invalid",
	"icon@2x.png and tencentcloud-chat@3.6.6 and chat@next.tgz", "git@github.com:imtriage/imtriage.git",
	"builder@build-host", "AVChatRoomHandler.joinWithoutAuth failed. groupID:@TGS#demo error: 10010",
	"libfoo.so+12345678901 in frame 3", "0   demo  0x0000000104e5c1a4 main + 1234567890", "GMT+0000 (Coordinated Universal Time)",
	"UTC +8 2024-05-08 12:00", "SQLSTATE[HY000] [2002] Connection refused",
	`{"ActionStatus":"FAIL","ErrorCode":60002,"ErrorInfo":"HTTP parse Error","desc":"x"}`,
	`sendMessage {"code":3001,"message":" | sendMessage | ","data":{}}`,
	`"caller":"im/client.go:42"`, "hard code:<tcp:0>|http code:9512|response:ERR_ADDRESS_UNREACHABLE",
	"dual_socket_control_bits:0x0", "net_id:0__0|reason:first connect", "user: not found", "text: see below", "Content-Type: text/html; charset=utf-8",
	"UIImage: 0x600003a4c000 size 12345678901234", "SSL_connect: TLSv1.3", "ERR_SVR_ACCOUNT_USERSIG_EXPIRED (70001)",
	"E/flutter ( 6301): [ERROR:flutter/lib/ui/ui_dart_state.cc(177)]",
	"without the private key: report it", "userid: not found", "see `userid:`/`name:`", "a2:d2:ff", "sign=md5", "pid=6211 tid=123528 port 10005",
}

func TestLookAlikesStay(t *testing.T) {
	r := mustNew(t, redact.Options{})
	if len(lookAlikes) < 60 {
		t.Fatalf("only %d look-alikes", len(lookAlikes))
	}
	for _, line := range lookAlikes {
		if diff := cmp.Diff(line, r.Text(line)); diff != "" {
			t.Errorf("%q lost something (-want +got):\n%s", line, diff)
		}
	}
}

// TestCodesSurvive holds that what an extractor reads from a line can still be read from the
// redacted one.
func TestCodesSurvive(t *testing.T) {
	r := mustNew(t, redact.Options{})
	for _, tc := range codeLines {
		got := r.Text(tc.line, "u_alpha", "u20003", tc.code)
		if !containsNumber(got, tc.code) {
			t.Errorf("code %s is gone:\n%s\n%s", tc.code, tc.line, got)
		}
		for _, secret := range []string{"u_alpha", "u20003", "203.0.113.", "13800138000", "eJwt", "hunter2", "see you"} {
			if contains(got, secret) {
				t.Errorf("%q is still there:\n%s", secret, got)
			}
		}
	}
}
