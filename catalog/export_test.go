package catalog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

const wantExport = `[
  {
    "code": 70001,
    "last": 70001,
    "family": "server",
    "section": "account",
    "category": "server/account",
    "topic": "auth",
    "class": "error",
    "symbols": [
      "ERR_SIG_EXPIRED",
      "ERR_SIG_OLD"
    ],
    "retry": "after_login",
    "title": {
      "en": "UserSig expired",
      "zh": "UserSig 已过期"
    },
    "meaning": {
      "en": "The signature is too old.",
      "zh": "签名超过了有效期。"
    },
    "cause": {
      "en": "It is older than a day.",
      "zh": "生成已超过一天。"
    },
    "fix": {
      "en": "Make a new one & log in.",
      "zh": "重新生成并登录。"
    },
    "limits": [
      {
        "of": {
          "en": "validity",
          "zh": "有效期"
        },
        "min": 24,
        "unit": "h"
      }
    ],
    "links": [
      "https://example.com/a?b=1&c=2"
    ],
    "related": [
      -70001,
      70003,
      120005
    ],
    "history": [
      {
        "when": {
          "en": "2022",
          "zh": "2022 年"
        },
        "was": {
          "en": "8 KB",
          "zh": "8 KB"
        },
        "now": {
          "en": "12 KB",
          "zh": "12 KB"
        }
      }
    ],
    "in_base": true,
    "sources": [
      "doc",
      "old"
    ],
    "also": [
      "web"
    ],
    "causes": [
      70003
    ],
    "symptoms": [
      -70001,
      120005
    ],
    "self_heals": true,
    "ask_vendor": false,
    "result_unknown": true
  },
  {
    "code": 120001,
    "last": 130000,
    "family": "server",
    "section": "account",
    "category": "server/account",
    "topic": "info",
    "class": "info",
    "symbols": [],
    "retry": "app_defined",
    "title": {
      "en": "Your backend",
      "zh": "业务自定义"
    },
    "meaning": {
      "en": "Your backend chose it.",
      "zh": "由业务后台返回。"
    },
    "cause": {
      "en": "",
      "zh": ""
    },
    "fix": {
      "en": "",
      "zh": ""
    },
    "limits": [],
    "links": [],
    "related": [
      70001
    ],
    "history": [],
    "in_base": false,
    "sources": [],
    "also": [],
    "causes": [
      70001
    ],
    "symptoms": [],
    "self_heals": false,
    "ask_vendor": false,
    "result_unknown": false
  }
]
`

func TestExport(t *testing.T) {
	c := parseBase(t)
	var got bytes.Buffer
	if err := c.Export(&got, []*catalog.Entry{c.Lookup(catalog.Server, 70001), c.Lookup(catalog.Server, 125000)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantExport, got.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestExportAll(t *testing.T) {
	c := catalog.Builtin()
	var out bytes.Buffer
	if err := c.Export(&out, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), ": null") {
		t.Error("the export holds null")
	}
	var got []struct {
		Code   int  `json:"code"`
		InBase bool `json:"in_base"`
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var want, codes []int
	inBase := 0
	for _, e := range c.Entries() {
		want = append(want, e.Code)
	}
	for _, e := range got {
		codes = append(codes, e.Code)
		if e.InBase {
			inBase++
		}
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("codes: -want +got\n%s", diff)
	}
	if inBase != 371 {
		t.Errorf("%d codes of the source table, want 371", inBase)
	}
	out.Reset()
	if err := c.Export(&out, []*catalog.Entry{}); err != nil || out.String() != "[]\n" {
		t.Errorf("nothing exports as %q, %v", out.String(), err)
	}
	if err := c.Export(brokenWriter{}, nil); !errors.Is(err, errBroken) {
		t.Errorf("a broken writer gives %v", err)
	}
}

var errBroken = errors.New("broken")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }
