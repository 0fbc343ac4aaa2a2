package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

// running is a server that runs until the test ends, or stop is called.
type running struct {
	url  string
	stop func()
}

func run(t *testing.T, o serve.Options) running {
	t.Helper()
	s := newServer(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	addr, err := s.Listen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	stopped := false
	stop := func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
	t.Cleanup(stop)
	return running{"http://" + addr.String(), stop}
}

// client asks without keeping connections.
func client(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// stream opens the events of a server.
func stream(t *testing.T, c *http.Client, url string) (*http.Response, *bufio.Reader) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res, bufio.NewReader(res.Body)
}

// next reads the next event.
func next(r *bufio.Reader) (name, data string, err error) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", "", err
		}
		line = strings.TrimSuffix(line, "\n")
		switch key, value, _ := strings.Cut(line, ": "); {
		case key == "event":
			name = value
		case key == "data":
			data = value
		case line == "" && name != "":
			return name, data, nil
		}
	}
}

func TestEvents(t *testing.T) {
	o := options(t)
	o.Interval = time.Millisecond
	o.Now = time.Now
	srv := run(t, o)
	res, events := stream(t, client(t), srv.url+"/events?lang=zh")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	seen := make(map[string]string)
	for len(seen) < 8 {
		name, data, err := next(events)
		if err != nil {
			t.Fatal(err)
		}
		seen[name] = data
	}
	for _, name := range []string{"head", "classes", "codes", "verdicts", "newest", "inputs", "notes", "health"} {
		if !json.Valid([]byte(seen[name])) {
			t.Errorf("%s: %q", name, seen[name])
		}
	}
	if strings.ContainsAny(seen["newest"], "<>") || strings.Contains(seen["newest"], "zhang_san") || !strings.Contains(seen["codes"], "错误") {
		t.Errorf("newest %s\ncodes %s", seen["newest"], seen["codes"])
	}
	// What happens shows, and what does not change is not sent again.
	o.State.Finding(finding(10007, "ErrorCode: 10007"))
	for {
		name, data, err := next(events)
		if err != nil {
			t.Fatal(err)
		}
		if name == "inputs" || name == "verdicts" || name == "notes" || name == "health" {
			t.Errorf("%s came again: %s", name, data)
		}
		if name == "newest" && strings.Contains(data, "10007") {
			break
		}
	}
	// A stream ends with the server; goleak sees to the rest.
	srv.stop()
	if _, err := io.Copy(io.Discard, events); err != nil && !strings.Contains(err.Error(), "EOF") {
		t.Errorf("the stream ends in %v", err)
	}
}

func TestTooManyStreams(t *testing.T) {
	o := options(t)
	srv := run(t, o)
	c := client(t)
	open := 0
	for open < 1000 {
		res, events := stream(t, c, srv.url+"/events")
		if res.StatusCode == http.StatusServiceUnavailable {
			if res.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			break
		}
		if _, _, err := next(events); err != nil {
			t.Fatal(err)
		}
		open++
	}
	if open != 48 {
		t.Errorf("%d streams were open", open)
	}
	// Scrapes go on.
	res, _ := stream(t, c, srv.url+"/metrics")
	want(t, res, http.StatusOK)
}

func TestRunSaysWhatIsWrong(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o := options(t)
	o.Listen = l.Addr().String()
	if err := newServer(t, o).Run(t.Context()); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("listen on %q", o.Listen)) {
		t.Errorf("a port in use: %v", err)
	}
}

func TestRunEndsAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := newServer(t, options(t))
	if _, err := s.Listen(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := s.Run(ctx); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// Whoever looks sees the same as a State says.
func TestFrameIsTheSnapshot(t *testing.T) {
	o := options(t)
	srv := run(t, o)
	_, events := stream(t, client(t), srv.url+"/events")
	for {
		name, data, err := next(events)
		if err != nil {
			t.Fatal(err)
		}
		if name != "inputs" {
			continue
		}
		var got []live.InputRow
		if err := json.Unmarshal([]byte(data), &got); err != nil || len(got) != 2 || got[0].Lag != 100 || got[1].Problem != "permission denied" {
			t.Errorf("%+v, %v", got, err)
		}
		return
	}
}
