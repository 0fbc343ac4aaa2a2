package redact

import "strings"

// How the value of a key is read, beyond its kind.
type flags uint16

const (
	list     flags = 1 << iota // may hold several ids
	password                   // any value counts, bare numbers too
	tight                      // prose uses the word too: only key=value, "key":"value"
	quoted                     // only a quoted value
	text                       // free text: runs on to the next known key
	cookie                     // name=value pairs
	prefixed                   // a conversation id: C2Cuser, GROUPid
	inMsg                      // only where the record shows a message
	capital                    // only spelt with a capital: desc: is an error text
	small                      // only spelt small, beside Web SDK payloads
	content                    // a body only where inMessage finds a send
	sent                       // bare values only behind a send
	label                      // a short text: ends at punctuation or the next key
)

// A rule says what the value of a key is.
type rule struct {
	kind  Kind
	min   int // shorter values are something else
	flags flags
}

// keyTable lists key names in lower case without separators.
var keyTable = []struct {
	rule
	names string
}{
	{rule{UserSig, 4, 0}, "usersig sdkusersig"},
	{rule{UserSig, 16, 0}, "sig a2 d2 a2key d2key ticket loginticket authbuffer privatemapkey"},
	{rule{Key, 6, 0}, "secretkey secret secretid appsecret clientsecret privatekey appkey sdkkey apikey accesskey accesskeyid accesskeysecret masterkey aeskey encryptkey encryptionkey licensekey licencekey pushkey"},
	{rule{Key, 16, 0}, "sign signature signkey"},
	{rule{Token, 6, 0}, "token idtoken pushtoken devicetoken registrationid regid authorization proxyauthorization sessionkey sessionid jsessionid phpsessid xgtoken"},
	{rule{Token, 1, password}, "password passwd pwd passphrase userpwd"},
	{rule{Token, 1, cookie}, "cookie setcookie"},
	{rule{Phone, 5, 0}, "phone mobile phonenumber phoneno mobilephone cellphone telephone tel"},
	{rule{Device, 3, 0}, "deviceid imei idfa idfv oaid androidid udid openudid"},
	{rule{Group, 1, list}, "groupid groupids groupidlist groupcode"},
	{rule{Host, 1, tight}, "host hostname servername"},
	{rule{User, 1, list}, "userid userids useridlist fromaccount toaccount memberaccount owneraccount operatoraccount useraccount adminaccount invitedaccount accountid failaccount failaccounts erroraccounts memberlist identifier senderid receiverid inviterid inviteeid inviteelist operatorid ownerid memberid memberidlist"},
	{rule{User, 1, list | tight}, "user users account accounts sender receiver inviter invitee opuser username loginuser"},
	{rule{User, 1, inMsg | sent}, "from to"},
	{rule{User, 1, prefixed | list}, "conversationid conversationidlist convid conversation conv"},
	{rule{Body, 1, text}, "text"},
	{rule{Body, 1, text}, "msgcontent msgbody messagebody messagetext msgtext cloudcustomdata messageforshow"},
	{rule{Body, 1, text | inMsg | capital}, "desc ext title"},
	{rule{Body, 1, text | inMsg}, "data"},
	{rule{Body, 1, quoted | inMsg | small}, "description extension"},
	{rule{Body, 1, text | content}, "content"},
	{rule{Body, 1, tight | label}, "nick nickname namecard friendremark selfsignature tagprofileimnick"},
}

var keys = func() map[string]rule {
	m := make(map[string]rule)
	for _, k := range keyTable {
		for name := range strings.FieldsSeq(k.names) {
			m[name] = k.rule
		}
	}
	return m
}()

// keyLens has bit n of entry c set if a key of n bytes ends in c: most words before a
// separator are ruled out without a look into the map.
var keyLens = func() (t [256]uint64) {
	for name := range keys {
		t[name[len(name)-1]] |= 1 << len(name)
	}
	return t
}()

// endings are looked for at the end of longer names: fromUserID, x-auth-token, dbPassword.
var endings = []string{"usersig", "userid", "useridlist", "token", "secretkey", "secret", "privatekey", "password", "deviceid", "account"}

// joined are the last words of names that are also written apart: user id, secret key.
var joined = map[string]bool{"id": true, "key": true, "token": true, "sig": true, "account": true, "list": true, "number": true, "no": true}

// chineseKeys stand before a colon of either width.
var chineseKeys = []struct {
	name string
	rule rule
}{
	{"密码", rule{Token, 1, password}},
	{"口令", rule{Token, 1, password}},
	{"密钥", rule{Key, 6, 0}},
	{"令牌", rule{Token, 6, 0}},
	{"签名", rule{Key, 16, 0}},
	{"票据", rule{UserSig, 16, 0}},
	{"手机", rule{Phone, 5, 0}},
	{"手机号", rule{Phone, 5, 0}},
	{"手机号码", rule{Phone, 5, 0}},
	{"电话", rule{Phone, 5, 0}},
	{"账号", rule{User, 1, list}},
	{"帐号", rule{User, 1, list}},
	{"用户", rule{User, 1, list}},
	{"用户名", rule{User, 1, list}},
	{"消息内容", rule{Body, 1, text}},
	{"正文", rule{Body, 1, text}},
	{"设备", rule{Device, 6, 0}},
}
