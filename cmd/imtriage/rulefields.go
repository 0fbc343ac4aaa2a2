package main

import (
	"fmt"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// The words of tests of fields and of bounds.
var (
	wordIs        = catalog.Text{EN: "is %s", ZH: "为 %s"}
	wordContains  = catalog.Text{EN: "contains %s", ZH: "包含 %s"}
	wordStarts    = catalog.Text{EN: "starts with %s", ZH: "以 %s 开头"}
	wordEnds      = catalog.Text{EN: "ends with %s", ZH: "以 %s 结尾"}
	wordMatches   = catalog.Text{EN: "matches %s", ZH: "匹配 %s"}
	wordIn        = catalog.Text{EN: "in %s", ZH: "属于 %s"}
	wordExists    = catalog.Text{EN: "given", ZH: "有值"}
	wordMissing   = catalog.Text{EN: "missing", ZH: "无值"}
	wordAnyCase   = catalog.Text{EN: " (in any case)", ZH: "（不分大小写）"}
	wordOr        = catalog.Text{EN: " or ", ZH: " 或 "}
	wordAnd       = catalog.Text{EN: " and ", ZH: " 且"}
	wordOneOf     = catalog.Text{EN: "one of %s", ZH: "满足其一：%s"}
	wordBoth      = catalog.Text{EN: "and %s", ZH: "且%s"}
	wordNot       = catalog.Text{EN: "but not %s", ZH: "排除%s"}
	wordAny       = catalog.Text{EN: "everything", ZH: "全部"}
	wordTimesOnly = catalog.Text{EN: "%s times", ZH: "命中%s 次"}
)

var opWords = map[rules.Op]catalog.Text{
	rules.AtLeast: {EN: "at least", ZH: "至少"},
	rules.Above:   {EN: "more than", ZH: "超过"},
	rules.AtMost:  {EN: "at most", ZH: "至多"},
	rules.Below:   {EN: "less than", ZH: "少于"},
	rules.Equal:   {EN: "exactly", ZH: "恰好"},
	rules.Not:     {EN: "other than", ZH: "不等于"},
}

// limits writes a bound in words.
func limits(b rules.Bound, l catalog.Lang) string {
	var parts []string
	for _, limit := range b.Limits {
		text := opWords[limit.Op].In(l) + " " + decimal(limit.Value)
		if b.Percent {
			text += "%"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, wordAnd.In(l))
}

// times writes how many records a bound of count wants.
func times(b rules.Bound, l catalog.Lang) string {
	if len(b.Limits) == 1 && b.Limits[0].Op == rules.AtLeast {
		return fmt.Sprintf(wordTimes.In(l), decimal(b.Limits[0].Value))
	}
	return fmt.Sprintf(wordTimesOnly.In(l), limits(b, l))
}

// joins writes what a selection asks of single records and of other selections; more says that it asks
// for codes or events, too.
func joins(s *rules.Selection, more bool, l catalog.Lang) (parts []string) {
	for i := range s.Fields {
		parts = append(parts, fieldTest(&s.Fields[i], l))
	}
	for i := range s.All {
		text := bracketed(selected(&s.All[i], l), l)
		if i > 0 || more {
			text = fmt.Sprintf(wordBoth.In(l), text)
		}
		parts = append(parts, text)
	}
	var choice []string
	for i := range s.Any {
		choice = append(choice, bracketed(selected(&s.Any[i], l), l))
	}
	if choice != nil {
		parts = append(parts, fmt.Sprintf(wordOneOf.In(l), strings.Join(choice, wordList.In(l))))
	}
	if s.Not != nil {
		if len(parts) == 0 && !more {
			parts = append(parts, wordAny.In(l))
		}
		parts = append(parts, fmt.Sprintf(wordNot.In(l), bracketed(selected(s.Not, l), l)))
	}
	return parts
}

// fieldTest writes a test of a field.
func fieldTest(t *rules.FieldTest, l catalog.Lang) string {
	var parts []string
	for _, test := range []struct {
		form  catalog.Text
		words []string
	}{{wordIs, t.Is}, {wordContains, t.Contains}, {wordStarts, t.StartsWith}, {wordEnds, t.EndsWith}, {wordMatches, t.Regex}, {wordIn, t.CIDR}} {
		if len(test.words) > 0 {
			parts = append(parts, fmt.Sprintf(test.form.In(l), strings.Join(test.words, wordOr.In(l))))
		}
	}
	if !t.Number.IsZero() {
		parts = append(parts, limits(t.Number, l))
	}
	switch {
	case t.Exists == nil:
	case *t.Exists:
		parts = append(parts, wordExists.In(l))
	default:
		parts = append(parts, wordMissing.In(l))
	}
	text := t.Field + " " + strings.Join(parts, wordAnd.In(l))
	if t.IgnoreCase {
		text += wordAnyCase.In(l)
	}
	return text
}
