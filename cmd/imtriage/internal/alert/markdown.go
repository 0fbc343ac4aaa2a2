package alert

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// markdown writes a letter in the Markdown that WeCom and DingTalk have in common, paragraphs
// apart by gap: DingTalk joins lines that have no empty one between them.
func (l *letter) markdown(title func(string) string, gap string) string {
	var parts []string
	add := func(s string) { parts = append(parts, s) }
	add(title(line(l.title)))
	for _, f := range l.facts {
		add("**" + f.label + "**" + wordColon.In(l.lang) + line(f.text))
	}
	l.items(add, line)
	if l.evidence != "" {
		head := wordEvidence.In(l.lang)
		if l.place != "" {
			head += " " + line(cut(l.place, 200))
		}
		add("**" + head + "**")
		add("> " + line(l.evidence))
	}
	if len(l.steps) > 0 {
		add("**" + wordRemedy.In(l.lang) + "**")
		for i, s := range l.steps {
			add(strconv.Itoa(i+1) + ". " + line(s))
		}
	}
	for i, link := range l.links {
		add("[" + wordLinks.In(l.lang) + " " + strconv.Itoa(i+1) + "](" + chatLink(link) + ")")
	}
	for _, n := range l.notes {
		add(line(n))
	}
	return strings.Join(parts, gap)
}

// items writes the list of a digest.
func (l *letter) items(add func(string), escape func(string) string) {
	for _, s := range l.list {
		add("- " + escape(s))
	}
	if l.more > 0 {
		add(fmt.Sprintf(wordMore.In(l.lang), l.more))
	}
}

// color picks what a chat calls a colour.
func (l *letter) color(good, bad, middling, calm string) string {
	switch {
	case l.cleared:
		return good
	case l.class >= catalog.Error:
		return bad
	case l.class == catalog.Warning:
		return middling
	}
	return calm
}
