package dash

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A terminal keeps what is written to it and tells when that has a text.
type terminal struct {
	mu      sync.Mutex
	written bytes.Buffer
	changed chan struct{}
}

func newTerminal() *terminal { return &terminal{changed: make(chan struct{}, 1)} }

func (x *terminal) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	select {
	case x.changed <- struct{}{}:
	default:
	}
	return x.written.Write(p)
}

func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.written.String()
}

func (x *terminal) await(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(x.text(), text) {
		select {
		case <-x.changed:
		case <-t.Context().Done():
			t.Fatalf("%q is not shown", text)
		}
	}
}

// TestRun draws until q is pressed, with colours and without.
func TestRun(t *testing.T) {
	colour := regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-7]|9[0-7]|38|48)\b[0-9;]*m`)
	for _, tc := range []struct {
		name    string
		env     []string
		colours bool
	}{
		{"colours", []string{"TERM=xterm-256color", "TTY_FORCE=1"}, true},
		{"NO_COLOR", []string{"TERM=xterm-256color", "TTY_FORCE=1", "NO_COLOR=1"}, false},
		{"no terminal", []string{"TERM=dumb"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in, keys := io.Pipe()
			defer keys.Close()
			out := newTerminal()
			ended := make(chan error, 1)
			go func() {
				ended <- Run(t.Context(), Options{Snapshot: busy, Explain: explain, Zone: shanghai, In: in, Out: out, Env: tc.env, Width: 120, Height: 40})
			}()
			out.await(t, "12,031 findings")
			for _, press := range []struct{ key, shows string }{{"l", "诊断结论"}, {"?", "切换到下一个窗格"}, {"q", ""}} {
				if _, err := io.WriteString(keys, press.key); err != nil {
					t.Fatal(err)
				}
				out.await(t, press.shows)
			}
			if _, err := io.WriteString(keys, "q"); err != nil {
				t.Fatal(err)
			}
			if err := <-ended; err != nil {
				t.Error(err)
			}
			if got := colour.MatchString(out.text()); got != tc.colours {
				t.Errorf("colours: %v, want %v", got, tc.colours)
			}
			if strings.Contains(out.text(), "owned") || strings.Contains(out.text(), "\x1b[2J\u202e") {
				t.Error("a sequence from a log reached the terminal")
			}
			// The screen from before is put back, and the cursor shown.
			if !strings.Contains(out.text(), "\x1b[?1049l") || !strings.Contains(out.text(), "\x1b[?25h") {
				t.Errorf("the terminal is left as %q", out.text()[max(len(out.text())-200, 0):])
			}
		})
	}
}

// TestRunEndsWithItsContext draws without keys, and calls nobody once it is over.
func TestRunEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	out := newTerminal()
	ended := make(chan error, 1)
	over := false
	snapshot := func(l catalog.Lang) live.Snapshot {
		if over {
			t.Error("a snapshot is asked for after the end")
		}
		return busy(l)
	}
	go func() {
		err := Run(ctx, Options{Snapshot: snapshot, Lang: catalog.ZH, Out: out, Env: []string{"TERM=xterm"}})
		over = true
		ended <- err
	}()
	out.await(t, "错误码")
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestRunLosesItsInput loses the terminal while it draws.
func TestRunLosesItsInput(t *testing.T) {
	in, keys := io.Pipe()
	out := newTerminal()
	ended := make(chan error, 1)
	go func() {
		ended <- Run(t.Context(), Options{Snapshot: busy, In: in, Out: out, Env: []string{"TERM=xterm"}})
	}()
	out.await(t, "12,031 findings")
	gone := errors.New("input/output error")
	keys.CloseWithError(gone)
	if err := <-ended; !errors.Is(err, gone) || !strings.Contains(err.Error(), "-f table") {
		t.Errorf("got %v", err)
	}
}

// TestLastRequestHolds asks twice before anybody listens.
func TestLastRequestHolds(t *testing.T) {
	p := newPoller(busy)
	p.ask(request{lang: catalog.ZH, paused: true})
	p.ask(request{lang: catalog.EN})
	if got, want := <-p.requests, (request{lang: catalog.EN}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestPoller holds when snapshots are asked for against a clock.
func TestPoller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		begin := time.Now()
		type call struct {
			after time.Duration
			lang  catalog.Lang
		}
		var calls []call
		var lines atomic.Int64
		lines.Store(7)
		p := newPoller(func(l catalog.Lang) live.Snapshot {
			calls = append(calls, call{time.Since(begin), l})
			return live.Snapshot{Lang: l, Lines: lines.Load()}
		})
		sent := 0
		var running sync.WaitGroup
		running.Go(func() { p.run(ctx, refresh, func(live.Snapshot) { sent++ }) })
		pass := func(d time.Duration) {
			<-time.After(d)
			synctest.Wait()
		}
		pass(10 * time.Second) // nobody has asked
		p.ask(request{lang: catalog.EN})
		pass(1200 * time.Millisecond)
		p.ask(request{lang: catalog.EN, paused: true})
		pass(time.Hour)
		p.ask(request{lang: catalog.ZH})
		pass(2 * time.Second)
		lines.Add(1)
		pass(2 * time.Second)
		stop()
		running.Wait()
		const resumed = time.Hour + 11200*time.Millisecond
		want := []call{
			{10 * time.Second, catalog.EN},
			{10500 * time.Millisecond, catalog.EN}, // no line has come: the next one would be at 11.5 s
			{11200 * time.Millisecond, catalog.EN},
			{11200 * time.Millisecond, catalog.ZH},
			{resumed, catalog.ZH}, // and no line has come
			{resumed + time.Second, catalog.ZH},
			{resumed + 2*time.Second, catalog.ZH},
			{resumed + 3*time.Second, catalog.ZH}, // one has
			{resumed + 3500*time.Millisecond, catalog.ZH},
		}
		if diff := cmp.Diff(want, calls, cmp.AllowUnexported(call{})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if sent != len(calls) {
			t.Errorf("%d of %d snapshots are sent", sent, len(calls))
		}
	})
}
