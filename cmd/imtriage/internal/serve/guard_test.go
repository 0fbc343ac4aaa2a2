package serve_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

func TestNew(t *testing.T) {
	for _, tc := range []struct{ listen, token, wrong string }{
		{"127.0.0.1:9464", "", ""},
		{"127.8.9.1:0", "", ""},
		{"localhost:9464", "", ""},
		{"[::1]:9464", "", ""},
		{"[::ffff:127.0.0.1]:9464", "", ""},
		{":9464", "", "give a token"},
		{"0.0.0.0:9464", "", "give a token"},
		{"[::]:9464", "", "give a token"},
		{"192.0.2.7:9464", "", "give a token"},
		{"localhost.example.com:9464", "", "give a token"},
		{":9464", token, ""},
		{":9464", "short", "at least 16"},
		{"127.0.0.1:9464", "short", "at least 16"},
		{"9464", "", "give host:port"},
		{"", "", "give host:port"},
	} {
		_, err := serve.New(serve.Options{Listen: tc.listen, Token: tc.token})
		if tc.wrong == "" && err != nil || tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)) {
			t.Errorf("listen on %q with token %q: %v, want %q", tc.listen, tc.token, err, tc.wrong)
		}
	}
}

func TestToken(t *testing.T) {
	o := options(t)
	o.Listen, o.Token = ":9464", token
	s := newServer(t, o)
	for _, path := range []string{"/", "/events", "/metrics", "/healthz", "/report.json", "/assets/page.js", "/no/such"} {
		for _, headers := range [][]string{
			nil,
			{"Authorization", "Bearer"},
			{"Authorization", "Bearer " + token + "x"},
			{"Authorization", "Basic " + token},
			{"Cookie", "imtriage=" + token},
			{"Cookie", "imtriage="},
		} {
			res, body := get(t, s, path, headers...)
			if res.StatusCode != http.StatusUnauthorized || res.Header.Get("WWW-Authenticate") == "" || strings.Contains(body, token) {
				t.Errorf("%s with %q: %d %s", path, headers, res.StatusCode, body)
			}
		}
		res, _ := get(t, s, path+"?token="+token[:15])
		want(t, res, http.StatusUnauthorized)
	}
	res, _ := get(t, s, "/metrics", "Authorization", "bearer "+token, "Host", "logs.example.com")
	want(t, res, http.StatusOK)

	// A page that was opened with the token keeps a cookie, which is not the token.
	res, _ = get(t, s, "/?token="+token)
	want(t, res, http.StatusOK)
	cookies := res.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || strings.Contains(cookies[0].Value, token) {
		t.Fatalf("cookies %v", cookies)
	}
	res, _ = get(t, s, "/healthz", "Cookie", cookies[0].Name+"="+cookies[0].Value)
	want(t, res, http.StatusOK)
}

// A page that makes a name of its own point to 127.0.0.1 gets nothing.
func TestHost(t *testing.T) {
	s := newServer(t, options(t))
	for host, status := range map[string]int{
		"127.0.0.1:9464": http.StatusOK, "localhost:9464": http.StatusOK, "[::1]:9464": http.StatusOK, "[::1]": http.StatusOK, "LOCALHOST": http.StatusOK,
		"evil.example:9464": http.StatusMisdirectedRequest, "127.0.0.1.evil.example": http.StatusMisdirectedRequest,
		"localhost.evil.example": http.StatusMisdirectedRequest, "192.0.2.1": http.StatusMisdirectedRequest, "": http.StatusMisdirectedRequest,
	} {
		if res, _ := get(t, s, "/report.json", "Host", host); res.StatusCode != status {
			t.Errorf("host %q: status %d, want %d", host, res.StatusCode, status)
		}
	}
}

func TestHeadersAndMethods(t *testing.T) {
	s := newServer(t, options(t))
	for _, path := range []string{"/", "/metrics", "/healthz", "/report.json", "/assets/page.js", "/no/such"} {
		res, _ := get(t, s, path)
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got, want)
			}
		}
		if p := res.Header.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s: policy %q", path, p)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), method, "/report.json", http.NoBody)
		r.Host = "localhost"
		s.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d", method, w.Code)
		}
	}
}
