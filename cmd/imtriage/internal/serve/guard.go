package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
)

// cookie keeps a reader of the page in, so that the token need not stay in the address.
const cookie = "imtriage"

// policy lets the page load its own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// silent is for what the HTTP server has to say about connections of strangers.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// guard lets those through who may see something, and sets the headers that hold for every answer.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
		case s.o.Token == "" && !s.named(r):
			http.Error(w, "without a token only requests to a loopback host are answered: start with a token to use another name", http.StatusMisdirectedRequest)
		case s.o.Token != "" && !s.admitted(w, r):
			h.Set("WWW-Authenticate", `Bearer realm="imtriage"`)
			http.Error(w, "token missing or wrong: send Authorization: Bearer TOKEN, or open /?token=TOKEN", http.StatusUnauthorized)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// named reports whether a request is for a host that means this machine. Any page may have the browser
// ask for a name of its own that it made point to 127.0.0.1, but it cannot choose the Host.
func (s *Server) named(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return isLoopback(strings.Trim(host, "[]"))
}

// admitted reports whether a request has the token. One that has it in its address gets a cookie, which
// does not tell the token.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request) bool {
	want := sha256.Sum256([]byte("imtriage cookie " + s.o.Token))
	pass := hex.EncodeToString(want[:])
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") && same(strings.TrimSpace(given), s.o.Token) {
		return true
	}
	if same(r.URL.Query().Get("token"), s.o.Token) {
		http.SetCookie(w, &http.Cookie{Name: cookie, Value: pass, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
		return true
	}
	c, err := r.Cookie(cookie)
	return err == nil && same(c.Value, pass)
}

// same compares in a time that tells nothing about either.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
