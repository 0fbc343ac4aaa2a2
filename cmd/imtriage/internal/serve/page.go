package serve

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"path"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// The page and what it loads. uPlot (MIT, uPlot.LICENSE) draws the chart.
//
//go:embed web
var web embed.FS

var pageTemplate = template.Must(template.ParseFS(web, "web/page.gohtml"))

// kinds are those of the files that a page may ask for.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
}

// page writes the frame of the page; what is in it comes as events.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	lang := s.lang(r)
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, struct {
		Lang, Locale  string
		Other         string
		Words         map[string]string
		Step, Buckets int
	}{string(lang), locale[lang], string(other(lang)), wordsIn(lang), int(live.SparkStep.Seconds()), live.SparkBuckets})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Language", locale[lang])
	send(w, "text/html; charset=utf-8", http.StatusOK, b.Bytes())
}

var locale = map[catalog.Lang]string{catalog.EN: "en", catalog.ZH: "zh-CN"}

func other(l catalog.Lang) catalog.Lang {
	if l == catalog.ZH {
		return catalog.EN
	}
	return catalog.ZH
}

// asset writes a file of the page.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := kinds[path.Ext(name)]
	body, err := web.ReadFile("web/" + name)
	if err != nil || kind == "" || strings.Contains(name, "/") {
		http.NotFound(w, r)
		return
	}
	send(w, kind, http.StatusOK, body)
}
