// Package serve shows what goes on over HTTP: a live page at /, its events at /events, metrics for
// Prometheus at /metrics, /healthz and the report of now at /report.json.
//
// Logs hold what must not get out, so a [Server] listens on a loopback address unless a token guards it,
// and a server without a token answers only requests that name a loopback host: a page from elsewhere
// cannot reach it by pointing its own name here. Nothing is loaded from other hosts, and the content
// security policy has no exception. Connections, streams, requests and times are bounded: whoever opens
// too many waits, and following goes on.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/report"
)

// Options say what a [Server] shows, and to whom.
type Options struct {
	Listen string // host:port; port 0 takes a free one
	// Token, if not empty, is asked for from everybody. Addresses other than loopback must have one, of at
	// least 16 characters.
	Token string

	State *live.State
	// Report returns the report of now in a language. It is not called by two requests at a time.
	Report func(context.Context, catalog.Lang) (*report.Report, error)
	Health func() Health // called by many requests at a time; nil: nothing is known
	Lang   catalog.Lang  // where a reader's wish is not known; "" means English

	Now      func() time.Time // nil stands for time.Now
	Interval time.Duration    // between two events of a page; 0 stands for a second
}

// The limits of a server.
const (
	minToken       = 16
	maxConnections = 128
	maxStreams     = 48
	maxScrapes     = 4
	headerTime     = 5 * time.Second
	writeTime      = 30 * time.Second // of a whole answer, or of one event
	idleTime       = time.Minute
	shutdownTime   = 3 * time.Second
	maxHeader      = 16 << 10
)

// A Server answers. Make one with [New].
type Server struct {
	o        Options
	host     string // of Listen
	listener net.Listener
	handler  http.Handler
	frames   frames
	streams  chan struct{} // holds one for each stream
	reports  chan struct{} // holds one while a report is made
}

// New returns a server, and an error where its options would show logs to strangers. It opens nothing
// and starts no goroutine.
func New(o Options) (*Server, error) {
	host, _, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w: give host:port, such as 127.0.0.1:9464", o.Listen, err)
	}
	if !isLoopback(host) && o.Token == "" {
		return nil, fmt.Errorf("listen on %q: others can reach this address: give a token too, or listen on 127.0.0.1", o.Listen)
	}
	if o.Token != "" && len(o.Token) < minToken {
		return nil, fmt.Errorf("listen on %q: the token has %d characters: give at least %d", o.Listen, len(o.Token), minToken)
	}
	if o.Lang == "" {
		o.Lang = catalog.EN
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Interval == 0 {
		o.Interval = time.Second
	}
	if o.Health == nil {
		o.Health = func() Health { return Health{} }
	}
	s := &Server{o: o, host: host, streams: make(chan struct{}, maxStreams), reports: make(chan struct{}, 1)}
	s.frames.server = s
	s.handler = s.guard(s.routes())
	return s, nil
}

// Handler returns what answers requests, the guard included.
func (s *Server) Handler() http.Handler { return s.handler }

// Listen opens the address and returns it, with the port that was taken. [Server.Run] does it where it
// was not done, and closes it.
func (s *Server) Listen(ctx context.Context) (net.Addr, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", s.o.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", s.o.Listen, err)
	}
	s.listener = netutil.LimitListener(l, maxConnections)
	return l.Addr(), nil
}

// Run serves until the context is done; then it ends streams, lets requests finish for a short time and
// returns nil. All its goroutines have ended when it returns.
func (s *Server) Run(ctx context.Context) error {
	if s.listener == nil {
		if _, err := s.Listen(ctx); err != nil {
			return err
		}
	}
	h := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader,
		BaseContext:    func(net.Listener) context.Context { return ctx }, // ends streams
		ErrorLog:       silent(),
	}
	served := make(chan error, 1)
	go func() { served <- h.Serve(s.listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve on %q: %w", s.o.Listen, err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := h.Shutdown(last); err != nil {
		h.Close() //nolint:errcheck // what is cut off now has had its time
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %q: %w", s.o.Listen, err)
	}
	return nil
}

// isLoopback reports whether a host can be reached from this machine alone.
func isLoopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
