package catalog

import (
	"fmt"
	"slices"
)

// A Lang is a language of the catalog's texts.
type Lang string

// The languages every text exists in.
const (
	EN Lang = "en"
	ZH Lang = "zh"
)

// Langs lists the languages in the order in which they are printed and stored.
func Langs() []Lang { return []Lang{EN, ZH} }

// A Text says the same thing in every language of the catalog.
type Text struct {
	EN string `yaml:"en" json:"en"`
	ZH string `yaml:"zh" json:"zh"`
}

// In returns the text in the given language, or in the other one where it is missing.
func (t Text) In(l Lang) string {
	if (l == ZH && t.ZH != "") || t.EN == "" {
		return t.ZH
	}
	return t.EN
}

// IsZero reports whether the text is missing in both languages.
func (t Text) IsZero() bool { return t.EN == "" && t.ZH == "" }

// A Family is the product that a number belongs to; one number means different things in
// different families.
type Family string

// The families, see Families for their order of precedence.
const (
	SDK    Family = "sdk"    // the native SDK: 6xxx to 9xxx
	Server Family = "server" // access layer, REST API and console
	V3     Family = "v3"     // SDK generation 3 and the two-process QAL core
	Web    Family = "web"    // JavaScript SDK: 2xxx and 3xxx
	Push   Family = "push"   // the push plug-in
	Call   Family = "call"   // TUICallKit and its engine
	Room   Family = "room"   // the room engine
	TRTC   Family = "trtc"   // audio and video engine
	App    Family = "app"    // numbers that a user's overlay defines
)

// Families lists all families in the order in which they win when neither the record nor the
// extractor says which one is meant.
func Families() []Family {
	return []Family{Server, SDK, Web, V3, Push, Call, Room, TRTC, App}
}

// A Class says how bad a code is, from [Info] up to [Fatal]; classes can be compared with <.
type Class uint8

// The classes.
const (
	Info    Class = iota + 1 // success-like: never fails a gate
	Warning                  // expected in production: count it
	Error                    // this call is wrong, the next user's may work
	Fatal                    // nothing this process or a new login can do will help
)

var classNames = []string{Info: "info", Warning: "warning", Error: "error", Fatal: "fatal"}

var classTitles = map[Class]Text{
	Fatal:   {"fatal", "致命"},
	Error:   {"error", "错误"},
	Warning: {"warning", "可预期"},
	Info:    {"info", "提示"},
}

// Classes lists the classes from the worst down.
func Classes() []Class { return []Class{Fatal, Error, Warning, Info} }

// ParseClass returns the class of that name.
func ParseClass(name string) (Class, error) {
	if i := slices.Index(classNames, name); i > 0 {
		return Class(i), nil
	}
	return 0, fmt.Errorf("unknown class %q, want fatal, error, warning or info", name)
}

// String returns the name used in files, flags and JSON.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return fmt.Sprintf("class(%d)", uint8(c))
}

// Title returns the name for readers.
func (c Class) Title(l Lang) string { return classTitles[c].In(l) }

// MarshalText implements [encoding.TextMarshaler].
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (c *Class) UnmarshalText(b []byte) (err error) {
	*c, err = ParseClass(string(b))
	return err
}

// A Topic says what kind of trouble a code is, across families.
type Topic string

// The topics.
const (
	Auth       Topic = "auth"
	Config     Topic = "config"
	Billing    Topic = "billing"
	Rate       Topic = "rate"
	Timeout    Topic = "timeout"
	Network    Topic = "network"
	ServerSide Topic = "server"
	Param      Topic = "param"
	Permission Topic = "permission"
	Moderation Topic = "moderation"
	State      Topic = "state"
	Neutral    Topic = "info"
)

var topicTitles = map[Topic]Text{
	Auth: {"sign-in and UserSig", "登录与 UserSig"}, Config: {"app configuration", "应用配置"},
	Billing: {"plan and billing", "套餐与计费"}, Rate: {"rate limit", "频率限制"},
	Timeout: {"time-out", "超时"}, Network: {"network", "网络"},
	ServerSide: {"server side", "服务端"}, Param: {"parameters", "参数"},
	Permission: {"permission", "权限"}, Moderation: {"content moderation", "内容审核"},
	State: {"state and order of calls", "状态与调用顺序"}, Neutral: {"no trouble", "无异常"},
}

// Topics lists all topics in the order in which reports name them.
func Topics() []Topic {
	return []Topic{Auth, Config, Billing, Rate, Timeout, Network, ServerSide, Param, Permission, Moderation, State, Neutral}
}

// Title returns the topic's name for readers.
func (t Topic) Title(l Lang) string { return topicTitles[t].In(l) }

// A Retry says whether the same call may be made again.
type Retry string

// The answers to "may I retry?".
const (
	RetryYes        Retry = "yes"         // as it is, once what hindered it is over
	RetryBackoff    Retry = "backoff"     // with growing pauses
	RetryAfterLogin Retry = "after_login" // after a new login with a valid UserSig
	RetryAfterFix   Retry = "after_fix"   // after a change of the call, the data or the configuration
	RetryNo         Retry = "no"          // never: the answer is final
	RetryAppDefined Retry = "app_defined" // the app's own backend chose the number
	RetryUnknown    Retry = "unknown"     // no source says it
)

var retryTitles = map[Retry]Text{
	RetryYes:        {"yes", "可以"},
	RetryBackoff:    {"yes, with growing pauses", "可以，退避重试"},
	RetryAfterLogin: {"after a new login", "重新登录后重试"},
	RetryAfterFix:   {"only after a fix", "修复后才能重试"},
	RetryNo:         {"no", "不要重试"},
	RetryAppDefined: {"your own backend decides", "由业务后台自行定义"},
	RetryUnknown:    {"not documented", "官方未说明"},
}

// Retries lists all answers in a fixed order.
func Retries() []Retry {
	return []Retry{RetryYes, RetryBackoff, RetryAfterLogin, RetryAfterFix, RetryNo, RetryAppDefined, RetryUnknown}
}

// Title returns the answer for readers.
func (r Retry) Title(l Lang) string { return retryTitles[r].In(l) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (l *Lang) UnmarshalText(b []byte) error { return oneOf("language", l, b, Langs()) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (f *Family) UnmarshalText(b []byte) error { return oneOf("family", f, b, Families()) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *Topic) UnmarshalText(b []byte) error { return oneOf("topic", t, b, Topics()) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (r *Retry) UnmarshalText(b []byte) error { return oneOf("retry", r, b, Retries()) }

// oneOf sets *v to the word b if it is one of the vocabulary.
func oneOf[T ~string](what string, v *T, b []byte, words []T) error {
	if !slices.Contains(words, T(b)) {
		return fmt.Errorf("unknown %s %q, want one of %q", what, b, words)
	}
	*v = T(b)
	return nil
}
