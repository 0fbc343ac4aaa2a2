package tally_test

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog/tally"
)

func TestProcess(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"TIM: 2026-06-01 10:00:00.123 E 28587--1056966976|-login.cpp:313  HandleA2D2OnlineResponse  |error_code:7009", "28587"},
		{"TIM: 2026-06-01 10:00:00.123 I 19399-95549120  |-im_engine_impl.cpp:295 Init |InitSDK", "19399"},
		{"TIM: 2026-06-01 10:00:00.123/E/21764-21891 /Common -tls.cpp.216  Unpack0xa0b  /failed:70001", "21764"},
		{"TIM: 104 2026-06-01 10:00:00.123/E/21764-21891 /Common -tls.cpp.216  x /failed:70001", "21764"},
		{"I/imsdk   (28093): TIM: 2026-06-01 10:00:00.123/E/28093-21891 /Common -tls.cpp.216 x", "28093"},
		{"I/imsdk   (15282): TIM: |-login.cpp:780   LogRequestEnd  |Login success|task_id:6|", "15282"},
		{"06-01 10:00:00.123  1234  5678 E imsdk   : TIM: login failed, code=70001", "1234"},
		{"2026-06-01 10:00:00.123  1234  5678 E imsdk: code=70001", "1234"},
		{"2026-06-01 10:00:00.123 24117-24160/com.demo D/BaseApplication: code=70001", "24117"},
		{"2026-06-01 10:00:00.123 24117-24160 imsdk  com.demo  E  code=70001", "24117"},
		{"2026-06-01 10:00:00.123456+0800 Demo[3812:88123] error|code:10007|desc:x", "3812"},
		{`{"log":"TIM: 2026-06-01 10:00:00.123 E 28587-1|-login.cpp:313 |error_code:7009\n"}`, "28587"},
		{"", ""},
		{"TIM: ======  SDK APP ID:  1400000123", ""},
		{" TIM  17:45:38.587 GroupModule.applyJoinGroup failed. error: {}", ""},
		{"2026-06-01 10:00:00,123 [http-nio-8080-exec-7] ERROR c.e.ImClient - ErrorCode=70001", ""},
		{"2026-06-01 10:00:00.123 4200 ms for code=70001", ""},
		{"user said TIM: 2026-06-01 E 28587-1", ""},
		{"TIM: " + strings.Repeat(" ", 300) + "TIM: 2026-06-01 10:00:00.123 E 28587-1|-x", ""},
	} {
		if got := tally.Process(tc.text); got != tc.want {
			t.Errorf("process %q, want %q, of %s", got, tc.want, tc.text)
		}
	}
}
