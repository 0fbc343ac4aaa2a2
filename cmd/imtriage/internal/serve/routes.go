package serve

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// routes says what is where.
func (s *Server) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", s.page)
	m.HandleFunc("GET /assets/{name}", s.asset)
	m.HandleFunc("GET /events", s.events)
	m.HandleFunc("GET /healthz", s.health)
	m.HandleFunc("GET /report.json", s.report)
	m.Handle("GET /metrics", s.metrics())
	return m
}

// report writes the report of now. One is made at a time: it takes all that was counted into account.
func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	select {
	case s.reports <- struct{}{}:
		defer func() { <-s.reports }()
	case <-r.Context().Done():
		return
	}
	json, err := report.Find("json")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	made, err := s.o.Report(r.Context(), s.lang(r))
	if err != nil {
		http.Error(w, "no report: "+report.Sanitize(err.Error()), http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	if err := json.Write(&b, made, report.Style{}); err != nil {
		http.Error(w, "no report: "+report.Sanitize(err.Error()), http.StatusInternalServerError)
		return
	}
	send(w, "application/json; charset=utf-8", http.StatusOK, b.Bytes())
}

// send writes a whole answer. Whether it arrives is the reader's concern.
func send(w http.ResponseWriter, kind string, status int, body []byte) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // making it took what it took
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body) //nolint:errcheck // the reader has gone
}

var (
	tags    = []language.Tag{language.English, language.Chinese}
	byTag   = []catalog.Lang{catalog.EN, catalog.ZH}
	matcher = language.NewMatcher(tags)
)

// lang returns the language of an answer: ?lang=, else what the browser asks for, else that of the
// options.
func (s *Server) lang(r *http.Request) catalog.Lang {
	var l catalog.Lang
	if err := l.UnmarshalText([]byte(r.URL.Query().Get("lang"))); err == nil {
		return l
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return s.o.Lang
	}
	_, i, sure := matcher.Match(wanted...)
	if sure == language.No {
		return s.o.Lang
	}
	return byTag[i]
}
