package alert

import (
	"strings"
)

// chat takes away what WeCom, DingTalk and Feishu would act upon. None of them says how its
// Markdown is escaped, and each reads some tags of its own (<@all>, <at id=all>, <font>), so that
// characters which can begin anything are replaced by their wide twins: they read the same and do
// nothing. Colons before slashes, because bare addresses become links.
var chat = strings.NewReplacer(
	"<", "＜", ">", "＞", "@", "＠", "[", "［", "]", "］", "`", "ˋ", "*", "＊", "~", "～", "#", "＃",
	"|", "｜", `\`, "＼", "![", "！［", "://", "：//", "www.", "www．", "&", "＆", "__", "＿＿",
)

// line makes a text fit for the inside of a line in the chats of chat.
func line(s string) string { return chat.Replace(s) }

// chatLink makes the target of a Markdown link, which ends at a parenthesis or a space.
func chatLink(link string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "`", "%60", `\`, "%5C", "[", "%5B", "]", "%5D").Replace(link)
}

// slack escapes for mrkdwn as Slack documents it, which leaves no way to mention or link; its
// marks for bold and code have no escape and become look-alikes.
var slack = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "*", "∗", "`", "ˋ", "~", "∼")

// slackCut escapes as much of a text as fits in so many characters.
func slackCut(s string, size int) string {
	escaped := slack.Replace(s)
	for keep := len(s); len([]rune(escaped)) > size; {
		keep = max(keep-(len([]rune(escaped))-size)/5-1, 0)
		escaped = slack.Replace(cut(s, keep))
		if keep == 0 {
			break
		}
	}
	return escaped
}

// slackLink makes a link whose text is its address.
func slackLink(link string) string {
	return "<" + strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", "|", "%7C", " ", "%20").Replace(link) + ">"
}
