package upstream

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// columns says which cell of a row holds what; -1 stands for none.
type columns struct {
	code, family, symbols int
	texts                 []int // nil: all the others
}

// The words by which the heads of columns are known, in lower case.
var (
	codeHeads   = []string{"code", "error code", "errorcode", "错误码", "返回码"}
	familyHeads = []string{"family", "product", "产品"}
	symbolHeads = []string{"symbol", "symbols", "constant", "constants", "macro", "常量", "宏定义", "枚举"}
	textHeads   = []string{"desc", "meaning", "gist", "message", "handling", "suggestion", "solution", "reason", "描述", "含义", "说明", "建议", "处理", "原因"}
)

// heads reads the names of columns. A row whose names are not understood has its code first and
// text in the rest.
func heads(cells []string) (cols columns, hasCode bool) {
	cols = columns{code: 0, family: -1, symbols: -1}
	for i, c := range cells {
		switch c = strings.ToLower(strings.TrimSpace(c)); {
		case slices.Contains(codeHeads, c):
			cols.code, hasCode = i, true
		case slices.Contains(familyHeads, c):
			cols.family = i
		case slices.Contains(symbolHeads, c):
			cols.symbols = i
		case slices.ContainsFunc(textHeads, func(word string) bool { return strings.Contains(c, word) }):
			cols.texts = append(cols.texts, i)
		}
	}
	return cols, hasCode
}

func (c columns) isText(i int) bool {
	if c.texts != nil {
		return slices.Contains(c.texts, i)
	}
	return i != c.code && i != c.family && i != c.symbols
}

var (
	number   = regexp.MustCompile(`^-?\d{1,9}$`)
	span     = regexp.MustCompile(`^(-?\d{1,9})\s*(?:-|–|—|~|～|至|到|to|\.\.)\s*(-?\d{1,9})$`)
	dashes   = strings.NewReplacer("−", "-", "－", "-", "‑", "-")
	listMark = regexp.MustCompile(`\s*[,，、;；/]\s*`)
)

// parseCodes reads a cell such as 6017, "120001 - 130000" or "6017, 6018" as firsts and lasts.
func parseCodes(cell string) (spans [][2]int, err error) {
	cell = dashes.Replace(strings.TrimSpace(cell))
	for part := range strings.SplitSeq(listMark.ReplaceAllString(cell, ","), ",") {
		first, last := part, part
		if m := span.FindStringSubmatch(part); m != nil {
			first, last = m[1], m[2]
		}
		if !number.MatchString(first) {
			return nil, fmt.Errorf("want a code such as 6017 or a block such as 120001-130000, got %q", cell)
		}
		from, _ := strconv.Atoi(first)
		to, _ := strconv.Atoi(last)
		if to < from {
			return nil, fmt.Errorf("the block %q ends before it begins", part)
		}
		spans = append(spans, [2]int{from, to})
	}
	return spans, nil
}

func parseFamilies(cell string) (list []catalog.Family) {
	for word := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(" ,;/", r) }) {
		if f := catalog.Family(word); slices.Contains(catalog.Families(), f) {
			list = append(list, f)
		}
	}
	return list
}

var constant = regexp.MustCompile(`[A-Z][A-Z0-9_]{3,}`)

func parseSymbols(cell string) []string { return constant.FindAllString(cell, -1) }

// The words in headings that say whose codes a section lists, the closer ones first.
var headingWords = []struct {
	family catalog.Family
	words  []string
}{
	{catalog.V3, []string{"v3"}},
	{catalog.Web, []string{"web", "小程序", "uni-app"}},
	{catalog.Call, []string{"callkit", "callengine", "音视频通话"}},
	{catalog.Room, []string{"room", "房间"}},
	{catalog.TRTC, []string{"trtc", "实时音视频"}},
	{catalog.Push, []string{"timpush", "推送服务", "push service"}},
	{catalog.SDK, []string{"sdk", "客户端", "client"}},
	{catalog.Server, []string{"服务端", "后台", "server", "rest"}},
}

// familyOf reads headings, the lowest one first.
func familyOf(headings []string) []catalog.Family {
	for _, h := range headings {
		h = strings.ToLower(h)
		for _, w := range headingWords {
			if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(h, word) }) {
				return []catalog.Family{w.family}
			}
		}
	}
	return nil
}

// joinCells writes texts as one line.
func joinCells(texts []string) string {
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}
