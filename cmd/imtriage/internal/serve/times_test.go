package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/report"
)

// pipes is a listener in memory: its connections have the deadlines of the clock of a synctest bubble.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.done:
	default:
		close(p.done)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9464} }

// inBubble runs a server whose reports take 40 seconds, and f with a way to connect to it.
func inBubble(t *testing.T, f func(t *testing.T, s *Server, dial func() net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{
			Listen: "127.0.0.1:9464", State: live.New(live.Options{}),
			Report: func(ctx context.Context, l catalog.Lang) (*report.Report, error) {
				select {
				case <-time.After(40 * time.Second):
					return report.New(&tally.Summary{}, nil, report.Options{Lang: l}), nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		p := &pipes{make(chan net.Conn), make(chan struct{})}
		s.listener = p
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		var open []net.Conn
		f(t, s, func() net.Conn {
			ours, theirs := net.Pipe()
			p.conns <- theirs
			open = append(open, ours)
			return ours
		})
		began := time.Now()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
		if d := time.Since(began); d > shutdownTime {
			t.Errorf("it took %v to end", d)
		}
		for _, c := range open {
			c.Close()
		}
	})
}

// ask sends a request and reads the head of its answer.
func ask(t *testing.T, c net.Conn, path string) (*http.Response, *bufio.Reader) {
	t.Helper()
	fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
	r := bufio.NewReader(c)
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res, r
}

// A stream outlives every time limit of requests.
func TestStreamStays(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, dial func() net.Conn) {
		t.Helper()
		res, _ := ask(t, dial(), "/events")
		began := time.Now()
		lines := bufio.NewReader(res.Body)
		heads := 0
		for time.Since(began) < 10*time.Minute {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("after %v: %v", time.Since(began), err)
			}
			if line == "event: head\n" {
				heads++
			}
		}
		if heads < 590 || heads > 610 {
			t.Errorf("%d events in ten minutes, want one a second", heads)
		}
	})
}

// Who does not read loses the stream, and the place is free again.
func TestReaderThatSleeps(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Server, dial func() net.Conn) {
		t.Helper()
		c := dial()
		fmt.Fprint(c, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
		synctest.Wait()
		if len(s.streams) != 1 {
			t.Fatalf("%d streams", len(s.streams))
		}
		<-time.After(writeTime + time.Second)
		synctest.Wait()
		if len(s.streams) != 0 {
			t.Errorf("after %v a reader that reads nothing keeps its stream", writeTime)
		}
	})
}

// Who says nothing, or half of a request, is cut off.
func TestHalfARequest(t *testing.T) {
	for _, begin := range []string{"", "GET / HTTP/1.1\r\nHost: local", "GET /report.json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx"} {
		inBubble(t, func(t *testing.T, _ *Server, dial func() net.Conn) {
			t.Helper()
			c := dial()
			if begin != "" {
				fmt.Fprint(c, begin)
			}
			began := time.Now()
			answer, err := io.ReadAll(c)
			if err != nil && !errors.Is(err, io.EOF) {
				t.Errorf("%q: %v", begin, err)
			}
			if d := time.Since(began); d > idleTime+headerTime {
				t.Errorf("%q keeps a connection for %v; answer %q", begin, d, answer)
			}
		})
	}
}

// A report may take longer to make than it may to send.
func TestSlowReport(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, dial func() net.Conn) {
		t.Helper()
		res, _ := ask(t, dial(), "/report.json")
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK || !strings.HasPrefix(string(body), "{") {
			t.Errorf("status %d, %v: %.100q", res.StatusCode, err, body)
		}
	})
}

// A reader that goes while its report is made lets the next one have its own.
func TestReaderThatGoes(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Server, dial func() net.Conn) {
		t.Helper()
		c := dial()
		fmt.Fprint(c, "GET /report.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
		synctest.Wait()
		if len(s.reports) != 1 {
			t.Fatalf("%d reports are made", len(s.reports))
		}
		c.Close()
		synctest.Wait()
		if len(s.reports) != 0 {
			t.Error("a report is made for nobody")
		}
	})
}
