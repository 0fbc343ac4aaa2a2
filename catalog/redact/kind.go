package redact

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/imtriage/imtriage/catalog"
)

// A Kind is one sort of secret or personal data.
type Kind string

// The kinds, see [Kinds] for what each covers.
const (
	UserSig Kind = "usersig"
	Key     Kind = "key"
	Token   Kind = "token"
	Phone   Kind = "phone"
	Email   Kind = "email"
	IP      Kind = "ip"
	Body    Kind = "body"
	User    Kind = "user"
	Device  Kind = "device"
	Group   Kind = "group"
	Host    Kind = "host"
)

// KindInfo describes a kind to a reader.
type KindInfo struct {
	Kind    Kind
	Title   catalog.Text
	Example string // of a log text in which the kind is found
	Default bool   // redacted unless it is revealed
}

var kindInfos = []KindInfo{
	{UserSig, catalog.Text{EN: "UserSig and login tickets", ZH: "UserSig 与登录票据"}, "usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0qIUQIXTBQ", true},
	{Key, catalog.Text{EN: "secret keys and private keys", ZH: "密钥与私钥"}, "SecretKey: 5bd2850fff3ecb11d7c805251c51ee46", true},
	{Token, catalog.Text{EN: "access tokens, passwords, cookies", ZH: "访问令牌、密码与 Cookie"}, "Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA", true},
	{Phone, catalog.Text{EN: "phone numbers", ZH: "电话号码"}, "call 13800138000", true},
	{Email, catalog.Text{EN: "e-mail addresses", ZH: "电子邮箱"}, "mail alice@example.com", true},
	{IP, catalog.Text{EN: "IP addresses (the port stays)", ZH: "IP 地址（保留端口）"}, "connect 203.0.113.41:8080", true},
	{Body, catalog.Text{EN: "message bodies and profile texts", ZH: "消息内容与资料文本"}, `"MsgContent":{"Text":"see you at eight"}`, true},
	{User, catalog.Text{EN: "UserIDs, as pseudonyms", ZH: "UserID（替换为代号）"}, "userid:u_alpha", true},
	{Device, catalog.Text{EN: "device ids, as pseudonyms", ZH: "设备 ID（替换为代号）"}, "device_id:B7D28FF9CF-E983-4B0D", true},
	{Group, catalog.Text{EN: "group ids, as pseudonyms", ZH: "群 ID（替换为代号）"}, "groupID:@TGS#2J4SZEAEL", false},
	{Host, catalog.Text{EN: "host names, as pseudonyms", ZH: "主机名（替换为代号）"}, "host=chat-01.corp.example.com", false},
}

// Kinds lists all kinds in a fixed order, secrets first.
// The slice is the caller's.
func Kinds() []KindInfo { return slices.Clone(kindInfos) }

// A kindSet is a set of kinds; bit i stands for kindInfos[i].
type kindSet uint16

// secretKinds are those that give access to something. They are looked for even in values
// that are otherwise never touched.
var secretKinds = bit(UserSig) | bit(Key) | bit(Token)

// idKinds become pseudonyms; where they are shown, no other rule eats into them.
var idKinds = bit(User) | bit(Device) | bit(Group)

func bit(k Kind) kindSet {
	for i := range kindInfos {
		if kindInfos[i].Kind == k {
			return 1 << i
		}
	}
	return 0
}

func (s kindSet) has(k Kind) bool { return s&bit(k) != 0 }

func (s kindSet) String() string {
	var names []string
	for i, info := range kindInfos {
		if s&(1<<i) != 0 {
			names = append(names, string(info.Kind))
		}
	}
	return strings.Join(names, ",")
}

// choose applies reveal and redact to the default set.
func choose(reveal, redact []Kind) (kindSet, error) {
	var set, shown, hidden kindSet
	var errs []error
	for i, info := range kindInfos {
		if info.Default {
			set |= 1 << i
		}
	}
	collect := func(into *kindSet, kinds []Kind) {
		for _, k := range kinds {
			if bit(k) == 0 {
				errs = append(errs, unknownKind(k))
			}
			*into |= bit(k)
		}
	}
	collect(&shown, reveal)
	collect(&hidden, redact)
	if both := shown & hidden; both != 0 {
		errs = append(errs, fmt.Errorf("redaction kind %s is both revealed and redacted, want one of the two", both))
	}
	return (set | hidden) &^ shown, errors.Join(errs...)
}

func unknownKind(k Kind) error {
	names := make([]string, len(kindInfos))
	var near []string
	for i, info := range kindInfos {
		names[i] = string(info.Kind)
		given := strings.ToLower(string(k))
		if len(given) < 32 && (levenshtein.ComputeDistance(given, names[i]) <= 2 ||
			len(given) > 2 && (strings.HasPrefix(given, names[i]) || strings.HasPrefix(names[i], given))) {
			near = append(near, fmt.Sprintf("%q", names[i]))
		}
	}
	hint := ""
	if len(near) > 0 {
		hint = ", did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("unknown redaction kind %q%s (kinds: %s)", string(k), hint, strings.Join(names, ", "))
}
