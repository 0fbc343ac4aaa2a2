package alert

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// Options are the surroundings of a [Dispatcher].
type Options struct {
	// Env and ReadFile look secrets up; Env also gives commands their variables. Without one, no
	// secret of that kind can be had.
	Env      func(name string) (string, bool)
	ReadFile func(path string) ([]byte, error)
	// Rules, if set, are held against the ids in routes.
	Rules  *rules.Set
	Stdout io.Writer         // of receivers of kind stdout; each alert is one Write
	HTTP   http.RoundTripper // for webhooks; nil: [http.DefaultTransport]
	Now    func() time.Time
	// Jitter returns numbers from 0 up to 1 that spread repeated attempts; nil: always 0.5. It is
	// called by several goroutines.
	Jitter func() float64
	// Say, if set, is called with a line about a receiver that is in trouble or out of it again, and about
	// alerts that were lost: by several goroutines, one after the other.
	Say  func(string)
	Zone *time.Location // of times in messages; nil: UTC
}

// Load checks a configuration and returns a dispatcher for it. The error names every fault at
// once, as file:line:col: path: what; doc is where the configuration was decoded from, under the
// key alerts. Secrets are read, nothing is sent.
func Load(doc *yamlpos.Doc, c *Config, o Options) (*Dispatcher, error) {
	if o.HTTP == nil {
		o.HTTP = http.DefaultTransport
	}
	if o.Jitter == nil {
		o.Jitter = func() float64 { return 0.5 }
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	d := &Dispatcher{say: func(string) {}}
	if o.Say != nil {
		var mu sync.Mutex
		d.say = func(s string) {
			mu.Lock()
			defer mu.Unlock()
			o.Say(s)
		}
	}
	l := &loader{doc: doc, config: c, options: &o, say: d.say}
	l.hosts()
	if c.Lang == "" {
		c.Lang = string(catalog.EN)
	}
	l.language("alerts.lang", c.Lang)
	switch n := len(c.Receivers); {
	case n == 0:
		l.fail("alerts", "no receivers: name at least one, such as {name: log, kind: stdout}")
	case n > maxReceivers:
		l.fail("alerts.receivers", "at most %d receivers, got %d", maxReceivers, n)
	}
	for i := range c.Receivers {
		d.receivers = append(d.receivers, l.receiver(fmt.Sprintf("alerts.receivers[%d]", i), &c.Receivers[i]))
	}
	for i := range c.Routes {
		d.routes = append(d.routes, l.route(fmt.Sprintf("alerts.routes[%d]", i), &c.Routes[i]))
	}
	if err := l.errs.Err(); err != nil {
		return nil, err
	}
	return d, nil
}

// A loader collects the faults of a configuration.
type loader struct {
	doc     *yamlpos.Doc
	config  *Config
	options *Options
	say     func(string)
	allowed []origin
	errs    yamlpos.Errors
}

func (l *loader) fail(path, format string, args ...any) {
	l.errs = append(l.errs, l.doc.Errorf(path, format, args...))
}

func (l *loader) language(path, lang string) catalog.Lang {
	if !slices.Contains(catalog.Langs(), catalog.Lang(lang)) {
		l.fail(path, "unknown language %q, want en or zh", lang)
	}
	return catalog.Lang(lang)
}

var receiverName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// receiver checks a receiver and makes it.
func (l *loader) receiver(path string, s *ReceiverSpec) *receiver {
	r := &receiver{name: s.Name, options: l.options, say: l.say, wake: make(chan struct{}, 1), idle: make(chan struct{}, 1)}
	switch {
	case s.Name == "":
		l.fail(path, "no name: give it one, such as name: on-call")
	case len(s.Name) > 64 || !receiverName.MatchString(s.Name):
		l.fail(path+".name", "want at most 64 lower-case letters and digits, words joined by hyphens, got %q", s.Name)
	case l.first(s.Name) != s:
		l.fail(path+".name", "there are two receivers %q", s.Name)
	}
	r.lang = catalog.Lang(l.config.Lang)
	if s.Lang != "" {
		r.lang = l.language(path+".lang", s.Lang)
	}
	r.timeout = bounded(l, path+".timeout", s.Timeout, defaultTimeout, time.Second, maxTimeout)
	r.limit = bounded(l, path+".queue", s.Queue, defaultQueue, 1, maxQueue)
	r.groupWait = bounded(l, path+".group-wait", s.GroupWait, 0, 0, maxGroupWait)
	k := kindOf(s.Kind)
	if k == nil {
		l.unknownKind(path, s.Kind)
		return r
	}
	r.kind, r.keyword = k, s.Keyword
	r.rate = bounded(l, path+".rate", s.Rate, k.rate, 1, maxRate)
	if k.rate > 0 && r.rate > k.rate {
		l.fail(path+".rate", "%s takes at most %d messages a minute, got %d", k.name, k.rate, r.rate)
	}
	if !l.keys(path, s, k) {
		return r
	}
	switch {
	case k.dress != nil:
		r.sender = l.webhook(path, s, k)
	case k.name == "command":
		r.sender = l.command(path, s)
	default:
		r.sender = l.stdout(path, s)
	}
	return r
}

func (l *loader) first(name string) *ReceiverSpec {
	for i := range l.config.Receivers {
		if l.config.Receivers[i].Name == name {
			return &l.config.Receivers[i]
		}
	}
	return nil
}

func (l *loader) unknownKind(path, name string) {
	names := strings.Join(kindNames(), ", ")
	if name == "" {
		l.fail(path, "no kind: want one of %s", names)
		return
	}
	if near := yamlpos.DidYouMean(name, kindNames()); near != "" {
		l.fail(path+".kind", "unknown kind %q, did you mean %q?", name, near)
		return
	}
	l.fail(path+".kind", "unknown kind %q, want one of %s", name, names)
}

// bounded returns a number, or what stands for it where it is not given.
func bounded[T int | time.Duration](l *loader, path string, v, unset, low, high T) T {
	switch {
	case v == 0:
		return unset
	case v < low || v > high:
		l.fail(path, "want %v to %v, got %v", low, high, v)
	}
	return v
}

// keys holds what is given against what a kind takes, and reports whether all that it needs is there.
func (l *loader) keys(path string, s *ReceiverSpec, k *kind) bool {
	given := map[string]bool{
		"url": s.URL != "", "secret": s.Secret != "", "keyword": s.Keyword != "", "headers": len(s.Headers) > 0,
		"command": len(s.Command) > 0, "env": len(s.Env) > 0, "format": s.Format != "",
	}
	for _, key := range []string{"url", "secret", "keyword", "headers", "command", "env", "format"} {
		if given[key] && !slices.Contains(k.keys, key) {
			l.errs = append(l.errs, l.doc.KeyErrorf(path+"."+key, "%s has no %s", k.name, key))
		}
	}
	for _, key := range k.needs {
		if !given[key] {
			l.fail(path, "%s needs %s", k.name, key)
			return false
		}
	}
	return true
}
