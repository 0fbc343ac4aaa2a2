package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A dress is the form that a kind of webhook wants.
type dress struct {
	// body returns what is sent as JSON, short enough.
	body func(m *message) any
	// seal, if set, signs: in the address, in the headers or in the body.
	seal func(o *outgoing, secret string, at time.Time) error
	// judge, if set, looks for an error in what came with HTTP 200.
	judge func(answer []byte) error
}

// An outgoing is a request that is about to be made.
type outgoing struct {
	url    url.URL
	header http.Header
	body   any
	data   []byte // of body, for signatures over it
}

// A webhook posts messages.
type webhook struct {
	dress   *dress
	url     *url.URL
	secret  string
	headers map[string]string
	client  *http.Client
}

// maxAnswer bounds what is read of an answer.
const maxAnswer = 64 << 10

// webhook checks what a webhook needs and makes it.
func (l *loader) webhook(path string, s *ReceiverSpec, k *kind) sender {
	w := &webhook{dress: k.dress, headers: map[string]string{}}
	w.url = l.endpoint(path+".url", s.URL, k)
	if s.Secret != "" {
		w.secret, _ = l.secret(path+".secret", s.Secret)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Headers)) {
		at := path + ".headers." + name
		if !headerName(name) {
			l.fail(path+".headers", "%q is no name of a header that can be set here", name)
			continue
		}
		w.headers[name], _ = l.secret(at, s.Headers[name])
	}
	w.client = &http.Client{Transport: l.options.HTTP, CheckRedirect: follow}
	return w
}

func headerName(name string) bool {
	return name != "" && len(name) <= 64 && !slices.Contains([]string{"host", "content-length", "transfer-encoding", "connection"}, strings.ToLower(name)) &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		})
}

// follow allows a redirect that stays at its host and posts again, such as one that adds a slash.
// The answer to any other is taken as it is: what it leads to was never allowed.
func follow(to *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > 3 || to.Method != first.Method || to.URL.Host != first.URL.Host || to.URL.Scheme != first.URL.Scheme {
		return http.ErrUseLastResponse
	}
	return nil
}

func (w *webhook) send(ctx context.Context, m *message, at time.Time) (answer string, err error) {
	o := outgoing{url: *w.url, header: http.Header{}, body: w.dress.body(m)}
	o.header.Set("Content-Type", "application/json; charset=utf-8")
	o.header.Set("User-Agent", "imtriage")
	for name, value := range w.headers {
		o.header.Set(name, value)
	}
	if w.secret != "" {
		if err := w.dress.seal(&o, w.secret, at); err != nil {
			return "", err
		}
	}
	if o.data == nil {
		if o.data, err = encode(o.body); err != nil {
			return "", err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.url.String(), bytes.NewReader(o.data))
	if err != nil {
		return "", errors.New("the address cannot be used")
	}
	req.Header = o.header
	resp, err := w.client.Do(req)
	if err != nil {
		return "", &trouble{what: w.unreached(err)}
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	answer = w.hide(strings.TrimSpace(cut(string(data), 300)))
	if t := w.judge(resp, data, answer, at); t != nil {
		return answer, t
	}
	return strings.TrimSpace(resp.Status + " " + answer), nil
}

// encode writes JSON without the escapes that only web pages need.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode the message: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
