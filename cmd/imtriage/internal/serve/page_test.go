package serve_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	s := newServer(t, options(t))
	for _, tc := range []struct{ path, accept, lang, word string }{
		{"/", "", "en", "Newest findings"},
		{"/", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "最新命中"},
		{"/", "zh-Hant-TW", "zh-CN", "诊断结论"},
		{"/", "de, en;q=0.5", "en", "Verdicts"},
		{"/", "fr", "en", "Verdicts"},
		{"/", "\xff;;q=x", "en", "Verdicts"},
		{"/?lang=zh", "en", "zh-CN", "诊断结论"},
		{"/?lang=en", "zh", "en", "Verdicts"},
		{"/?lang=tlh", "zh", "zh-CN", "诊断结论"},
	} {
		res, body := get(t, s, tc.path, "Accept-Language", tc.accept)
		want(t, res, http.StatusOK)
		if !strings.Contains(body, `<html lang="`+tc.lang+`"`) || !strings.Contains(body, tc.word) || strings.Contains(body, "&lt;no value&gt;") {
			t.Errorf("%s for %q: no %q in %q", tc.path, tc.accept, tc.word, tc.lang)
		}
	}
}

// Scripts find their words, and what they ask for is in the page and is served.
func TestPageIsWhole(t *testing.T) {
	s := newServer(t, options(t))
	_, page := get(t, s, "/")
	data := regexp.MustCompile(`(?s)<script type="application/json" id="words">(.*?)</script>`).FindStringSubmatch(page)
	if data == nil {
		t.Fatal("the page has no words")
	}
	var words map[string]string
	if err := json.Unmarshal([]byte(data[1]), &words); err != nil {
		t.Fatalf("words: %v in %s", err, data[1])
	}
	scripts, err := filepath.Glob("web/*.js")
	if err != nil || len(scripts) < 5 {
		t.Fatalf("scripts %q, %v", scripts, err)
	}
	used := 0
	for _, name := range scripts {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		res, served := get(t, s, "/assets/"+filepath.Base(name))
		if served != string(raw) || res.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%s is served as %q, %d of %d bytes", name, res.Header.Get("Content-Type"), len(served), len(raw))
		}
		if strings.Contains(name, "uPlot") {
			continue
		}
		for _, m := range regexp.MustCompile(`words\.(\w+)`).FindAllStringSubmatch(served, -1) {
			used++
			if words[m[1]] == "" {
				t.Errorf("%s: no word %q", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`(?:\$\('|getElementById\(')#?(\w+)'`).FindAllStringSubmatch(served, -1) {
			if !strings.Contains(page, `id="`+m[1]+`"`) {
				t.Errorf("%s: the page has no element %q", name, m[1])
			}
		}
		for _, never := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://"} {
			if strings.Contains(strings.ReplaceAll(served, "'http://www.w3.org/2000/svg'", ""), never) {
				t.Errorf("%s has %q", name, never)
			}
		}
	}
	if used < 10 {
		t.Errorf("scripts use %d words", used)
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(/[^"?]*)`).FindAllStringSubmatch(page, -1) {
		res, _ := get(t, s, m[1])
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", m[1], res.StatusCode)
		}
	}
}

func TestNoOtherFiles(t *testing.T) {
	s := newServer(t, options(t))
	for _, path := range []string{"/assets/", "/assets/page.gohtml", "/assets/uPlot.LICENSE", "/assets/..%2Fserve.go", "/assets/none.js", "/serve.go", "/events/x"} {
		res, _ := get(t, s, path)
		want(t, res, http.StatusNotFound)
	}
}

func TestReport(t *testing.T) {
	s := newServer(t, options(t))
	res, body := get(t, s, "/report.json?lang=zh")
	want(t, res, http.StatusOK)
	var got struct{ Schema, Lang string }
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Schema != "imtriage.report/1" || got.Lang != "zh" {
		t.Errorf("%+v, %v", got, err)
	}
}
