package report

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// about lists what a verdict is about, each value behind its word, sanitized.
func (v *Verdict) about(l catalog.Lang) []string {
	var out []string
	for _, s := range []string{
		labelled(wordCodes, keyList(v.Codes, 5), l),
		labelled(wordEvent, eventList(v.Marks, l), l),
		labelled(wordExplains, symptomList(v.Explains, l), l),
		labelled(wordHosts, spreadList(v.Impact.Hosts, 3), l),
		labelled(wordAPIs, spreadList(v.Impact.APIs, 3), l),
		labelled(wordVersions, spreadList(v.Impact.Versions, 3), l),
		labelled(wordPlatforms, spreadList(v.Impact.Platforms, 3), l),
		labelled(wordDevices, spreadList(v.Impact.Devices, 2), l),
		labelled(wordGroups, groupList(v.Groups, 2), l),
		labelled(wordRule, Sanitize(v.Rule), l),
	} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// labelled puts a word before a value, or nothing where there is no value.
func labelled(word catalog.Text, value string, l catalog.Lang) string {
	if value == "" {
		return ""
	}
	return lowered(word.In(l)) + " " + value
}

// codeText writes the number; the title beside it tells of which family it is.
func codeText(c *Code) string { return strconv.Itoa(c.Code.Code) }

// capped joins words and says how many are left out.
func capped(words []string, limit int) string {
	if len(words) <= limit {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:limit], ", ") + " +" + strconv.Itoa(len(words)-limit)
}

func keyList(keys []tally.Key, limit int) string {
	var words []string
	for _, k := range keys {
		words = append(words, strconv.Itoa(k.Code))
	}
	return capped(words, limit)
}

func nameList(list []string, limit int) string {
	var words []string
	for _, s := range list {
		words = append(words, Sanitize(s))
	}
	return capped(words, limit)
}

// eventTitle returns the reader's name of an event.
func eventTitle(name string, l catalog.Lang) string {
	if e, ok := tally.EventNamed(name); ok {
		return e.Title.In(l)
	}
	return Sanitize(name)
}

func eventList(marks []tally.MarkCount, l catalog.Lang) string {
	var words []string
	for _, m := range marks {
		words = append(words, eventTitle(m.Event, l)+" "+times(m.Count))
	}
	return capped(words, 3)
}

func symptomList(list []rules.Symptom, l catalog.Lang) string {
	var words []string
	for _, s := range list {
		name := strconv.Itoa(s.Code)
		if s.Event != "" {
			name = eventTitle(s.Event, l)
		}
		name += " " + times(s.Explained)
		switch {
		case s.Explained == s.Count:
		case l == catalog.ZH:
			name += "（共 " + number(s.Count) + "）"
		default:
			name += " of " + number(s.Count)
		}
		words = append(words, name)
	}
	return capped(words, 4)
}

func groupList(groups []rules.Group, limit int) string {
	var words []string
	for _, g := range groups {
		s := ""
		for i, f := range g.Key {
			if i > 0 {
				s += " "
			}
			s += Sanitize(f.Key) + "=" + Sanitize(f.Value)
		}
		words = append(words, s+" "+times(g.Count))
	}
	return capped(words, limit)
}

// spreadList lists the first values of a spread, with counts if they tell something.
func spreadList(s rules.Spread, limit int) string {
	var words []string
	for _, n := range s.Names {
		w := Sanitize(n.Name)
		if len(s.Names) > 1 && !s.Sampled {
			w += " " + times(n.Count)
		}
		words = append(words, w)
	}
	return capped(words, limit)
}

// lowered writes a word in lower case where it stands within a line, but not an abbreviation.
func lowered(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s)
}
