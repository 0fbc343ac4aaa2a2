package alert_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
)

// tryHook sends the samples of a receiver to a real server and returns what came of the first.
func tryHook(t *testing.T, server *httptest.Server, kind, path, more string) alert.Trial {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true} // no goroutine outlives the test
	text := fmt.Sprintf(`alerts:
  allow-hosts: ["%s"]
  receivers:
    - {name: hook, kind: %s, url: env:HOOK%s}
`, server.URL, kind, more)
	d := load(t, text, alert.Options{
		Env:  environment(map[string]string{"HOOK": server.URL + path, "SECRET": "SEC-not-so-secret", "TOKEN": "Bearer abcdefgh"}),
		HTTP: transport, Now: func() time.Time { return time.Unix(1780308221, 0) },
	})
	var trials []alert.Trial
	d.Try(t.Context(), func(string) bool { return true }, func(r alert.Trial) { trials = append(trials, r) })
	if trials[0].Err == nil && len(trials) != 3 {
		t.Fatalf("%d samples were sent, want 3", len(trials))
	}
	return trials[0]
}

// TestSignatures holds signatures against values that openssl dgst gave, or that the server works out.
func TestSignatures(t *testing.T) {
	for kind, check := range map[string]func(r *http.Request, body []byte) error{
		"dingtalk": func(r *http.Request, _ []byte) error {
			q := r.URL.Query()
			if q.Get("access_token") != "tok en&1" {
				return fmt.Errorf("the token is %q", q.Get("access_token"))
			}
			if q.Get("timestamp") != "1780308221000" || q.Get("sign") != "g1nMVerUUMrQpStckqAK/z5WLjDTY5uNT1FmROwvUyw=" {
				return fmt.Errorf("signed %q", r.URL.RawQuery)
			}
			return nil
		},
		"feishu": func(_ *http.Request, body []byte) error {
			var m struct{ Timestamp, Sign string }
			if err := json.Unmarshal(body, &m); err != nil {
				return err
			}
			if m.Timestamp != "1780308221" || m.Sign != "EKmiPXxUzbx7fdAEKhLOz5K3KPwRhwAvjXICJFh2vVA=" {
				return fmt.Errorf("signed %+v", m)
			}
			return nil
		},
		"generic": func(r *http.Request, body []byte) error {
			mac := hmac.New(sha256.New, []byte("SEC-not-so-secret"))
			fmt.Fprintf(mac, "%s.%s", r.Header.Get("X-Imtriage-Timestamp"), body)
			if want := "sha256=" + hex.EncodeToString(mac.Sum(nil)); r.Header.Get("X-Imtriage-Signature") != want {
				return fmt.Errorf("signed %q, want %q", r.Header.Get("X-Imtriage-Signature"), want)
			}
			if r.Header.Get("X-Imtriage-Timestamp") != "1780308221" {
				return fmt.Errorf("the time is %q", r.Header.Get("X-Imtriage-Timestamp"))
			}
			return nil
		},
	} {
		t.Run(kind, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err == nil {
					err = check(r, body)
				}
				if err == nil && (r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json; charset=utf-8") {
					err = fmt.Errorf("%s of %s", r.Method, r.Header.Get("Content-Type"))
				}
				if err != nil {
					t.Error(err)
				}
				fmt.Fprint(w, taken[kind])
			}))
			defer server.Close()
			if r := tryHook(t, server, kind, "/robot/send?access_token=tok+en%261", ", secret: env:SECRET"); r.Err != nil {
				t.Error(r.Err)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer abcdefgh" {
			t.Errorf("got the header %q", got)
		}
	}))
	defer server.Close()
	if r := tryHook(t, server, "generic", "/", ", headers: {Authorization: env:TOKEN}"); r.Err != nil {
		t.Error(r.Err)
	}
}

func TestRedirects(t *testing.T) {
	var strayed atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer elsewhere.Close()
	for _, tc := range []struct {
		status int
		to     string
		want   string // the error; "": it arrives
	}{
		{307, elsewhere.URL + "/x?secret=1", "HTTP 307 Temporary Redirect: redirects to " + strings.TrimPrefix(elsewhere.URL, "http://") + ", which is not followed"},
		{302, elsewhere.URL, "HTTP 302 Found: redirects to " + strings.TrimPrefix(elsewhere.URL, "http://") + ", which is not followed"},
		{308, "/in/", ""},
		{302, "/in/", "HTTP 302 Found: redirects to SELF, which is not followed"}, // it would become a GET
		{307, "/loop", "HTTP 307 Temporary Redirect: redirects to SELF, which is not followed"},
	} {
		t.Run(fmt.Sprint(tc.status, " ", tc.to), func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/in/" {
					if r.Method != http.MethodPost {
						t.Errorf("%s after a redirect", r.Method)
					}
					return
				}
				w.Header().Set("Location", tc.to)
				w.WriteHeader(tc.status)
			}))
			defer server.Close()
			want := strings.ReplaceAll(tc.want, "SELF", strings.TrimPrefix(server.URL, "http://"))
			if r := tryHook(t, server, "generic", "/start", ""); fmt.Sprint(r.Err) != want && (r.Err != nil || want != "") {
				t.Errorf("got %v, want %s", r.Err, want)
			}
		})
	}
	if n := strayed.Load(); n > 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

// TestSecretsStayHidden holds that neither an error nor an answer shows what the address holds.
func TestSecretsStayHidden(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "you sent %s with %s", r.URL, r.Header.Get("Authorization"))
	}))
	const path = "/hook/0123456789abcdef0123?token=very-secret-token"
	more := ", headers: {Authorization: env:TOKEN}"
	answered := tryHook(t, server, "generic", path, more)
	server.Close()
	for name, r := range map[string]alert.Trial{"answered": answered, "unreached": tryHook(t, server, "generic", path, more)} {
		if r.Err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, secret := range []string{"0123456789abcdef0123", "very-secret-token", "abcdefgh"} {
			if strings.Contains(r.Err.Error()+r.Answer, secret) {
				t.Errorf("%s: %q is in %q, %q", name, secret, r.Err, r.Answer)
			}
		}
	}
}

func TestTimeout(t *testing.T) {
	stop := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(stop)
	r := tryHook(t, server, "generic", "/", ", timeout: 1s")
	if u, err := url.Parse(server.URL); err != nil || r.Err == nil || r.Err.Error() != u.Hostname()+": no answer in time" {
		t.Errorf("got %v, want that there was no answer in time", r.Err)
	}
}

// TestHugeAnswer holds that an answer without end is not read to its end.
func TestHugeAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for chunk := []byte(strings.Repeat("x", 32<<10)); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	r := tryHook(t, server, "wecom", "/", "")
	if r.Err == nil || len(r.Err.Error()) > 400 {
		t.Errorf("got %v, want a short error", r.Err)
	}
}
