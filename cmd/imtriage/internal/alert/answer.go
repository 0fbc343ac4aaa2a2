package alert

import (
	"cmp"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// unreached says why there was no answer. The errors of net/http name the whole address, which
// must not be shown.
func (w *webhook) unreached(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		if u.Timeout() {
			return w.url.Hostname() + ": no answer in time"
		}
		err = u.Err
	}
	if n, ok := errors.AsType[*net.OpError](err); ok && n.Err != nil {
		err = n.Err
	}
	return w.hide(w.url.Hostname() + ": " + err.Error())
}

// hide takes the secrets out of a text that somebody else wrote.
func (w *webhook) hide(s string) string {
	password, _ := w.url.User.Password()
	secrets := []string{w.secret, password, w.url.RawQuery, strings.Trim(w.url.Path, "/"), strings.Trim(w.url.EscapedPath(), "/")}
	for _, values := range w.url.Query() {
		secrets = append(secrets, values...)
	}
	for _, v := range w.headers {
		secrets = append(secrets, v)
	}
	for part := range strings.SplitSeq(w.url.Path, "/") {
		if len(part) >= 16 {
			secrets = append(secrets, part)
		}
	}
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) }) // no rest of a longer one stays
	for _, secret := range secrets {
		if len(secret) >= 6 {
			s = strings.ReplaceAll(s, secret, "[secret]")
		}
	}
	return s
}

// judge makes an error of an answer that is no yes. Some services say "too many" with HTTP 400: a code
// that is known in the body says more than the status.
func (w *webhook) judge(resp *http.Response, data []byte, answer string, at time.Time) *trouble {
	t := judgeStatus(resp, answer, at)
	if w.dress.judge == nil {
		return t
	}
	err := w.dress.judge(data)
	if err == nil {
		return t
	}
	inside := asTrouble(err)
	inside.what, inside.wait = w.hide(inside.what), max(inside.wait, asked(resp.Header, at))
	switch {
	case t == nil:
		return inside
	case inside.known:
		inside.what = t.what
		return inside
	}
	return t
}

// judgeStatus makes an error of an answer other than 2xx.
func judgeStatus(resp *http.Response, answer string, at time.Time) *trouble {
	code := resp.StatusCode
	if code >= 200 && code < 300 {
		return nil
	}
	t := &trouble{what: strings.TrimSpace("HTTP " + resp.Status + " " + answer), answered: true, wait: asked(resp.Header, at)}
	switch {
	case code >= 300 && code < 400:
		t.what = "HTTP " + resp.Status
		if to, err := resp.Location(); err == nil {
			t.what += ": redirects to " + to.Host
		}
		t.what += ", which is not followed"
	case code == http.StatusBadRequest, code == http.StatusRequestEntityTooLarge, code == http.StatusUnprocessableEntity:
		t.final = true // another message may pass
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		t.answered = false // it is the receiver's state, not the message
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusNotFound, code == http.StatusGone:
		t.answered = false // nobody loses alerts while a token is renewed
	}
	return t
}

// asked returns how long to wait as an answer has it: Retry-After in seconds or as a date, or what
// Feishu says in its place.
func asked(h http.Header, at time.Time) time.Duration {
	text := cmp.Or(h.Get("Retry-After"), h.Get("X-Ogw-Ratelimit-Reset"))
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		return time.Duration(min(max(n, 0), int(longestAsked/time.Second))) * time.Second
	}
	if t, err := http.ParseTime(text); err == nil {
		return max(t.Sub(at), 0)
	}
	return 0
}
