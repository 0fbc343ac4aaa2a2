package redact_test

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog/redact"
)

const ticket = "eJwtzMsKgkAYBeB3-dcl4zRXoU0qIUQIXTBQZsY-LLs46lTRu*dle853ON*wVdtdemncCijwIEgw5tl4o1ToCdpq_x*3eMkaMHDgAECIiEixT34ZnFFQOPXiYS5aTJ9Nxt6"

// codeLines hold a code in every form that logs print it in, among things to hide.
var codeLines = []struct{ code, line string }{
	{"9523", "TIM: 2026-11-22 17:36:33.519 I 28587--1056966976|-login.cpp:716  LogRequestEnd  |Login failed|task_id:2|error_code:9523 error_message:The request packets timed out.|sdkappid:1400000123|userid:u_alpha tinyid: 0|time cost:30016ms"},
	{"7009", "TIM: 2026-11-22 17:37:21.505 E 28587--1056966976|-login.cpp:313  HandleA2D2OnlineResponse  |task_id:4|error_code:7009|error_message:send packet interupt"},
	{"9512", "TIM: 2026-11-22 17:36:03.576 W 28587--1|-channel_switcher.cpp:871  On  |iplist by hard code:<tcp:203.0.113.41:8080,203.0.113.91:443>|error code:9512|error message:ERR_ADDRESS_UNREACHABLE|request url: http://203.0.113.114/|http code:9512|"},
	{"9516", "TIM: 2026-11-22 17:36:11.513 E 1-2|-shortconnection.cpp:272  NotifyResult  |connection_id:1|error_code:9516|error_message:iplist is empty|server:203.0.113.5:80"},
	{"70001", "TIM: 2021-01-02 03:04:05.678/E/21764-21891 /Common -tls.cpp.216  Unpack0xa0b  /oidb head return failed:70001"},
	{"6632", "transport.cpp:183 |RequestCallbackOnErrorAsync > recv error code: 6632, errmsg: no network, user u_alpha"},
	{"6012", "2020-01-02 03:04:05.678|looper_logic|I| session.cpp:124 |operator() > cmd: x, rsp|appSeq: 65520, code: 6012, err: request timeout, rsp: "},
	{"6208", "Login|3-Online|Fail|bindID failed, code: 6208, desc: kick off by other device, identifier=u_alpha"},
	{"70402", "TIM 09:31:44.802:SignController.login failed. error: {\"message\":\"invalid\",\"code\":70402} userID:u_alpha"},
	{"10010", ` TIM  17:45:38.587 GroupModule.applyJoinGroup failed. error: {"message":"this group does not exist","code":10010} userID:u_alpha`},
	{"2024", " TIM  17:38:38.986 Oops! code:2024 message: | getConversationList | conversationID:C2Cu_alpha"},
	{"70001", "login error: n [Error]: login sig is expired userSig:" + ticket + "\n    at a.js:1:449589\n  code: 70001,\n}"},
	{"2903", `sendGroup {"code":2903,"data":{"message":{"ID":"144115000000000001-1795369538-30514056","conversationID":"C2Cu_alpha","_elements":[{"type":"TIMTextElem","content":{"text":"see you"}}],"from":"u_alpha"}}}`},
	{"6200", "03-18 10:23:31.261  8123  8123 E ContactProvider: loadUserProfile err code = 6200, desc = network not connected, userId = u_alpha"},
	{"10007", "03-18 10:23:31.191  8123  8113 E GroupChatPresenter: load group message of u_alpha failed 10007 no permission"},
	{"6014", "2024-05-08 15:05:11.104795+0800 TUIKitDemo[8835:123385] failed: [6014] not login, u_alpha"},
	{"6017", "deleteConversation failed, conversationID:c2c_u20003 code:6017 desc:invalid conversation"},
	{"6010", "2024-05-12 15:09:11.105343+0800 x[8839:1] 下载图片失败：code：6010,msg:download failed, 用户：u_alpha"},
	{"8010", `invite u_alpha,code:8010,message:Optional("inviteID is invalid")`},
	{"6014", "E/flutter ( 6301): PlatformException(6014, Execution Error, not login u_alpha, null)"},
	{"9519", "Login_KeyString_8Asynchronous return: code: 9519 desc:timeout json_param:{\"user_id\":\"u_alpha\"}"},
	{"80001", "Key_Procedure|2-create|create im room error:80001|identifier:u_alpha|"},
	{"6012", "错误码：6012 ；错误信息：请求超时，用户u_alpha，手机13800138000"},
	{"70169", `{"ActionStatus":"FAIL","ErrorCode":70169,"ErrorInfo":"timeout","From_Account":"u_alpha"}`},
	{"30006", `{"ResultItem":[{"To_Account":"u_alpha","ResultCode":30006,"ResultInfo":"x"}],"ActionStatus":"OK"}`},
	{"10010", "TencentIMHttpResult{ActionStatus='FAIL', ErrorCode=10010, UserID='u_alpha'}"},
	{"70169", "{ActionStatus:FAIL ErrorInfo:request timeout ErrorCode:70169 From_Account:u_alpha}"},
	{"60002", "POST https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=1400000123&identifier=u_alpha&usersig=" + ticket + "&random=99999999&contenttype=json 200 {\"ErrorCode\":60002}"},
	{"90001", `body={"From_Account":"u_alpha","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"see you"}}]} resp={"ErrorCode":90001}`},
	{"90001", `{"log":"{\"To_Account\":[\"u_alpha\",\"u20003\"],\"Text\":\"see you\",\"ErrorCode\":90001}\n","stream":"stdout"}`},
	{"70001", `"2026-06-01","{""UserID"":""u_alpha"",""UserSig"":""` + ticket + `"",""ErrorCode"":70001}"`},
	{"20003", "sendMessage text=see you at 8, code=20003 msg=not exist to=u_alpha"},
	{"80001", "send reply failed code=80001 text=see you"},
	{"70013", "Authorization: Bearer hunter2hunter2hunter2, code: 70013"},
	{"70001", "login identifier=u_alpha&password=hunter2&code=70001"},
	{"6206", "[UserID] => u_alpha [UserSig] => " + ticket + " [code] => 6206"},
	{"70009", "I0601 02:03:04.123456 1 im.go:12] login 203.0.113.9:443 u_alpha: code:70009, message:verify failed"},
	{"10004", "2026/06/01 02:03:04 [error] 1#1: *5 client: 203.0.113.7, request: \"POST /v4/group_open_http_svc\" {\"ErrorCode\":10004}"},
	{"9508", "onConnectFailed, code:9508, message:ERR_ACCESS_DENIED +86 13800138000"},
	{"40005", "modifySelfProfile err code = 40005, desc = sensitive text, nick u_alpha"},
	{"20009", "freq limit code:-20009 userID:u_alpha userIDList:[u_alpha, u20003]"},
	{"70003", "<190>Jun  1 02:03:04 host im: u_alpha ErrorCode=70003 Cookie: sid=hunter2; uid=7"},
}

func mustNew(t testing.TB, o redact.Options) *redact.Redactor {
	t.Helper()
	r, err := redact.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func contains(s, sub string) bool { return strings.Contains(s, sub) }

// containsNumber reports whether the number stands in s with no digit around it.
func containsNumber(s, number string) bool {
	for i := 0; ; {
		n := strings.Index(s[i:], number)
		if n < 0 {
			return false
		}
		i += n
		end := i + len(number)
		digit := func(j int) bool { return j >= 0 && j < len(s) && s[j] >= '0' && s[j] <= '9' }
		if !digit(i-1) && !digit(end) {
			return true
		}
		i++
	}
}
