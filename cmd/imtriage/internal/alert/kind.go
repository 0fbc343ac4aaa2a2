package alert

import (
	"slices"
)

// A kind is one sort of receiver. This table is the only list of them: configuration, help and
// documents go by it.
type kind struct {
	name  string
	about string   // in a few words, for help
	hosts []string // where its webhooks live; others must be listed in allow-hosts
	rate  int      // messages a minute that it takes; 0: any number
	sums  bool     // people read it: what piles up becomes one message
	keys  []string // of a receiver, besides those that all have
	needs []string // of keys
	dress *dress   // of a webhook
}

var kinds = []kind{
	{name: "stdout", about: "lines on standard output, as text or JSON", keys: []string{"format"}},
	{name: "command", about: "a program that gets JSON on its standard input", keys: []string{"command", "env"}, needs: []string{"command"}},
	{
		name: "wecom", about: "a group robot of WeCom (企业微信)", hosts: []string{"qyapi.weixin.qq.com"}, rate: 20, sums: true,
		keys: []string{"url", "keyword"}, needs: []string{"url"}, dress: &wecom,
	},
	{
		name: "dingtalk", about: "a custom robot of DingTalk (钉钉)", hosts: []string{"oapi.dingtalk.com"}, rate: 20, sums: true,
		keys: []string{"url", "secret", "keyword"}, needs: []string{"url"}, dress: &dingtalk,
	},
	{
		name: "feishu", about: "a custom bot of Feishu (飞书) or Lark", hosts: []string{"open.feishu.cn", "open.larksuite.com"}, rate: 100, sums: true,
		keys: []string{"url", "secret", "keyword"}, needs: []string{"url"}, dress: &feishu,
	},
	{
		name: "slack", about: "an incoming webhook of Slack", hosts: []string{"hooks.slack.com", "hooks.slack-gov.com"}, rate: 60, sums: true,
		keys: []string{"url"}, needs: []string{"url"}, dress: &slackHook,
	},
	{
		name: "generic", about: "any HTTP endpoint, which gets JSON",
		keys: []string{"url", "secret", "headers"}, needs: []string{"url"}, dress: &generic,
	},
}

// A Kind describes a sort of receiver to a reader.
type Kind struct{ Name, About string }

// Kinds lists the sorts of receivers.
func Kinds() []Kind {
	var out []Kind
	for i := range kinds {
		out = append(out, Kind{kinds[i].name, kinds[i].about})
	}
	return out
}

func kindNames() []string {
	var out []string
	for i := range kinds {
		out = append(out, kinds[i].name)
	}
	return out
}

func kindOf(name string) *kind {
	if i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name }); i >= 0 {
		return &kinds[i]
	}
	return nil
}
