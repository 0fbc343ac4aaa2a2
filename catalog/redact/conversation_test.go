package redact_test

import (
	"testing"

	"github.com/imtriage/imtriage/catalog/redact"
)

func TestConversationIDs(t *testing.T) {
	checkRewrites(t, []rewrite{
		{"prose", "getMessageList C2Calice_wonder failed", "getMessageList C2C<wonder> failed"},
		{"prose small", "delete c2c_alice_wonder: 6017", "delete c2c_<wonder>: 6017"},
		{"conv", "conv=C2Calice_wonder,code=1", "conv=C2C<wonder>,code=1"},
		{"conversation id", "conversationID=c2c_alice_wonder|x", "conversationID=c2c_<wonder>|x"},
		{"unknown key", `{"peer":"C2Calice_wonder"}`, `{"peer":"C2C<wonder>"}`},
		{"path", "/conv/C2Calice_wonder/messages?x=1", "/conv/C2C<wonder>/messages?x=1"},
		{"several", "[C2Calice,C2Cbob]", "[C2C<alice>,C2C<bob>]"},
		{"chinese around", "会话C2Calice拉取失败", "会话C2C<alice>拉取失败"},
		{"word of the sdk under a key", "conversationID: C2CMessage", "conversationID: C2C" + pseudonymOf(t, "Message")},
		{"digits", "C2C13800138000 gone", "C2C" + pseudonymOf(t, "13800138000") + " gone"},
		{"test id", "C2Ctest_1 c2c_user_1", "C2C" + pseudonymOf(t, "test_1") + " c2c_" + pseudonymOf(t, "user_1")},
		{"capital", "C2CAlice", "C2C" + pseudonymOf(t, "Alice")},

		{"group", "conv=GROUP@TGS#2J4SZEAEL", ""},
		{"type", "conversationType:C2C, type=C2C", ""},
		{"prose", "C2C消息发送失败", ""},
		{"api", "sendC2CTextMessage getC2CHistoryMessageList C2CMessageReadReceipt", ""},
		{"commands", "c2c_msg_read c2c_unread_count c2c_read", ""},
		{"function", "C2CDoIt() c2c_foo::bar", ""},
		{"file", "c2c_sender.cpp:123", ""},
		{"constant", "TIM_CONV_C2C C2C_READ", ""},
		{"mark", "C2Cuser-1a2b3c4d", ""},
	})
}

func pseudonymOf(t *testing.T, id string) string {
	t.Helper()
	return mustNew(t, redact.Options{}).User(id)
}

func TestConversationIDsOfRevealedUsers(t *testing.T) {
	r := mustNew(t, redact.Options{Reveal: []redact.Kind{redact.User}})
	for _, line := range []string{"C2C13800138000 gone", "conv=c2c_13800138000", "%22From_Account%22%3A%2213800138000%22"} {
		if got := r.Text(line); got != line {
			t.Errorf("got %q, want %q", got, line)
		}
	}
}
