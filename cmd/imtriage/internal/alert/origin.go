package alert

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// An origin is where a webhook may go: a host, any port of it unless one is named, over TLS unless
// http:// is.
type origin struct {
	scheme, host, port string
}

// hosts reads allow-hosts.
func (l *loader) hosts() {
	for i, text := range l.config.AllowHosts {
		o, err := parseOrigin(text)
		if err != nil {
			l.fail(fmt.Sprintf("alerts.allow-hosts[%d]", i), "%v", err)
			continue
		}
		l.allowed = append(l.allowed, o)
	}
}

func parseOrigin(text string) (origin, error) {
	full := text
	if !strings.Contains(text, "://") {
		full = "https://" + text
	}
	u, err := url.Parse(full)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" ||
		strings.ContainsAny(u.Hostname(), "* ") || u.Scheme != "https" && u.Scheme != "http" {
		what := "want a host such as hooks.example.com, example.com:8443 or, without TLS, http://10.0.0.5:8080"
		if !strings.ContainsAny(text, "@?") { // behind which passwords and tokens stand
			what += fmt.Sprintf(", got %q", text)
		}
		return origin{}, errors.New(what)
	}
	return origin{u.Scheme, strings.ToLower(u.Hostname()), u.Port()}, nil
}

func (o origin) allows(u *url.URL) bool {
	return o.scheme == u.Scheme && o.host == strings.ToLower(u.Hostname()) && (o.port == "" || o.port == u.Port())
}

// endpoint checks the address of a webhook. Its path and its query may be the secret, so that no
// error shows more than the host.
func (l *loader) endpoint(path, ref string, k *kind) *url.URL {
	text := ref
	plain := k.dress == &generic && (strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://"))
	if !plain {
		var ok bool
		if text, ok = l.secret(path, ref); !ok {
			return nil
		}
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		err = errors.New("it is no address such as https://hooks.example.com/…")
	case plain && (u.User != nil || u.RawQuery != ""):
		err = errors.New("a user, a password or a query may be a secret, which must not stand in this file: want env:NAME or file:PATH")
	case plain && u.Scheme == "https":
	case slices.ContainsFunc(l.allowed, func(o origin) bool { return o.allows(u) }):
	case u.Scheme == "https" && slices.Contains(k.hosts, strings.ToLower(u.Hostname())) && u.Port() == "":
	case u.Scheme == "http":
		err = fmt.Errorf("without TLS anybody on the way can read along; if that is meant, list http://%s in allow-hosts", u.Host)
	case len(k.hosts) > 0:
		err = fmt.Errorf("%s is not where webhooks of %s live (%s); if that is meant, list it in allow-hosts", u.Host, k.name, strings.Join(k.hosts, ", "))
	default:
		err = fmt.Errorf("%s is not listed in allow-hosts", u.Host)
	}
	if err != nil {
		l.fail(path, "%v", err)
		return nil
	}
	return u
}
