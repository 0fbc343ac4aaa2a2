package upstream_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/upstream"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

func read(t testing.TB, text string) *upstream.Table {
	t.Helper()
	table, err := upstream.Read("new.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

var (
	sdk    = []catalog.Family{catalog.SDK}
	server = []catalog.Family{catalog.Server}
)

func TestReadMarkdown(t *testing.T) {
	table := read(t, `<div class="video"><iframe src="https://example.com/v"></iframe></div>

## （一）IM SDK 的错误码
>?Web 见 [表](https://example.com/web)。

### 消息错误码

| 错误码 | 描述                     |
| ------ | ------------------------ |
| 8001   | 消息长度超出限制。<br>消息体不能超过 12K，见 [限制](https://example.com/limits#a)。 |
| 8002   | \@TGS\# 与 `+"`To_Account`"+` |
|        |                          |

## （二）服务端的错误码

| Error Code | Constant | Description | Handling suggestion |
|---|---|---|---|
| 120001 - 130000 | ERR_OWN | Own codes. | Ask the backend: https://example.com/own. |
| −10001、-10002 | | Two at once | |
| soon | | Not a code | |

| Plan | Users |
|---|---|
| Trial | 100 |
`)
	want := []upstream.Row{
		{Line: 10, Code: 8001, Last: 8001, Families: sdk, Text: "消息长度超出限制。 消息体不能超过 12K，见 限制。", Links: []string{"https://example.com/limits#a"}},
		{Line: 11, Code: 8002, Last: 8002, Families: sdk, Text: "@TGS# 与 To_Account"},
		{Line: 18, Code: 120001, Last: 130000, Families: server, Symbols: []string{"ERR_OWN"}, Text: "Own codes. Ask the backend:", Links: []string{"https://example.com/own"}},
		{Line: 19, Code: -10001, Last: -10001, Families: server, Text: "Two at once"},
		{Line: 19, Code: -10002, Last: -10002, Families: server, Text: "Two at once"},
	}
	if diff := cmp.Diff(want, table.Rows, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	faults := []yamlpos.Error{{File: "new.md", Line: 20, Col: 1, What: `want a code such as 6017 or a block such as 120001-130000, got "soon"`}}
	if diff := cmp.Diff(faults, table.Faults); diff != "" {
		t.Errorf("faults: -want +got\n%s", diff)
	}
}

func TestReadTSV(t *testing.T) {
	tests := []struct {
		name, text string
		want       []upstream.Row
	}{
		{
			"named columns", "code\tsymbols\tfamily\tgist_zh\tgist_en\tsources\r\n3001\tA_NAME;B_NAME\tweb;trtc\t未登录\tNot logged in\thttps://example.com\r\n",
			[]upstream.Row{{Line: 2, Code: 3001, Last: 3001, Families: []catalog.Family{catalog.Web, catalog.TRTC}, Symbols: []string{"A_NAME", "B_NAME"}, Text: "未登录 Not logged in"}},
		},
		{
			"no names", "\ufeff# own list\n6206\tUserSig expired, see https://example.com/sig;\n\n-5..-1\tRoom\n",
			[]upstream.Row{
				{Line: 2, Code: 6206, Last: 6206, Text: "UserSig expired, see https://example.com/sig;", Links: []string{"https://example.com/sig"}},
				{Line: 4, Code: -5, Last: -1, Text: "Room"},
			},
		},
		{"a code without a text", "6206\n", []upstream.Row{{Line: 1, Code: 6206, Last: 6206}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(t, tt.text).Rows, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "no table of codes"},
		{"prose", "# Codes\n\nThey moved.\n", "no table of codes"},
		{"another table", "| Plan | Users |\n|---|---|\n| Trial | 100 |\n", "no table of codes"},
		{"GBK", "| 6206 | \xb4\xed\xce\xf3 |\n", "not UTF-8"},
		{"huge", strings.Repeat(" ", 9<<20), "at most"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := upstream.Read("x.md", []byte(tt.text)); err == nil || !strings.HasPrefix(err.Error(), "x.md: ") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestDigest(t *testing.T) {
	const row = "消息长度超出限制，不能超过 8K。"
	tests := []struct {
		name, text string
		same       bool
	}{
		{"blanks and punctuation", "消息长度超出限制, 不能超过8K", true},
		{"width and case", "消息长度超出限制，不能超过 ８k。", true},
		{"another number", "消息长度超出限制，不能超过 12K。", false},
		{"another word", "消息体长度超出限制，不能超过 8K。", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if same := upstream.Digest(tt.text) == upstream.Digest(row); same != tt.same {
				t.Errorf("the digests are equal: %v, want %v", same, tt.same)
			}
		})
	}
	if d := upstream.Digest(row); len(d) != 8 {
		t.Errorf("the digest %q has not eight digits", d)
	}
}
