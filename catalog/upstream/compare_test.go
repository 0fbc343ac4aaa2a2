package upstream_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/upstream"
)

// known is a catalog that was written from the rows of oldTable, and one code of a newer one.
func known(t testing.TB) *catalog.Catalog {
	t.Helper()
	entry := func(code, row, rest string) string {
		if row != "" {
			row = fmt.Sprintf(", row: {zh: %q}", upstream.Digest(row))
		}
		return fmt.Sprintf("  - {%s, class: error, topic: state, retry: no, title: {en: T, zh: T}, sources: [old]%s, %s}\n", code, row, rest)
	}
	files := []catalog.File{
		{Name: "sources", Data: []byte("sources: [{id: old, title: {en: Old}}, {id: new, title: {en: New}, date: 2026}]\n")},
		{Name: "sdk", Data: []byte("family: sdk\nsection: message\nname: {en: S}\nentries:\n" +
			entry("code: 8001", "消息不能超过 8K。", "meaning: {en: At most 8 KB., zh: 最大 8 KB。}") +
			entry("code: 8002", "参数 To_Account 错误。", "meaning: {en: To_Account is wrong., zh: To_Account 有误。}, links: [https://example.com/a]") +
			entry("code: 8003", "", "meaning: {en: No more than 20 images., zh: 图片不超过 20 张。}"))},
		{Name: "server", Data: []byte("family: server\nsection: group\nname: {en: G}\nentries:\n" +
			entry("code: 10010", "群组不存在。", "meaning: {en: No such group., zh: 没有这个群。}") +
			entry("code: 10100, last: 10200", "自定义。", "meaning: {en: Own., zh: 自定义。}") +
			"  - {code: 10011, class: error, topic: state, retry: no, title: {en: Newer, zh: 新}, meaning: {en: N, zh: N}, sources: [new]}\n")},
	}
	c, err := catalog.Parse(files...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const oldTable = `## SDK

| 错误码 | 描述 |
|---|---|
| 8001 | 消息不能超过 8K。 |
| 8002 | 参数 To_Account 错误。 |
| 8003 | At most 20 images |

## 服务端

| 错误码 | 描述 |
|---|---|
| 10010 | 群组不存在。 |
| 10100 - 10200 | 自定义。 |
`

// summary writes a difference in a few words.
func summary(d *upstream.Diff) string {
	var list []string
	for _, r := range d.Added {
		list = append(list, fmt.Sprintf("+%d", r.Code))
	}
	for _, e := range d.Gone {
		list = append(list, fmt.Sprintf("-%d", e.Code))
	}
	for _, ch := range d.Changed {
		list = append(list, fmt.Sprintf("~%d/%s %v %v", ch.Code, ch.Entry.Family, ch.Reworded, ch.Missing))
	}
	return strings.Join(append(list, fmt.Sprintf("=%d", d.Same), judged(d)), " ")
}

// judged says of what a difference knows what is gone.
func judged(d *upstream.Diff) string {
	if d.Whole {
		return ""
	}
	return fmt.Sprint(d.Judged)
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name, old, new string // what is replaced in the table
		want           string
	}{
		{"the same table", "", "", "=5 "},
		{"other markup", "参数 To_Account 错误。", "参数 `To_Account` 错误", "=5 "},
		{"a new code", "| 10010 |", "| 10012 | 新。 |\n| 10010 |", "+10012 =5 "},
		{"a code inside a block is new", "| 10010 |", "| 10150 | 新。 |\n| 10010 |", "+10150 =5 "},
		{"a code is gone", "| 8002 | 参数 To_Account 错误。 |\n", "", "-8002 =4 "},
		{"a new number", "超过 8K", "超过 12K", "~8001/sdk true [12] =4 "},
		{"other words, no new fact", "参数 To_Account 错误", "To_Account 格式不对", "~8002/sdk true [] =4 "},
		{"a new link", "To_Account 错误。", "[To_Account](https://example.com/b) 错误。", "~8002/sdk false [https://example.com/b] =4 "},
		{"a known link", "To_Account 错误。", "[To_Account](https://example.com/a) 错误。", "=5 "},
		{"a language that was not read before", "参数 To_Account 错误", "The To_Account parameter is wrong", "=5 "},
		{"a new fact in that language", "At most 20 images", "At most 30 images, see getMsg_List", "~8003/sdk false [30 getMsg_List] =4 "},
		{"one of two rows is known", "| 10010 |", "| 10010 | 别的。 |\n| 10010 |", "=6 "},
		{"a code the catalog has from elsewhere", "| 10010 |", "| 10011 | N |\n| 10010 |", "=6 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(oldTable, tt.old) {
				t.Fatalf("the table has no %q", tt.old)
			}
			d := upstream.Compare(known(t), read(t, strings.Replace(oldTable, tt.old, tt.new, 1)))
			if diff := cmp.Diff(tt.want, summary(d)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Of a piece of a table, only the sections that it holds for the better part say what is gone.
func TestCompareAPiece(t *testing.T) {
	c := known(t)
	whole := read(t, "8001\t消息不能超过 8K。\n8002\t参数 To_Account 错误。\n")
	if diff := cmp.Diff("-8003 =2 [sdk/message]", summary(upstream.Compare(c, whole))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff("+99 =0 []", summary(upstream.Compare(c, read(t, "99\tunknown\n")))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestFamilies(t *testing.T) {
	both, err := catalog.Parse(
		catalog.File{Name: "w", Data: []byte("family: web\nsection: s\nname: {en: S}\nentries: [{code: 7, class: error, topic: auth, retry: no}]\n")},
		catalog.File{Name: "s", Data: []byte("family: sdk\nsection: s\nname: {en: S}\nentries: [{code: 7, class: error, topic: auth, retry: no}, {code: 8, also: [web], class: error, topic: auth, retry: no}]\n")},
	)
	if err != nil {
		t.Fatal(err)
	}
	const table = "code\tfamily\tdesc\n7\tweb\t第 1 条\n7\tserver\t第 2 条\n8\tweb\t第 3 条\n9\ttrtc\t第 4 条\n"
	want := "+9 ~7/web false [1] ~7/sdk false [2] ~8/sdk false [3] =0 []"
	if diff := cmp.Diff(want, summary(upstream.Compare(both, read(t, table)))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const wantStub = `# new.md against the catalog of 2026: added 1, gone 1, changed 1, as before 3.
# gone: 10010 server/group T (older apps may still print it: the catalog keeps it)
#
`

const wantEntries = `
  # added, line 13:
  #   the table says: 新。见 文档
  #   links: https://example.com/n
  - code: 10012
    family: server
    title: {en: "", zh: ""}
    meaning: {en: "", zh: ""}
    class: error
    topic: state
    retry: unknown
    row: {en: "", zh: "ROW1"}

  # changed, line 5:
  #   the table says: 消息不能超过 12K。
  #   the catalog says: 最大 8 KB。
  #   not in the catalog: 12
  - code: 8001
    family: sdk
    row: {en: "", zh: "ROW2"}
`

// A filled stub taken in leaves nothing to say of the table.
func TestWriteStub(t *testing.T) {
	text := strings.NewReplacer("超过 8K", "超过 12K", "| 10010 | 群组不存在。 |", "| 10012 | 新。见 [文档](https://example.com/n) |").Replace(oldTable)
	table, c := read(t, text), known(t)
	var out bytes.Buffer
	if err := upstream.Compare(c, table).WriteStub(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), wantStub) {
		t.Errorf("the stub begins with\n%.400s\nwant\n%s", &out, wantStub)
	}
	_, entries, _ := strings.Cut(out.String(), "\nentries:\n")
	want := strings.NewReplacer("ROW1", upstream.Digest("新。见 文档"), "ROW2", upstream.Digest("消息不能超过 12K。")).Replace(wantEntries)
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	filled := strings.NewReplacer(`title: {en: "",`, `links: [https://example.com/n]`+"\n    "+`title: {en: "Filled",`).Replace(out.String())
	over, err := c.Overlay(catalog.File{Name: "stub.yaml", Data: []byte(filled)})
	if err != nil {
		t.Fatal(err)
	}
	if got := summary(upstream.Compare(over, table)); got != "-10010 =5 " {
		t.Errorf("after the stub was taken in the table says %q", got)
	}
	if err := upstream.Compare(c, table).WriteStub(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("a broken writer gives %v", err)
	}
}

func TestMarshalJSON(t *testing.T) {
	text := strings.NewReplacer("超过 8K", "超过 12K", "| 10010 | 群组不存在。 |", "| 10012 | 新。 |").Replace(oldTable)
	data, err := json.Marshal(upstream.Compare(known(t), read(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"added":[{"line":13,"code":10012,"last":10012,"family":"server","text":"新。","symbols":[],"links":[]}],` +
		`"gone":[{"code":10010,"last":10010,"family":"server","category":"server/group","title":"T"}],` +
		`"changed":[{"line":5,"code":8001,"last":8001,"family":"sdk","category":"sdk/message","text":"消息不能超过 12K。","symbols":[],"links":[],"reworded":true,"missing":["12"]}],` +
		`"same":3,"whole":true,"judged":["sdk/message","server/group"]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// Whatever a table holds, the stub is an overlay once its titles are filled in.
func FuzzCompare(f *testing.F) {
	for _, s := range []string{oldTable, "code\tfamily\tdesc\n7\tweb\tx\n8001\t\t8K\n", "| 1 | a\u2028b |\n|--|--|\n| 5-9 | `x` \\| <br> |\n"} {
		f.Add([]byte(s))
	}
	c := known(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := upstream.Read("t", data)
		if err != nil {
			return
		}
		d := upstream.Compare(c, table)
		if len(d.Added)+len(d.Changed)+d.Same < len(table.Rows) {
			t.Fatalf("%d rows, but %s", len(table.Rows), summary(d))
		}
		var out bytes.Buffer
		if err := d.WriteStub(&out); err != nil {
			t.Fatal(err)
		}
		if len(d.Added) > 100 {
			return // an overlay has its bounds
		}
		filled := strings.ReplaceAll(out.String(), `title: {en: "",`, `title: {en: "Filled",`)
		if _, err := c.Overlay(catalog.File{Name: "stub", Data: []byte(filled)}); err != nil {
			t.Fatalf("%v\n%s", err, filled)
		}
	})
}
